/* Tests of screens share one document (vitest.config.ts): each file leaves it in Chinese, with nothing remembered and nothing replaced. */
import { afterAll, vi } from "vitest";
import { chooseLanguage } from "@/messages/language";

afterAll(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  chooseLanguage("zh-CN");
  localStorage.clear();
});
