/** Sending a draft: once, whole, and in the place of what was refused before. */
import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { REFUSED, REFUSED_BEFORE } from "../core/findings";
import { next, queued, type Refusal } from "../core/outbox";
import { closeDatabase, type Posting } from "../keep/database";
import { type Draft, draft as keptDraft, saveDraft } from "../keep/drafts";
import { enqueue, posting, postings } from "../keep/outbox";
import { keepPhoto } from "../keep/photos";
import type { Receipt, Submission } from "../net/shapes";
import {
  askBefore,
  begin,
  change,
  changeContent,
  current,
  drawn,
  onDisk,
  open,
  reopen,
  submissionOf,
  submit,
  typeContent,
} from "./drafting";
import { FakeServer, json, problem } from "./fake_server";
import { findingsOf } from "./judging";
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
    await vi.waitFor(() => expect(onDisk.value).toBe(true)); // or the next story finds it
  });

  it("is the newer one of the disk when another tab went on with it", async () => {
    await saveDraft({ ...draft("d2", null), savedAt: 1 });
    await open("d2");
    await saveDraft({ ...draft("d2", null), savedAt: 2, reason: "另一个窗口填的" });
    await open("d2");
    expect(current.value?.reason).toBe("另一个窗口填的");
  });
});

describe("a period that is public already", () => {
  const from = {
    ...{ category: "finance_quarterly", division: "640425103200", period: "2026Q3" },
    ...{ divisionName: "红河村", title: "第三季度", dueOn: null },
  };
  const answered = (more: object) => {
    new FakeServer().fate = () =>
      json({ schema_version: 1, schema: {}, form: { steps: [] }, previous: null, ...more });
  };

  it("is begun as a correction of what stands, and asks why", async () => {
    answered({ standing: { organisation: "合作社" }, corrects: "disclosure" });
    await open(await begin(from));
    expect(current.value).toMatchObject({
      ...{ content: { organisation: "合作社" }, before: { organisation: "合作社" } },
      ...{ corrects: "disclosure", reason: "" },
    });
  });

  it("opens again as one, with every word, where it had been refused for its missing reason", async () => {
    answered({ standing: { organisation: "合作社" }, corrects: "disclosure" });
    const submission = {
      ...{ id: "old", category: from.category, division: from.division, period: from.period },
      ...{ content: { organisation: "村委会" }, photos: [], publish: { when: "on_approval" } },
    } as unknown as Submission;
    await refusedBefore("old", true, null);
    await open(await reopen({ ...((await posting("old")) as Posting), submission }));
    expect(current.value).toMatchObject({
      ...{ content: { organisation: "村委会" }, before: { organisation: "合作社" } },
      ...{ corrects: "disclosure", replaces: "old" },
    });
  });

  it("is a first posting where nothing was approved", async () => {
    answered({ standing: null, corrects: null });
    await open(await begin(from));
    expect(current.value).toMatchObject({ corrects: null, before: null });
  });
});

describe("what the server refused", () => {
  it("must be put right where it stands, and is only told of once something else was changed", () => {
    const words = { zh: "和上一份名单对不上。", en: "It does not agree with the last list." };
    const base = draft("d4", null);
    const content = { total: 5, other: 1 };
    const refused = [{ pointer: "/total", detail: words, value: 5 }];
    const form = { ...base.form, checks: [], form: { steps: [] } };
    current.value = { ...base, form, content, refused, savedAt: 1 };
    const checks = () => findingsOf(current.value as Draft).map((one) => one.check);
    expect(checks()).toEqual([REFUSED]);
    changeContent((before) => ({ ...before, other: 2 }));
    expect(checks()).toEqual([REFUSED_BEFORE]);
    changeContent((before) => ({ ...before, total: 6 }));
    expect(checks()).toEqual([]);
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

  it.each([
    ["a second after its first key, however fast the others follow", () => undefined],
    ["at once when the page is left", () => dispatchEvent(new Event("pagehide"))],
    ["at once when something is tapped", () => change({ step: 1 })],
  ])("is on the disk %s", async (_when, leave) => {
    const typed = draft("d4", null);
    current.value = { ...typed, savedAt: 1, form: { ...typed.form, form: { steps: [] } } };
    const began = Date.now();
    let keys = 0;
    const typing = setInterval(() => {
      keys += 1;
      typeContent((content) => ({ ...content, amount: keys }));
    }, 50);
    await vi.waitFor(() => expect(keys).toBeGreaterThan(1));
    const before = keys;
    leave();
    const amount = async () => (await keptDraft("d4"))?.content.amount ?? 0;
    await vi.waitFor(async () => expect(await amount()).toBeGreaterThanOrEqual(before), 1_900);
    clearInterval(typing);
    expect(Date.now() - began).toBeLessThan(2_000);
    await vi.waitFor(() => expect(onDisk.value).toBe(true));
  });
});

describe("asking before the sending", () => {
  const SEEN = { zh: "这一户上次也在名单里", en: "this household was in the last list" };
  const OLD = { zh: "以前说的", en: "said before" };
  const finding = (pointer: string, severity = "blocking") => ({
    check: "relief.roster",
    severity,
    pointer,
    expected: null,
    actual: null,
    message: SEEN,
  });
  /** A list that only the server can hold against the one before. */
  function list(check = "relief.roster"): Draft {
    const typed = draft("d", null);
    const checks = [{ check, severity: "blocking" }];
    const made = {
      ...typed,
      content: { rows: [{ name: "张三" }] },
      form: { ...typed.form, checks, form: { steps: [] } },
      savedAt: 1,
    };
    current.value = made as unknown as Draft;
    return current.value;
  }

  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  const refused = () =>
    (current.value?.refused ?? []).map(({ pointer, value }) => [pointer, value]);

  it("shows what the server would refuse at its place, and nothing of what only warns", async () => {
    list();
    server.fate = () => json({ findings: [finding("/rows/0/name"), finding("/rows", "warning")] });
    await askBefore();
    expect(server.asked).toEqual(["POST /checks"]);
    expect(refused()).toEqual([["/rows/0/name", "张三"]]);
    expect(current.value?.refused?.[0]?.detail).toEqual(SEEN);
    server.fate = () => json({ findings: [] });
    await askBefore();
    expect(refused()).toEqual([]);
  });

  it("says of the posting what the question takes, and nothing else", async () => {
    const { components } = JSON.parse(readFileSync("../schemas/openapi.json", "utf8"));
    const taken = Object.keys(components.schemas.CheckBody.properties);
    for (const eventOn of [null, "2026-10-08"]) {
      current.value = { ...list(), eventOn, reason: "更正", replaces: "old" };
      let asked: { [name: string]: unknown } = {};
      vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
        asked = JSON.parse(String(init.body));
        return json({ findings: [] });
      });
      await askBefore();
      expect(Object.keys(asked).filter((name) => !taken.includes(name))).toEqual([]);
      expect([asked.period, asked.event_on]).toEqual(
        eventOn ? [undefined, eventOn] : ["2026Q3", undefined],
      );
    }
  });

  it("asks nothing that the phone knows by itself, and changes nothing where all is well", async () => {
    const known = list("finance.units");
    await askBefore();
    expect(server.asked).toEqual([]);
    expect(current.value).toBe(known);
    const whole = list();
    server.fate = () => json({ findings: [] });
    await askBefore();
    expect(current.value).toBe(whole);
  });

  it.each<[string, () => Response | Error]>([
    ["there is no signal", () => new TypeError("no network")],
    ["somebody else answers", () => new Response("<h1>登录</h1>", { status: 200 })],
    ["the session is over", () => problem("not-signed-in", 401)],
    ["the shape is refused", () => problem("schema-mismatch", 422, [{ pointer: "/content/rows" }])],
    ["the server is busy", () => problem("temporary-failure", 503)],
  ])("leaves the draft as it is, and what was said before, when %s", async (_case, fate) => {
    list();
    change({ refused: [{ pointer: "/rows/0/name", detail: OLD, value: "张三" }] });
    const before = current.value;
    server.fate = fate;
    await expect(askBefore()).rejects.toThrow();
    expect(current.value).toBe(before);
    server.fate = () => new TypeError("no network");
    await submit(); // and the posting goes on its way all the same
    expect(await posting("d")).toMatchObject({ state: "waiting" });
  });

  it.each<[string, () => void, string | null]>([
    ["the line was changed", () => change({ content: { rows: [{ name: "李四" }] } }), "d"],
    ["another draft is open", () => (current.value = { ...list(), id: "e", content: {} }), "e"],
    ["the form was left", () => (current.value = null), null],
  ])("says nothing to an answer that comes when %s", async (_case, meanwhile, shown) => {
    list();
    let answer = (_: Response): void => undefined;
    vi.stubGlobal(
      "fetch",
      () =>
        new Promise<Response>((resolve) => {
          answer = resolve;
        }),
    );
    const asking = askBefore();
    meanwhile();
    answer(json({ findings: [finding("/rows/0/name")] }));
    await asking;
    expect(current.value?.id ?? null).toBe(shown);
    expect(refused()).toEqual([]);
  });

  it("keeps what was changed beside the content while the answer was on its way", async () => {
    list();
    server.fate = () => {
      change({ reason: "补报" });
      return json({ findings: [finding("/rows/0/name")] });
    };
    await askBefore();
    expect(current.value?.reason).toBe("补报");
    expect(refused()).toEqual([["/rows/0/name", "张三"]]);
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
