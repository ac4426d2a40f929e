/**
 * The service worker: a page that was opened once opens again without a network.
 *
 * Pages and public data: network first, three seconds, then what is kept. Photos and built files: what
 * is kept first, for their names change with their content. What belongs to one person is never kept.
 */
import { LISTEN_MS, mayTakeOver, type Reply } from "@/core/idleness";
import { MOST_DATA, MOST_PAGES, MOST_PHOTOS, mayShow, wayOf } from "@/core/keeping";
import { cacheFirst, networkFirst } from "./answering";
import { hideAfter, OFFLINE, STAFF, withKeptAt } from "./kept";

declare const self: ServiceWorkerGlobalScope;
declare const __SHELL_FILES__: string[];
declare const __SHELL_VERSION__: string;

const SHELL = `shell-${__SHELL_VERSION__}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(SHELL).then(async (cache) => {
      await cache.addAll(__SHELL_FILES__);
      // A missing page must not keep the rest from working without a network.
      await Promise.all([OFFLINE, STAFF].map((path) => cache.add(path).catch(() => undefined)));
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const shells = (await caches.keys()).filter((name) => name.startsWith("shell-"));
      // The shell before this one stays: a page that is open may still ask for its parts.
      const old = shells.filter((name) => name !== SHELL).slice(0, -1);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const way = wayOf(request.method, url.pathname, request.mode === "navigate");
  if (way === "photo") event.respondWith(cacheFirst(event, "photos", MOST_PHOTOS));
  else if (way === "shell") event.respondWith(cacheFirst(event, SHELL, Number.POSITIVE_INFINITY));
  else if (way === "data") event.respondWith(networkFirst(event, "data", MOST_DATA, () => null));
  else if (way === "page") event.respondWith(networkFirst(event, "pages", MOST_PAGES, paged));
  else if (way === "staff") event.respondWith(networkFirst(event, null, 0, () => null, STAFF));
});

/** A kept page on its way out: with its age, or not at all once its notice has ended. */
async function paged(kept: Response | undefined): Promise<Response | null> {
  if (kept !== undefined) {
    const text = await kept.text();
    if (mayShow(hideAfter(text), Date.now())) return withKeptAt(kept, text);
  }
  return (await caches.match(OFFLINE)) ?? null;
}

// The signal came back: a page that is open sends what waits. Chromium alone has this event.
self.addEventListener("sync" as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
  (event as ExtendableEvent).waitUntil(tellPages({ type: "sync" }));
});

async function tellPages(message: unknown): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) page.postMessage(message);
}

self.addEventListener("message", (event) => {
  if (event.data === "may-update") event.waitUntil(updateIfIdle());
});

async function updateIfIdle(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const replies = await Promise.all(pages.map(ask));
  if (mayTakeOver(replies)) await self.skipWaiting();
}

function ask(page: Client): Promise<Reply> {
  const path = new URL(page.url).pathname;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const silent = setTimeout(() => resolve({ path, answer: "silent" }), LISTEN_MS);
    port1.onmessage = ({ data }) => {
      clearTimeout(silent);
      resolve({ path, answer: data === "idle" ? "idle" : "busy" });
    };
    page.postMessage("busy?", [port2]);
  });
}
