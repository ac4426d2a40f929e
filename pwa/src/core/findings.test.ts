import { describe, expect, it } from "vitest";
import { type Finding, findingsByRow, sameFindings, unchanged } from "./findings";

const found = (pointer: string, actual: number | null = null): Finding => ({
  check: "finance.entries",
  severity: "blocking",
  pointer,
  expected: 100,
  actual,
  message: { zh: "差", en: "differs" },
});

describe("findings of a long list", () => {
  it("go to their rows in one pass, and row 1 does not get those of row 12", () => {
    const all = [
      found("/income/1/amount"),
      found("/income/12/amount"),
      found("/income/1/entries/0/date"),
      found("/income"),
      found("/income_tax/3/amount"),
    ];
    const rows = findingsByRow(all, "/income");
    expect([...rows.keys()]).toEqual([1, 12]);
    expect(rows.get(1)?.map((one) => one.pointer)).toEqual([
      "/income/1/amount",
      "/income/1/entries/0/date",
    ]);
  });

  it("stay the same objects for as long as they say the same, so that nothing is drawn again", () => {
    const before = [found("/income/0/amount", 1), found("/income/1/amount", 2)];
    expect(unchanged(before, [found("/income/0/amount", 1), found("/income/1/amount", 2)])).toBe(
      before,
    );
    const after = unchanged(before, [found("/income/0/amount", 1), found("/income/1/amount", 3)]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.actual).toBe(3);
    expect(sameFindings(before, after)).toBe(false);
    expect(unchanged(before, [])).toEqual([]);
  });
});
