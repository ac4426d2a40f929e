/** A query point's service worker: it keeps the app for weeks without a network, and changes its version at night only. */
import { isUpdateTime } from "../../core/kiosk_shells";

const WORKER = "/sw-kiosk.js";
const SCOPE = "/kiosk";
/** Once in so many milliseconds of the night is enough. */
const ASK_MS = 1_800_000;

let registration: ServiceWorkerRegistration | null = null;
let askedAt = Number.NEGATIVE_INFINITY;

/** Plain http has none: the app works, and starts with a network only. */
const workers = (): ServiceWorkerContainer | undefined => navigator.serviceWorker;

export async function keepApp(): Promise<void> {
  workers()?.addEventListener("message", ({ data }) => {
    if (typeof data?.kept === "string") document.documentElement.dataset.shell ??= data.kept;
  });
  try {
    registration = (await workers()?.register(WORKER, { scope: SCOPE })) ?? null;
  } catch {
    registration = null;
  }
}

/**
 * Resolves two frames later, when what was rendered is on the glass. A page that is hidden is given no frames, for as long
 * as it is: somebody switched the display off for the night. There what was rendered is all that can be said.
 */
function onTheGlass(): Promise<void> {
  return new Promise((done) => {
    const finish = (): void => {
      document.removeEventListener("visibilitychange", look);
      done();
    };
    const look = (): void => {
      if (document.hidden) finish();
    };
    document.addEventListener("visibilitychange", look);
    requestAnimationFrame(() => requestAnimationFrame(finish));
    look();
  });
}

/** The first screen stands in `root`: what was started is good. Where nothing was rendered, nothing is said. */
export async function sayPainted(root: HTMLElement): Promise<void> {
  await onTheGlass();
  const version = document.documentElement.dataset.shell;
  if (root.firstElementChild === null) return;
  if (version === undefined) return; // not from the worker: nothing is on trial
  const ready = await workers()?.ready;
  ready?.active?.postMessage({ painted: version });
}

/** Takes a new version if it is night; the worker starts the page anew with it. Call it while nobody uses the screen. */
export async function updateAtNight(now: number): Promise<void> {
  if (registration === null || !isUpdateTime(now) || now - askedAt < ASK_MS) return;
  askedAt = now;
  await registration.update().catch(() => undefined); // no network: what waits already may still be taken
  const waiting = registration.waiting ?? (await installed(registration.installing));
  if (waiting === null) registration.active?.postMessage("switch");
  else {
    workers()?.addEventListener(
      "controllerchange",
      () => workers()?.controller?.postMessage("switch"),
      { once: true },
    );
    waiting.postMessage("activate");
  }
}

function installed(coming: ServiceWorker | null): Promise<ServiceWorker | null> {
  if (coming === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const look = (): void => {
      if (coming.state === "installed") resolve(coming);
      else if (coming.state === "redundant") resolve(null);
    };
    coming.addEventListener("statechange", look);
    look();
  });
}
