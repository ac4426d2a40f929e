/**
 * Which version of the app a query point starts with. There is nobody to press a key when a new version shows nothing, so
 * it is taken on trial, and the one before it stays until the new one has said that its first screen was painted.
 */

export interface Shells {
  /** What is started now; null before anything was kept. */
  current: string | null;
  /** What is gone back to while `current` is on trial; null: it has painted. */
  before: string | null;
  /** How often the version on trial was handed out without having painted. */
  tries: number;
  /** A version that did not get to its first screen is not tried again. */
  failed: string | null;
}

export const NO_SHELLS: Shells = { current: null, before: null, tries: 0, failed: null };

/** How long a version on trial has until its first screen. */
export const PAINT_MS = 45_000;

/** Whether a page starts with files of this version, and of no other. */
export function belongsTo(page: string, files: readonly string[]): boolean {
  const asked = page.match(/\/assets\/[\w.-]+/g) ?? [];
  return asked.length > 0 && asked.every((file) => files.includes(file));
}

/** Whether this version should be taken at night. */
export function isNew(shells: Shells, version: string): boolean {
  return version !== shells.current && version !== shells.failed;
}

/** A version was kept whole. The first one is used at once; a later one waits for the night. */
export function installed(shells: Shells, version: string): Shells {
  return shells.current === null ? { ...shells, current: version } : shells;
}

/** The night came: the new version is on trial, and the last one that painted stays behind it. */
export function switched(shells: Shells, version: string): Shells {
  if (!isNew(shells, version)) return shells;
  return { ...shells, current: version, before: shells.before ?? shells.current, tries: 0 };
}

/** The page is asked for. A version on trial that was handed out once already and never painted is given up. */
export function handedOut(shells: Shells): Shells {
  if (shells.before === null) return shells;
  return shells.tries > 0 ? wentBack(shells) : { ...shells, tries: shells.tries + 1 };
}

/** A version's first screen was painted: it stays, and nothing stands behind it any more. */
export function painted(shells: Shells, version: string): Shells {
  // The one that was gone back to paints as well: that forgives the version that failed nothing.
  if (shells.before === null || version !== shells.current) return shells;
  return { ...shells, before: null, tries: 0, failed: null };
}

/** The version on trial did not get there: back to the one before. */
export function wentBack(shells: Shells): Shells {
  if (shells.before === null) return shells;
  return { current: shells.before, before: null, tries: 0, failed: shells.current };
}

/** Whether it is the part of the night in which a query point changes its version, in Shanghai. */
export function isUpdateTime(now: number): boolean {
  const hour = new Date(now + 8 * 3_600_000).getUTCHours();
  return hour >= 2 && hour < 4;
}
