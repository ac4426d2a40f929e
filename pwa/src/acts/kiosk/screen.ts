/** The device's side of the screen: it fills it, stays awake, and offers nothing but what it shows. */

let lock: { released: boolean } | null = null;

interface Wakeful {
  wakeLock?: { request: (kind: "screen") => Promise<{ released: boolean }> };
}

/** Browsers give a page the whole screen only in answer to a touch. */
function fill(): void {
  if (document.fullscreenElement !== null) return;
  void document.documentElement
    .requestFullscreen?.({ navigationUI: "hide" })
    .catch(() => undefined);
}

/** Given back whenever the page is hidden, and asked for again when it returns. */
async function stayAwake(): Promise<void> {
  if (document.visibilityState !== "visible" || lock?.released === false) return;
  lock = (await (navigator as Wakeful).wakeLock?.request("screen").catch(() => null)) ?? null;
}

/** `onTouch` hears of every touch, key and scroll. */
export function takeScreen(onTouch: (event: Event) => void): void {
  for (const kind of ["pointerdown", "touchmove", "wheel", "keydown"] as const) {
    window.addEventListener(kind, onTouch, { capture: true, passive: true });
  }
  // A touch's own event is the one that browsers believe.
  window.addEventListener("click", fill, { capture: true });
  for (const kind of ["contextmenu", "dragstart", "auxclick"] as const) {
    window.addEventListener(kind, (event) => event.preventDefault(), { capture: true });
  }
  document.addEventListener("visibilitychange", () => void stayAwake());
  void stayAwake();
}
