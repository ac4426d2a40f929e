/** Two ways to answer: the network first, or what is kept first. */
import { goneOn, keptAddress, mayKeep, NETWORK_MS } from "@/core/keeping";
import { forget, forgetAddress, PAGES } from "./forgetting";
import { keptPage, stamped } from "./kept";

/** Network first; after three seconds or a failure what is kept, made ready by `ready`. */
export async function networkFirst(
  event: FetchEvent,
  cacheName: string | null,
  most: number,
  ready: (kept: Response | undefined) => Promise<Response | null> | null,
  instead?: () => Promise<Response | undefined>,
): Promise<Response> {
  const key = keptAddress(event.request.url);
  const fresh = fetch(event.request).then((answer) => {
    if (cacheName !== null && mayKeep(answer.status, answer.headers.get("cache-control"))) {
      const copy = answer.clone();
      event.waitUntil(keep(cacheName, key, copy, most).catch(() => undefined));
    } else if (cacheName !== null && (answer.status === 404 || answer.status === 410)) {
      // What is no longer public is no longer kept either.
      event.waitUntil(forgetAddress(cacheName, key).catch(() => undefined));
    }
    return answer;
  });
  const first = await Promise.race([
    fresh.catch(() => null),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), NETWORK_MS)),
  ]);
  if (first !== null) return first;
  const kept = cacheName === null ? undefined : await (await caches.open(cacheName)).match(key);
  const here = instead === undefined ? undefined : await instead();
  if (here !== undefined) return here;
  if (kept === undefined) {
    // Nothing kept: the network may still answer, however slowly.
    return fresh.catch(async () => (await ready(undefined)) ?? Response.error());
  }
  return (await (ready(kept) ?? kept)) ?? fresh;
}

/** What is kept first; otherwise the network, and kept from then on. */
export async function cacheFirst(
  event: FetchEvent,
  cacheName: string,
  most: number,
): Promise<Response> {
  const kept = await caches.match(event.request.url);
  if (kept !== undefined) return kept;
  const answer = await fetch(event.request);
  if (mayKeep(answer.status, answer.headers.get("cache-control"))) {
    const copy = answer.clone();
    event.waitUntil(keep(cacheName, event.request.url, copy, most).catch(() => undefined));
  }
  return answer;
}

async function keep(name: string, key: string, answer: Response, most: number): Promise<void> {
  const cache = await caches.open(name);
  const before = await cache.match(key);
  await cache.delete(key); // so that the newest stands last
  const text = name === PAGES ? await answer.clone().text() : "";
  await cache.put(key, await stamped(answer, Date.now()));
  const old = (await cache.keys()).slice(0, -most);
  const left = await Promise.all(old.map((each) => cache.match(each)));
  await Promise.all(old.map((each) => cache.delete(each)));
  if (name !== PAGES) return;
  const pages = [before, ...left].filter((each) => each !== undefined);
  const dropped = await Promise.all(pages.map((each) => keptPage(key, each)));
  await forget(
    goneOn(text),
    dropped.flatMap((page) => page.photos),
  );
}
