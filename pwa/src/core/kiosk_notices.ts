/** Which notices a query point shows at a moment, judged by itself: it may have been without a network for weeks. */

/** What the judgement needs of a notice's card. */
export interface Timed {
  disclosure_id: string;
  category: string;
  stage: string;
  opened_at: string | null;
  must_stay_until: string | null;
  comes_down_at: string | null;
  hides_at: string | null;
}

export type Shown = "open" | "past" | "withdrawn";

const at = (iso: string | null): number => (iso === null ? Number.NaN : Date.parse(iso));

/** How a notice is shown now, or null when it must not be: before its opening, or after its end where it may not stay. */
export function shownAs(card: Timed, now: number): Shown | null {
  if (!(now >= at(card.opened_at))) return null;
  if (now >= at(card.hides_at)) return null;
  if (card.stage === "withdrawn") return "withdrawn";
  return card.stage === "archived" || now >= at(card.comes_down_at) ? "past" : "open";
}

/** The end that is counted down to: null when there is none, or it has passed and the notice still hangs. */
export function endOf(card: Timed, now: number): number | null {
  const end = at(card.comes_down_at ?? card.must_stay_until);
  return shownAs(card, now) === "open" && now < end ? end : null;
}

const newestFirst = (a: Timed, b: Timed): number => at(b.opened_at) - at(a.opened_at);

/** The notices that may be read now, by category; categories and notices with the newest first. */
export function byCategory<T extends Timed>(cards: readonly T[], now: number): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const card of cards.filter((one) => shownAs(one, now) !== null).sort(newestFirst)) {
    groups.set(card.category, [...(groups.get(card.category) ?? []), card]);
  }
  return [...groups];
}

/** What is shown by turns while nobody touches the screen: what is open, the newest first. */
export function inRotation<T extends Timed>(cards: readonly T[], now: number): T[] {
  return cards.filter((card) => shownAs(card, now) === "open").sort(newestFirst);
}

/** How a notice of a matter stands, and whether it can be opened here; `stage` null: it hangs. */
export interface Standing {
  stage: Shown | "hidden" | "elsewhere" | null;
  opens: boolean;
}

/**
 * Judged by its card where the device keeps it: the server's word may be weeks old. What it does not keep (it has the newest
 * alone) is as the server said, and can be opened while there is a network.
 */
export function standingOf(
  { stage }: { stage: string },
  card: Timed | undefined,
  online: boolean,
  now: number,
): Standing {
  if (card) {
    const shown = shownAs(card, now);
    return { stage: shown === "open" ? null : (shown ?? "hidden"), opens: shown !== null };
  }
  if (stage === "hidden") return { stage: "hidden", opens: false };
  if (!online) return { stage: "elsewhere", opens: false };
  const said = stage === "archived" ? "past" : stage === "withdrawn" ? stage : null;
  return { stage: said, opens: true };
}

/** What must be gone from the device too: its time to be read is over. */
export function ended<T extends Timed>(cards: readonly T[], now: number): T[] {
  return cards.filter((card) => now >= at(card.hides_at));
}

/** Whether a notice that is kept is still the one the list speaks of. */
export function isSame(kept: object, listed: object): boolean {
  const essence = (card: object): string => {
    // Days are counted here, and the day that it was asked says nothing about it.
    // And the title in English is ours.
    const {
      days_left: _,
      title_en: __,
      ...rest
    } = card as { days_left?: unknown; title_en?: unknown };
    return JSON.stringify(rest);
  };
  return essence(kept) === essence(listed);
}
