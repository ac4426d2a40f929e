import { expect, test } from "vitest";
import { firstSentence } from "./sentences";

test("ends where a sentence ends, in either language", () => {
  expect(firstSentence("没有找到这项内容。从村的首页进入。")).toBe("没有找到这项内容。");
  expect(firstSentence("There is no such thing. Begin at the village.")).toBe(
    "There is no such thing. ",
  );
  expect(firstSentence("2.50 yuan and no end")).toBe("2.50 yuan and no end");
});
