/** What a query point asks the server: who it is, and what anybody may read. */
import { type Answer, call, mustBeOurs } from "./client";
import type {
  Battery,
  DivisionPage,
  Findable,
  FindableIn,
  Hit,
  KeptMatter,
  MatterThread,
  Notice,
  NoticeCard,
  Pairing,
  PhotoView,
  Place,
  Retelling,
  Sheet,
  Text,
  UrgentMark,
  VillageAnswer,
} from "./kiosk_shapes";

export type * from "./kiosk_shapes";
export type { DivisionPage, PhotoView, Place, Sheet, Text, UrgentMark };

const FRESH = { cache: "no-cache" } as const;
/** Said in the address: a cookie counts for more than a header. */
const said = (lang: "zh" | "en") => ({ ...FRESH, query: { lang } });

/** Says which point this device is. Throws Problem for a code that does not hold. */
export async function pair(code: string, publicKey: string): Promise<Pairing> {
  const body = { code, public_key: publicKey };
  return (await call<Pairing>("POST", "/query-points/pairings", { body })).body;
}

export interface Beat {
  at: string;
  seq: number;
  on_screen: string;
  contents_as_of: string | null;
  skew_ms: number;
  battery: Battery | null;
  network: "online" | "slow";
  version: string;
  missed: { from: string; to: string }[];
}

/** Sends a heartbeat as it was signed, byte by byte. Throws Problem 410 once the point is retired. */
export async function beat(
  id: string,
  data: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<Retelling> {
  const answer = await call<Retelling>("POST", `/query-points/${id}/heartbeats`, {
    bytes: { data, type: "application/json" },
    headers: { "Query-Point-Signature": signature },
    timeout: 20_000,
  });
  return answer.body;
}

export async function division(code: string): Promise<DivisionPage> {
  return (await call<DivisionPage>("GET", `/divisions/${code}`, said("zh"))).body;
}

export async function village(
  code: string,
  lang: "zh" | "en" = "zh",
): Promise<Answer<VillageAnswer>> {
  return call<VillageAnswer>("GET", `/villages/${code}`, said(lang));
}

/** What of each category's notices a search finds, by its key. */
export async function findable(): Promise<FindableIn> {
  const { body } = await call<{ items: (Findable & { key: string })[] }>(
    "GET",
    "/categories",
    said("zh"),
  );
  return Object.fromEntries(
    body.items.map(({ key, searchable, names }) => [key, { searchable, names }]),
  );
}

/** The newest cards of a village, `most` of them at most. */
export async function cards(code: string, most: number): Promise<NoticeCard[]> {
  const found: NoticeCard[] = [];
  let cursor: string | undefined;
  do {
    const query = { lang: "zh", cursor };
    const path = `/villages/${code}/disclosures`;
    const { body } = await call<{ items: NoticeCard[]; next: string | null }>("GET", path, {
      ...FRESH,
      query,
    });
    found.push(...body.items);
    cursor = body.next ?? undefined;
  } while (cursor !== undefined && found.length < most);
  return found.slice(0, most);
}

/** Two kilobytes. */
const CODE_MS = 20_000;

/** The code that leads to a notice, or null: a notice is read without it too. */
async function codeOf(id: string): Promise<string | null> {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), CODE_MS);
  try {
    const answer = await fetch(`/d/${id}/code.svg`, { signal: abort.signal });
    // A sign-in page of the network's answers everything, and is no picture.
    const drawn = answer.headers.get("Content-Type")?.startsWith("image/svg+xml");
    return answer.ok && drawn ? await answer.text() : null;
  } catch {
    return null;
  }
}

/** What a village's notices tell of together, in both languages. */
export async function matters(code: string): Promise<KeptMatter[]> {
  const path = `/villages/${code}/matters`;
  const ask = async (lang: "zh" | "en"): Promise<MatterThread[]> =>
    (await call<{ items: MatterThread[] }>("GET", path, said(lang))).body.items;
  const found = await ask("zh");
  if (found.length === 0) return [];
  const titles = new Map(
    (await ask("en")).flatMap((one) => one.notices.map((each) => [each.disclosure_id, each.title])),
  );
  return found.map(({ name, notices }) => ({
    name,
    notices: notices.map(({ title: zh, ...each }) => ({
      ...each,
      // Linked between the two: in Chinese until the next look.
      title: { zh, en: titles.get(each.disclosure_id) ?? zh },
    })),
  }));
}

/** A notice in both languages, with its code; what people typed into it is the same in both. */
export async function notice(id: string): Promise<Notice> {
  const found = (await call<Notice>("GET", `/disclosures/${id}`, said("zh"))).body;
  const code = await codeOf(id);
  const body = code === null ? found : { ...found, code };
  const { card, sheet, sentences } = (await call<Notice>("GET", `/disclosures/${id}`, said("en")))
    .body;
  // Corrected between the two: the next look fetches it anew.
  if (card.edition !== body.card.edition) return body;
  return { ...body, english: { title: card.title, sheet, sentences } };
}

/** Notices whose words begin with these pinyin initials or hold these digits. Throws Problem, Offline. */
export async function search(
  q: string,
  inside: string,
  lang: "zh" | "en",
): Promise<{ total: number; items: Hit[] }> {
  const ask = { query: { q, in: inside, lang }, timeout: 10_000 };
  return (await call<{ total: number; items: Hit[] }>("GET", "/search", ask)).body;
}

/** A public photo at the size that a large screen shows. */
export function photoAddress(sha256: string): string {
  return `/api/v1/photos/${sha256}/1920.webp`;
}

/** A megabyte over the slowest network that is any use. */
const PHOTO_MS = 300_000;

/** Throws for an answer that is not ours; answer and body together end with an error after five minutes. */
export async function photo(sha256: string): Promise<Response> {
  const abort = new AbortController();
  // Not cleared: it may be the body that never comes, and whoever waits for it fetches nothing else.
  setTimeout(() => abort.abort(), PHOTO_MS);
  const response = await fetch(photoAddress(sha256), { signal: abort.signal });
  mustBeOurs(response);
  return response;
}
