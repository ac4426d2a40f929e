/** The outbox on a phone with a bad network: every way in which a sending can end. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queued } from "../core/outbox";
import { closeDatabase, type Posting } from "../keep/database";
import { type Draft, draft as draftOf, drafts, saveDraft } from "../keep/drafts";
import { enqueue, posting, postings } from "../keep/outbox";
import { forgetUnusedPhotos, keepPhoto, photoBlob } from "../keep/photos";
import type { Receipt, Submission } from "../net/shapes";
import { goOnAfterSignIn, loadOutbox, outbox, pump, wake } from "./sending";
import { actor, signInAgain } from "./session";

const ID = "01a20b55-23ca-734b-9619-eb212ffaf5b7";
const PHOTO = "a".repeat(64);
const RECEIPT = { id: ID, disclosure_id: ID, stage: "in_review", verdict: "on_time", late_days: 0 };
const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json" },
  });

const submission = (id: string): Submission => ({
  id,
  division: "640425103200",
  category: "finance_quarterly",
  period: "2026Q3",
  schema_version: 1,
  content: {},
  photos: [{ sha256: PHOTO, role: "board" }],
  composed_at: "2026-10-12T02:00:00Z",
  publish: { when: "on_approval" },
});
const waiting = (id: string, at = 1): Posting => ({
  ...queued<Submission, Receipt>(id, submission(id), [PHOTO], at),
  account: "me",
  period: "2026Q3",
  title: "2026年第三季度财务收支",
  dueOn: "2026-10-15",
});

let asked: string[] = [];
function network(answer: (method: string, url: string) => Response | Error): void {
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(`${init.method} ${url}`);
    const found = answer(init.method ?? "GET", url);
    if (found instanceof Error) throw found;
    return found;
  });
}
const state = async (id = ID): Promise<string | undefined> => (await posting(id))?.state;

beforeEach(async () => {
  asked = [];
  signInAgain.value = false;
  actor.value = { account_id: "me", name: "张三", role: "accountant", division: "640425103200" };
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  await keepPhoto({ sha256: PHOTO, type: "image/jpeg", bytes, width: 1, height: 1, keptAt: 1 });
  await enqueue(waiting(ID), null);
  await loadOutbox();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

describe("sending", () => {
  it("puts the photos first, then the submission, and forgets what nobody needs", async () => {
    network((method) => json(method === "PUT" ? { sha256: PHOTO } : RECEIPT, 201));
    await pump();
    expect(asked).toEqual([
      `PUT /api/v1/photos/${PHOTO}?division=640425103200`,
      "POST /api/v1/submissions",
    ]);
    expect(await posting(ID)).toMatchObject({
      state: "in_review",
      receipt: { verdict: "on_time" },
    });
    expect(await photoBlob(PHOTO)).toBeNull();
  });

  it("does not send a photo again that had already arrived", async () => {
    network((method) => (method === "PUT" ? json({}, 201) : new TypeError("no network")));
    await pump();
    expect(await state()).toBe("waiting");
    asked = [];
    network(() => json(RECEIPT, 201));
    await wake();
    expect(asked).toEqual(["POST /api/v1/submissions"]);
    expect(await state()).toBe("in_review");
  });

  it("takes a login page that answers 200 for no network", async () => {
    network(
      () => new Response("<html>", { status: 200, headers: { "Content-Type": "text/html" } }),
    );
    await pump();
    expect(await posting(ID)).toMatchObject({ state: "waiting", failures: 1, receipt: null });
  });

  it("asks to sign in on 401, keeps everything, and goes on afterwards", async () => {
    network(() => json({ type: "/problems/not-signed-in", title: "x", detail: "y" }, 401));
    await pump();
    expect(signInAgain.value).toBe(true);
    expect(await posting(ID)).toMatchObject({ state: "waiting", signInNeeded: true });
    network((method) => json(method === "PUT" ? {} : RECEIPT, 201));
    await goOnAfterSignIn();
    expect(await state()).toBe("in_review");
  });

  it("needs a person when the server refuses, with the place; and the next one still goes", async () => {
    const second = "01a20b55-23ca-734b-9619-eb212ffaf5b8";
    await enqueue(waiting(second, 2), null);
    await loadOutbox();
    const problem = {
      type: "/problems/schema-errors",
      title: "格式不对",
      detail: "一处不对",
      errors: [{ pointer: "/content/closing/total", detail: "应为整数" }],
    };
    network((method, url) => {
      if (method === "PUT") return json({}, 201);
      return asked.filter((one) => one.includes(url)).length === 1
        ? json(problem, 422)
        : json(RECEIPT, 201);
    });
    await pump();
    const refused = await posting(ID);
    expect(refused?.state).toBe("needs_attention");
    expect(refused?.refusal?.errors[0]?.pointer).toBe("/closing/total");
    expect(await state(second)).toBe("in_review");
  });

  it("waits as long as a busy server asks", async () => {
    network(() => {
      const busy = json({ type: "/problems/temporary-failure", title: "x", detail: "y" }, 503);
      busy.headers.set("Retry-After", "120");
      return busy;
    });
    await pump();
    const record = await posting(ID);
    expect((record?.notBefore ?? 0) - Date.now()).toBeGreaterThan(110_000);
  });
});

describe("keeping", () => {
  it("moves a draft into the outbox in one step and keeps other people's apart", async () => {
    const one = { id: "d1", account: "me", photos: [] } as unknown as Draft;
    await saveDraft(one);
    await saveDraft({ ...one, id: "d2", account: "you" });
    expect((await drafts("me")).map((d) => d.id)).toEqual(["d1"]);
    await enqueue(waiting("d1"), null);
    expect(await draftOf("d1")).toBeUndefined();
    expect((await postings("me")).map((p) => p.id).sort()).toEqual([ID, "d1"]);
    expect(outbox.value).toHaveLength(1);
  });

  it("keeps photos that a draft or an unsent posting still needs", async () => {
    expect(await forgetUnusedPhotos()).toBe(0);
    expect(await photoBlob(PHOTO)).not.toBeNull();
  });
});
