/**
 * The service worker of a query point: the app from the device, photos from the device, and a way back.
 *
 * Every version keeps its page and files in a cache of its own, `kiosk-shell-<version>`. Which one the page is started with
 * is written down apart from the workers' own life (core/kiosk_shells): a new worker that the browser activates after a
 * restart goes on handing out the old version until the page says at night that it is time.
 *
 * How it goes back: at night the new version becomes `current`, the old one stands `before` it with its cache untouched, and
 * the page is started anew. When the new page has painted its first screen it says so, and only then is the old cache
 * deleted. If it has said nothing after 45 seconds, this worker gives the version up, remembers it as failed, and starts
 * the page anew with the old one. Should the power go meanwhile, or the browser end this worker, the next start finds a
 * version that was handed out once and never painted, and gives it up there. A version that failed is never tried again;
 * the next one is.
 */
import {
  belongsTo,
  handedOut,
  installed,
  NO_SHELLS,
  PAINT_MS,
  painted,
  type Shells,
  switched,
  wentBack,
} from "@/core/kiosk_shells";

declare const self: ServiceWorkerGlobalScope;
declare const __KIOSK_FILES__: string[];
declare const __KIOSK_VERSION__: string;

const PAGE = "/kiosk";
const PREFIX = "kiosk-shell-";
const STATE = "kiosk-state";
const STATE_ADDRESS = "/kiosk/state";
const LOOK_MS = 1000;
const PHOTO = /^\/api\/v1\/photos\/[0-9a-f]{64}\//;

const shellOf = (version: string): string => PREFIX + version;

async function read(): Promise<Shells> {
  const kept = await (await caches.open(STATE)).match(STATE_ADDRESS);
  // Half a note, from when the power went, is none: the page comes from the network then.
  return (await kept?.json().catch(() => undefined)) ?? NO_SHELLS;
}

/** One change after the other: two pages may ask at once. */
let last: Promise<unknown> = Promise.resolve();
function change(how: (shells: Shells) => Shells): Promise<{ was: Shells; is: Shells }> {
  const next = last.then(async () => {
    const was = await read();
    const is = how(was);
    if (is !== was) await (await caches.open(STATE)).put(STATE_ADDRESS, Response.json(is));
    return { was, is };
  });
  last = next.catch(() => undefined);
  return next;
}

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(shellOf(__KIOSK_VERSION__));
      await cache.addAll([PAGE, ...__KIOSK_FILES__]);
      // While the server changes over, page and worker may be of two versions: neither would start without the other's files.
      const page = (await (await cache.match(PAGE))?.text()) ?? "";
      if (!belongsTo(page, __KIOSK_FILES__)) throw new Error("the page is another version's");
      await change((shells) => installed(shells, __KIOSK_VERSION__));
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await self.clients.claim();
      // A page that was there before its first worker learns in which version it is kept.
      const { current } = await read();
      for (const page of await self.clients.matchAll()) page.postMessage({ kept: current });
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(started(event));
  else if (url.pathname.startsWith("/assets/") || PHOTO.test(url.pathname)) {
    // A picture asks with other headers than the page that fetched it did.
    const kept = caches.match(request, { ignoreVary: true }).catch(() => undefined);
    event.respondWith(kept.then((found) => found ?? fetch(request)));
  }
});

/** What the page starts with. A full disk keeps no count of tries: then it is the version that has painted before. */
async function startsWith(): Promise<Shells> {
  try {
    return (await change(handedOut)).is;
  } catch {
    return wentBack(await read().catch(() => NO_SHELLS));
  }
}

/** The page in the version that counts, with its name in it; what is not kept comes from the network. */
async function started(event: FetchEvent): Promise<Response> {
  const is = await startsWith();
  const kept =
    is.current === null
      ? undefined
      : await caches.match(PAGE, { cacheName: shellOf(is.current) }).catch(() => undefined);
  if (kept === undefined || is.current === null) return fetch(event.request);
  if (is.before !== null) event.waitUntil(watch(is.current));
  const text = (await kept.text()).replace("<html ", `<html data-shell="${is.current}" `);
  return new Response(text, { headers: kept.headers });
}

/** Gives a version on trial its time, and no more of it than it needs: a worker that waits lets no other take over. */
async function watch(version: string): Promise<void> {
  for (let waited = 0; waited < PAINT_MS; waited += LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if ((await read()).before === null) return;
  }
  const { was, is } = await change((now) => (now.current === version ? wentBack(now) : now));
  if (is !== was) await startAnew();
}

async function startAnew(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  await Promise.all(pages.map((page) => page.navigate(PAGE).catch(() => null)));
}

self.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "activate") event.waitUntil(self.skipWaiting());
  else if (data === "switch") event.waitUntil(switchOver());
  else if (typeof data?.painted === "string") event.waitUntil(settle(data.painted));
});

async function switchOver(): Promise<void> {
  const { was, is } = await change((shells) => switched(shells, __KIOSK_VERSION__));
  if (is !== was) await startAnew();
}

/** Once a version on trial has painted, it and what this worker brought stay; all others go. */
async function settle(version: string): Promise<void> {
  const { was, is } = await change((shells) => painted(shells, version));
  if (was.before === null || is.before !== null) return;
  const keep = new Set([version, __KIOSK_VERSION__].map(shellOf));
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && !keep.has(name)) await caches.delete(name);
  }
}
