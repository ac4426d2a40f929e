/** What a query point's numbers mean to the township. */

/** A clock that is this far off is told; less is a slow network. */
export const SKEW_MS = 60_000;

export interface Slots {
  of: number;
  heard: number;
  claimed: number;
}

/** The share of many days in whole percent, rounded down: 100 means that nothing is missing. Null: nothing to count yet. */
export function percentHeard(days: readonly Slots[]): number | null {
  const of = days.reduce((sum, day) => sum + day.of, 0);
  const heard = days.reduce((sum, day) => sum + day.heard, 0);
  return of === 0 ? null : Math.floor((heard * 100) / of);
}

export interface Bar {
  /** Parts of the height, 0 to 1, from the foot up. */
  heard: number;
  claimed: number;
}

/** A day as a bar. */
export function barOf({ of, heard, claimed }: Slots): Bar {
  return of === 0 ? { heard: 0, claimed: 0 } : { heard: heard / of, claimed: claimed / of };
}

/** A device's clock: right, fast or slow, and by how many minutes (at least one). */
export function clockOf(skew: number): { is: "right" | "fast" | "slow"; minutes: number } {
  const minutes = Math.max(1, Math.round(Math.abs(skew) / 60_000));
  if (Math.abs(skew) < SKEW_MS) return { is: "right", minutes: 0 };
  return { is: skew > 0 ? "fast" : "slow", minutes };
}

export type Shown = "village" | "notice" | "search" | "answers" | "home";

/** What kind of public page a path is. */
export function shown(path: string): Shown {
  if (/^\/d\/|^\/[CcSs]\//.test(path)) return "notice";
  if (/\/search$/.test(path)) return "search";
  if (/^\/q\/|\/(ask|answers)$/.test(path)) return "answers";
  return path.startsWith("/v/") ? "village" : "home";
}
