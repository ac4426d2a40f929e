import { describe, expect, it } from "vitest";
import { isBusy, isLeft, marked, mayTakeOver, QUIET_MS, STILL, typed } from "./idleness";

describe("taking over", () => {
  it("happens when no page is open", () => {
    expect(mayTakeOver([])).toBe(true);
  });

  it("waits for one busy page among many", () => {
    expect(
      mayTakeOver([
        { path: "/v/640425100201", answer: "idle" },
        { path: "/app/post", answer: "busy" },
      ]),
    ).toBe(false);
  });

  it("takes a silent reading page for idle and a silent staff page for busy", () => {
    expect(mayTakeOver([{ path: "/v/640425100201", answer: "silent" }])).toBe(true);
    expect(mayTakeOver([{ path: "/application", answer: "silent" }])).toBe(true);
    expect(mayTakeOver([{ path: "/app", answer: "silent" }])).toBe(false);
    expect(mayTakeOver([{ path: "/app/tasks", answer: "silent" }])).toBe(false);
  });
});

describe("a page", () => {
  it("is idle until something is typed", () => {
    expect(isBusy(STILL, 0)).toBe(false);
  });

  it("stays busy while any form is dirty, however long nobody types", () => {
    const two = marked(marked(STILL, "accounts", true), "review", true);
    const one = marked(two, "accounts", false);
    expect(isBusy(one, 1e12)).toBe(true);
    expect(isBusy(marked(one, "review", false), 1e12)).toBe(false);
  });

  it("marks a form twice and clears it once", () => {
    const twice = marked(marked(STILL, "accounts", true), "accounts", true);
    expect(marked(twice, "accounts", false).dirty).toEqual([]);
  });

  it("is busy for a while after the last key", () => {
    const page = typed(STILL, 1000);
    expect(isBusy(page, 1000 + QUIET_MS - 1)).toBe(true);
    expect(isBusy(page, 1000 + QUIET_MS)).toBe(false);
  });
});

describe("a shared phone that nobody touches", () => {
  it.each([
    [0, 10 * 60_000 - 1, 10, false],
    [0, 10 * 60_000, 10, true],
    [0, 24 * 3_600_000, 0, false], // never by itself
    [10_000, 0, 5, false], // its clock was set back
    [Number.NaN, 24 * 3_600_000, 5, false],
  ])("touched at %d, looked at %d, %d minutes: %s", (touched, now, minutes, left) => {
    expect(isLeft(touched, now, minutes)).toBe(left);
  });

  it("is not left before anybody has touched it", () => {
    expect(isLeft(null, Date.now(), 5)).toBe(false);
  });
});
