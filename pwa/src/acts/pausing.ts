/** When typing pauses: what a key changes shows at once, and all that can wait until the thumb rests does. */
import { painted } from "./painted";

/** A thumb types a key every quarter of a second; this is a rest. */
export const PAUSE_MS = 300;
/** Who types without a rest is not kept waiting: nothing that was typed is older than this before it is on its way to the disk. */
export const AT_MOST_MS = 1000;

/** Who waits for a rest, but a second at the most; and who waits for the rest, however long it takes to come. */
const pausing = new Set<() => void>();
const resting = new Set<() => void>();
let rest: ReturnType<typeof setTimeout> | undefined;
let atMost: ReturnType<typeof setTimeout> | undefined;
let typing = false;
let listening = false;

function letGo(those: Set<() => void>): void {
  const all = [...those];
  those.clear();
  for (const go of all) go();
}

function enough(): void {
  clearTimeout(atMost);
  atMost = undefined;
  letGo(pausing);
}

/** The pause is over: whoever waited for it goes on. */
export function pauseNow(): void {
  clearTimeout(rest);
  typing = false;
  enough();
  // In a task of its own: a key that comes now waits for one of the two, not for both.
  if (resting.size > 0) setTimeout(() => letGo(resting));
}

/** Whoever typed does something else now, which is to be seen first. */
export function pauseSoon(): void {
  if (typing) void painted().then(pauseNow);
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
  typing = true;
  clearTimeout(rest);
  rest = setTimeout(pauseNow, PAUSE_MS);
  atMost ??= setTimeout(enough, AT_MOST_MS);
}

function release(those: Set<() => void>): Promise<void> {
  if (!typing) return painted();
  return new Promise((done) => {
    those.add(done);
  });
}

/** Resolves when typing pauses, at the latest a second after its first key; after the next frame while nobody types. */
export const paused = (): Promise<void> => release(pausing);

/** Resolves when typing has paused, and never between two keys of one word; after the next frame while nobody types. */
export const rested = (): Promise<void> => release(resting);
