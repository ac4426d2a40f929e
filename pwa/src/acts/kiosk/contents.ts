/** What a query point can show: fetched while there is a network, whole and with photos, and kept for weeks without one. */
import { computed, signal } from "@preact/signals";
import { ended, isSame, shownAs } from "../../core/kiosk_notices";
import type { KeptVillage } from "../../keep/kiosk";
import * as keep from "../../keep/kiosk";
import { Problem } from "../../net/client";
import * as net from "../../net/kiosk";
import { point } from "./point";
import { jumped, look } from "./timing";

/** So many of a village's newest notices are kept. */
const MOST = 40;

export const villages = signal<KeptVillage[]>([]);
/** Whether the last attempt reached the server; null: none yet. */
export const online = signal<boolean | null>(null);
/** The true time of which everything that can be shown is known, or null when there is nothing yet. */
export const asOf = computed(() =>
  villages.value.length === 0 ? null : Math.min(...villages.value.map((one) => one.asOf)),
);

let running: Promise<void> | null = null;
/** Photos that did not come yet. */
let photosWait = true;

export async function loadContents(): Promise<void> {
  villages.value = inOrder(await keep.villages().catch(() => []));
}

/** What is on the screen of somebody else's point is gone from here. */
export function emptied(): void {
  villages.value = [];
  online.value = null;
}

/** Fetches what changed. Never fails: without a network what is kept stays. */
export function refresh(): Promise<void> {
  running ??= fetchAll()
    .catch(() => {
      online.value = false;
    })
    .finally(() => {
      running = null;
    });
  return running;
}

/** A notice whose time is over is not kept either; a clock that jumped throws nothing away. */
export async function prune(now: number): Promise<void> {
  if (jumped.value || running !== null) return;
  const over = villages.value.filter((one) => ended(one.cards, now).length > 0);
  if (over.length === 0) return;
  for (const one of over) {
    const gone = new Set(ended(one.cards, now));
    await store({ ...one, cards: one.cards.filter((card) => !gone.has(card)) });
  }
  await tidy();
}

async function fetchAll(): Promise<void> {
  const here = point.value;
  if (!here) return;
  const { division, children } = await net.division(here.division.code);
  const codes =
    division.level === "village"
      ? [division.code]
      : children.filter((one) => one.level === "village").map((one) => one.code);
  await keep.keepOwn("findable", await net.findable());
  for (const code of codes) await fetchVillage(code);
  for (const one of villages.value) {
    if (codes.includes(one.code)) continue;
    await keep.dropVillage(one.code);
    villages.value = villages.value.filter((each) => each.code !== one.code);
  }
  // Retired, or paired as another point, while it was fetching: nothing is kept for nobody, and who it is now stays.
  if (point.value?.id !== here.id) {
    villages.value = [];
    await keep.forgetContents();
    return fetchAll();
  }
  await tidy();
  if (photosWait) await fetchPhotos();
  online.value = true;
}

async function fetchVillage(code: string): Promise<void> {
  const known = villages.value.find((one) => one.code === code);
  const { body, etag } = await net.village(code);
  const asOf = Math.max(look(), known?.asOf ?? 0);
  // What an older version kept has no English yet, and no matters.
  const whole = known?.matters && known.cards.every((card) => card.title_en !== undefined);
  if (known && whole && etag !== null && etag === known.etag) return store({ ...known, asOf });
  const listed = await net.cards(code, MOST);
  const before = new Map(known?.cards.map((card) => [card.disclosure_id, card]));
  const cards: net.KeptCard[] = [];
  for (const card of listed) {
    const old = before.get(card.disclosure_id);
    if (old?.title_en !== undefined && isSame(old, card)) cards.push(old);
    else {
      const found = await fetchNotice(card.disclosure_id);
      const title_en = found?.english?.title;
      if (found !== null) cards.push(title_en === undefined ? card : { ...card, title_en });
    }
  }
  await store({
    code,
    name: body.division.name,
    path: body.division.path,
    etag,
    asOf,
    changesAt: body.changes_at === null ? null : Date.parse(body.changes_at),
    missing: await inBoth(code, body.missing),
    said: body.site_notices,
    phones: body.phones,
    cards,
    matters: await net.matters(code),
    demo: body.demo,
  });
}

/** What is due and not posted, in both languages. */
async function inBoth(code: string, missing: net.Missing[]): Promise<KeptVillage["missing"]> {
  if (missing.length === 0) return [];
  const english = (await net.village(code, "en")).body.missing;
  return missing.map(({ title: zh, due_on }, n) => ({
    // Posted between the two: in Chinese until the next look.
    title: english.length === missing.length ? { zh, en: english[n]?.title ?? zh } : zh,
    due_on,
  }));
}

/** A notice as it is kept now, or null: it may have ended since it was listed. */
async function fetchNotice(id: string): Promise<net.Notice | null> {
  try {
    const found = await net.notice(id);
    await keep.keepNotice(found);
    photosWait = true;
    return found;
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

async function store(village: KeptVillage): Promise<void> {
  await keep.keepVillage(village);
  const others = villages.value.filter((one) => one.code !== village.code);
  villages.value = inOrder([...others, village]);
}

const inOrder = (found: KeptVillage[]): KeptVillage[] =>
  found.sort((a, b) => (a.code < b.code ? -1 : 1));

const idsKept = (): Set<string> =>
  new Set(villages.value.flatMap((one) => one.cards.map((card) => card.disclosure_id)));

const tidy = (): Promise<void> => keep.keepOnly(idsKept());

async function fetchPhotos(): Promise<void> {
  const cache = await caches.open(keep.PHOTOS);
  let failed = false;
  const now = look();
  const shown = villages.value.flatMap((one) => one.cards.filter((c) => shownAs(c, now) !== null));
  for (const card of shown) {
    for (const { sha256 } of (await keep.notice(card.disclosure_id))?.photos ?? []) {
      const address = net.photoAddress(sha256);
      if ((await cache.match(address)) !== undefined) continue;
      try {
        const answer = await net.photo(sha256);
        if (answer.ok) await cache.put(address, answer);
      } catch {
        failed = true;
      }
    }
  }
  photosWait = failed;
}
