/** The outbox on a phone with a bad network: every way in which a sending can end. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabase, type Posting } from "../keep/database";
import { type Draft, draft as draftOf, drafts, saveDraft } from "../keep/drafts";
import { changePosting, enqueue, posting, postings } from "../keep/outbox";
import { keepPhoto, photoBlob } from "../keep/photos";
import { trustFirst } from "../keep/receipt_keys";
import { uploadUrl } from "../keep/uploads";
import type { Receipt } from "../net/shapes";
import { waitingPosting } from "./fake_posting";
import { FakeServer, json, problem, receiptOf } from "./fake_server";
import { goOnAfterSignIn, loadOutbox, outbox, pump, tell, wake } from "./sending";
import { actor, signInAgain } from "./session";

const ID = "01a20b55-23ca-734b-9619-eb212ffaf5b7";
const SECOND = "01a20b55-23ca-734b-9619-eb212ffaf5b8";
const PHOTO = "a".repeat(64);
const SIZE = 120_000; // three pieces

const waiting = (id: string, at = 1): Posting =>
  waitingPosting(id, { sha256: PHOTO, size: SIZE }, at);
const state = async (id = ID): Promise<string | undefined> => (await posting(id))?.state;
const cut = new TypeError("no network");

let server: FakeServer;

beforeEach(async () => {
  server = new FakeServer();
  signInAgain.value = false;
  actor.value = { account_id: "me", name: "张三", role: "accountant", division: "640425103200" };
  const bytes = new Uint8Array(SIZE).buffer;
  await keepPhoto({ sha256: PHOTO, type: "image/jpeg", bytes, width: 1, height: 1 });
  await enqueue(waiting(ID), null);
  await trustFirst(server.key.spelled, 1); // as signing in does
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
  it("says first that it exists, then the photos in pieces, then the content, and forgets what nobody needs", async () => {
    await pump();
    expect(server.asked).toEqual([
      `PUT /commitments/${ID}`,
      "POST /uploads",
      ...Array(3).fill("PATCH /uploads/u1"),
      "POST /submissions",
    ]);
    expect(await posting(ID)).toMatchObject({
      state: "in_review",
      commitment: { signed: expect.stringContaining("kind commitment") },
      receipt: { verdict: "on_time", signed: expect.stringContaining("kind submission") },
    });
    expect(await photoBlob(PHOTO)).toBeNull();
    expect(await uploadUrl("me", PHOTO)).toBeNull();
  });

  it("goes on inside a photo where the line broke", async () => {
    let patches = 0;
    server.fate = (method) => {
      if (method === "PATCH") patches += 1;
      return method === "PATCH" && patches === 2 ? cut : null;
    };
    await pump();
    expect(await posting(ID)).toMatchObject({
      state: "registered",
      photos: [{ offset: 49_152, sent: false }],
    });
    expect(await uploadUrl("me", PHOTO)).toContain("/api/v1/uploads/u1");
    server.asked.length = 0;
    await wake();
    expect(server.asked).toEqual([
      `PUT /commitments/${ID}`,
      "HEAD /uploads/u1",
      ...Array(2).fill("PATCH /uploads/u1"),
      "POST /submissions",
    ]);
    expect(server.bytes).toBe(SIZE);
    expect(await state()).toBe("in_review");
  });

  it("does not send again a photo whose last answer was lost", async () => {
    let patches = 0;
    server.fate = (method) => {
      if (method === "PATCH") patches += 1;
      return method === "PATCH" && patches === 3 ? "answer lost" : null;
    };
    await pump();
    expect(await state()).toBe("registered");
    server.asked.length = 0;
    await wake();
    expect(server.asked).toEqual([`PUT /commitments/${ID}`, "POST /submissions"]);
    expect(server.bytes).toBe(SIZE);
  });

  it("begins a photo anew when the server has forgotten the half", async () => {
    let patches = 0;
    server.fate = (method) => {
      if (method === "PATCH") patches += 1;
      return method === "PATCH" && patches === 2 ? cut : null;
    };
    await pump();
    server.expire();
    await wake();
    expect(await state()).toBe("in_review");
  });

  it("sends no photo that the server has", async () => {
    server.photos.add(PHOTO);
    await pump();
    expect(server.asked).toEqual([`PUT /commitments/${ID}`, "POST /submissions"]);
  });

  it("registers every posting before any photo, and lets a new one pass between two pieces", async () => {
    await enqueue(waiting(SECOND, 2), null);
    const third = "01a20b55-23ca-734b-9619-eb212ffaf5b9";
    server.fate = (method) => {
      if (method === "POST" && !outbox.value.some((p) => p.id === third)) {
        // Somebody writes another one while the photo is on its way.
        void enqueue(waiting(third, 3), null).then(loadOutbox);
      }
      return null;
    };
    await loadOutbox();
    await pump();
    const order = server.asked.filter((one) => !one.startsWith("PATCH"));
    expect(order.slice(0, 4)).toEqual([
      `PUT /commitments/${ID}`,
      `PUT /commitments/${SECOND}`,
      "POST /uploads",
      `PUT /commitments/${third}`,
    ]);
    expect(server.submitted).toEqual([ID, SECOND, third]);
    expect(server.bytes).toBe(SIZE); // one picture in three postings travels once
  });

  it.each([
    [
      "a login page",
      new Response("<html>", { status: 200, headers: { "Content-Type": "text/html" } }),
    ],
    [
      "JSON of somebody else",
      new Response("{}", { status: 200, headers: { "Content-Type": "application/json" } }),
    ],
    ["an empty answer", new Response(null, { status: 204 })],
    [
      "a refusal of somebody else",
      new Response("{}", { status: 403, headers: { "Content-Type": "application/json" } }),
    ],
    [
      "a sign-in of somebody else",
      new Response("{}", { status: 401, headers: { "Content-Type": "application/json" } }),
    ],
  ])("takes %s for no network", async (_name, answer) => {
    server.fate = () => answer.clone();
    await pump();
    expect(await posting(ID)).toMatchObject({ state: "waiting", failures: 1, commitment: null });
    expect(signInAgain.value).toBe(false);
    server.fate = (method) => (method === "PATCH" || method === "POST" ? answer.clone() : null);
    await wake();
    expect(await posting(ID)).toMatchObject({ state: "registered", failures: 1, receipt: null });
    server.fate = () => null;
    await wake();
    expect(await state()).toBe("in_review");
  });

  it.each(["PUT", "POST", "PATCH"])(
    "asks to sign in on 401 to a %s, keeps everything, and goes on afterwards",
    async (method) => {
      server.fate = (asked) => (asked === method ? problem("not-signed-in", 401) : null);
      await pump();
      expect(signInAgain.value).toBe(true);
      expect(await posting(ID)).toMatchObject({ signInNeeded: true, receipt: null });
      expect(await photoBlob(PHOTO)).not.toBeNull();
      server.fate = () => null;
      await goOnAfterSignIn();
      expect(await state()).toBe("in_review");
      expect(server.bytes).toBe(SIZE);
    },
  );

  it("needs a person when the server refuses, with the place; and the next one still goes", async () => {
    await enqueue(waiting(SECOND, 2), null);
    await loadOutbox();
    const errors = [{ pointer: "/content/closing/total", detail: "应为整数" }];
    let first = true;
    server.fate = (_method, path) => {
      if (path !== "/submissions" || !first) return null;
      first = false;
      return problem("schema-errors", 422, errors);
    };
    await pump();
    const refused = await posting(ID);
    expect(refused?.state).toBe("needs_attention");
    expect(refused?.refusal?.errors[0]?.pointer).toBe("/closing/total");
    expect(await photoBlob(PHOTO)).not.toBeNull(); // still needed for the repair
    expect(await state(SECOND)).toBe("in_review");
  });

  it("needs a person when a photo is neither here nor there, and says which", async () => {
    await new Promise((resolve) => {
      const asked = indexedDB.open("gongshilan-staff");
      asked.onsuccess = () => {
        const tx = asked.result.transaction("photos", "readwrite");
        tx.objectStore("photos").clear();
        tx.oncomplete = () => {
          asked.result.close();
          resolve(null);
        };
      };
    });
    await pump();
    const lost = await posting(ID);
    expect(lost?.state).toBe("needs_attention");
    expect(lost?.refusal?.detail.zh).toContain("第 1 张照片");
  });

  it("sends a photo again only when the server itself says that it lost it", async () => {
    server.fate = (_method, path) => {
      if (path !== "/submissions" || !server.photos.has(PHOTO)) return null;
      server.photos.clear();
      server.fate = () => null;
      return null;
    };
    await pump();
    expect(await posting(ID)).toMatchObject({ state: "registered", mustAsk: true });
    await wake();
    expect(await state()).toBe("in_review");
  });

  it("waits as long as a busy server asks", async () => {
    server.fate = () => {
      const busy = problem("temporary-failure", 503);
      busy.headers.set("Retry-After", "120");
      return busy;
    };
    await pump();
    const record = await posting(ID);
    expect((record?.notBefore ?? 0) - Date.now()).toBeGreaterThan(110_000);
  });

  it("needs a person when a number has a fraction, without asking the server", async () => {
    await changePosting(ID, (p) => ({
      ...p,
      submission: { ...p.submission, content: { total: 1.5 } },
    }));
    await pump();
    expect(server.asked).toEqual([]);
    expect((await posting(ID))?.refusal?.errors[0]?.pointer).toBe("/total");
  });

  it("tries again at once when the signal comes back while a step is failing", async () => {
    let asked = 0;
    server.fate = () => {
      asked += 1;
      if (asked > 1) return null;
      void wake(); // `online`, in the middle of a request that was sent without a line
      return cut;
    };
    await pump();
    expect(await state()).toBe("in_review");
  });

  it("rests after the one try that a signal is worth", async () => {
    server.fate = () => cut;
    await wake();
    expect(await posting(ID)).toMatchObject({ state: "waiting", failures: 1 });
  });

  it("takes what another tab did for done", async () => {
    server.fate = () => json({}, 200);
    const there = receiptOf(ID) as unknown as Receipt;
    // The other tab's words are on the disk, not yet on this screen.
    await changePosting(ID, (p) => ({ ...p, state: "in_review", receipt: there }));
    expect(outbox.value[0]?.state).toBe("waiting");
    await pump();
    expect(server.asked).toEqual([]);
    expect(outbox.value[0]?.state).toBe("in_review");
  });
});

describe("keeping", () => {
  it("moves a draft into the outbox in one step and keeps other people's apart", async () => {
    const one = { id: "d1", account: "me", photos: [], content: {} } as unknown as Draft;
    await saveDraft(one);
    await saveDraft({ ...one, id: "d2", account: "you" });
    expect((await drafts("me")).map((d) => d.id)).toEqual(["d1"]);
    await enqueue(waiting("d1"), null);
    expect(await draftOf("d1")).toBeUndefined();
    expect((await postings("me")).map((p) => p.id).sort()).toEqual([ID, "d1"]);
    expect(outbox.value).toHaveLength(1);
  });

  it("never puts a fresh record over one that got further", async () => {
    await tell(ID, {
      type: "refused",
      refusal: { slug: "x", status: 422, title: WORDS, detail: WORDS, errors: [] },
    });
    await enqueue(waiting(ID), null);
    expect(await state()).toBe("needs_attention");
  });
});

const WORDS = { zh: "不行", en: "no" };
