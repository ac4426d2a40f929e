/**
 * When may a new service worker take over? Only when nobody is typing.
 *
 * The waiting worker asks every open page; each answers busy or idle, or says nothing. A page of the
 * staff app that says nothing may be a frozen tab with a half-filled form, so silence there counts as
 * busy; a reading page holds nothing that could be lost.
 */

/** What one page answered, and which page it was. */
export interface Reply {
  path: string;
  answer: "busy" | "idle" | "silent";
}

/** How long the waiting worker listens for answers. */
export const LISTEN_MS = 1500;

/** How long after the last key a page still counts as being typed in. */
export const QUIET_MS = 20_000;

/** Whether the new worker may take over from these pages. */
export function mayTakeOver(replies: readonly Reply[]): boolean {
  return replies.every(
    (r) => r.answer === "idle" || (r.answer === "silent" && !holdsForms(r.path)),
  );
}

/** Whether a page may hold something typed that is not yet kept. */
export function holdsForms(path: string): boolean {
  return path === "/app" || path.startsWith("/app/");
}

/** What a page knows about itself: forms with unsaved words, and when the last key was pressed. */
export interface Typing {
  dirty: readonly string[];
  lastKeyAt: number | null;
}

export const STILL: Typing = { dirty: [], lastKeyAt: null };

/** A form has unsaved words in it, or has none any more. */
export function marked(typing: Typing, form: string, dirty: boolean): Typing {
  const others = typing.dirty.filter((name) => name !== form);
  return { ...typing, dirty: dirty ? [...others, form] : others };
}

/** A key was pressed. */
export function typed(typing: Typing, now: number): Typing {
  return { ...typing, lastKeyAt: now };
}

/** Whether the page should be left alone. */
export function isBusy(typing: Typing, now: number): boolean {
  if (typing.dirty.length > 0) return true;
  return typing.lastKeyAt !== null && now - typing.lastKeyAt < QUIET_MS;
}

/** After how many minutes a shared phone that nobody touches may lock itself; 0: never. */
export const LOCK_MINUTES: readonly number[] = [5, 10, 30, 0];
export const DEFAULT_LOCK_MINUTES = 10;

/** Whether a phone was left alone for so many minutes. A clock that was set back leaves nobody locked out. */
export function isLeft(touchedAt: number | null, now: number, minutes: number): boolean {
  if (minutes === 0 || touchedAt === null || !Number.isFinite(touchedAt)) return false;
  return now - touchedAt >= minutes * 60_000;
}
