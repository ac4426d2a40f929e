import { describe, expect, it } from "vitest";
import { delayAfter } from "./backoff";
import {
  type Commitment,
  type Event,
  held,
  holders,
  mustGiveWay,
  next,
  nextStep,
  progressOf,
  queued,
  type Record,
  type Refusal,
  type State,
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
const commitment = (...missing: string[]): Commitment => ({
  id: "a",
  received_at: "2026-10-12T02:02:00Z",
  due_on: "2026-10-15",
  on_time: true,
  days_late: 0,
  provisional: false,
  lapses_at: "2026-10-15T02:02:00Z",
  content_hash: "sha256:00",
  photos_missing: missing,
  signed: "a note",
});
const PHOTOS = [
  { sha256: "p1", size: 100 },
  { sha256: "p2", size: 300 },
];
const fresh = (id = "a", at = T): Record<string, string> => queued(id, `sheet ${id}`, PHOTOS, at);
const after = (...events: Event<string>[]): Record<string, string> =>
  events.reduce((record, event) => next(record, event), fresh());

const start: Event<string> = { type: "step_started" };
const offline: Event<string> = { type: "no_network", at: T, jitter: 0.5 };
const registered: Event<string> = { type: "committed", commitment: commitment("p1", "p2") };
const p1: Event<string> = { type: "photo_arrived", sha256: "p1" };
const p2: Event<string> = { type: "photo_arrived", sha256: "p2" };
const arrived: Event<string> = { type: "arrived", receipt: "10:02", state: "in_review" };
const refused: Event<string> = { type: "refused", refusal: NO };
const says = (state: "returned" | "scheduled" | "published" | "withdrawn"): Event<string> => ({
  type: "server_says",
  state,
  reason: state === "returned" ? "8 月缺签字" : null,
});

describe("the state after an event", () => {
  const ways: [State, Event<string>[]][] = [
    ["waiting", []],
    ["waiting", [start, offline]],
    ["waiting", [start, { type: "woken" }]],
    ["waiting", [start, { type: "not_signed_in" }]],
    ["sending", [start]],
    ["registered", [start, registered]],
    ["sending", [start, registered, start]],
    ["sending", [start, registered, start, p1]],
    ["registered", [start, registered, start, p1, offline]],
    ["registered", [start, registered, start, { type: "woken" }]],
    ["registered", [start, registered, start, { type: "not_signed_in" }]],
    ["registered", [start, registered, start, { type: "paused" }]],
    ["waiting", [start, { type: "paused" }]],
    ["in_review", [start, registered, start, p1, p2, arrived]],
    ["returned", [registered, arrived, says("returned")]],
    ["scheduled", [registered, arrived, says("scheduled")]],
    ["published", [registered, arrived, says("published")]],
    ["withdrawn", [registered, arrived, says("published"), says("withdrawn")]],
    ["needs_attention", [start, refused]],
    ["needs_attention", [start, registered, start, refused]],
    // What makes no sense changes nothing.
    ["waiting", [says("published")]],
    ["needs_attention", [refused, { type: "woken" }]],
    ["needs_attention", [refused, start]],
    ["needs_attention", [refused, offline]],
    ["needs_attention", [refused, registered]],
    ["in_review", [registered, arrived, start]],
    ["in_review", [registered, arrived, { type: "woken" }]],
    ["in_review", [registered, arrived, refused]],
  ];
  it.each(ways)("is %s", (state, events) => {
    expect(after(...events).state).toBe(state);
  });
});

describe("the next thing to send", () => {
  const steps: [string, string, Event<string>[]][] = [
    ["first that it exists", "commit", []],
    ["then the first photo", "photo p1", [start, registered]],
    ["then the next", "photo p2", [start, registered, start, p1]],
    ["only what the server lacks", "photo p2", [{ ...registered, commitment: commitment("p2") }]],
    ["no photo that it has", "submit", [{ ...registered, commitment: commitment() }]],
    ["the content last", "submit", [start, registered, start, p1, start, p2]],
    // After a broken line the server may have more than it could say.
    ["what the server has, after a failure", "commit", [registered, p1, offline]],
    ["what the server has, after the phone died", "commit", [registered, start, { type: "woken" }]],
    [
      "a photo again that the server says it lost",
      "photo p1",
      [registered, p1, p2, offline, { ...registered, commitment: commitment("p1") }],
    ],
    ["nothing once it is there", "", [registered, arrived]],
    ["nothing that was refused", "", [refused]],
    ["nothing while nobody is signed in", "", [registered, { type: "not_signed_in" }]],
    ["it all, once somebody is", "commit", [{ type: "not_signed_in" }, { type: "signed_in" }]],
  ];
  it.each(steps)("is %s", (_name, wanted, events) => {
    const step = nextStep([after(...events)], T + 1e9);
    const said =
      step === null ? "" : step.kind === "photo" ? `photo ${step.photo.sha256}` : step.kind;
    expect(said).toBe(wanted);
  });

  it("is every commitment before any photo, however old the photo is", () => {
    const old = next(fresh("old", T - 10), registered);
    const young = fresh("young", T);
    expect(nextStep([old, young], T)).toEqual({ id: "young", kind: "commit" });
    expect(mustGiveWay([old, young], T)).toBe(true);
    expect(mustGiveWay([old], T)).toBe(false);
    expect(mustGiveWay([old, next(young, offline)], T)).toBe(false);
  });

  it("is the oldest that may go, and one that must wait never blocks the next", () => {
    const bad = next(fresh("old", T - 10), offline);
    const no = next(fresh("bad", T - 20), refused);
    const good = fresh("new", T);
    expect(nextStep([good, no, bad], T)).toEqual({ id: "new", kind: "commit" });
    expect(wakeAt([good, no, bad])).toBe(0);
    expect(wakeAt([no])).toBeNull();
    expect(held([good, no, bad])).toBe(2);
  });
});

describe("photos", () => {
  it("stay arrived when the signal goes, and half ones keep their half", () => {
    const record = after(
      registered,
      p1,
      { type: "piece_arrived", sha256: "p2", offset: 60 },
      offline,
    );
    expect(record.photos).toEqual([
      { sha256: "p1", size: 100, offset: 100, sent: true },
      { sha256: "p2", size: 300, offset: 60, sent: false },
    ]);
    const again = next(record, { ...registered, commitment: commitment("p2") });
    expect(again.photos[1]).toMatchObject({ offset: 60, sent: false });
  });

  it("say which one and how much of all", () => {
    expect(progressOf(fresh())).toEqual({ n: 1, all: 2, percent: 0 });
    expect(progressOf(after(registered, p1))).toEqual({ n: 2, all: 2, percent: 25 });
    const nearly: Event<string> = { type: "piece_arrived", sha256: "p2", offset: 299 };
    expect(progressOf(after(registered, p1, nearly)).percent).toBe(99);
    expect(progressOf(after(registered, p1, p2))).toEqual({ n: 2, all: 2, percent: 100 });
    expect(progressOf(queued("x", "", [], T))).toEqual({ n: 0, all: 0, percent: 100 });
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
    expect(nextStep([busy], T + 59_999)).toBeNull();
    expect(nextStep([busy], T + 60_000)).not.toBeNull();
  });

  it("ends at once when a person or a signal wakes it", () => {
    const woken = after(offline, offline, offline, { type: "woken" });
    expect(woken).toMatchObject({ failures: 0, notBefore: 0 });
  });

  it("begins short again once something got through", () => {
    expect(after(registered, offline, offline, p1).failures).toBe(0);
  });
});

/** Chances that are the same in every run. */
function dice(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at * 1103515245 + 12345) % 2 ** 31;
    return at / 2 ** 31;
  };
}

describe("any sequence of events", () => {
  const events: Event<string>[] = [
    start,
    registered,
    { ...registered, commitment: commitment("p2") },
    { type: "piece_arrived", sha256: "p1", offset: 70 },
    p1,
    p2,
    offline,
    { type: "server_busy", at: T, jitter: 0.1, retryAfter: null },
    { type: "not_signed_in" },
    { type: "signed_in" },
    { type: "woken" },
    { type: "paused" },
    arrived,
    says("returned"),
    refused,
  ];

  it("changes nothing that was submitted, loses no receipt and no commitment", () => {
    const chance = dice(7);
    for (let run = 0; run < 250; run += 1) {
      let record = fresh();
      for (let step = 0; step < 16; step += 1) {
        const before = record;
        const event = events[Math.floor(chance() * events.length)] ?? start;
        record = next(record, event);
        expect(record.submission).toBe("sheet a");
        expect(record.photos.map((photo) => photo.sha256)).toEqual(["p1", "p2"]);
        if (before.receipt !== null) expect(record.receipt).toBe(before.receipt);
        if (before.commitment !== null) expect(record.commitment).not.toBeNull();
        // What arrived is unsaid by nobody but the server's own list of what it lacks.
        if (event.type !== "committed") {
          record.photos.forEach((photo, n) => {
            if (before.photos[n]?.sent) expect(photo.sent).toBe(true);
          });
        }
        if (record.receipt === null) {
          expect(["waiting", "registered", "sending", "needs_attention"]).toContain(record.state);
        }
        if (record.state === "waiting") expect(record.commitment).toBeNull();
        if (record.state === "registered") expect(record.commitment).not.toBeNull();
      }
    }
  });
});

/**
 * A phone with several postings walks at random over a bad network to a server that keeps its own books.
 * One posting is refused for ever, one makes the server stumble for ever; the phone dies now and then.
 */
describe("a random walk over a bad network", () => {
  interface Server {
    committed: Set<string>;
    photos: Set<string>;
    submitted: Set<string>;
  }
  const BAD = "bad";
  const STUMBLES = "stumbles";

  function walk(seed: number): { steps: number; photosTwice: number; left: string[] } {
    const chance = dice(seed);
    const server: Server = { committed: new Set(), photos: new Set(), submitted: new Set() };
    const ids = [BAD, STUMBLES, "c", "d", "e"];
    let records = ids.map((id, n) =>
      queued<string, string>(
        id,
        `sheet ${id}`,
        [
          { sha256: `${id}1`, size: 100 },
          { sha256: "shared", size: 50 },
        ],
        T + n,
      ),
    );
    const acknowledged = new Set<string>();
    let photosTwice = 0;
    let now = T + 100;
    let steps = 0;
    const tell = (id: string, event: Event<string>): void => {
      records = records.map((record) => (record.id === id ? next(record, event) : record));
    };
    const done = (): boolean =>
      records.every(
        (r) => r.id === STUMBLES || r.receipt !== null || r.state === "needs_attention",
      );
    while (!done() && steps < 4000) {
      steps += 1;
      now += 1000;
      if (chance() < 0.05) for (const { id } of records) tell(id, { type: "woken" }); // died and opened again
      if (chance() < 0.05) for (const { id } of records) tell(id, { type: "signed_in" });
      const step = nextStep(records, now);
      if (step === null) continue;
      tell(step.id, start);
      const record = records.find((one) => one.id === step.id);
      if (!record) throw new Error(`${step.id} was dropped`);
      const lostGoing = chance() < 0.2;
      const lostComing = chance() < 0.2;
      const fails: Event<string> = { type: "no_network", at: now, jitter: chance() };
      if (lostGoing) {
        tell(step.id, fails);
        continue;
      }
      if (chance() < 0.03) {
        tell(step.id, { type: "not_signed_in" });
        continue;
      }
      if (step.id === STUMBLES) {
        tell(step.id, { type: "server_busy", at: now, jitter: chance(), retryAfter: null });
        continue;
      }
      let answer: Event<string>;
      if (step.kind === "commit") {
        server.committed.add(step.id);
        const missing = record.photos.map((p) => p.sha256).filter((sha) => !server.photos.has(sha));
        answer = { type: "committed", commitment: commitment(...missing) };
      } else if (step.kind === "photo") {
        if (acknowledged.has(step.photo.sha256)) photosTwice += 1;
        server.photos.add(step.photo.sha256);
        answer = { type: "photo_arrived", sha256: step.photo.sha256 };
      } else if (step.id === BAD) answer = refused;
      else {
        expect(server.committed.has(step.id)).toBe(true);
        for (const photo of record.photos) expect(server.photos.has(photo.sha256)).toBe(true);
        server.submitted.add(step.id);
        answer = arrived;
      }
      if (lostComing) tell(step.id, fails);
      else {
        const told = answer.type === "photo_arrived" ? holders(records, answer.sha256) : [step.id];
        for (const id of told) tell(id, answer);
        if (answer.type === "photo_arrived") acknowledged.add(`${answer.sha256}`);
      }
    }
    expect(records.map((r) => r.id)).toEqual(ids); // nothing dropped
    const left = records.filter((r) => r.receipt === null).map((r) => r.id);
    return { steps, photosTwice, left };
  }

  it.each(Array.from({ length: 60 }, (_, n) => n + 1))("ends well with seed %i", (seed) => {
    const { photosTwice, left } = walk(seed);
    expect(left).toEqual([BAD, STUMBLES]); // a bad one never blocks the next
    expect(photosTwice).toBe(0); // nothing acknowledged is sent again
  });
});
