/** The list of exemptions as people look through it: by how they stand, by words, in an order. */
import type { Day } from "./dates";
import { holds } from "./looking";
import { quarterFrom, quarterOf } from "./periods";

export interface Listed {
  division_name: string;
  category_name: { zh: string; en: string };
  reason: string;
  asked_by_name: string;
  decided_by_name: string;
  state: string;
  asked_at: string;
  due_on: Day | null;
  valid_to: Day | null;
}

export type Order = "newest" | "place" | "until";
export const ORDERS: readonly Order[] = ["newest", "place", "until"];

const COMPARED: { [order in Order]: (a: Listed, b: Listed) => number } = {
  newest: (a, b) => b.asked_at.localeCompare(a.asked_at),
  place: (a, b) => a.division_name.localeCompare(b.division_name, "zh"),
  until: (a, b) => until(a).localeCompare(until(b)),
};

/** The last day that it is about: of another deadline that day, of an exemption the end of its span. */
const until = (one: Listed): Day => one.due_on ?? one.valid_to ?? "9999-12-31";

/** Those of a state (null: all) that hold every typed word, in an order; what waits stays in front. */
export function looked<L extends Listed>(
  items: readonly L[],
  state: string | null,
  typed: string,
  order: Order,
): L[] {
  const kept = items.filter((one) => {
    if (state !== null && one.state !== state) return false;
    return holds(typed, [
      one.division_name,
      one.category_name.zh,
      one.category_name.en,
      one.reason,
      one.asked_by_name,
      one.decided_by_name,
    ]);
  });
  const waits = (one: L): number => (one.state === "asked" ? 0 : 1);
  return kept.sort((a, b) => waits(a) - waits(b) || COMPARED[order](a, b));
}

/** The quarter that ended last, as what is usually meant when a deadline is near. */
export function periodsSpan(today: Day): { first: Day; last: Day } {
  const ended = quarterFrom(quarterOf(today), -1);
  return { first: ended.start ?? today, last: ended.end ?? today };
}
