/** What a receipt must say to be the receipt of this posting: what the phone sent, and what the answer beside it claims. */
import { dayAt, daysBetween } from "./dates";

const FORMAT = "gongshilan-receipt/v1";

export interface Promised {
  kind: "commitment" | "submission";
  id: string;
  division: string;
  category: string;
  /** Null where only the server names it: an event's. */
  period: string | null;
  content: string;
  /** A commitment names its photos. */
  photos: readonly string[];
  received: string;
  committed: string | null;
  lapses: string | null;
  due: string;
  lateDays: number;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** Whether a signed text promises exactly this. A valid signature under another promise is worth nothing here. */
export function says(text: string, promised: Promised): boolean {
  const [head, ...lines] = text.replace(/\n$/, "").split("\n");
  if (head !== FORMAT) return false;
  const photos: string[] = [];
  const facts = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([a-z]+) ([\x21-\x7e]{1,100})$/.exec(line) ?? [];
    if (!name || !value) return false;
    if (name === "photo") photos.push(value);
    else if (facts.has(name)) return false;
    else facts.set(name, value);
  }
  const at = (name: string): number | null => {
    const value = facts.get(name);
    return value === undefined ? null : Date.parse(value);
  };
  const moment = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));
  const arrived = at("committed") ?? at("received") ?? Number.NaN;
  const judged = Math.max(arrived, at("planned") ?? arrived);
  return (
    facts.get("kind") === promised.kind &&
    facts.get("id") === promised.id &&
    facts.get("division") === promised.division &&
    facts.get("category") === promised.category &&
    (promised.period === null || facts.get("period") === promised.period) &&
    facts.get("content") === promised.content &&
    same(photos, promised.photos) &&
    at("received") === moment(promised.received) &&
    at("committed") === moment(promised.committed) &&
    at("lapses") === moment(promised.lapses) &&
    facts.get("due") === promised.due &&
    Math.max(0, daysBetween(promised.due, dayAt(judged))) === promised.lateDays
  );
}
