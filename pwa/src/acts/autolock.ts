/**
 * A shared phone that nobody touches locks itself, so that whoever picks it up next is asked for a PIN. The phone
 * remembers when it was last touched: one that was put away and opened again after lunch locks as well.
 */
import { DEFAULT_LOCK_MINUTES, isLeft, LOCK_MINUTES } from "../core/idleness";
import { lock, sharers } from "./phone";
import { outbox } from "./sending";
import { actor } from "./session";

const MINUTES = "gongshilan-lock-minutes";
const TOUCHED = "gongshilan-touched";
const LOOK_EVERY_MS = 15_000;
const WRITTEN_EVERY_MS = 5_000;

function kept(key: string): number | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : Number(text);
  } catch {
    return null; // a private window: then what holds is the default, for this visit
  }
}

function keep(key: string, value: number): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // Not remembered.
  }
}

/** After how many minutes this phone locks; 0: never by itself. */
export function lockMinutes(): number {
  const chosen = kept(MINUTES);
  return chosen !== null && LOCK_MINUTES.includes(chosen) ? chosen : DEFAULT_LOCK_MINUTES;
}

export const chooseLockMinutes = (minutes: number): void => keep(MINUTES, minutes);

let touched: number | null = null;
/** When that was last written down for a page that is opened later. */
let written = 0;
let locking = false;

const mayLock = (): boolean =>
  actor.value !== null &&
  (sharers.value ?? []).some((one) => one.here) &&
  // What is being sent at this moment goes first; it stands still once the phone is locked.
  !outbox.value.some((posting) => posting.state === "sending");

/** Lock if nobody has touched the phone for too long. Without a signal it tries again later. */
export async function lockIfLeft(now: number): Promise<void> {
  const last = touched ?? kept(TOUCHED);
  if (locking || !mayLock() || !isLeft(last, now, lockMinutes())) return;
  locking = true;
  try {
    await lock();
  } catch {
    // Not reached: whoever has the phone goes on, as the PIN is the server's to ask.
  } finally {
    locking = false;
  }
}

/** Somebody touched it. What comes after a long rest is looked at first, and counts only then. */
async function touch(): Promise<void> {
  const now = Date.now();
  await lockIfLeft(now);
  touched = now;
  // Not for every key: writing takes its time, and a few seconds make no difference to minutes.
  if (Math.abs(now - written) < WRITTEN_EVERY_MS) return;
  written = now;
  keep(TOUCHED, now);
}

/** Begin to watch. Called once. */
export function watchIdleness(): void {
  for (const event of ["pointerdown", "keydown"]) {
    addEventListener(event, () => void touch(), { passive: true });
  }
  addEventListener("focus", () => void lockIfLeft(Date.now()));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void lockIfLeft(Date.now());
  });
  sharers.subscribe(() => void lockIfLeft(Date.now()));
  setInterval(() => void lockIfLeft(Date.now()), LOOK_EVERY_MS);
}
