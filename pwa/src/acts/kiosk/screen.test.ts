/** A query point fills the screen with the first touch and keeps it awake. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const filling = vi.fn(async (_: FullscreenOptions) => undefined);
const waking = vi.fn(async (_: string) => lock);
let lock: { released: boolean };
let visible: DocumentVisibilityState = "visible";
let full: Element | null = null;
/** Every listener of a test, so that none hears the next one. */
let listening: AbortController;

beforeEach(async () => {
  lock = { released: false };
  visible = "visible";
  full = null;
  filling.mockClear();
  waking.mockReset().mockImplementation(async () => lock);
  listening = new AbortController();
  for (const target of [window, document]) {
    const listen = target.addEventListener.bind(target);
    vi.spyOn(target, "addEventListener").mockImplementation(
      (kind: string, heard: EventListenerOrEventListenerObject, how?: unknown) =>
        listen(kind, heard, { ...(how as object), signal: listening.signal }),
    );
  }
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visible);
  Object.defineProperty(document, "fullscreenElement", { get: () => full, configurable: true });
  document.documentElement.requestFullscreen = filling;
  Object.defineProperty(navigator, "wakeLock", { value: { request: waking }, configurable: true });
  vi.resetModules();
});

afterEach(() => {
  listening.abort();
  vi.restoreAllMocks();
  Reflect.deleteProperty(document, "fullscreenElement");
  Reflect.deleteProperty(document.documentElement, "requestFullscreen");
  Reflect.deleteProperty(navigator, "wakeLock");
});

async function taken(onTouch: (event: Event) => void = () => undefined): Promise<void> {
  const { takeScreen } = await import("./screen");
  takeScreen(onTouch);
  await settled();
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

async function turned(state: DocumentVisibilityState): Promise<void> {
  visible = state;
  if (state === "hidden") lock.released = true; // as browsers do
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
}

it("asks for the whole screen with a touch, not before, and not when it has it", async () => {
  await taken();
  expect(filling).not.toHaveBeenCalled();
  document.body.click();
  expect(filling.mock.calls).toEqual([[{ navigationUI: "hide" }]]);
  full = document.documentElement;
  document.body.click();
  expect(filling).toHaveBeenCalledTimes(1);
  full = null; // somebody pressed Escape
  document.body.click();
  expect(filling).toHaveBeenCalledTimes(2);
});

it("goes on where the browser refuses the whole screen, or cannot give it", async () => {
  const touches = vi.fn();
  await taken(touches);
  filling.mockRejectedValueOnce(new TypeError("not allowed"));
  document.body.click();
  Reflect.deleteProperty(document.documentElement, "requestFullscreen");
  document.body.click();
  window.dispatchEvent(new Event("pointerdown"));
  await settled();
  expect(touches).toHaveBeenCalledTimes(1);
});

it("keeps the screen awake, and asks again when the page comes back", async () => {
  await taken();
  expect(waking.mock.calls).toEqual([["screen"]]);
  await turned("hidden");
  expect(waking).toHaveBeenCalledTimes(1);
  lock = { released: false };
  await turned("visible");
  expect(waking).toHaveBeenCalledTimes(2);
  await turned("visible"); // it still has it
  expect(waking).toHaveBeenCalledTimes(2);
});

it("asks once it is seen when it was started hidden, and again when it was refused", async () => {
  visible = "hidden";
  await taken();
  expect(waking).not.toHaveBeenCalled();
  waking.mockRejectedValueOnce(new DOMException("battery is low", "NotAllowedError"));
  await turned("visible");
  await turned("visible");
  expect(waking).toHaveBeenCalledTimes(2);
});
