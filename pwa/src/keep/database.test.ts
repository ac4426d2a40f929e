/** What a phone kept with an older app is there, whole, in the newer one. */
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, describe, expect, it } from "vitest";
import { nextStep } from "../core/outbox";
import { closeDatabase, database, MIGRATIONS } from "./database";

const NAME = "gongshilan-staff";

/** A database as the first published app made it, with what it kept. */
async function oldPhone(): Promise<void> {
  const db = await openDB(NAME, 1, {
    upgrade(old) {
      old.createObjectStore("drafts", { keyPath: "id" });
      old.createObjectStore("outbox", { keyPath: "id" });
      old.createObjectStore("photos", { keyPath: "sha256" });
      old.createObjectStore("answers", { keyPath: "key" });
    },
  });
  const posting = (id: string, more: object): object => ({
    id,
    account: "me",
    period: "2026Q3",
    title: "2026年第三季度财务收支",
    dueOn: "2026-10-15",
    submission: { id, photos: [] },
    photos: [
      { sha256: "p1", sent: true },
      { sha256: "p2", sent: false },
    ],
    queuedAt: 1,
    failures: 3,
    notBefore: 99,
    signInNeeded: false,
    receipt: null,
    refusal: null,
    reason: null,
    ...more,
  });
  await db.put("outbox", posting("waits", { state: "waiting" }));
  await db.put("outbox", posting("was sending", { state: "sending" }));
  await db.put("outbox", posting("refused", { state: "needs_attention", refusal: { slug: "x" } }));
  await db.put("outbox", posting("done", { state: "published", receipt: { verdict: "late" } }));
  await db.put("photos", { sha256: "p2", bytes: new Uint8Array(700).buffer, type: "image/jpeg" });
  await db.put("drafts", { id: "d", account: "me", title: "草稿" });
  await db.put("answers", { key: "me", at: 1, body: { name: "张三" } });
  db.close();
}

afterEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(NAME).onsuccess = resolve;
  });
});

describe("a phone with an older app", () => {
  it("keeps every posting, draft, photo and answer", async () => {
    await oldPhone();
    const db = await database();
    expect(db.version).toBe(MIGRATIONS.length);
    const all = await db.getAll("outbox");
    expect(all.map((one) => [one.id, one.state])).toEqual([
      ["done", "published"],
      ["refused", "needs_attention"],
      ["waits", "waiting"],
      ["was sending", "waiting"],
    ]);
    expect(await db.get("drafts", "d")).toMatchObject({ title: "草稿" });
    expect((await db.get("photos", "p2"))?.bytes.byteLength).toBe(700);
    expect(await db.get("answers", "me")).toMatchObject({ body: { name: "张三" } });
  });

  it("goes on with what waited: first that it exists, then the photo that had not gone", async () => {
    await oldPhone();
    const waits = await (await database()).get("outbox", "waits");
    expect(waits).toMatchObject({
      commitment: null,
      mustAsk: false,
      replaces: null,
      failures: 3,
      photos: [
        { sha256: "p1", sent: true, size: 0, offset: 0 },
        { sha256: "p2", sent: false, size: 700, offset: 0 },
      ],
    });
    expect(nextStep(waits ? [waits] : [], 100)).toEqual({ id: "waits", kind: "commit" });
  });

  it("has a receipt that says what it does not hold", async () => {
    await oldPhone();
    const done = await (await database()).get("outbox", "done");
    expect(done?.receipt).toMatchObject({ verdict: "late", committed_at: null, signed: "" });
  });
});

describe("a new phone", () => {
  it("opens with every store", async () => {
    const stores = [...(await database()).objectStoreNames];
    expect(stores).toEqual([
      "answering",
      "answers",
      "drafts",
      "outbox",
      "papers",
      "photos",
      "receipt_keys",
      "uploads",
    ]);
  });
});
