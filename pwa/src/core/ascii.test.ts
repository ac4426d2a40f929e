import { describe, expect, test } from "vitest";
import { inAscii } from "./ascii";

describe("JSON for addresses", () => {
  test("reads back the same, and holds nothing but ASCII", () => {
    const said = { 收入: "烤火费 🙂\n", plain: [1, null, "a"] };
    expect(JSON.parse(inAscii(said))).toEqual(said);
    expect(inAscii(said)).toMatch(/^[ -~]*$/);
  });
});
