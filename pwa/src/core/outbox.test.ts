import { describe, expect, it } from "vitest";
import { delayAfter } from "./backoff";
import {
  type Event,
  held,
  next,
  nextToSend,
  queued,
  type Record,
  type Refusal,
  wakeAt,
} from "./outbox";

const T = 1_792_000_000_000;
const NO: Refusal = {
  slug: "content-has-errors",
  status: 422,
  title: { zh: "内容有错", en: "Content has errors" },
  detail: { zh: "期末余额对不上", en: "The closing balance does not add up" },
  errors: [{ pointer: "/closing/total", detail: { zh: "差 50.00 元", en: "off by 50.00" } }],
};
const fresh = (id = "a", at = T): Record<string, string> =>
  queued(id, `sheet ${id}`, ["p1", "p2"], at);
const after = (...events: Event<string>[]): Record<string, string> =>
  events.reduce((record, event) => next(record, event), fresh());
const offline: Event<string> = { type: "no_network", at: T, jitter: 0.5 };

describe("the way of a posting", () => {
  it("goes photos first, then the submission, to the supervisor and to the public", () => {
    const way = after(
      { type: "send_started" },
      { type: "photo_arrived", sha256: "p1" },
      { type: "photo_arrived", sha256: "p2" },
      { type: "arrived", receipt: "10:02", state: "in_review" },
    );
    expect(way).toMatchObject({ state: "in_review", receipt: "10:02", failures: 0 });
    const done = next(way, { type: "server_says", state: "published", reason: null });
    expect(done.state).toBe("published");
    expect(held([done])).toBe(0);
  });

  it("keeps a photo that arrived when the signal goes", () => {
    const record = after(
      { type: "send_started" },
      { type: "photo_arrived", sha256: "p1" },
      offline,
    );
    expect(record.state).toBe("waiting");
    expect(record.photos).toEqual([
      { sha256: "p1", sent: true },
      { sha256: "p2", sent: false },
    ]);
  });

  it("asks to sign in, drops nothing, and goes on afterwards", () => {
    const stopped = after({ type: "send_started" }, { type: "not_signed_in" });
    expect(stopped).toMatchObject({ state: "waiting", signInNeeded: true });
    expect(nextToSend([stopped], T + 1e9)).toBeNull();
    expect(next(stopped, { type: "woken" }).signInNeeded).toBe(true);
    expect(nextToSend([next(stopped, { type: "signed_in" })], T)).not.toBeNull();
  });

  it("stops with the server's words when it is refused", () => {
    const refused = after({ type: "send_started" }, { type: "refused", refusal: NO });
    expect(refused).toMatchObject({ state: "needs_attention", refusal: NO });
    for (const event of [{ type: "woken" }, { type: "send_started" }, offline] as Event<string>[]) {
      expect(next(refused, event)).toBe(refused);
    }
  });

  it("never lets the server speak about what did not arrive", () => {
    const waiting = after(offline);
    expect(next(waiting, { type: "server_says", state: "published", reason: null })).toBe(waiting);
  });

  it("begins again after a phone that died while sending", () => {
    expect(after({ type: "send_started" }, { type: "woken" })).toMatchObject({
      state: "waiting",
      notBefore: 0,
    });
  });
});

describe("waiting", () => {
  it("doubles up to five minutes and is never above it", () => {
    const delays = [1, 2, 3, 4, 8, 12, 40].map((n) => delayAfter(n, 0));
    expect(delays).toEqual([1000, 2000, 4000, 8000, 128_000, 150_000, 150_000]);
    expect(delayAfter(40, 0.999)).toBeLessThanOrEqual(300_000);
  });

  it("is as long as the server asks", () => {
    const busy = after({ type: "server_busy", at: T, jitter: 0, retryAfter: 60_000 });
    expect(busy.notBefore).toBe(T + 60_000);
    expect(nextToSend([busy], T + 59_999)).toBeNull();
    expect(nextToSend([busy], T + 60_000)).toBe(busy);
  });

  it("ends at once when a person or a signal wakes it", () => {
    const woken = after(offline, offline, offline, { type: "woken" });
    expect(woken).toMatchObject({ failures: 0, notBefore: 0 });
  });

  it("takes the oldest that may go, and one that must wait never blocks the next", () => {
    const bad = next(fresh("old", T - 10), offline);
    const refused = next(fresh("bad", T - 20), { type: "refused", refusal: NO });
    const good = fresh("new", T);
    expect(nextToSend([good, refused, bad], T)).toBe(good);
    expect(wakeAt([good, refused, bad])).toBe(0);
    expect(wakeAt([refused])).toBeNull();
    expect(held([good, refused, bad])).toBe(2);
  });
});

describe("any order of events", () => {
  const events: Event<string>[] = [
    { type: "send_started" },
    { type: "photo_arrived", sha256: "p1" },
    offline,
    { type: "server_busy", at: T, jitter: 0.1, retryAfter: null },
    { type: "not_signed_in" },
    { type: "signed_in" },
    { type: "woken" },
    { type: "arrived", receipt: "r", state: "in_review" },
    { type: "server_says", state: "returned", reason: "8 月缺签字" },
    { type: "refused", refusal: NO },
  ];
  it("never changes what was submitted, and never loses a receipt", () => {
    let seed = 7;
    const chance = (): number => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    for (let run = 0; run < 500; run += 1) {
      let record = fresh();
      let had: string | null = null;
      for (let step = 0; step < 12; step += 1) {
        const event = events[Math.floor(chance() * events.length)];
        if (event) record = next(record, event);
        expect(record.submission).toBe("sheet a");
        expect(record.photos).toHaveLength(2);
        if (had !== null) expect(record.receipt).toBe(had);
        had = record.receipt;
        if (record.receipt === null)
          expect(["waiting", "sending", "needs_attention"]).toContain(record.state);
      }
    }
  });
});
