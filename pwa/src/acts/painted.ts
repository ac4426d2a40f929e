/** When what a key did can be seen: whatever else has to be done about it waits until then. */

const AT_MOST_MS = 100;

/** What everybody waits for who asked since the last frame began; null: nobody did. */
let coming: Promise<void> | null = null;
/** Ends the waiting: a page that is being left has no frame any more. One listener for good: each new one costs a message to the browser. */
let finish = (): void => undefined;
let listening = false;

/**
 * Resolves after the next frame; at the latest after a tenth of a second, and at once where nothing is painted or the
 * page is being left. Whoever asks first goes first.
 */
export function painted(): Promise<void> {
  if (typeof requestAnimationFrame === "undefined" || document.hidden) return Promise.resolve();
  if (!listening) {
    listening = true;
    addEventListener("pagehide", () => finish());
  }
  coming ??= new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      coming = null;
      done();
    };
    const timer = setTimeout(end, AT_MOST_MS);
    finish = end;
    requestAnimationFrame(() => {
      // Who asks from now on waits for another frame; and a task after this one, not in it.
      clearTimeout(timer);
      coming = null;
      setTimeout(end);
    });
  });
  return coming;
}
