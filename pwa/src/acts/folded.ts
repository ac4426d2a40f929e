/** The notices that somebody has read and folded away, remembered on this device. */
import { signal } from "@preact/signals";

const KEY = "gongshilan-folded-notices";
/** So many at most: the oldest go first. */
const MOST = 200;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return []; // A private window, or something else's words: then nothing is folded.
  }
}

export const folded = signal<ReadonlySet<string>>(new Set(kept()));

/** Fold a notice away, or unfold it. */
export function fold(id: string, away: boolean): void {
  if (folded.value.has(id) === away) return;
  const next = new Set(folded.value);
  if (away) next.add(id);
  else next.delete(id);
  folded.value = new Set([...next].slice(-MOST));
  try {
    localStorage.setItem(KEY, JSON.stringify([...folded.value]));
  } catch {
    // It holds for this visit.
  }
}
