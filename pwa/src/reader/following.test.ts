import { expect, test } from "vitest";
import { whyNot } from "./following";

const ANDROID =
  "Mozilla/5.0 (Linux; Android 13; V2199A) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1";

test.each([
  ["a phone's own browser", ANDROID, true, "default", null],
  ["one that was asked and agreed", ANDROID, true, "granted", null],
  ["one that was told no", ANDROID, true, "denied", "denied"],
  ["one without push", ANDROID, false, undefined, "none"],
  ["an iPhone's tab", IPHONE, false, undefined, "apple"],
  ["an iPhone's home screen", IPHONE, true, "default", null],
  ["WeChat", `${ANDROID} MicroMessenger/8.0.40`, true, "default", "chat"],
  ["WeChat on an iPhone", `${IPHONE} MicroMessenger/8.0.40`, false, undefined, "chat"],
  ["DingTalk", `${ANDROID} AliApp(DingTalk/7.0.0)`, false, undefined, "chat"],
  ["QQ", `${ANDROID} V1_AND_SQ_8.9 QQ/8.9.28`, true, "default", "chat"],
] as const)("%s", (_who, agent, able, permission, why) => {
  expect(whyNot(agent, able, permission)).toBe(why);
});
