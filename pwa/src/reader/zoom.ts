/** Pinch, drag, wheel and double tap on one picture: plain numbers, no library. */

interface Spot {
  x: number;
  y: number;
}

export interface Zoom {
  /** The whole picture again. */
  reset(): void;
  /** One step nearer; from the nearest back to the whole. */
  step(): void;
}

const MOST = 6;
const DOUBLE_TAP_MS = 300;
const SWIPE_PX = 50;

/** Makes the picture on a stage zoomable; `swiped` hears of a swipe across the whole picture. */
export function zoomable(
  stage: HTMLElement,
  image: HTMLImageElement,
  swiped: (step: 1 | -1) => void,
): Zoom {
  const fingers = new Map<number, Spot>();
  let scale = 1;
  let at: Spot = { x: 0, y: 0 };
  let start: Spot | null = null;
  let lastTap = 0;

  const paint = (): void => {
    const box = stage.getBoundingClientRect();
    const [x, y] = [(box.width * (scale - 1)) / 2, (box.height * (scale - 1)) / 2];
    at = { x: Math.min(x, Math.max(-x, at.x)), y: Math.min(y, Math.max(-y, at.y)) };
    image.style.transform = `translate(${at.x}px, ${at.y}px) scale(${scale})`;
  };
  const reset = (): void => {
    scale = 1;
    at = { x: 0, y: 0 };
    paint();
  };
  const middle = (): Spot => {
    const box = stage.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  const to = (wanted: number, around: Spot): void => {
    const next = Math.min(MOST, Math.max(1, wanted));
    const centre = middle();
    const from = { x: around.x - centre.x, y: around.y - centre.y };
    const grown = next / scale;
    at = { x: from.x - (from.x - at.x) * grown, y: from.y - (from.y - at.y) * grown };
    scale = next;
    paint();
  };

  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const here = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, here);
    if (fingers.size > 1) return;
    start = here;
    if (event.timeStamp - lastTap < DOUBLE_TAP_MS) {
      if (scale > 1) reset();
      else to(2.5, here);
    }
    lastTap = event.timeStamp;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) {
      const grown = distance(now, other) / (distance(before, other) || 1);
      to(scale * grown, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    } else if (scale > 1) {
      at = { x: at.x + now.x - before.x, y: at.y + now.y - before.y };
      paint();
    }
  });
  stage.addEventListener("pointerup", (event) => {
    fingers.delete(event.pointerId);
    if (fingers.size > 0) return;
    if (start && scale === 1) {
      const across = event.clientX - start.x;
      const down = Math.abs(event.clientY - start.y);
      if (Math.abs(across) > SWIPE_PX && Math.abs(across) > down * 1.5) {
        swiped(across < 0 ? 1 : -1);
      }
    }
    start = null;
  });
  stage.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      to(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), { x: event.clientX, y: event.clientY });
    },
    { passive: false },
  );

  return {
    reset,
    step: () => {
      if (scale >= MOST / 2) reset();
      else to(scale * 2, middle());
    },
  };
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
