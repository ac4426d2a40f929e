import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chooseLanguage, placed } from ".";

test("the mark of a closed place is the server's, and a word of the reader's language", () => {
  const [, mark = ""] =
    /^CLOSED = Text\("(.+?)",/m.exec(readFileSync("../server/rules/places.py", "utf8")) ?? [];
  expect(mark).not.toBe("");
  chooseLanguage("zh-CN");
  expect(placed(`红河村${mark}`)).toBe(`红河村${mark}`);
  chooseLanguage("en");
  expect(placed(`红河村${mark}`)).toBe("红河村 (closed)");
  expect(placed("红河村")).toBe("红河村");
  expect(placed("")).toBe("");
});
