/** When what a key did can be seen: whatever else has to be done about it waits until then. */

const AT_MOST_MS = 100;

/** Who waits for a frame; a page that is being left has none any more. One listener for good: each new one costs a message to the browser. */
const waiting = new Set<() => void>();
let listening = false;

function listen(): void {
  if (listening) return;
  listening = true;
  addEventListener("pagehide", () => {
    for (const finish of [...waiting]) finish();
  });
}

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
    listen();
    const timer = setTimeout(finish, AT_MOST_MS);
    function finish(): void {
      clearTimeout(timer);
      waiting.delete(finish);
      done();
    }
    waiting.add(finish);
    // A task after the frame, not in it.
    requestAnimationFrame(() => setTimeout(finish));
  });
}
