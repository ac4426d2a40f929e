/** The page's half of the update: it registers the worker and answers whether somebody is typing. */

/** Registers the service worker. `isBusy` is asked each time a new version waits. */
export function keepUpdated(isBusy: () => boolean): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return; // in-app browsers and plain http have none
  workers.addEventListener("message", (event) => {
    if (event.data === "busy?") event.ports[0]?.postMessage(isBusy() ? "busy" : "idle");
  });
  const register = (): void => {
    workers
      .register("/sw.js")
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
