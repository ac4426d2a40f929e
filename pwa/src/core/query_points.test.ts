import { describe, expect, it } from "vitest";
import { barOf, clockOf, percentHeard, shown } from "./query_points";

describe("a query point's days", () => {
  it("are whole percent, rounded down: 100 means that nothing is missing", () => {
    expect(percentHeard([])).toBeNull();
    expect(percentHeard([{ of: 144, heard: 144, claimed: 0 }])).toBe(100);
    const almost = { of: 144, heard: 143, claimed: 1 };
    expect(percentHeard([almost])).toBe(99);
    expect(percentHeard([{ of: 6, heard: 0, claimed: 0 }, almost])).toBe(95);
  });

  it("are bars in which what was heard and what was claimed stand apart", () => {
    expect(barOf({ of: 144, heard: 72, claimed: 36 })).toEqual({ heard: 0.5, claimed: 0.25 });
    expect(barOf({ of: 0, heard: 0, claimed: 0 })).toEqual({ heard: 0, claimed: 0 });
  });
});

describe("a query point's clock", () => {
  it.each([
    [0, "right", 0],
    [-59_999, "right", 0],
    [60_000, "fast", 1],
    [-89_000, "slow", 1],
    [-7_200_000, "slow", 120],
  ] as const)("%d ms is %s by %d minutes", (skew, is, minutes) => {
    expect(clockOf(skew)).toEqual({ is, minutes });
  });
});

describe("what a query point shows", () => {
  it.each([
    ["/v/640425103200", "village"],
    ["/v/640425103200/past", "village"],
    ["/v/640425103200/answers", "answers"],
    ["/d/01a11906-3680-7000-8000-000000000007", "notice"],
    ["/s/A2345A2", "notice"],
    ["/search", "search"],
    ["/kiosk/search", "search"],
    ["/kiosk", "home"],
    ["/", "home"],
  ] as const)("%s is %s", (path, kind) => {
    expect(shown(path)).toBe(kind);
  });
});
