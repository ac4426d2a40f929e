/** A screen in a public place forgets whoever walked away. */

/** Without a touch for so long it goes back to the beginning and forgets what was typed. */
export const REST_MS = 60_000;
/** It asks first. */
export const WARN_MS = 10_000;
/** Without a touch for so long, open notices are shown by turns. */
export const SLIDES_MS = 120_000;
/** How long one notice stands. */
export const SLIDE_MS = 12_000;

export type Rest =
  | { state: "used" }
  | { state: "warning"; left: number }
  | { state: "reset" }
  | { state: "slides" };

/**
 * Whether whoever was here is forgotten now. A browser that slept, or slowed our clock down, goes from one state to the
 * slides at once.
 */
export function forgets(last: Rest, next: Rest): boolean {
  const gone = ({ state }: Rest): boolean => state === "reset" || state === "slides";
  return gone(next) && !gone(last);
}

/**
 * What the screen does when it was last touched so long ago. `away`: somebody left the first screen or typed something;
 * at the beginning nobody is asked whether they are still there.
 */
export function restOf(touched: number, now: number, away: boolean): Rest {
  const still = now - touched;
  if (still >= SLIDES_MS) return { state: "slides" };
  if (still >= REST_MS) return { state: "reset" };
  if (away && still >= REST_MS - WARN_MS) {
    return { state: "warning", left: Math.ceil((REST_MS - still) / 1000) };
  }
  return { state: "used" };
}
