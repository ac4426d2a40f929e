/** What is no longer public leaves the phone: each time a page is kept, and when one turns out to be over. */
import { isAbout, leaving } from "@/core/keeping";
import { keptPage } from "./kept";

export const PAGES = "pages";
export const PHOTOS = "photos";
export const DATA = "data";

/**
 * Drop the kept pages that are past their time or about one of these notices, and the photos that no page left shows.
 *
 * `dropped`: photos of a page that is kept no more, or shows others now.
 */
export async function forget(gone: readonly string[], dropped: readonly string[]): Promise<void> {
  const cache = await caches.open(PAGES);
  const [keys, answers] = await Promise.all([cache.keys(), cache.matchAll()]);
  const pages = await Promise.all(answers.map((kept, n) => keptPage(keys[n]?.url ?? "", kept)));
  const { pages: over, photos } = leaving(pages, gone, dropped, Date.now());
  await Promise.all(over.map((address) => cache.delete(address)));
  const hashes = new Set(photos);
  const about = (address: string): boolean => gone.some((notice) => isAbout(address, notice));
  if (hashes.size > 0 || gone.length > 0) {
    await without(PHOTOS, (address) => about(address) || hashes.has(hashOf(address)));
  }
  if (gone.length > 0) await without(DATA, about);
}

/** What an address no longer shows to anybody is not kept, nor what else is kept about that notice. */
export async function forgetAddress(name: string, address: string): Promise<void> {
  const cache = await caches.open(name);
  const before = await cache.match(address);
  await cache.delete(address);
  if (name !== PAGES || before === undefined) return;
  const notice = /^\/d\/([0-9a-f-]{36})$/.exec(new URL(address).pathname)?.[1];
  const gone = notice === undefined || new URL(address).search !== "" ? [] : [notice];
  await forget(gone, (await keptPage(address, before)).photos);
}

const hashOf = (address: string): string => new URL(address).pathname.split("/")[4] ?? "";

async function without(name: string, goes: (address: string) => boolean): Promise<void> {
  const cache = await caches.open(name);
  const keys = (await cache.keys()).filter((key) => goes(key.url));
  await Promise.all(keys.map((key) => cache.delete(key)));
}
