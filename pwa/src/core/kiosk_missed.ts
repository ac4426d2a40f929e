/** When a query point ran and nobody heard of it: told with the next heartbeat that arrives. */

export interface Span {
  from: number;
  to: number;
}

/** How often a query point says that it runs. */
export const BEAT_MS = 600_000;

/** More than a month of nights without a network: the oldest are let go. */
export const MOST_SPANS = 200;

/** A heartbeat did not arrive. Beats that follow each other are one span; after a gap the device was off. */
export function unheard(spans: readonly Span[], now: number): Span[] {
  const last = spans[spans.length - 1];
  if (last !== undefined && now >= last.to && now - last.to <= 1.5 * BEAT_MS) {
    return [...spans.slice(0, -1), { from: last.from, to: now }];
  }
  return [...spans, { from: now, to: now }].slice(-MOST_SPANS);
}

/** What is left to tell once a heartbeat with `sent` spans has arrived: those that came while it was on its way. */
export function heard(spans: readonly Span[], sent: number): Span[] {
  return spans.slice(sent);
}
