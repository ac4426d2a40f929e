/** Pinch, drag, wheel and double tap on one picture: plain numbers, no library. */

interface Spot {
  x: number;
  y: number;
}

const MOST = 6;

export class Zoom {
  private scale = 1;
  private at: Spot = { x: 0, y: 0 };
  private readonly fingers = new Map<number, Spot>();
  private start: Spot | null = null;
  private lastTap = 0;

  constructor(
    private readonly stage: HTMLElement,
    private readonly image: HTMLImageElement,
    private readonly swiped: (step: 1 | -1) => void,
  ) {
    stage.addEventListener("pointerdown", (e) => this.down(e));
    stage.addEventListener("pointermove", (e) => this.move(e));
    stage.addEventListener("pointerup", (e) => this.up(e));
    stage.addEventListener("pointercancel", (e) => this.fingers.delete(e.pointerId));
    stage.addEventListener(
      "wheel",
      (e) => {
        e.preventDefault();
        this.to(this.scale * (e.deltaY < 0 ? 1.2 : 1 / 1.2), e);
      },
      { passive: false },
    );
  }

  /** The whole picture again. */
  reset(): void {
    this.scale = 1;
    this.at = { x: 0, y: 0 };
    this.paint();
  }

  /** One step nearer; from the nearest back to the whole. */
  step(): void {
    if (this.scale >= MOST / 2) this.reset();
    else this.to(this.scale * 2, this.middle());
  }

  private down(event: PointerEvent): void {
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size > 1) return;
    this.start = { x: event.clientX, y: event.clientY };
    if (event.timeStamp - this.lastTap < 300) {
      if (this.scale > 1) this.reset();
      else this.to(2.5, { clientX: event.clientX, clientY: event.clientY });
    }
    this.lastTap = event.timeStamp;
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (other) {
      const grown = distance(now, other) / (distance(before, other) || 1);
      this.to(this.scale * grown, {
        clientX: (now.x + other.x) / 2,
        clientY: (now.y + other.y) / 2,
      });
    } else if (this.scale > 1) {
      this.at = { x: this.at.x + now.x - before.x, y: this.at.y + now.y - before.y };
      this.paint();
    }
  }

  private up(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    if (this.start && this.fingers.size === 0 && this.scale === 1) {
      const across = event.clientX - this.start.x;
      if (
        Math.abs(across) > 50 &&
        Math.abs(across) > Math.abs(event.clientY - this.start.y) * 1.5
      ) {
        this.swiped(across < 0 ? 1 : -1);
      }
    }
    if (this.fingers.size === 0) this.start = null;
  }

  private to(scale: number, around: { clientX: number; clientY: number }): void {
    const next = Math.min(MOST, Math.max(1, scale));
    const middle = this.middle();
    const from = { x: around.clientX - middle.clientX, y: around.clientY - middle.clientY };
    const grown = next / this.scale;
    this.at = {
      x: from.x - (from.x - this.at.x) * grown,
      y: from.y - (from.y - this.at.y) * grown,
    };
    this.scale = next;
    if (next === 1) this.at = { x: 0, y: 0 };
    this.paint();
  }

  private middle(): { clientX: number; clientY: number } {
    const box = this.stage.getBoundingClientRect();
    return { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  }

  private paint(): void {
    const box = this.stage.getBoundingClientRect();
    const [x, y] = [(box.width * (this.scale - 1)) / 2, (box.height * (this.scale - 1)) / 2];
    this.at = { x: Math.min(x, Math.max(-x, this.at.x)), y: Math.min(y, Math.max(-y, this.at.y)) };
    this.image.style.transform = `translate(${this.at.x}px, ${this.at.y}px) scale(${this.scale})`;
  }
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
