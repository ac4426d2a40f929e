import { describe, expect, it } from "vitest";
import { ordered, percent, type Rate, trendLines } from "./overview";

const rate = (permille: number | null): Rate => ({
  finished: permille === null ? 0 : 10,
  on_time: 0,
  early: 0,
  late: 0,
  empty: 0,
  short: 0,
  missing: 0,
  on_time_permille: permille,
  early_permille: null,
  content_permille: null,
  grade: null,
});
const row = (division: string, total: number | null, cell: number | null) => ({
  division,
  name: division,
  cells: [rate(cell)],
  total: rate(total),
});

describe("the overview", () => {
  it("reads shares as people do, and none where nothing is finished", () => {
    expect([1000, 967, 960, 0, null].map(percent)).toEqual(["100%", "96.7%", "96%", "0%", "—"]);
  });

  it("puts first where somebody is needed, and last what is not decided", () => {
    const rows = [row("1", 900, null), row("2", null, 10), row("3", 400, 20)];
    const codes = (order: Parameters<typeof ordered>[1]) =>
      ordered(rows, order).map((one) => one.division);
    expect(codes({ by: "list" })).toEqual(["1", "2", "3"]);
    expect(codes({ by: "total" })).toEqual(["3", "1", "2"]);
    expect(codes({ by: "column", column: 0 })).toEqual(["2", "3", "1"]);
  });

  it("draws a line over quarters with a gap where there is no share", () => {
    expect(trendLines([1000, 500, null, 0], 30, 10)).toEqual(["0,0 10,5", "30,10"]);
    expect(trendLines([], 30, 10)).toEqual([]);
    expect(trendLines([250], 30, 10)).toEqual(["0,7.5"]);
  });
});
