/** The true time, once a second, for everything on a query point's screen. */
import { signal } from "@preact/signals";
import * as clocks from "../../core/kiosk_clock";
import { keepOwn, own } from "../../keep/kiosk";

const KEEP_MS = 60_000;

const device = (): number => Date.now();
const count = (): number => performance.now();

/** The true time in whole seconds. */
export const now = signal(device());
/** Whether the device's clock jumped and nobody put it right yet. */
export const jumped = signal(false);

let clock = clocks.started(null, device(), count());
let keptAt = 0;

function show(): void {
  const time = clocks.timeOf(clock);
  now.value = Math.floor(time / 1000) * 1000;
  jumped.value = clocks.hasJumped(clock);
  if (Math.abs(time - keptAt) < KEEP_MS) return;
  keptAt = time;
  void keepOwn("clock", clocks.toKeep(clock)).catch(() => undefined);
}

/** The true time now, and not a second ago. */
export function look(): number {
  clock = clocks.looked(clock, device(), count());
  show();
  return clocks.timeOf(clock);
}

/** By how much the device's clock is ahead, in whole milliseconds. */
export function skew(): number {
  return Math.round(clock.skew);
}

/** The server told the time; the answer was `took` milliseconds on its way, there and back. */
export function tell(server: string, took: number): void {
  const time = Date.parse(server);
  if (!Number.isFinite(time)) return;
  clock = clocks.told(time + took / 2, device(), count());
  keptAt = 0;
  show();
}

/** Goes on from the time that was last seen. */
export async function startClock(): Promise<void> {
  clock = clocks.started(await own("clock").catch(() => null), device(), count());
  show();
  setInterval(look, 1000);
}
