/** What was found on the spot outlives the app, waits for a signal, and goes with its photos first. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { closeDatabase } from "../keep/database";

const WANG = {
  account_id: "wang",
  name: "王五",
  role: "auditor",
  division: "640425103000",
} as const;
const KEY = "visit 01990000-0000-7000-8000-0000000d0001 2";
const VILLAGE = "640425103200";

/** The app as it is opened anew: nothing of the memory before is there. */
async function opened(who: string = WANG.account_id) {
  await closeDatabase();
  vi.resetModules();
  const { actor } = await import("./session");
  actor.value = { ...WANG, account_id: who };
  const acts = await import("./papers");
  await acts.loadPapers();
  return acts;
}

const sent: { method: string; path: string; body: unknown }[] = [];

/** How much of the photo the server has: an upload begins at nothing, and goes on where it stopped. */
let there = 0;
let cut = false;
function piece(init: RequestInit): Response {
  const headers: { [name: string]: string } = { Gongshilan: "1", "Tus-Resumable": "1.0.0" };
  if (init.method === "POST") {
    headers.Location = "/api/v1/uploads/u1";
    return new Response(null, { status: 201, headers });
  }
  if (init.method === "PATCH") {
    if (cut) throw new TypeError("the signal went");
    there = 3;
  }
  headers["Upload-Offset"] = String(there);
  headers["Upload-Length"] = "3";
  return new Response(null, { status: init.method === "HEAD" ? 200 : 204, headers });
}

/** The line is whole: our server answers, with this status. */
function signal(status = 200, detail = { zh: "人数对不上", en: "The counts do not fit" }): void {
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    const path = address.replace(location.origin, "");
    const body = typeof init.body === "string" ? JSON.parse(init.body) : "bytes";
    sent.push({ method: init.method ?? "GET", path, body });
    if (path.includes("/uploads")) return piece(init);
    return new Response(JSON.stringify(status < 400 ? {} : { type: "x", title: detail, detail }), {
      status,
      headers: { Gongshilan: "1", "Content-Type": "application/json" },
    });
  });
}

beforeEach(() => {
  sent.length = 0;
  there = 0;
  cut = false;
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  const { closeDatabase: close } = await import("../keep/database");
  await close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

/** Somebody answers everything, takes a photo and hands it over, without a signal. */
async function handedOver() {
  const acts = await opened();
  const { keepPhoto } = await import("../keep/photos");
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  await keepPhoto({ sha256: "a".repeat(64), type: "image/jpeg", bytes, width: 1, height: 1 });
  const answers = { published: "yes", accurate: "unclear", complete: "no", timely: "yes" };
  await acts.changePaper(KEY, VILLAGE, { fields: answers, photos: ["a".repeat(64)] });
  await acts.changePaper(KEY, VILLAGE, { fields: { note: " 少了第三页 ", asked: "8", knew: "5" } });
  await acts.changePaper(KEY, VILLAGE, { waiting: true });
  await acts.sendPapers();
}

it("waits without a signal and leaves with one, its photos first", async () => {
  await handedOver();
  const acts = await opened(); // the app was closed on the way home
  expect(acts.paperOf(KEY)?.waiting).toBe(true);
  const { forgetUnusedPhotos } = await import("../keep/photos");
  expect(await forgetUnusedPhotos()).toBe(0); // a paper needs its photo
  signal();
  await acts.sendPapers();
  expect(sent.map((one) => `${one.method} ${one.path}`)).toEqual([
    "POST /api/v1/uploads",
    "PATCH /api/v1/uploads/u1",
    "PUT /api/v1/inspections/01990000-0000-7000-8000-0000000d0001/items/2/visit",
  ]);
  expect(sent[2]?.body).toMatchObject({
    complete: "no",
    note: "少了第三页",
    asked: 8,
    knew: 5,
    satisfied: 0,
    photos: ["a".repeat(64)],
  });
  expect(acts.paperOf(KEY)).toBeUndefined();
  expect(acts.papersArrived.value).toBe(1);
  expect((await opened()).paperOf(KEY)).toBeUndefined();
});

it("stays with everything written when the server refuses it, and says why", async () => {
  await handedOver();
  const acts = await opened();
  signal(422);
  await acts.sendPapers();
  expect(acts.paperOf(KEY)).toMatchObject({ waiting: false, refusal: { zh: "人数对不上" } });
  expect(acts.paperOf(KEY)?.fields.note).toBe(" 少了第三页 ");
  sent.length = 0;
  await acts.sendPapers(); // nobody handed it over again
  expect(sent).toEqual([]);
});

it("is not seen or sent by somebody else on the phone", async () => {
  await handedOver();
  const acts = await opened("zhao");
  signal();
  expect(acts.paperOf(KEY)).toBeUndefined();
  await acts.sendPapers();
  expect(sent).toEqual([]);
});

it("sends a record of outreach as it was typed, and the one that takes another's place", async () => {
  const acts = await opened();
  const fields = { kind: "broadcast", stage: "done", first: "2026-10-08", villages: VILLAGE };
  await acts.changePaper(acts.outreachKey("new"), VILLAGE, { fields, waiting: true });
  await acts.changePaper(acts.outreachKey("before"), VILLAGE, { fields, waiting: true });
  signal();
  await acts.sendPapers();
  expect(sent.map((one) => [one.method, one.path])).toEqual([
    ["POST", "/api/v1/outreach"],
    ["POST", "/api/v1/outreach"],
  ]);
  expect(sent.map((one) => (one.body as { replaces?: string }).replaces)).toEqual([
    undefined,
    "before",
  ]);
  expect(acts.papers.value).toEqual([]);
});

it("goes on with a photo where the signal went, and sends it with a record of outreach", async () => {
  const acts = await opened();
  const { keepPhoto } = await import("../keep/photos");
  const sha256 = "b".repeat(64);
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  await keepPhoto({ sha256, type: "image/jpeg", bytes, width: 1, height: 1 });
  const fields = { kind: "letter", stage: "done", first: "2026-10-08", villages: VILLAGE };
  const key = acts.outreachKey("new");
  await acts.changePaper(key, VILLAGE, { fields, photos: [sha256, "c".repeat(64)], waiting: true });
  signal();
  cut = true;
  await acts.sendPapers();
  expect(acts.paperOf(key)?.waiting).toBe(true); // nothing was refused, it waits
  sent.length = 0;
  cut = false;
  await acts.sendPapers();
  expect(sent.map((one) => `${one.method} ${one.path}`)).toEqual([
    "HEAD /api/v1/uploads/u1",
    "PATCH /api/v1/uploads/u1",
    "POST /api/v1/outreach",
  ]);
  // The second is no longer on the phone: the server has it, or says that it lacks it.
  expect(sent[2]?.body).toMatchObject({ photos: [sha256, "c".repeat(64)] });
  expect(acts.paperOf(key)).toBeUndefined();
});
