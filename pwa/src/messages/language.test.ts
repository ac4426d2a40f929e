import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { chooseLanguage, language } from "./language";

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
