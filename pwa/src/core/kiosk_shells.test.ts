import { describe, expect, it } from "vitest";
import {
  belongsTo,
  handedOut,
  installed,
  isNew,
  isUpdateTime,
  NO_SHELLS,
  painted,
  switched,
  wentBack,
} from "./kiosk_shells";

const first = installed(NO_SHELLS, "one");
const onTrial = switched(installed(first, "two"), "two");

describe("the version a query point starts with", () => {
  it("is the first that it kept; the next waits for the night", () => {
    expect(first.current).toBe("one");
    expect(installed(first, "two").current).toBe("one");
    expect(handedOut(installed(first, "two")).current).toBe("one");
  });

  it("is the new one on trial, and stays once it has painted", () => {
    const shown = painted(handedOut(onTrial), "two");
    expect(shown).toEqual({ current: "two", before: null, tries: 0, failed: null });
    expect(handedOut(handedOut(shown)).current).toBe("two");
  });

  it("is the old one again when the new one shows nothing", () => {
    const back = wentBack(handedOut(onTrial));
    expect(back).toEqual({ current: "one", before: null, tries: 0, failed: "two" });
    expect(handedOut(back).current).toBe("one");
  });

  it("is the old one again when the power went during the trial", () => {
    const start = handedOut(onTrial);
    expect(start.current).toBe("two");
    expect(handedOut(start)).toMatchObject({ current: "one", failed: "two" });
  });

  it("is never one that failed, and the one after it is tried", () => {
    const back = painted(wentBack(handedOut(onTrial)), "one");
    expect(isNew(back, "two")).toBe(false);
    expect(switched(back, "two")).toBe(back);
    expect(switched(back, "three")).toMatchObject({ current: "three", before: "one" });
  });

  it("goes back to what last painted when a second new one comes before the first has", () => {
    const second = switched(handedOut(onTrial), "three");
    expect(wentBack(handedOut(second)).current).toBe("one");
  });

  it("is not settled by a page of another version", () => {
    expect(painted(onTrial, "one")).toBe(onTrial);
  });
});

describe("a page and the files that are kept with it", () => {
  const files = ["/assets/kiosk-A1_b.js", "/assets/kiosk-c-2.css"];
  const page = (js: string): string =>
    `<link href="/assets/kiosk-c-2.css"><link href="/icon.svg"><script src="/assets/${js}"></script>`;
  it("are of one version", () => {
    expect(belongsTo(page("kiosk-A1_b.js"), files)).toBe(true);
    expect(belongsTo(page("kiosk-A1_c.js"), files)).toBe(false);
    expect(belongsTo("<html><body>a page of somebody else's</body></html>", files)).toBe(false);
  });
});

describe("the hours in which it changes", () => {
  it.each([
    ["2026-10-12T01:59:59+08:00", false],
    ["2026-10-12T02:00:00+08:00", true],
    ["2026-10-12T03:59:59+08:00", true],
    ["2026-10-12T04:00:00+08:00", false],
  ])("%s", (at, night) => {
    expect(isUpdateTime(Date.parse(at))).toBe(night);
  });
});
