/** The service worker of a closed app: it sends everything, stops for a page, and never begins anew. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepAnswer } from "../keep/answers";
import { closeDatabase, type Posting } from "../keep/database";
import { changePosting, enqueue, posting } from "../keep/outbox";
import { keepPhoto, photoBlob } from "../keep/photos";
import { trustFirst } from "../keep/receipt_keys";
import type { Receipt } from "../net/shapes";
import { waitingPosting } from "./fake_posting";
import { FakeServer, problem, receiptOf } from "./fake_server";
import { loadOutbox, pump, wake } from "./sending";
import { sendAlone } from "./sending_alone";
import { actor } from "./session";
import { tellingOf } from "./telling";

/** Longer than a turn, so that nobody waits it out, on however busy a machine. */
const NEVER = 3_600_000;
const backOff = vi.hoisted(() => ({ ms: 0 }));
vi.mock("../core/backoff", () => ({ delayAfter: () => backOff.ms }));

const ME = { account_id: "me", name: "张三", role: "accountant", division: "6" } as const;
const [FIRST, SECOND] = ["p", "q"];
const PHOTO = "a".repeat(64);
const SIZE = 120_000; // three pieces
const cut = new TypeError("no network");

const waiting = (id: string, at: number): Posting => ({
  ...waitingPosting(id, { sha256: PHOTO, size: SIZE }, at),
  title: "2026年第三季度财务收支",
});

let server: FakeServer;
let page: BroadcastChannel;

/** The browser's locks, as far as they are used here: the outbox's; the photos' is always free. */
class Locks {
  private held: Promise<unknown> | null = null;
  async request(name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.pop() as (lock: object) => Promise<unknown>;
    if (name !== "gongshilan-outbox") return work({});
    const { signal } = (rest[0] ?? {}) as { signal?: AbortSignal };
    const gone = new Promise<never>((_resolve, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason)),
    );
    gone.catch(() => undefined);
    while (this.held) await Promise.race([this.held, gone]);
    const mine = work({});
    this.held = mine
      .catch(() => undefined)
      .then(() => {
        this.held = null;
      });
    return mine;
  }
  async query() {
    return { held: this.held ? [{ name: "gongshilan-outbox" }] : [] };
  }
}

beforeEach(async () => {
  server = new FakeServer();
  backOff.ms = NEVER;
  actor.value = ME;
  page = new BroadcastChannel("gongshilan-outbox");
  Object.defineProperty(navigator, "locks", { value: new Locks(), configurable: true });
  await keepAnswer("me", 1, ME);
  await trustFirst(server.key.spelled, 1);
  const bytes = new Uint8Array(SIZE).buffer;
  await keepPhoto({ sha256: PHOTO, type: "image/jpeg", bytes, width: 1, height: 1 });
  await enqueue(waiting(FIRST, 1), null);
});

afterEach(async () => {
  page.close();
  Reflect.deleteProperty(navigator, "locks");
  vi.unstubAllGlobals();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

/** Let so many pieces through, then this happens. */
function afterPieces(n: number, then: () => Error | null): void {
  let seen = 0;
  server.fate = (method) => {
    if (method !== "PATCH") return null;
    seen += 1;
    return seen > n ? then() : null;
  };
}

describe("the worker of a closed app", () => {
  it("sends the commitment, the photo in pieces and the content, and keeps the receipt", async () => {
    const ending = await sendAlone();
    expect(server.asked).toEqual([
      `PUT /commitments/${FIRST}`,
      "POST /uploads",
      ...Array(3).fill("PATCH /uploads/u1"),
      "POST /submissions",
    ]);
    expect(await posting(FIRST)).toMatchObject({ state: "in_review", receipt: { id: FIRST } });
    expect(await photoBlob(PHOTO)).toBeNull();
    expect(ending).toMatchObject({ left: 0, arrived: [{ id: FIRST }] });
    await sendAlone();
    expect(server.submitted).toEqual([FIRST]); // woken once more it has nothing to do
  });

  it("is to be woken again when the line breaks, and the app goes on from the acknowledged byte", async () => {
    afterPieces(1, () => cut);
    expect((await sendAlone()).left).toBe(1);
    expect(await posting(FIRST)).toMatchObject({
      state: "registered",
      photos: [{ offset: 49_152 }],
    });
    server.fate = () => null;
    server.asked.length = 0;
    await loadOutbox();
    await wake();
    expect(server.asked).toEqual([
      `PUT /commitments/${FIRST}`,
      "HEAD /uploads/u1",
      ...Array(2).fill("PATCH /uploads/u1"),
      "POST /submissions",
    ]);
    expect(server.bytes).toBe(SIZE);
  });

  it("goes on from where the app was closed", async () => {
    afterPieces(1, () => cut);
    await loadOutbox();
    await pump();
    // The phone died before it could say so.
    await changePosting(FIRST, (one) => ({ ...one, state: "sending" }));
    server.fate = () => null;
    await sendAlone();
    expect((await posting(FIRST))?.state).toBe("in_review");
    expect(server.bytes).toBe(SIZE);
  });

  it("waits a short back-off out instead of spending one of its chances", async () => {
    backOff.ms = 20;
    let broken = false;
    server.fate = (method) => {
      if (broken || method !== "PATCH") return null;
      broken = true;
      return cut;
    };
    expect((await sendAlone()).left).toBe(0);
    expect((await posting(FIRST))?.state).toBe("in_review");
  });

  it("leaves after a piece when somebody opens the app, which asks nothing twice", async () => {
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      if (init.method !== "PATCH") return server.fetch(url, init);
      page.postMessage({ type: "mine" });
      await new Promise((resolve) => setTimeout(resolve, 50)); // a piece takes its time
      return server.fetch(url, init);
    });
    expect((await sendAlone()).left).toBe(1);
    const left = await posting(FIRST);
    expect(left).toMatchObject({ state: "registered", mustAsk: false, receipt: null });
    expect(left?.photos[0]).toMatchObject({ offset: 49_152, sent: false });
    await loadOutbox();
    await pump();
    expect(server.asked.filter((one) => one.startsWith("PUT"))).toHaveLength(1);
    expect(server.bytes).toBe(SIZE);
    expect((await posting(FIRST))?.state).toBe("in_review");
  });

  it("tells every page how far it is", async () => {
    const heard: unknown[] = [];
    page.addEventListener("message", ({ data }) => heard.push(data));
    await sendAlone();
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(5));
    expect(new Set(heard.map((word) => JSON.stringify(word)))).toEqual(
      new Set(['{"type":"moved"}']),
    );
  });

  it("waits for a page that is being closed, and then goes on", async () => {
    let close = (): void => undefined;
    void navigator.locks.request(
      "gongshilan-outbox",
      () => new Promise<void>((done) => (close = done)),
    );
    const sending = sendAlone();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.asked).toEqual([]);
    close();
    expect((await sending).left).toBe(0);
  });

  it("gives the chance back when the page sends all the while", async () => {
    void navigator.locks.request("gongshilan-outbox", () => new Promise(() => undefined));
    expect(await sendAlone(50)).toMatchObject({ left: 1, arrived: [] });
    expect(server.asked).toEqual([]);
  });

  it("pauses at a lost sign-in, drops nothing, and needs no waking for it", async () => {
    server.fate = (method) => (method === "PATCH" ? problem("not-signed-in", 401) : null);
    expect(await sendAlone()).toMatchObject({ signInNeeded: true, left: 0 });
    expect(await posting(FIRST)).toMatchObject({ state: "registered", signInNeeded: true });
    expect(await photoBlob(PHOTO)).not.toBeNull();
  });

  it("takes a login page's 200 for no signal", async () => {
    server.fate = () => new Response("<html>", { headers: { "Content-Type": "text/html" } });
    expect(await sendAlone()).toMatchObject({ left: 1, signInNeeded: false });
    expect(await posting(FIRST)).toMatchObject({ state: "waiting", commitment: null });
  });

  it.each([
    ["refused", () => problem("too-early", 422)],
    ["not carried", () => cut],
  ])("sends the next one when the first is %s", async (_how, fate) => {
    await enqueue(waiting(SECOND, 2), null);
    server.fate = (_method, path) => (path === `/commitments/${FIRST}` ? fate() : null);
    await sendAlone();
    expect((await posting(FIRST))?.receipt).toBeNull();
    expect((await posting(SECOND))?.state).toBe("in_review");
  });

  it("does nothing where nobody was signed in", async () => {
    await keepAnswer("me", 1, null);
    expect((await sendAlone()).left).toBe(0);
    expect(server.asked).toEqual([]);
  });
});

describe("what the worker says when it is done", () => {
  const nothing = { arrived: [], refused: [], signInNeeded: false, left: 0 };
  const done = (more: Partial<Receipt> = {}): Posting => ({
    ...waiting(FIRST, 1),
    receipt: { ...(receiptOf(FIRST) as Receipt), ...more },
  });

  it.each([
    ["zh-CN" as const, {}, "已收到：10月12日 10:02，按时"],
    ["en" as const, {}, "Received 12 Oct 10:02, on time"],
    [
      "zh-CN" as const,
      { verdict: "late" as const, late_days: 2 },
      "已收到：10月12日 10:02，迟 2 天",
    ],
    ["zh-CN" as const, { committed_at: null }, "已收到：10月12日 10:09，按时"],
  ])("in %s with %o", (language, more, body) => {
    const told = tellingOf({ ...nothing, arrived: [done(more)] }, language);
    expect(told).toEqual({ title: "2026年第三季度财务收支", body, path: "/app/sent/p" });
  });

  it("says nothing while something is on its way, and all at once afterwards", () => {
    expect(tellingOf({ ...nothing, arrived: [done()], left: 1 }, "zh-CN")).toBeNull();
    expect(tellingOf(nothing, "zh-CN")).toBeNull();
    const all = tellingOf({ ...nothing, arrived: [done(), done()] }, "zh-CN");
    expect(all).toEqual({ title: "公示栏", body: "2 件都已收到", path: "/app/tasks" });
  });

  it("asks for the person before it praises anything", () => {
    const ending = { ...nothing, arrived: [done()], refused: [waiting(SECOND, 2)], left: 1 };
    expect(tellingOf(ending, "zh-CN")).toMatchObject({ path: "/app/sent/q" });
    expect(tellingOf({ ...ending, signInNeeded: true }, "en")?.body).toContain("sign in");
  });
});
