/** What the page of an evidence pack works out: the same verdicts as the server, from the same moments. */
import { expect, test } from "vitest";
import {
  besideTheList,
  digestOf,
  isAsHashed,
  isAsListed,
  judgedAt,
  type PackedEdition,
  receiptFits,
  verdictAgain,
} from "./evidence";

const OWED = {
  exempt: null,
  lifted_at: null,
  due_on: "2026-10-15",
  due_before: "2026-10-15T16:00:00.000Z",
};
const NOW = Date.parse("2026-11-01T02:00:00Z");
const edition = (moments: Partial<PackedEdition>): PackedEdition => ({
  id: "e1",
  number: 1,
  stage: "open",
  content_hash: `sha256:${digestOf("{}")}`,
  file: "editions/e1.json",
  whole: true,
  receipts: [],
  reason: null,
  explanation: null,
  urgent_reason: null,
  withdrawn_reason: null,
  objection: null,
  composed_at: null,
  committed_at: null,
  received_at: "2026-10-15T15:59:59.000Z",
  planned_at: null,
  decided_at: null,
  opens_at: "2026-10-16T08:00:00.000Z",
  comes_down_at: null,
  superseded_at: null,
  withdrawn_at: null,
  judged_at: null,
  photos: [],
  signatures: [],
  ...moments,
});

test("the published vectors of SHA-256", () => {
  expect(digestOf("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(digestOf("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const long = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  expect(digestOf(long)).toBe("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
});

test.each([
  ["came on the last second, opened within the grace", {}, 72, "on_time", null],
  ["came a second later", { received_at: "2026-10-15T16:00:00.000Z" }, 72, "late", 1],
  ["was opened beyond the grace", {}, 12, "late", 1],
  [
    "was registered in time",
    { committed_at: "2026-10-15T10:00:00.000Z", received_at: "2026-10-16T03:00:00.000Z" },
    72,
    "on_time",
    null,
  ],
  ["was to be shown later", { planned_at: "2026-10-16T07:00:00.000Z" }, 72, "late", 1],
  ["never opened", { opens_at: null }, 72, "missing", 17],
  ["was withdrawn unopened", { withdrawn_at: "2026-10-16T07:00:00.000Z" }, 72, "missing", 17],
  ["was withdrawn afterwards", { withdrawn_at: "2026-10-17T07:00:00.000Z" }, 72, "on_time", null],
])("a posting that %s", (_, moments, grace, state, days) => {
  expect(verdictAgain(OWED, [edition(moments)], grace, NOW)).toEqual({ state, days });
});

test("what is not decided by moments is left alone", () => {
  const exempt = {
    reason: "整村搬迁",
    post: { zh: "红河镇监管员", en: "auditor" },
    decided_at: "2026-10-01T00:00:00.000Z",
  };
  expect(verdictAgain({ ...OWED, exempt }, [], 72, NOW)).toBeNull();
  expect(verdictAgain(OWED, [], 72, Date.parse("2026-10-15T15:59:59Z"))).toBeNull();
  expect(judgedAt(edition({ opens_at: null }), 72)).toBeNull();
});

test("one changed sign is seen", () => {
  const listed: [string, number] = [digestOf("办公费 320.00"), 18];
  expect(isAsListed("办公费 320.00", listed)).toBe(true);
  expect(isAsListed("办公费 230.00", listed)).toBe(false);
  expect(isAsListed("办公费 320.00", undefined)).toBe(false);
  expect(isAsHashed(edition({}), "{}")).toBe(true);
  expect(isAsHashed(edition({}), "{ }")).toBe(false);
  expect(isAsHashed(edition({}), undefined)).toBe(false);
  expect(isAsHashed(edition({ whole: false }), "{ }")).toBeNull();
});

test("a receipt of another edition does not fit", () => {
  const one = edition({});
  const note = `gongshilan-receipt/v1\nkind submission\nid e1\ncontent ${one.content_hash}\nreceived ${one.received_at}\n`;
  expect(receiptFits(one, note)).toBe(true);
  expect(receiptFits(one, note.replace("id e1", "id e2"))).toBe(false);
  expect(receiptFits(one, note.replace("15:59", "14:59"))).toBe(false);
  expect(receiptFits(one, undefined)).toBe(false);
});

test("a whole folder may be chosen: one name in two folders, and what no list can name of itself", () => {
  const sums = {
    "editions/e1.json": ["aa", 1],
    "notices/e1.json": ["bb", 1],
    "photos/p.webp": ["cc", 1],
  } as const;
  const chosen = [
    { name: "e1.json", digest: "aa" },
    { name: "e1.json", digest: "bb" },
    { name: "p.webp", digest: "dd" },
    { name: "another.webp", digest: "cc" },
    { name: "seal.txt", digest: "ee" },
  ];
  expect(besideTheList(sums, chosen)).toEqual({
    good: 2,
    bad: ["p.webp", "another.webp"],
    unlisted: ["seal.txt"],
  });
});
