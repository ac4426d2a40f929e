/**
 * While somebody may still name a photo that nothing names yet, none is let go. A form is open: it may put a row back,
 * or its draft may be on its way to the disk. A photo is being made. No clock is asked: a phone's may jump by years.
 */
import { forgetUnusedPhotos } from "../keep/photos";

const LOCK = "gongshilan-photos";

let holds = 0;

/** Keep every photo of this phone until the returned function is called, or this page has gone. */
export function holdPhotos(): () => void {
  holds += 1;
  let release = (): void => undefined;
  const released = new Promise<void>((done) => {
    release = done;
  });
  // The other tabs and the service worker see it by this lock, which ends with the page whatever becomes of it.
  void navigator.locks?.request(LOCK, { mode: "shared" }, () => released).catch(() => undefined);
  let over = false;
  return () => {
    if (over) return;
    over = true;
    holds -= 1;
    release();
  };
}

/**
 * Forget what nobody needs any more, unless somebody holds the photos: then the next posting that arrives sees to it.
 * Where a browser has no locks (plain http in an office's own network) only this page is asked. Returns how many went.
 */
export async function sweepPhotos(): Promise<number> {
  if (holds > 0) return 0;
  if (!navigator.locks) return forgetUnusedPhotos();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (free) =>
    free ? forgetUnusedPhotos() : 0,
  );
}
