/** An answer that is being written outlives the app, and nobody else on the phone reads it. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { closeDatabase } from "../keep/database";

const ZHANG = {
  account_id: "me",
  name: "张三",
  role: "accountant",
  division: "640425103200",
} as const;

/** The app as it is opened anew: nothing of the memory before is there. */
async function opened(who: string = ZHANG.account_id) {
  await closeDatabase();
  vi.resetModules();
  const { actor } = await import("./session");
  actor.value = { ...ZHANG, account_id: who };
  return await import("./answering");
}

beforeEach(() => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network"))));
afterEach(async () => {
  vi.unstubAllGlobals();
  const { closeDatabase: close } = await import("../keep/database");
  await close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

it("is there again, word for word and under the same id, until it was sent", async () => {
  const before = await opened();
  await before.beginAnswer("q1");
  before.changeAnswer({ text: "多出来的是换了一台" });
  before.changeAnswer({ text: "多出来的是换了一台打印机" });
  const id = before.writing.value?.id;
  await vi.waitFor(() => expect(before.keptAt.value).not.toBeNull());
  await before.beginAnswer("q2"); // another one on the screen: what was typed goes to the disk first
  expect(before.writing.value?.text).toBe("");

  const after = await opened();
  await after.beginAnswer("q1");
  expect(after.writing.value).toMatchObject({ id, text: "多出来的是换了一台打印机" });
  const other = await opened("you");
  await other.beginAnswer("q1");
  expect(other.writing.value).toMatchObject({ text: "" });

  const last = await opened();
  await last.beginAnswer("q1");
  last.changeAnswer({ text: "换了一台打印机。" });
  await last.endAnswer("q1"); // sent while the last letter was still being written
  await last.beginAnswer("q1");
  expect(last.writing.value).toMatchObject({ text: "", savedAt: 0 });
});

it("goes on as another one where it arrived unheard and was returned since", async () => {
  const before = await opened();
  await before.beginAnswer("q1");
  before.changeAnswer({ text: "换了一台" });
  const id = before.writing.value?.id ?? "";
  await vi.waitFor(() => expect(before.keptAt.value).not.toBeNull());

  const after = await opened();
  await after.beginAnswer("q1", ["another"]);
  expect(after.writing.value?.id).toBe(id);
  await after.beginAnswer("q1", ["another", id]);
  expect(after.writing.value?.text).toBe("换了一台");
  expect(after.writing.value?.id).not.toBe(id);
});
