import { describe, expect, it } from "vitest";
import { bytesOf, pinTooShort, textOf, whyNoPasskey } from "./passkeys";

describe("bytes on their way", () => {
  it("are the same afterwards, whatever they are", () => {
    const all = Uint8Array.from({ length: 256 }, (_, n) => n);
    for (const length of [0, 1, 2, 3, 255, 256]) {
      const bytes = all.slice(0, length);
      const text = textOf(bytes.buffer);
      expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
      expect([...bytesOf(text)]).toEqual([...bytes]);
    }
  });
});

describe("why there is no passkey", () => {
  const site = { usable: true, origin: "https://gongshi.cn", reason: null };
  const plain = {
    usable: false,
    origin: "http://10.0.0.2",
    reason: { zh: "不是 https", en: "no https" },
  };
  it("is nothing where everything fits", () => {
    expect(whyNoPasskey(site, "https://gongshi.cn", true)).toBeNull();
  });
  it("is the site's own reason before the browser's", () => {
    expect(whyNoPasskey(plain, "http://10.0.0.2", false)).toEqual({
      why: "site",
      reason: plain.reason,
    });
    expect(whyNoPasskey(plain, "http://10.0.0.2", true)).toEqual({
      why: "site",
      reason: plain.reason,
    });
  });
  it("is the address, when this page was opened at another one", () => {
    const why = whyNoPasskey(site, "https://10.0.0.2", true);
    expect(why).toEqual({ why: "address", address: "https://gongshi.cn" });
  });
  it("is the browser, when it has none or nothing is known", () => {
    expect(whyNoPasskey(site, "https://gongshi.cn", false)).toEqual({ why: "browser" });
    expect(whyNoPasskey(undefined, "https://gongshi.cn", true)).toEqual({ why: "browser" });
  });
});

it("a PIN has four to six digits", () => {
  expect(["", "123", "1234567", "12a4"].every(pinTooShort)).toBe(true);
  expect(["2046", "90317", "123456"].some(pinTooShort)).toBe(false);
});
