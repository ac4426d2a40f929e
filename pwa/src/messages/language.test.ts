import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { chooseLanguage, language, sentence } from "./language";

const [, NAME] =
  /^LANG_COOKIE: Final = "(\w+)"$/m.exec(readFileSync("../server/web/pages.py", "utf8")) ?? [];

beforeEach(() => chooseLanguage("zh-CN"));

test("the server's pages are told by the cookie that they read", () => {
  expect(NAME).toBeTruthy();
  expect(document.cookie).toContain(`${NAME}=zh`);
  chooseLanguage("en");
  expect(document.cookie).toContain(`${NAME}=en`);
  expect(document.documentElement.lang).toBe("en");
  expect(language.value).toBe("en");
});

test("a reason that stands alone is a whole sentence, and never ends twice", () => {
  const reason = { zh: "您从20日起接任", en: "you take over on the 20th" };
  expect(sentence(reason)).toBe("您从20日起接任。");
  chooseLanguage("en");
  expect(sentence(reason)).toBe("You take over on the 20th.");
  expect(sentence({ zh: "好。", en: "It is done." })).toBe("It is done.");
});
