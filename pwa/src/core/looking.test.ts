import { describe, expect, it } from "vitest";
import { byName, holds, lookedThrough } from "./looking";

const LINES = [
  { name: "王村", days: 3 },
  { name: "安村", days: 3 },
  { name: "Ann", days: 9 },
];
const words = ({ name }: { name: string }): string[] => [name, "低保 Relief"];

describe("looking through a list", () => {
  it("wants every word that is typed, in any of the texts, in any case", () => {
    expect(holds("", [])).toBe(true);
    expect(holds(" relief  王", words(LINES[0] as { name: string }))).toBe(true);
    expect(holds("relief 李", words(LINES[0] as { name: string }))).toBe(false);
  });

  it("leaves equals as they came, and the list that it was given", () => {
    const found = lookedThrough(LINES, "", words, (one, other) => other.days - one.days);
    expect(found.map(({ name }) => name)).toEqual(["Ann", "王村", "安村"]);
    expect(
      lookedThrough(
        LINES,
        "村",
        words,
        byName(({ name }) => name),
      ),
    ).toEqual([LINES[1], LINES[0]]);
    expect(LINES[0]?.name).toBe("王村");
  });
});
