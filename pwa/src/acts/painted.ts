/** When what a key did can be seen: whatever else has to be done about it waits until then. */

const AT_MOST_MS = 100;

/**
 * Resolves after the next frame; at the latest after a tenth of a second, and at once where nothing is painted or the
 * page is being left.
 */
export function painted(): Promise<void> {
  return new Promise((done) => {
    if (typeof requestAnimationFrame === "undefined" || document.hidden) {
      done();
      return;
    }
    const timer = setTimeout(finish, AT_MOST_MS);
    function finish(): void {
      clearTimeout(timer);
      removeEventListener("pagehide", finish);
      done();
    }
    addEventListener("pagehide", finish);
    // A task after the frame, not in it.
    requestAnimationFrame(() => setTimeout(finish));
  });
}
