/** When typing pauses: what a key changes shows at once, and all that can wait until the thumb rests does. */
import { painted } from "./painted";

/** A thumb types a key every quarter of a second; this is a rest. */
export const PAUSE_MS = 300;
/** Who types without a rest is not kept waiting: nothing that was typed is older than this before it is on its way to the disk. */
export const AT_MOST_MS = 1000;

const waiting = new Set<() => void>();
let rest: ReturnType<typeof setTimeout> | undefined;
/** When the first of the keys since the last pause was pressed; null: nobody is typing. */
let since: number | null = null;
let listening = false;

/** The pause is over: whoever waited for it goes on. */
export function pauseNow(): void {
  clearTimeout(rest);
  since = null;
  const all = [...waiting];
  waiting.clear();
  for (const go of all) go();
}

/** Whoever typed does something else now, which is to be seen first. */
export function pauseSoon(): void {
  if (since !== null) void painted().then(pauseNow);
}

function listen(): void {
  if (listening || typeof document === "undefined") return;
  listening = true;
  addEventListener("pagehide", pauseNow);
  addEventListener("focusout", pauseSoon);
  document.addEventListener("visibilitychange", () => document.hidden && pauseNow());
}

/** A key was pressed: the pause begins anew after it. */
export function typed(): void {
  listen();
  const now = Date.now();
  since ??= now;
  clearTimeout(rest);
  rest = setTimeout(pauseNow, Math.max(0, Math.min(PAUSE_MS, since + AT_MOST_MS - now)));
}

/** Resolves when typing pauses, at the latest a second after its first key; after the next frame while nobody types. */
export function paused(): Promise<void> {
  if (since === null) return painted();
  return new Promise((done) => {
    waiting.add(done);
  });
}
