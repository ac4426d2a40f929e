/** Yearly plans beside what was published: which lines and villages a filter leaves, and how many of each state. */

export const PLAN_STATES = ["missing", "late", "waiting", "done"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

interface Place {
  state: string;
}

interface Line<P extends Place> {
  office: string;
  where_known: boolean;
  villages: readonly P[];
}

export interface PlanFilter {
  /** Empty: every office. */
  office: string;
  state: PlanState | null;
}

/** The lines that a filter leaves, each with the villages that it leaves; a place that nobody knows is always shown. */
export function chosenLines<P extends Place, L extends Line<P>>(
  lines: readonly (L & Line<P>)[],
  { office, state }: PlanFilter,
): L[] {
  return lines
    .filter((line) => office === "" || line.office === office)
    .map((line) => ({
      ...line,
      villages: line.villages.filter((place) => state === null || place.state === state),
    }))
    .filter((line) => line.villages.length > 0 || (state === null && !line.where_known));
}

/** How many lines in villages stand in each state, of one office or of all. */
export function countStates(
  lines: readonly Line<Place>[],
  office: string,
): { [state in PlanState]: number } {
  const found = { missing: 0, late: 0, waiting: 0, done: 0 };
  for (const line of lines) {
    if (office !== "" && line.office !== office) continue;
    for (const place of line.villages) {
      if (isPlanState(place.state)) found[place.state] += 1;
    }
  }
  return found;
}

export const isPlanState = (state: string): state is PlanState =>
  (PLAN_STATES as readonly string[]).includes(state);
