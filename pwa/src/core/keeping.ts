/** What the service worker keeps, and how: decided from an address alone, so that it can be tested. */

/** What happens to a request: `page` and `data` ask the network first, `photo` and `shell` the cache; `fresh` is never kept. */
export type Way = "page" | "fresh" | "data" | "photo" | "shell" | "staff" | "pass";

/** Answers anybody may read, that say nothing about who asks. */
const PUBLIC_DATA =
  /^\/api\/v1\/(?:divisions|villages|disclosures|categories|installation)(?:\/|$)/;
const PHOTO = /^\/api\/v1\/photos\/[0-9a-f]{64}\/[0-9]+\.(?:webp|jpg)$/;
/** The code that leads to a notice: shown to the next phone where there may be no signal. */
const CODE = /^\/d\/[0-9a-f-]{36}\/code\.svg$/;
const PUBLIC_PAGE = /^\/(?:$|v\/|d\/|c\/|C\/)/;

/** Seconds and counts, in one place. */
export const NETWORK_MS = 3000;
export const MOST_PHOTOS = 120;
export const MOST_PAGES = 80;
export const MOST_DATA = 60;

/** How to answer a request. Only GET is ever kept. */
export function wayOf(method: string, path: string, navigating: boolean): Way {
  if (method !== "GET") return "pass";
  if (PHOTO.test(path) || CODE.test(path)) return "photo";
  if (path.startsWith("/assets/")) return "shell";
  if (PUBLIC_DATA.test(path)) return "data";
  if (path.startsWith("/api/")) return "pass";
  if (!navigating) return "pass";
  if (path === "/app" || path.startsWith("/app/")) return "staff";
  // What somebody typed stays on no phone that others use.
  if (path === "/search") return "fresh";
  return PUBLIC_PAGE.test(path) ? "page" : "pass";
}

/** Whether an answer may be kept at all: what is private or partial never is. */
export function mayKeep(status: number, cacheControl: string | null): boolean {
  return status === 200 && !/\b(?:no-store|private)\b/i.test(cacheControl ?? "");
}

/** The address under which a page is kept: language and size do not make it another page. */
export function keptAddress(address: string): string {
  const url = new URL(address);
  url.hash = "";
  for (const name of ["lang", "view"]) url.searchParams.delete(name);
  return url.href;
}

/** A notice that may be shown until a moment is not shown after it, network or not. */
export function mayShow(hideAfter: string | null, now: number): boolean {
  if (hideAfter === null) return true;
  const moment = Date.parse(hideAfter);
  return Number.isNaN(moment) || now < moment;
}

const SHOWN_PHOTO = /\/api\/v1\/photos\/([0-9a-f]{64})\//g;
const GONE = /href="\/d\/([0-9a-f-]{36})" data-gone/g;

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((each) => each[1] ?? "")),
];

/** The photos that a page shows, by their hashes. */
export const photosOn = (text: string): string[] => found(text, SHOWN_PHOTO);

/** The notices of which a list says that they were withdrawn or are no longer on view. */
export const goneOn = (text: string): string[] => found(text, GONE);

/** A page on the phone: where it is kept, the photos it shows, and until when it may be shown. */
export interface KeptPage {
  address: string;
  photos: readonly string[];
  until: string | null;
}

/**
 * What must leave the phone: pages past their time or about a notice that is gone, and photos that only they showed.
 *
 * `dropped`: photos that a page showed which is not kept any more, or shows other ones now.
 */
export function leaving(
  pages: readonly KeptPage[],
  gone: readonly string[],
  dropped: readonly string[],
  now: number,
): { pages: string[]; photos: string[] } {
  const ends = (page: KeptPage): boolean =>
    !mayShow(page.until, now) || gone.some((notice) => isAbout(page.address, notice));
  const stay = new Set(pages.filter((page) => !ends(page)).flatMap((page) => page.photos));
  const over = pages.filter(ends);
  const named = new Set([...dropped, ...over.flatMap((page) => page.photos)]);
  return {
    pages: over.map((page) => page.address),
    photos: [...named].filter((photo) => !stay.has(photo)),
  };
}

/** Whether an address is a notice's own: its page, an older edition, the code that leads to it. */
export const isAbout = (address: string, notice: string): boolean =>
  new URL(address).pathname.split("/").includes(notice);

/** How old a kept page is: the number and its unit. */
export function ageOf(
  keptAt: number,
  now: number,
): { n: number; unit: "minutes" | "hours" | "days" } {
  const minutes = Math.max(1, Math.round((now - keptAt) / 60_000));
  if (minutes < 90) return { n: minutes, unit: "minutes" };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { n: hours, unit: "hours" } : { n: Math.round(hours / 24), unit: "days" };
}

/** Whole or begun days until an exclusive end: 1 on the last day, 0 when it is over. */
export function daysLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 86_400_000));
}
