import { describe, expect, it } from "vitest";
import { actsFor, codeOf } from "./division_acts";

const VILLAGE = { level: "village", code: "640425103200", last_day: null };
const TOWNSHIP = { level: "township", code: "640425103000", last_day: null };
const COUNTY = { level: "county", code: "640425000000", last_day: null };

const GROUP = { level: "group", code: "64042510320001", last_day: null };

describe("acts on a division", () => {
  it("offers what can be done to it as it stands", () => {
    expect(actsFor(VILLAGE)).toContain("merge");
    expect(actsFor(TOWNSHIP)).not.toContain("merge");
    expect(actsFor(COUNTY)).toEqual(["add"]);
    expect(actsFor({ ...VILLAGE, last_day: "2026-10-07" })).toEqual(["take_back"]);
    expect(actsFor({ ...COUNTY, level: "city" })).toEqual([]);
  });
  it("adds groups to a village and nothing to a group", () => {
    expect(actsFor(VILLAGE)).toContain("add");
    expect(actsFor(GROUP)).toEqual(["rename", "merge", "close", "take_back"]);
    expect(codeOf(VILLAGE, "07")).toBe("64042510320007");
    for (const wrong of ["7", "007", "00"]) expect(codeOf(VILLAGE, wrong)).toBeNull();
  });
  it("makes the code of what is added from three digits", () => {
    expect(codeOf(TOWNSHIP, " 202 ")).toBe("640425103202");
    expect(codeOf(COUNTY, "104")).toBe("640425104000");
    for (const wrong of ["", "20", "2020", "000", "2a2"]) {
      expect(codeOf(TOWNSHIP, wrong)).toBeNull();
    }
  });
});
