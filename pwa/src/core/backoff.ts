/** How long to wait before trying again. The caller passes the chance in, so that a test can choose it. */

const FIRST = 2_000;
const CAP = 5 * 60_000;

/**
 * Milliseconds after the n-th failure in a row: doubling from two seconds, never above five minutes,
 * and spread over the upper half so that a village's phones do not all knock at once.
 * `jitter` is in [0, 1).
 */
export function delayAfter(failures: number, jitter: number): number {
  const full = Math.min(CAP, FIRST * 2 ** Math.max(0, Math.min(failures, 20) - 1));
  return Math.round(full / 2 + (full / 2) * jitter);
}
