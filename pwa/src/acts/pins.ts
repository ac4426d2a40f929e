/** The villages that somebody wants above all others, remembered on this device. */
import { signal } from "@preact/signals";

const KEY = "gongshilan-pinned-villages";
/** So many codes at most: the oldest go first. */
const MOST = 100;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found)
      ? found.filter((code): code is string => typeof code === "string" && /^\d{12}$/.test(code))
      : [];
  } catch {
    return []; // A private window, or something else's words: then nothing is pinned.
  }
}

export const pinned = signal<ReadonlySet<string>>(new Set(kept()));

/** Pin a village, or let it go. */
export function pin(division: string): void {
  const next = new Set(pinned.value);
  if (!next.delete(division)) next.add(division);
  pinned.value = new Set([...next].slice(-MOST));
  try {
    localStorage.setItem(KEY, JSON.stringify([...pinned.value]));
  } catch {
    // It holds for this visit.
  }
}
