/** From one phone to another by a file. */
import { Blob as NodeBlob } from "node:buffer";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sha256 } from "../core/sha256";
import { closeDatabase, type Posting } from "../keep/database";
import { type Draft, draft as draftOf, saveDraft } from "../keep/drafts";
import { enqueue, posting } from "../keep/outbox";
import { keepPhoto, photoBytes } from "../keep/photos";
import { trustFirst } from "../keep/receipt_keys";
import { digest } from "./digest";
import { waitingPosting } from "./fake_posting";
import { FakeServer } from "./fake_server";
import { outbox } from "./sending";
import { actor } from "./session";
import { BadParcel, exportUnsent, importUnsent } from "./storage";

// jsdom's Blobs and buffers are strangers to Node's: one kind for both, and a hash in plain arithmetic.
vi.stubGlobal("Blob", NodeBlob);
vi.mock("./digest", () => ({
  digest: async (bytes: ArrayBuffer) => sha256(new Uint8Array(bytes)),
}));
const saved: Blob[] = [];
vi.mock("./saving", () => ({ saveFile: (_name: string, file: Blob) => saved.push(file) }));

const ME = { account_id: "me", name: "张三", role: "accountant", division: "6" } as const;
const BYTES = new Uint8Array([1, 10, 2]).buffer; // a line's end inside a photo is no end
let sha = "";

const waiting = (id: string): Posting => waitingPosting(id, { sha256: sha, size: 3 });

async function emptyPhone(): Promise<void> {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
  outbox.value = [];
}

let server: FakeServer;
beforeEach(async () => {
  server = new FakeServer();
  server.fate = () => new TypeError("no network");
  saved.length = 0;
  actor.value = ME;
  await trustFirst(server.key.spelled, 1);
  sha = await digest(BYTES);
  await keepPhoto({
    sha256: sha,
    type: "image/jpeg",
    bytes: BYTES,
    width: 1,
    height: 1,
  });
  await enqueue(waiting("p"), null);
  await saveDraft({
    id: "d",
    account: "me",
    photos: [],
    content: {},
    form: {},
  } as unknown as Draft);
});
afterEach(async () => {
  await emptyPhone();
});

/** The file that was saved, perhaps spoiled on the way. */
async function file(spoil: (bytes: Uint8Array) => void = () => undefined): Promise<Blob> {
  const bytes = new Uint8Array((await saved[0]?.arrayBuffer()) ?? new ArrayBuffer(0));
  spoil(bytes);
  return new Blob([bytes]);
}

describe("a file with what is unsent", () => {
  it("carries postings, drafts and photos to an empty phone", async () => {
    expect(await exportUnsent()).toBe(2);
    const carried = await file();
    await emptyPhone();
    expect(await importUnsent(carried)).toBe(2);
    expect(await posting("p")).toMatchObject({ state: "waiting", mustAsk: true });
    expect(await draftOf("d")).toBeDefined();
    expect([...new Uint8Array((await photoBytes(sha)) ?? new ArrayBuffer(0))]).toEqual([1, 10, 2]);
    expect(outbox.value).toHaveLength(1);
  });

  it("changes nothing that is in the phone already", async () => {
    await exportUnsent();
    expect(await importUnsent(await file())).toBe(0);
  });

  it("is refused when a photo was damaged, when it is somebody else's, when it is not ours", async () => {
    await exportUnsent();
    const damaged = await file((bytes) => {
      bytes[bytes.length - 1] = 9;
    });
    await expect(importUnsent(damaged)).rejects.toMatchObject({ why: "damaged" });
    actor.value = { ...ME, account_id: "you" };
    await expect(importUnsent(await file())).rejects.toMatchObject({
      why: "somebody",
      owner: "张三",
    });
    await expect(importUnsent(new Blob(["hello"]))).rejects.toBeInstanceOf(BadParcel);
  });
});
