/**
 * What can be worked out again from an evidence pack, from its own documents and nothing else. The server's words for
 * the same are in server/rules/evidence_packs.py.
 */
import { utf8 } from "./content_hash";
import { dayAt, daysBetween } from "./dates";
import { sha256 } from "./sha256";

export interface Said {
  zh: string;
  en: string;
}

export interface PackedEdition {
  id: string;
  number: number | null;
  stage: string;
  content_hash: string;
  file: string;
  whole: boolean;
  receipts: string[];
  reason: string | null;
  explanation: string | null;
  urgent_reason: string | null;
  withdrawn_reason: string | null;
  objection: string | null;
  composed_at: string | null;
  committed_at: string | null;
  received_at: string;
  planned_at: string | null;
  decided_at: string | null;
  opens_at: string | null;
  comes_down_at: string | null;
  superseded_at: string | null;
  withdrawn_at: string | null;
  judged_at: string | null;
  photos: { role: string; caption: string | null; original_sha256: string; file: string | null }[];
  signatures: { name: string; body: Said; post: string | null; at: string }[];
}

export interface PackedNotice {
  id: string;
  address: string | null;
  division: string;
  category: string;
  period: string;
  title: Said;
  rule: string;
  due_on: string;
  editions: PackedEdition[];
  events: { at: string; action: string; words: Said; name: string | null; role: Said | null }[];
}

export interface PackedObligation {
  division: string;
  category: string;
  period: string;
  title: Said;
  rule: string;
  due_on: string;
  due_before: string;
  provisional: boolean;
  exempt: { reason: string; post: Said; decided_at: string } | null;
  /** From then on nobody has been missing what was overdue already. */
  lifted_at: string | null;
  state: string;
  late_days: number | null;
  judged_at: string | null;
  notice: string | null;
  findings: { kind: string; text: Said }[];
}

/** On time, late or missing, and by how many days; null where moments of editions decide nothing. */
export interface Verdict {
  state: "on_time" | "late" | "missing";
  days: number | null;
}

const HOUR = 3_600_000;
const at = (moment: string | null): number | null => (moment === null ? null : Date.parse(moment));

/** The moment that judges an edition; null while it has no opening moment. */
export function judgedAt(edition: PackedEdition, graceHours: number): number | null {
  const opens = at(edition.opens_at);
  const received = Date.parse(edition.received_at);
  if (opens === null) return null;
  const planned = at(edition.planned_at);
  const arrived = at(edition.committed_at) ?? received;
  const reviewable = Math.max(received, planned ?? received);
  return opens <= reviewable + graceHours * HOUR ? Math.max(arrived, planned ?? arrived) : opens;
}

function firstOpened(editions: readonly PackedEdition[], now: number): PackedEdition | null {
  const opened = editions.filter(({ opens_at, withdrawn_at }) => {
    const [opens, gone] = [at(opens_at), at(withdrawn_at)];
    return opens !== null && opens <= now && (gone === null || gone > opens);
  });
  const order = (a: PackedEdition, b: PackedEdition): number =>
    (at(a.opens_at) ?? 0) - (at(b.opens_at) ?? 0) || (a.number ?? 0) - (b.number ?? 0);
  return [...opened].sort(order)[0] ?? null;
}

/** The verdict that the due moment and the editions of an obligation lead to. */
export function verdictAgain(
  owed: Pick<PackedObligation, "exempt" | "lifted_at" | "due_on" | "due_before">,
  editions: readonly PackedEdition[],
  graceHours: number,
  now: number,
): Verdict | null {
  if (owed.exempt !== null) return null;
  const first = firstOpened(editions, now);
  const moment = first === null ? null : judgedAt(first, graceHours);
  const end = Date.parse(owed.due_before);
  if (moment === null) {
    const until = at(owed.lifted_at) ?? now;
    return now < end ? null : { state: "missing", days: daysBetween(owed.due_on, dayAt(until)) };
  }
  return moment < end
    ? { state: "on_time", days: null }
    : { state: "late", days: daysBetween(owed.due_on, dayAt(moment)) };
}

/** The lower-case hex SHA-256 of a document's text. */
export const digestOf = (text: string): string => sha256(utf8(text));

/** Whether a document is the one that was listed. */
export function isAsListed(text: string, listed: readonly [string, number] | undefined): boolean {
  return listed !== undefined && digestOf(text) === listed[0];
}

/** Whether an edition's own file is what was hashed; null where something of it is held back. */
export function isAsHashed(edition: PackedEdition, text: string | undefined): boolean | null {
  if (!edition.whole) return null;
  return text !== undefined && `sha256:${digestOf(text)}` === edition.content_hash;
}

/** What a receipt says about an edition fits what the pack says. Its signature is another question. */
export function receiptFits(edition: PackedEdition, note: string | undefined): boolean {
  const facts = new Map((note ?? "").split("\n").map((line) => [line.split(" ")[0], line]));
  return (
    facts.get("id") === `id ${edition.id}` &&
    facts.get("content") === `content ${edition.content_hash}` &&
    (facts.get("kind") === "kind commitment" ||
      facts.get("received") === `received ${edition.received_at}`)
  );
}

/** What this page's list cannot name: the page that holds it, the list as a file, and its seal. */
const UNLISTED: readonly string[] = ["index.html", "manifest.json", "SHA256SUMS", "seal.txt"];

/** Files that somebody chose, beside the list: several folders may hold a file of one name. */
export function besideTheList(
  sums: { readonly [path: string]: readonly [digest: string, bytes: number] },
  chosen: readonly { name: string; digest: string }[],
): { good: number; bad: string[]; unlisted: string[] } {
  const listed = new Set(
    Object.entries(sums).map(([path, [digest]]) => `${path.split("/").pop()} ${digest}`),
  );
  const names = new Set(Object.keys(sums));
  const found = { good: 0, bad: [] as string[], unlisted: [] as string[] };
  for (const { name, digest } of chosen) {
    if (listed.has(`${name} ${digest}`)) found.good += 1;
    else if (UNLISTED.includes(name) && !names.has(name)) found.unlisted.push(name);
    else found.bad.push(name);
  }
  return found;
}
