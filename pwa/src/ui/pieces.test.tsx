import { beforeEach, expect, test } from "vitest";
import { chooseLanguage } from "../messages";
import { NeverSeen, Offline, Problem } from "../net/client";
import { problemWords } from "./pieces";

const both = (words: string) => ({ zh: words, en: words });
const refused = (detail: string, ...places: string[]) =>
  new Problem({
    ...{ slug: "x", status: 422, title: both("没办成"), detail: both(detail) },
    errors: places.map((words) => ({ pointer: "/pin", detail: both(words) })),
  });

beforeEach(() => chooseLanguage("zh-CN"));

test("what a refusal says already is not said again for its place", () => {
  expect(problemWords(refused("太好猜。请换一个。", "太好猜", ""))).toBe("太好猜。请换一个。");
  expect(problemWords(refused("有 2 处不对。", "姓名没填", "日期没填"))).toBe(
    "有 2 处不对。 姓名没填 日期没填",
  );
});

test("what is not there sends people at work back to their list, not to a village's page", () => {
  const villagers = "请检查网址，或从村的首页进入。";
  const gone = refused(`没有找到这项内容。${villagers}`);
  expect(problemWords(new Problem({ ...gone.plain(), slug: "not-found" }))).toBe(
    "没有找到这项内容。可能已经撤回、换了，或者不归您管。请回到上一页再看。",
  );
});

test("without a signal, a form that is not in the phone says how it gets there", () => {
  expect(problemWords(new Offline("cut"))).toContain("写好的都在手机里");
  expect(problemWords(new NeverSeen("cut"))).toContain("要填的表就会存下");
});
