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

test("without a signal, a form that is not in the phone says how it gets there", () => {
  expect(problemWords(new Offline("cut"))).toContain("写好的都在手机里");
  expect(problemWords(new NeverSeen("cut"))).toContain("要填的表就会存下");
});
