import { describe, expect, it } from "vitest";
import { chosenLines, countStates } from "./plan_lines";

const line = (office: string, ...states: string[]) => ({
  office,
  where_known: states.length > 0,
  villages: states.map((state) => ({ state })),
});
const LINES = [
  line("农经站", "done", "missing"),
  line("财政所", "late", "waiting"),
  line("农经站"),
];

describe("the lines of a plan", () => {
  it("are narrowed by office and by state, villages too", () => {
    const left = (office: string, state: "missing" | "late" | null) =>
      chosenLines(LINES, { office, state }).map((one) => one.villages.map((each) => each.state));
    expect(left("", null)).toEqual([["done", "missing"], ["late", "waiting"], []]);
    expect(left("农经站", null)).toEqual([["done", "missing"], []]);
    expect(left("", "missing")).toEqual([["missing"]]);
    expect(left("农经站", "late")).toEqual([]);
  });

  it("are counted by state, of one office or of all", () => {
    expect(countStates(LINES, "")).toEqual({ done: 1, late: 1, waiting: 1, missing: 1 });
    expect(countStates(LINES, "财政所")).toEqual({ done: 0, late: 1, waiting: 1, missing: 0 });
  });
});
