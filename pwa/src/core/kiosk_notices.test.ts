import { describe, expect, it } from "vitest";
import { looked, timeOf, told } from "./kiosk_clock";
import {
  byCategory,
  ended,
  endOf,
  inRotation,
  isSame,
  type Shown,
  type Standing,
  shownAs,
  standingOf,
  type Timed,
} from "./kiosk_notices";

const OPENS = Date.parse("2026-10-12T02:00:00Z");
const DAY = 86_400_000;
const iso = (moment: number): string => new Date(moment).toISOString();

const card = (changed: Partial<Timed> = {}): Timed => ({
  disclosure_id: "a",
  category: "finance_quarterly",
  stage: "open",
  opened_at: iso(OPENS),
  must_stay_until: iso(OPENS + 7 * DAY),
  comes_down_at: null,
  hides_at: null,
  ...changed,
});

describe("a notice at a moment", () => {
  const ends = { comes_down_at: iso(OPENS + 7 * DAY) };
  const hides = { ...ends, hides_at: iso(OPENS + 7 * DAY) };
  const table: [
    story: string,
    card: Timed,
    now: number,
    shown: Shown | null,
    end: number | null,
  ][] = [
    ["a millisecond before its opening", card(), OPENS - 1, null, null],
    ["in its opening second", card(), OPENS, "open", OPENS + 7 * DAY],
    ["its least time is over and it still hangs", card(), OPENS + 8 * DAY, "open", null],
    ["in its last millisecond", card(hides), OPENS + 7 * DAY - 1, "open", OPENS + 7 * DAY],
    ["at its end, where nothing may stay", card(hides), OPENS + 7 * DAY, null, null],
    ["at its end, where it may still be read", card(ends), OPENS + 7 * DAY, "past", null],
    ["archived when it was fetched", card({ stage: "archived" }), OPENS + 30 * DAY, "past", null],
    ["taken down", card({ stage: "withdrawn" }), OPENS + DAY, "withdrawn", null],
    [
      "taken down, and its time is over",
      card({ ...hides, stage: "withdrawn" }),
      OPENS + 8 * DAY,
      null,
      null,
    ],
    ["never opened", card({ opened_at: null }), OPENS + DAY, null, null],
  ];
  it.each(table)("%s", (_story, one, now, shown, end) => {
    expect(shownAs(one, now)).toBe(shown);
    expect(endOf(one, now)).toBe(end);
  });

  it("is neither hidden nor shown too long because the device's clock jumps", () => {
    const one = card(hides);
    const clock = told(OPENS + DAY, OPENS + DAY, 0);
    for (const jump of [-400 * DAY, -DAY, 6 * DAY, 400 * DAY]) {
      const later = looked(clock, OPENS + DAY + jump, 1000);
      expect(shownAs(one, timeOf(later))).toBe("open");
      expect(shownAs(one, timeOf(looked(later, OPENS + jump + 7 * DAY, 6 * DAY + 1000)))).toBe(
        null,
      );
    }
  });
});

describe("a village's notices", () => {
  const at = (id: string, category: string, day: number, changed: Partial<Timed> = {}): Timed =>
    card({ disclosure_id: id, category, opened_at: iso(OPENS + day * DAY), ...changed });
  const all = [
    at("old", "finance_quarterly", 0, { stage: "archived" }),
    at("list", "dibao_list", 2),
    at("new", "finance_quarterly", 3),
    at("tomorrow", "finance_quarterly", 5),
    at("gone", "dibao_preliminary", 1, { hides_at: iso(OPENS + 3 * DAY) }),
  ];
  const now = OPENS + 4 * DAY;
  const ids = (cards: Timed[]): string[] => cards.map((one) => one.disclosure_id);

  it("lie by category, the newest first", () => {
    const groups = byCategory(all, now).map(([key, cards]) => [key, ids(cards)]);
    expect(groups).toEqual([
      ["finance_quarterly", ["new", "old"]],
      ["dibao_list", ["list"]],
    ]);
  });

  it("are shown by turns while they are open", () => {
    expect(ids(inRotation(all, now))).toEqual(["new", "list"]);
  });

  it("leave the device once their time is over", () => {
    expect(ids(ended(all, now))).toEqual(["gone"]);
  });
});

describe("a notice that is kept", () => {
  it("is the same on another day, and another with its next edition", () => {
    const kept = { ...card(), edition: 1, days_left: 5 };
    expect(isSame(kept, { ...kept, days_left: 4 })).toBe(true);
    expect(isSame({ ...kept, title_en: "Accounts" }, kept)).toBe(true);
    expect(isSame(kept, { ...kept, edition: 2 })).toBe(false);
  });
});

describe("a notice of a matter", () => {
  const ends = { comes_down_at: iso(OPENS + 7 * DAY) };
  const hides = { ...ends, hides_at: iso(OPENS + 7 * DAY) };
  const table: [story: string, stage: string, card: Timed | undefined, Standing, Standing][] = [
    ["hangs", "open", card(), { stage: null, opens: true }, { stage: null, opens: true }],
    [
      "was up when it was fetched, and its time is over",
      "open",
      card({ opened_at: iso(OPENS - 9 * DAY), comes_down_at: iso(OPENS) }),
      { stage: "past", opens: true },
      { stage: "past", opens: true },
    ],
    [
      "may not be shown any more",
      "open",
      card({ ...hides, opened_at: iso(OPENS - 9 * DAY), hides_at: iso(OPENS) }),
      { stage: "hidden", opens: false },
      { stage: "hidden", opens: false },
    ],
    [
      "was taken down",
      "withdrawn",
      card({ stage: "withdrawn" }),
      { stage: "withdrawn", opens: true },
      { stage: "withdrawn", opens: true },
    ],
    [
      "is older than what is kept",
      "archived",
      undefined,
      { stage: "past", opens: true },
      { stage: "elsewhere", opens: false },
    ],
    [
      "is older, and hangs for good",
      "standing",
      undefined,
      { stage: null, opens: true },
      { stage: "elsewhere", opens: false },
    ],
    [
      "is older, and hidden",
      "hidden",
      undefined,
      { stage: "hidden", opens: false },
      { stage: "hidden", opens: false },
    ],
  ];
  it.each(table)("that %s", (_, stage, kept, withNetwork, without) => {
    expect(standingOf({ stage }, kept, true, OPENS)).toEqual(withNetwork);
    expect(standingOf({ stage }, kept, false, OPENS)).toEqual(without);
  });
});
