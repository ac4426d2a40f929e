/**
 * What is still on its way to the database when its page is left. A browser may drop a transaction together with the
 * page that began it, committed or not; what was put into localStorage by then it keeps. So whatever changes is held
 * here until the database has it, written down when the page is left, and found again when it is next read.
 */

interface Dated {
  /** When it was changed, in milliseconds; no two states of one thing have the same. */
  savedAt: number;
}
type Place = string;
/** The part of localStorage that is used; a service worker has none, and nobody types into one. */
type Shelf = Record<"getItem", (key: string) => string | null> &
  Record<"setItem", (key: string, value: string) => void> &
  Record<"removeItem", (key: string) => void>;

const PREFIX = "gongshilan-last ";
const underway = new Map<Place, Dated>();
/** What is written down, so that a change that arrives asks the disk for nothing. */
const written = new Set<Place>();
let listening = false;

/** A full or forbidden localStorage loses nothing that was not lost without it. */
function onShelf<T>(use: (shelf: Shelf) => T): T | undefined {
  try {
    const shelf = (globalThis as { localStorage?: Shelf }).localStorage;
    return shelf && use(shelf);
  } catch {
    return undefined;
  }
}

function writeDown(): void {
  for (const [place, value] of underway) {
    onShelf((shelf) => shelf.setItem(PREFIX + place, JSON.stringify(value)));
    written.add(place);
  }
}

/** `value` is the newest at its place, and not in the database yet. */
export function setOut(place: Place, value: Dated): void {
  underway.set(place, value);
  if (listening) return;
  listening = true;
  globalThis.addEventListener?.("pagehide", writeDown);
}

/** The database has `value`. What was changed since is still on its way. */
export function arrived(place: Place, value: Dated): void {
  if ((underway.get(place)?.savedAt ?? 0) > value.savedAt) return;
  underway.delete(place);
  if (written.has(place)) forget(place);
}

/** Nobody needs any more what stands at this place. */
export function forget(place: Place): void {
  underway.delete(place);
  written.delete(place);
  onShelf((shelf) => shelf.removeItem(PREFIX + place));
}

/** The newer of what the database has and what was written down when a page was left. */
export function newest<T extends Dated>(place: Place, kept: T | undefined): T | undefined {
  const text = onShelf((shelf) => shelf.getItem(PREFIX + place));
  if (!text) return kept;
  written.add(place);
  const last = parsed<T>(text);
  if (last !== undefined && last.savedAt > (kept?.savedAt ?? 0)) return last;
  forget(place);
  return kept;
}

/** The places beginning like this of which something is written down. */
export function places(start: string): Place[] {
  const keys = onShelf((shelf) => Object.keys(shelf)) ?? [];
  return keys
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length));
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
