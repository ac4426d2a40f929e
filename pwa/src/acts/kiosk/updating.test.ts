/** What was started at night says that it stands, also while nobody can see it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sayPainted } from "./updating";

const said: unknown[] = [];
let frames: FrameRequestCallback[] = [];
let hidden = false;
const root = document.createElement("div");

beforeEach(() => {
  said.length = 0;
  frames = [];
  hidden = false;
  root.innerHTML = "<p>first</p>";
  document.documentElement.dataset.shell = "two";
  vi.stubGlobal("requestAnimationFrame", (one: FrameRequestCallback) => frames.push(one));
  vi.spyOn(document, "hidden", "get").mockImplementation(() => hidden);
  const active = { postMessage: (message: unknown) => said.push(message) };
  Object.defineProperty(navigator, "serviceWorker", {
    value: { ready: Promise.resolve({ active }) },
    configurable: true,
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  delete document.documentElement.dataset.shell;
  Reflect.deleteProperty(navigator, "serviceWorker");
});

function frame(): void {
  for (const one of frames.splice(0)) one(0);
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

it("says so two frames later where somebody can see it", async () => {
  void sayPainted(root);
  await settled();
  frame();
  await settled();
  expect(said).toEqual([]);
  frame();
  await settled();
  expect(said).toEqual([{ painted: "two" }]);
});

it("says so on a hidden page, which is given no frame", async () => {
  hidden = true;
  await sayPainted(root);
  expect(said).toEqual([{ painted: "two" }]);
});

it("says so when the display is switched off before the second frame, and once", async () => {
  const saying = sayPainted(root);
  frame();
  hidden = true;
  document.dispatchEvent(new Event("visibilitychange"));
  await saying;
  hidden = false;
  frame();
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  expect(said).toEqual([{ painted: "two" }]);
});

it.each([true, false])(
  "says nothing of a version that shows nothing (hidden: %s)",
  async (dark) => {
    hidden = dark;
    root.innerHTML = "";
    const saying = sayPainted(root);
    frame();
    frame();
    await saying;
    expect(said).toEqual([]);
  },
);
