/** No photo that a draft, a posting or an open form names, or may name, goes: whatever the phone's clock says. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeDatabase } from "../keep/database";
import { type Draft, saveDraft, draft as savedDraft } from "../keep/drafts";
import { changePosting, enqueue } from "../keep/outbox";
import { keepPhoto, photoBytes } from "../keep/photos";
import { change, current, holdForForm } from "./drafting";
import { waitingPosting } from "./fake_posting";
import { holdPhotos, sweepPhotos } from "./holding_photos";
import { takePhoto } from "./photos";

const [FRESH, VOUCHER, QUEUED] = ["a", "b", "c"].map((sign) => sign.repeat(64)) as [
  string,
  string,
  string,
];
const YEAR = 365 * 86_400_000;
const JUMPS = [
  ["stands still", 0],
  ["jumps two days ahead", YEAR / 182],
  ["jumps a year ahead", YEAR],
  ["falls back two days", -YEAR / 182],
  ["falls back to 1970", -Date.now()],
] as const;

const keep = (sha256: string): Promise<void> =>
  keepPhoto({ sha256, type: "image/jpeg", bytes: new Uint8Array(9).buffer, width: 1, height: 1 });
const kept = async (sha256: string): Promise<boolean> => (await photoBytes(sha256)) !== null;
const draft = (photos: string[], content = {}): Draft =>
  ({
    id: "d",
    account: "me",
    photos: photos.map((sha256) => ({ sha256, role: "board" })),
    content,
    savedAt: 1,
  }) as unknown as Draft;

/** The locks of a browser, shared by its tabs: as much of them as is asked for here. */
function fakeLocks() {
  const shared = new Set<object>();
  return {
    request: async (
      _name: string,
      { mode, ifAvailable }: { mode?: string; ifAvailable?: boolean },
      use: (lock: object | null) => unknown,
    ) => {
      if (ifAvailable) return use(shared.size === 0 ? {} : null);
      const lock = { mode };
      shared.add(lock);
      try {
        return await use(lock);
      } finally {
        shared.delete(lock);
      }
    },
  };
}

beforeEach(() => {
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  vi.useFakeTimers({ toFake: ["Date"] });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  current.value = null;
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

describe.each(JUMPS)("when the phone's clock %s", (_words, by) => {
  const jump = (): void => {
    vi.setSystemTime(Math.max(0, Date.now() + by));
  };

  it("what a draft, its vouchers or an unsent posting names stays, and nothing else", async () => {
    await keep(FRESH);
    await keep(VOUCHER);
    await keep(QUEUED);
    await saveDraft(draft([FRESH], { expense: [{ amount: 1, photos: [VOUCHER] }] }));
    await enqueue(waitingPosting("p", { sha256: QUEUED, size: 9 }), null);
    jump();
    expect(await sweepPhotos()).toBe(0);
    await changePosting("p", (posting) => ({ ...posting, receipt: {} as never }));
    expect(await sweepPhotos()).toBe(1);
    expect([await kept(FRESH), await kept(VOUCHER), await kept(QUEUED)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("what was taken for a form that is open stays, saved or not, and so when it was sent before", async () => {
    const close = holdForForm();
    await keep(FRESH);
    await enqueue(waitingPosting("p", { sha256: FRESH, size: 9 }), null);
    await changePosting("p", (posting) => ({ ...posting, receipt: {} as never }));
    jump();
    expect(await sweepPhotos()).toBe(0);
    current.value = draft([]);
    change({ photos: draft([FRESH]).photos });
    close(); // the draft is still on its way to the disk
    expect(await sweepPhotos()).toBe(0);
    await vi.waitFor(async () => expect((await savedDraft("d"))?.photos).toHaveLength(1));
    await keep(QUEUED);
    await vi.waitFor(async () => expect(await sweepPhotos()).toBe(1));
    expect(await kept(FRESH)).toBe(true);
  });

  it("what another tab or a photo on its way holds stays until that ends", async () => {
    await keep(FRESH);
    let tabCloses = (): void => undefined;
    void navigator.locks.request(
      "gongshilan-photos",
      { mode: "shared" },
      () => new Promise<void>((done) => (tabCloses = done)),
    );
    jump();
    expect(await sweepPhotos()).toBe(0);
    tabCloses();
    await vi.waitFor(async () => expect(await sweepPhotos()).toBe(1));
    expect(await kept(FRESH)).toBe(false);
  });
});

it("holds while a photo is made, also one that cannot be", async () => {
  await keep(FRESH);
  const making = takePhoto(new Blob(["no photo"], { type: "text/plain" })).catch(String);
  expect(await sweepPhotos()).toBe(0);
  expect(await making).toContain("text/plain");
  await vi.waitFor(async () => expect(await sweepPhotos()).toBe(1));
});

it("asks this page where a browser has no locks; a hold ends once", async () => {
  vi.stubGlobal("navigator", {});
  await keep(FRESH);
  const [one, two] = [holdPhotos(), holdPhotos()];
  one();
  one();
  expect(await sweepPhotos()).toBe(0);
  two();
  expect(await sweepPhotos()).toBe(1);
});
