/** What waits for a rest of the thumb: how long, and what ends the waiting. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AT_MOST_MS, PAUSE_MS, paused, pauseNow, rested, typed } from "./pausing";

let went = 0;
const wait = (): void => {
  void paused().then(() => {
    went += 1;
  });
};
beforeEach(() => {
  vi.useFakeTimers();
  went = 0;
});
afterEach(() => {
  pauseNow();
  vi.useRealTimers();
});

it("waits for the rest after the last key, and not for the keys", async () => {
  for (let key = 0; key < 3; key += 1) {
    typed();
    wait();
    await vi.advanceTimersByTimeAsync(PAUSE_MS - 1);
    expect(went).toBe(0);
  }
  await vi.advanceTimersByTimeAsync(1);
  expect(went).toBe(3);
});

it("waits a second at the most for whoever never rests", async () => {
  typed();
  wait();
  for (let ms = 0; ms < AT_MOST_MS; ms += 100) {
    expect(went).toBe(0);
    typed();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(went).toBe(1);
});

it("is never between two keys of one word for whoever waits for the rest itself", async () => {
  typed();
  void rested().then(() => {
    went += 1;
  });
  for (let ms = 0; ms < 3 * AT_MOST_MS; ms += 250) {
    typed();
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(went).toBe(0);
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(went).toBe(1);
});

it.each([
  ["the page is left", () => dispatchEvent(new Event("pagehide"))],
  ["the field is left", () => dispatchEvent(new Event("focusout"))],
  [
    "another app comes before it",
    () => {
      vi.spyOn(document, "hidden", "get").mockReturnValue(true);
      document.dispatchEvent(new Event("visibilitychange"));
    },
  ],
])("waits no longer when %s", async (_why, leave) => {
  typed();
  wait();
  leave();
  await vi.advanceTimersByTimeAsync(20); // a frame
  expect(went).toBe(1);
  vi.restoreAllMocks();
});
