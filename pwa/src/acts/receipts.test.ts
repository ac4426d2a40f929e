/** Receipts that are not what they claim: nobody in between is believed, and nothing is lost. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queued } from "../core/outbox";
import { closeDatabase, type Posting } from "../keep/database";
import { enqueue, posting } from "../keep/outbox";
import { trustedKeys, trustFirst } from "../keep/receipt_keys";
import type { Receipt, Submission } from "../net/shapes";
import { acceptKey, checkReceipt, publishedKey, tryAgain } from "./checking";
import { FakeServer, json, SigningKey } from "./fake_server";
import { byEngine } from "./proving";
import { loadOutbox, pump } from "./sending";
import { sendAlone } from "./sending_alone";
import { actor, signInAgain } from "./session";

const ID = "01a20b55-23ca-734b-9619-eb212ffaf5b7";
const ME = {
  account_id: "me",
  name: "张三",
  role: "accountant",
  division: "640425103200",
} as const;
const SUBMISSION: Submission = {
  id: ID,
  division: "640425103200",
  category: "finance_quarterly",
  period: "2026Q3",
  schema_version: 1,
  content: {},
  photos: [],
  composed_at: "2026-10-12T02:00:00Z",
  publish: { when: "on_approval" },
};
const WAITING: Posting = {
  ...queued<Submission, Receipt>(ID, SUBMISSION, [], 1),
  account: "me",
  period: "2026Q3",
  title: "2026年第三季度财务收支",
  dueOn: "2026-10-15",
};
const OTHER = new SigningKey(9);

/** Change one answer on its way; its signature stays what it was. */
const altered = (path: string, change: (body: { [name: string]: unknown }) => object): void => {
  const through = globalThis.fetch;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const answer = await through(url, init);
    if (!url.includes(path) || !answer.ok) return answer;
    const body = (await answer.json()) as { [name: string]: unknown };
    return json({ ...body, ...change(body) }, answer.status);
  });
};

let server: FakeServer;

beforeEach(async () => {
  server = new FakeServer();
  signInAgain.value = false;
  actor.value = ME;
  await enqueue(WAITING, null);
  await loadOutbox();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

const now = async (): Promise<Posting> => (await posting(ID)) as Posting;

describe("a receipt", () => {
  it("is checked with the key that was there first, and again whenever somebody looks", async () => {
    await pump();
    expect((await now()).state).toBe("in_review");
    expect((await trustedKeys()).map((key) => key.spelled)).toEqual([server.key.spelled]);
    expect(await checkReceipt(await now())).toEqual({ is: "checked" });
    // Without a network too: the key is in the phone.
    server.fate = () => new TypeError("no network");
    expect(await checkReceipt(await now())).toEqual({ is: "checked" });
  });

  it("that was changed in the phone is found out", async () => {
    await pump();
    const { receipt } = await now();
    const forged = { ...(receipt as Receipt), received_at: "2026-10-11T02:09:00Z" };
    expect(await checkReceipt({ ...(await now()), receipt: forged })).toEqual({ is: "wrong" });
  });

  it.each([
    ["without a signature", () => ({ signed: "" })],
    [
      "with a signature of another text",
      (b: object) => ({
        signed: String((b as { signed: string }).signed).replace("02:02", "02:01"),
        received_at: "2026-10-12T02:01:00Z",
      }),
    ],
    ["with another moment beside it", () => ({ received_at: "2026-10-11T02:02:00Z" })],
    ["with more time to follow", () => ({ lapses_at: "2026-11-15T02:02:00Z" })],
    ["about another posting", () => ({ id: "01a20b55-23ca-734b-9619-eb212ffaf5b8" })],
  ])(
    "of somebody in between, %s, is not believed, and the posting waits for a person",
    async (_how, change) => {
      await trustFirst(server.key.spelled, 1);
      altered("/commitments/", change);
      await pump();
      const held = await now();
      expect(held).toMatchObject({
        state: "needs_attention",
        commitment: null,
        refusal: { slug: "receipt-wrong" },
        submission: SUBMISSION,
      });
      // Somebody tries again where nobody is in between.
      vi.stubGlobal("fetch", (url: string, init: RequestInit) => new FakeServer().fetch(url, init));
      await tryAgain([ID]);
      expect((await now()).state).toBe("in_review");
    },
  );

  it("of the content is checked as that of the registration is", async () => {
    altered("/submissions", () => ({ verdict: "late", late_days: 3 }));
    await pump();
    expect(await now()).toMatchObject({
      state: "needs_attention",
      receipt: null,
      refusal: { slug: "receipt-wrong" },
    });
  });

  it("signed with a key that nobody publishes is wrong", async () => {
    await trustFirst(server.key.spelled, 1);
    server.published = server.key;
    server.key = OTHER;
    await pump();
    expect((await now()).refusal?.slug).toBe("receipt-wrong");
  });

  it("signed with a new key waits until somebody has asked, and then goes on under the same id", async () => {
    await trustFirst(server.key.spelled, 1);
    const old = server.key;
    server.key = OTHER;
    await pump();
    const { refusal, state } = await now();
    expect([state, refusal?.slug]).toEqual(["needs_attention", "receipt-key-changed"]);
    expect(refusal?.detail.zh).toContain(old.spelled.split("+")[1]);
    expect(refusal?.detail.zh).toContain(OTHER.spelled.split("+")[1]);
    // Trying again changes nothing by itself.
    await tryAgain([ID]);
    expect((await now()).state).toBe("needs_attention");

    const published = await publishedKey();
    expect(published?.spelled).toBe(OTHER.spelled);
    await acceptKey(OTHER.spelled, "问了乡镇王五，说换了服务器");
    expect((await now()).state).toBe("in_review");
    expect(server.submitted).toEqual([ID]);
    const keys = await trustedKeys();
    expect(keys.map((key) => key.why)).toEqual(["问了乡镇王五，说换了服务器", null]);
  });

  it("of an earlier key still holds after a change", async () => {
    await pump();
    await acceptKey(OTHER.spelled, "问过了");
    expect(await checkReceipt(await now())).toEqual({ is: "checked" });
  });

  it("waits for the key as for a signal", async () => {
    server.fate = (_method, path) => (path === "/receipt-key" ? new TypeError("no network") : null);
    await pump();
    expect(await now()).toMatchObject({ state: "waiting", commitment: null });
    server.fate = () => null;
    await tryAgain([]);
    expect((await now()).state).toBe("in_review");
  });
});

describe("the worker of a closed app", () => {
  it("checks as the app does where its engine cannot", async () => {
    const { keepAnswer } = await import("../keep/answers");
    await keepAnswer("me", 1, ME);
    const old = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("unknown"));
    await sendAlone();
    expect((await now()).state).toBe("in_review");
    expect(old).toHaveBeenCalled();
    old.mockRestore();
  });

  it("sends nothing more on a promise that is none", async () => {
    const { keepAnswer } = await import("../keep/answers");
    await keepAnswer("me", 1, ME);
    altered("/commitments/", () => ({ received_at: "2026-10-11T02:02:00Z" }));
    expect((await sendAlone()).refused).toHaveLength(1);
    expect(await now()).toMatchObject({ commitment: null, refusal: { slug: "receipt-wrong" } });
    expect(server.submitted).toEqual([]);
  });

  it("checks by the engine where it can", async () => {
    const key = new SigningKey(3);
    const note = key.sign("text\n");
    const raw = Uint8Array.from(atob(key.spelled.split("+").slice(2).join("+")), (c) =>
      c.charCodeAt(0),
    );
    const signature = Uint8Array.from(atob(note.trimEnd().split(" ").pop() ?? ""), (c) =>
      c.charCodeAt(0),
    );
    const said = (text: string) =>
      byEngine(
        raw.slice(1),
        signature.slice(4),
        Uint8Array.from(text, (c) => c.charCodeAt(0)),
      );
    expect(await said("text\n")).toBe(true);
    expect(await said("Text\n")).toBe(false);
  });
});
