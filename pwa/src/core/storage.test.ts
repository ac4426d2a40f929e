import { describe, expect, it } from "vitest";
import { queued } from "./outbox";
import { headerOf, parcelIn, unpacked } from "./parcel";
import { type Device, riskOf, sizeText } from "./storage";

const PHONE: Device = {
  agent:
    "Mozilla/5.0 (Linux; Android 12; M2012) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
  standalone: false,
  touchPoints: 5,
  quota: 60e9,
  heap: 1e9,
  persisted: false,
};
const WECHAT = `${PHONE.agent} MicroMessenger/8.0.43`;
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";
const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15";

describe("where a browser may wipe what is kept", () => {
  it.each<[string, Partial<Device>, string | null]>([
    ["an ordinary phone", {}, null],
    ["a chat app's window", { agent: WECHAT }, "in_app"],
    [
      "an Android web view",
      { agent: PHONE.agent.replace("Android 12; M2012", "Android 12; M2012; wv") },
      "in_app",
    ],
    ["Chrome in private", { quota: 1.5e9 }, "private"],
    ["any browser with next to nothing", { quota: 50e6, heap: null }, "private"],
    ["a small disk that is promised", { quota: 1.5e9, persisted: true }, null],
    ["a browser that says nothing", { quota: null, heap: null }, null],
    ["an iPhone's Safari", { agent: IPHONE, heap: null }, "ios"],
    ["an iPhone from the home screen", { agent: IPHONE, heap: null, standalone: true }, null],
    ["an iPad that calls itself a Mac", { agent: IPAD, heap: null }, "ios"],
    ["a Mac", { agent: IPAD, heap: null, touchPoints: 0 }, null],
  ])("%s", (_name, more, risk) => {
    expect(riskOf({ ...PHONE, ...more })).toBe(risk);
  });

  it("is said in sizes people know", () => {
    expect([640_000, 3_240_000, 48_000_000, 12.4e9].map(sizeText)).toEqual([
      "640 KB",
      "3.2 MB",
      "48 MB",
      "12 GB",
    ]);
  });
});

describe("the outbox as a file", () => {
  const SHA = "a".repeat(64);
  const posting = {
    ...queued("p", { id: "p" }, [{ sha256: SHA, size: 3 }], 1),
    account: "me",
  };
  const draft = { id: "d", account: "me", content: {}, form: {} };
  const photo = { sha256: SHA, type: "image/jpeg", width: 1, height: 1, size: 3 };
  const parcel = {
    account: "me",
    name: "张三",
    madeAt: "2026-10-12T02:02:00Z",
    postings: [posting],
    drafts: [draft],
    photos: [photo],
  };
  const line = headerOf(parcel);

  it("comes back as it went", () => {
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(parcelIn(line)).toEqual(parcel);
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["a photo", "\u00ff\u00d8"],
    ["other JSON", '{"format":"x"}'],
    ["a newer app's", line.replace('"version":1', '"version":2')],
    ["without an owner", line.replace('"account":"me",', "")],
    [
      "a posting of somebody else",
      line.replace('"reason":null,"account":"me"', '"reason":null,"account":"you"'),
    ],
    ["a posting that was already received", line.replace('"receipt":null', '"receipt":{}')],
    ["another id inside", line.replace('"submission":{"id":"p"}', '"submission":{"id":"q"}')],
    ["a state that does not exist", line.replace('"waiting"', '"gone"')],
    ["a hash that is none", line.replace(SHA, "zz")],
    ["a size that is none", line.replace('"size":3}]}\n', '"size":-3}]}\n')],
    ["a draft without a form", line.replace(',"form":{}', "")],
  ])("is refused: %s", (_name, bad) => {
    expect(bad).not.toBe(line);
    expect(parcelIn(bad)).toBeNull();
  });

  it("asks the server first, on the phone that takes it in", () => {
    expect(unpacked({ ...posting, state: "sending", failures: 9, notBefore: 9 })).toMatchObject({
      state: "waiting",
      mustAsk: true,
      failures: 0,
      notBefore: 0,
    });
    expect(unpacked({ ...posting, state: "needs_attention" }).state).toBe("needs_attention");
  });
});
