/**
 * The service worker: a page that was opened once opens again without a network.
 *
 * Pages and public data: network first, three seconds, then what is kept. Photos and built files: what
 * is kept first, for their names change with their content. What belongs to one person is never kept.
 *
 * A villager's phone keeps the reading half alone. The staff app is kept, whole, on the phones that opened it.
 */
import { LISTEN_MS, mayTakeOver, type Reply } from "@/core/idleness";
import { MOST_DATA, MOST_PAGES, MOST_PHOTOS, wayOf } from "@/core/keeping";
import { cacheFirst, networkFirst } from "./answering";
import { DATA, forget, PAGES, PHOTOS } from "./forgetting";
import { OFFLINE, STAFF, toShow } from "./kept";
import "./push";

declare const self: ServiceWorkerGlobalScope;
declare const __READER_FILES__: string[];
declare const __READER_VERSION__: string;
declare const __STAFF_FILES__: string[];
declare const __STAFF_VERSION__: string;

const SHELL = `shell-${__READER_VERSION__}`;
const STAFF_SHELL = `staff-${__STAFF_VERSION__}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(SHELL);
      await cache.addAll(__READER_FILES__);
      // A missing page must not keep the rest from working without a network.
      await cache.add(OFFLINE).catch(() => undefined);
      // Who has the staff app has it whole in every version, or stays with the one before.
      if ((await caches.keys()).some((name) => name.startsWith("staff-"))) await keepStaff();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      for (const [half, mine] of [
        ["shell-", SHELL],
        ["staff-", STAFF_SHELL],
      ] as const) {
        // The one before this one stays: a page that is open may still ask for its parts.
        const others = names.filter((name) => name.startsWith(half) && name !== mine);
        await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
      }
      await self.clients.claim();
    })(),
  );
});

/** Keep the staff app whole: its page and every file it may ask for, those that are there already not again. */
async function keepStaff(): Promise<void> {
  const cache = await caches.open(STAFF_SHELL);
  const here = await Promise.all(__STAFF_FILES__.map((file) => cache.match(file)));
  await cache.addAll(__STAFF_FILES__.filter((_file, n) => here[n] === undefined));
  if ((await cache.match(STAFF)) === undefined) await cache.add(STAFF);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  const way = wayOf(request.method, url.pathname, request.mode === "navigate");
  if (way === "photo") event.respondWith(cacheFirst(event, PHOTOS, MOST_PHOTOS));
  else if (way === "shell") {
    const shell = __STAFF_FILES__.includes(url.pathname) ? STAFF_SHELL : SHELL;
    event.respondWith(cacheFirst(event, shell, Number.POSITIVE_INFINITY));
  } else if (way === "data") event.respondWith(networkFirst(event, DATA, MOST_DATA, () => null));
  else if (way === "fresh") event.respondWith(networkFirst(event, null, 0, instead));
  else if (way === "page")
    event.respondWith(networkFirst(event, PAGES, MOST_PAGES, (kept) => paged(kept, event)));
  else if (way === "staff") {
    // A phone that never opened it is told that there is no network, and what it has kept.
    event.respondWith(networkFirst(event, null, 0, instead, staffPage));
  }
});

/** The staff app's page without a network: of this version, or of the one that is still here. */
async function staffPage(): Promise<Response | undefined> {
  const mine = (await caches.keys()).includes(STAFF_SHELL)
    ? await (await caches.open(STAFF_SHELL)).match(STAFF)
    : undefined;
  return mine ?? (await caches.match(STAFF));
}

/** A kept page on its way out: with its age, or not at all once its notice has ended. */
async function paged(kept: Response | undefined, event: FetchEvent): Promise<Response | null> {
  const page = kept === undefined ? null : await toShow(kept, Date.now());
  if (page !== null) return page;
  if (kept !== undefined) event.waitUntil(forget([], []).catch(() => undefined));
  return instead();
}

/** What is shown for a page that is not here. */
const instead = async (): Promise<Response | null> => (await caches.match(OFFLINE)) ?? null;

self.addEventListener("message", (event) => {
  if (event.data === "may-update") event.waitUntil(updateIfIdle());
  if (event.data === "keep-staff") event.waitUntil(keepStaff().catch(() => undefined));
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
