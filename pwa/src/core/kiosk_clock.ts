/**
 * What time it is for a query point. Its device's clock may be wrong, and may jump; the server tells the time when the
 * network is there, and a count that nobody can set (`performance.now`) says how much time went by between two looks.
 *
 * True time is the device's time less the skew. When the device's clock jumps, the skew jumps with it, so that no notice
 * appears or goes because somebody set a clock.
 */

export interface Clock {
  /** The device's time less the true one, in milliseconds. */
  skew: number;
  /** The device's time and the count at the last look. */
  device: number;
  count: number;
  /** By how much the device's clock has jumped since the server last told the time; 0: it has not. */
  jumped: number;
}

/** What outlives a restart. `seen`: the true time when it was kept. */
export interface KeptClock {
  skew: number;
  seen: number;
  jumped: number;
}

/** A smaller difference is a clock being put right little by little. */
export const JUMP_MS = 60_000;

/** A device that says it was off for longer has more likely lost its clock. */
export const LONGEST_OFF_MS = 31 * 86_400_000;

/** The clock after a start. Time never runs back: what was seen before the restart is the earliest that it can be. */
export function started(kept: KeptClock | null, device: number, count: number): Clock {
  if (kept === null) return { skew: 0, device, count, jumped: 0 };
  const off = device - kept.skew - kept.seen;
  const jump = off < 0 || off > LONGEST_OFF_MS ? off : 0;
  const jumped = Math.abs(jump) < JUMP_MS ? kept.jumped : kept.jumped + jump;
  return { skew: kept.skew + jump, device, count, jumped };
}

/** The clock at another look. */
export function looked(clock: Clock, device: number, count: number): Clock {
  const jump = device - clock.device - (count - clock.count);
  if (Math.abs(jump) < JUMP_MS) return { ...clock, device, count };
  return { skew: clock.skew + jump, device, count, jumped: clock.jumped + jump };
}

/** The clock once the server told the true time. */
export function told(server: number, device: number, count: number): Clock {
  return { skew: device - server, device, count, jumped: 0 };
}

/** The true time at the last look. */
export function timeOf(clock: Clock): number {
  return clock.device - clock.skew;
}

/** Whether the device's clock jumped and nobody has put it right yet. */
export function hasJumped(clock: Clock): boolean {
  return Math.abs(clock.jumped) >= JUMP_MS;
}

/** What a restart needs to know. */
export function toKeep(clock: Clock): KeptClock {
  return { skew: clock.skew, seen: timeOf(clock), jumped: clock.jumped };
}
