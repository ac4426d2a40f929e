/** A query point that the township retired: its key and its contents go, and its screen says so in both languages. */
import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { beatNow } from "../../acts/kiosk/beating";
import { loadPoint, point, replaced, wasRetired } from "../../acts/kiosk/point";
import * as keep from "../../keep/kiosk";
import { chooseLanguage } from "../../messages/language";
import type { Notice, Point } from "../../net/kiosk";
import { App } from "./app";

const HALL: Point = {
  id: "hall",
  name: "村部查询机",
  place: "",
  kind: "kiosk",
  volume: 6,
  division: { code: "640425103207", name: "红河村", path: [] },
};
const KEY = { kty: "EC" } as unknown as CryptoKey;
const root = document.createElement("div");
const dropped: string[] = [];
let status = 410;

beforeEach(async () => {
  status = 410;
  dropped.length = 0;
  vi.stubGlobal("caches", { delete: async (name: string) => dropped.push(name) > 0 });
  vi.stubGlobal("crypto", {
    subtle: { sign: async () => new ArrayBuffer(64), generateKey: async () => undefined },
  });
  vi.stubGlobal("fetch", async () =>
    Response.json({ type: "/problems/x" }, { status, headers: { Gongshilan: "1" } }),
  );
  await keep.become(HALL, KEY);
  await keep.keepNotice({ card: { disclosure_id: "a" }, photos: [] } as unknown as Notice);
  await loadPoint();
  chooseLanguage("zh-CN");
});

afterEach(async () => {
  render(null, root);
  await keep.forget();
  vi.unstubAllGlobals();
});

it("clears key, notices and photos when it is answered 410", async () => {
  expect(await keep.own("key")).not.toBeNull();
  await beatNow();
  expect(point.value).toBeNull();
  expect(await keep.own("key")).toBeNull();
  expect(await keep.own("point")).toBeNull();
  expect(await keep.own("seq")).toBeNull();
  expect(await keep.notice("a")).toBeNull();
  expect(dropped).toEqual([keep.PHOTOS]);
});

it.each([401, 404, 429, 500])("clears nothing when it is answered %d", async (other) => {
  status = other;
  await beatNow();
  expect(point.value?.id).toBe("hall");
  expect(await keep.own("key")).not.toBeNull();
  expect(await keep.notice("a")).not.toBeNull();
  expect(dropped).toEqual([]);
  expect(replaced.value).toBe(other === 401);
});

it("says so in both languages, also after a restart, until it is paired again", async () => {
  await beatNow();
  wasRetired.value = false; // the machine was switched off
  await loadPoint();
  render(<App />, root);
  expect(root.querySelector(".retired")?.textContent).toContain("乡镇停用了这个查询点");
  expect(root.querySelector(".keys")).not.toBeNull();
  chooseLanguage("en");
  await vi.waitFor(() =>
    expect(root.querySelector(".retired")?.textContent).toContain("The township retired this"),
  );
  await keep.become(HALL, KEY);
  await loadPoint();
  expect(wasRetired.value).toBe(false);
});

it("says nothing of it on a device that never was a point", async () => {
  await keep.forget();
  await loadPoint();
  render(<App />, root);
  expect(root.querySelector(".retired")).toBeNull();
});
