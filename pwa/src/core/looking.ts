/** Looking through a list that is here whole: which lines hold what is typed, and in which order. */

/** Whether texts together hold every word that is typed. */
export function holds(typed: string, texts: readonly string[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The lines that hold what is typed, in an order; without one as they came, and equals stay so. */
export function lookedThrough<Line>(
  items: readonly Line[],
  typed: string,
  words: (line: Line) => readonly string[],
  before?: (one: Line, other: Line) => number,
): Line[] {
  const kept = items.filter((line) => holds(typed, words(line)));
  return before ? kept.sort(before) : kept;
}

const names = new Intl.Collator("zh-CN");
/** By a name, as Chinese is looked up. */
export const byName =
  <Line>(name: (line: Line) => string) =>
  (one: Line, other: Line): number =>
    names.compare(name(one), name(other));
