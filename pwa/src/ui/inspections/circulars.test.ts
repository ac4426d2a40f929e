import { expect, it } from "vitest";
import { periodsOf } from "./circulars";

it("goes back over the turn of the year", () => {
  expect(periodsOf("bulletin", "2026-02-14").slice(0, 4)).toEqual([
    "2026-02",
    "2026-01",
    "2025-12",
    "2025-11",
  ]);
  expect(periodsOf("assessment", "2026-02-14").slice(0, 3)).toEqual(["2026Q1", "2025Q4", "2025Q3"]);
  expect(periodsOf("village", "2026-02-14")).toEqual(["2026", "2025", "2024"]);
});
