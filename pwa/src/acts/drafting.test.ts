/** Sending a draft: once, whole, and in the place of what was refused before. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { next, queued, type Refusal } from "../core/outbox";
import { closeDatabase, type Posting } from "../keep/database";
import { type Draft, saveDraft } from "../keep/drafts";
import { enqueue, posting, postings } from "../keep/outbox";
import { keepPhoto } from "../keep/photos";
import type { Receipt, Submission } from "../net/shapes";
import { change, current, drawn, open, submissionOf, submit, typeContent } from "./drafting";
import { FakeServer } from "./fake_server";
import { outbox } from "./sending";
import { actor } from "./session";

const SHA = "a".repeat(64);
const WORDS = { zh: "不行", en: "no" };
const REFUSAL: Refusal = { slug: "x", status: 422, title: WORDS, detail: WORDS, errors: [] };

const draft = (id: string, replaces: string | null): Draft =>
  ({
    id,
    account: "me",
    division: "640425103200",
    category: "finance_quarterly",
    period: "2026Q3",
    title: "2026年第三季度财务收支",
    dueOn: "2026-10-15",
    content: {},
    photos: [{ sha256: SHA, role: "board", width: 4, height: 3 }],
    publish: { when: "on_approval" },
    reason: "",
    replaces,
    form: { schema_version: 1, schema: {} },
  }) as unknown as Draft;

async function refusedBefore(id: string, registered: boolean, replaces: string | null) {
  const submission = { id } as Submission;
  const record = queued<Submission, Receipt>(id, submission, [], 1, replaces);
  const commitment = registered ? ({ id } as Posting["commitment"]) : null;
  const refused = next({ ...record, commitment }, { type: "refused", refusal: REFUSAL });
  await enqueue({ ...refused, account: "me", period: "2026Q3", title: "", dueOn: null }, null);
}

beforeEach(async () => {
  new FakeServer().fate = () => new TypeError("no network");
  actor.value = { account_id: "me", name: "张三", role: "accountant", division: "640425103200" };
  const bytes = new Uint8Array(700).buffer;
  await keepPhoto({ sha256: SHA, type: "image/jpeg", bytes, width: 4, height: 3 });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  current.value = null;
  outbox.value = [];
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

describe("a draft on the screen", () => {
  it("is not put back to what the disk has when its screen is opened again at once", async () => {
    await saveDraft({ ...draft("d1", null), savedAt: 1 });
    expect(await open("d1")).toBe(true);
    change({ reason: "刚刚填的" }); // from a spreadsheet, say: on its way to the disk, not there yet
    expect(await open("d1")).toBe(true);
    expect(current.value?.reason).toBe("刚刚填的");
  });

  it("is the newer one of the disk when another tab went on with it", async () => {
    await saveDraft({ ...draft("d2", null), savedAt: 1 });
    await open("d2");
    await saveDraft({ ...draft("d2", null), savedAt: 2, reason: "另一个窗口填的" });
    await open("d2");
    expect(current.value?.reason).toBe("另一个窗口填的");
  });
});

describe("a typed sign", () => {
  it("is in the draft at once; what else it changes is drawn after its frame, from the newest", async () => {
    let frame = (): void => undefined;
    vi.stubGlobal("requestAnimationFrame", (then: () => void) => {
      frame = then;
    });
    const typed = draft("d3", null);
    current.value = { ...typed, savedAt: 1, form: { ...typed.form, form: { steps: [] } } };
    const before = drawn.value;
    typeContent((content) => ({ ...content, amount: 1 }));
    typeContent((content) => ({ ...content, amount: 12 }));
    expect(current.value?.content).toEqual({ amount: 12 });
    expect(drawn.value).toBe(before);
    frame();
    await vi.waitFor(() => expect(drawn.value).toBe(current.value));
    change({ step: 1 }); // a tap is drawn at once
    expect(drawn.value?.step).toBe(1);
  });
});

describe("sending a draft", () => {
  it("freezes it with the sizes of its photos", async () => {
    await saveDraft(draft("d", null));
    current.value = draft("d", null);
    await submit();
    expect(current.value).toBeNull();
    expect(await posting("d")).toMatchObject({
      commitment: null,
      replaces: null,
      photos: [{ sha256: SHA, size: 700, offset: 0, sent: false }],
    });
  });

  it("sends why it could not wait only where that was chosen", () => {
    const publish = { reason: " 失火 ", until: "2026-10-20T16:00:00Z" };
    const sent = (when: "on_approval" | "at_once") =>
      submissionOf({ ...draft("d", null), publish: { ...publish, when } }, 0).publish;
    expect(sent("on_approval")).toEqual({ when: "on_approval", until: publish.until });
    expect(sent("at_once")).toEqual({ when: "at_once", until: publish.until, reason: "失火" });
  });

  it("is one posting, however often the button is pressed", async () => {
    current.value = draft("d", null);
    await Promise.all([submit(), submit()]);
    await submit();
    expect(await postings("me")).toHaveLength(1);
  });

  it.each<[string, boolean, string | null, string | null]>([
    ["the commitment of what was refused", true, null, "old"],
    ["nothing, where even the commitment was refused", false, null, null],
    ["the one before, where the last was never registered", false, "older", "older"],
  ])("takes the place of %s", async (_name, registered, replaces, expected) => {
    await refusedBefore("old", registered, replaces);
    current.value = draft("new", "old");
    await submit();
    expect((await posting("new"))?.replaces).toBe(expected);
    expect(await posting("old")).toBeUndefined();
  });
});
