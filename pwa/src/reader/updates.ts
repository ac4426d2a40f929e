/** The page's half of the update: it registers the worker and answers whether somebody is typing. */

export const READING = "/sw.js";
/** The same worker with the outbox in it. */
export const POSTING = "/sw-staff.js";

/**
 * Registers the service worker. `isBusy` is asked each time a new version waits. A phone that has the posting worker
 * keeps it on the reading pages too: the leaner one could not send what waits.
 */
export function keepUpdated(isBusy: () => boolean, wanted = READING): void {
  const workers = container();
  if (workers === undefined) return;
  workers.addEventListener("message", (event) => {
    if (event.data === "busy?") event.ports[0]?.postMessage(isBusy() ? "busy" : "idle");
  });
  const register = (): void => {
    workers
      .getRegistration()
      .then((found) => workers.register(hasPosting(found) ? POSTING : wanted))
      .then((registration) => {
        const offer = (): void => registration.waiting?.postMessage("may-update");
        registration.addEventListener("updatefound", () => {
          const coming = registration.installing;
          coming?.addEventListener("statechange", () => {
            if (coming.state === "installed") offer();
          });
        });
        offer();
        document.addEventListener("visibilitychange", offer);
      })
      .catch(() => undefined); // no worker: the page works all the same
  };
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);
}

const hasPosting = (found: ServiceWorkerRegistration | undefined): boolean =>
  [found?.installing, found?.waiting, found?.active].some(
    (worker) => worker && new URL(worker.scriptURL).pathname === POSTING,
  );

/** In-app browsers and plain http have none; where cookies are blocked, asking for it is refused. */
function container(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}
