import { describe, expect, it } from "vitest";
import { initialsOf } from "./kiosk_initials";
import { BEAT_MS, heard, MOST_SPANS, type Span, unheard } from "./kiosk_missed";
import { type Head, type Piece, pagesOf, partsOf, shiftAt, toneAt } from "./kiosk_pages";
import { addressOf, entered, firstSpot, type Spot } from "./kiosk_places";
import { forgets, type Rest, restOf } from "./kiosk_rest";

describe("heartbeats that nobody heard", () => {
  it("are one span while the device runs, and another after it was off", () => {
    let spans: Span[] = [];
    for (const slot of [0, 1, 2, 9, 10]) spans = unheard(spans, slot * BEAT_MS);
    expect(spans).toEqual([
      { from: 0, to: 2 * BEAT_MS },
      { from: 9 * BEAT_MS, to: 10 * BEAT_MS },
    ]);
  });

  it("are told once, and not those that came meanwhile", () => {
    const spans = [
      { from: 0, to: 1 },
      { from: 5, to: 6 },
    ];
    expect(heard(spans, 1)).toEqual([{ from: 5, to: 6 }]);
  });

  it("are never so many that the server refuses them", () => {
    let spans: Span[] = [];
    for (let day = 0; day < 300; day += 1) spans = unheard(spans, day * 86_400_000);
    expect(spans).toHaveLength(MOST_SPANS);
    expect(spans[MOST_SPANS - 1]?.from).toBe(299 * 86_400_000);
  });
});

describe("a screen that nobody touches", () => {
  const table: [seconds: number, away: boolean, rest: Rest][] = [
    [0, true, { state: "used" }],
    [49.9, true, { state: "used" }],
    [50, true, { state: "warning", left: 10 }],
    [59.5, true, { state: "warning", left: 1 }],
    [55, false, { state: "used" }],
    [60, true, { state: "reset" }],
    [119, false, { state: "reset" }],
    [120, false, { state: "slides" }],
  ];
  it.each(table)("after %d s (away: %s)", (seconds, away, rest) => {
    expect(restOf(1000, 1000 + seconds * 1000, away)).toEqual(rest);
  });
});

describe("whoever walked away", () => {
  const slept = restOf(0, 8 * 3_600_000, true);
  it("is forgotten once, also when the device slept through the minute in which it would ask", () => {
    expect(forgets({ state: "warning", left: 1 }, { state: "reset" })).toBe(true);
    expect(forgets({ state: "used" }, slept)).toBe(true);
    expect(forgets({ state: "reset" }, slept)).toBe(false);
    expect(forgets({ state: "used" }, { state: "warning", left: 9 })).toBe(false);
  });
});

describe("the way through a kiosk", () => {
  const village: Spot = { at: "village", code: "640425103207" };

  it("begins with the village of a village's own point, and with the villages of a township's", () => {
    expect(firstSpot([{ code: "640425103207" }], "640425103207")).toEqual(village);
    expect(firstSpot([{ code: "640425103207" }], "640425103000")).toEqual({ at: "villages" });
    expect(firstSpot([], "640425103207")).toEqual({ at: "villages" });
  });

  it("has the search in it once, and leads back to it from what was found", () => {
    const search: Spot = { at: "search" };
    const notice: Spot = { at: "notice", id: "a" };
    const way = entered(entered([village], search), notice);
    expect(way).toEqual([village, search, notice]);
    expect(entered(way, search)).toEqual([village, notice, search]);
  });

  it("goes back to a notice that it came by, instead of growing with every touch", () => {
    const plan: Spot = { at: "notice", id: "plan" };
    const account: Spot = { at: "notice", id: "account" };
    const way = [plan, account].reduce<Spot[]>((so, next) => entered(so, next), [village]);
    expect(way).toEqual([village, plan, account]);
    expect(entered(way, plan)).toEqual([village, plan]);
  });

  it("is told to the township without anything that was typed", () => {
    expect(addressOf({ at: "category", code: "640425103207", category: "x" })).toBe(
      "/v/640425103207",
    );
    expect(addressOf({ at: "notice", id: "a" })).toBe("/d/a");
    expect(addressOf({ at: "search" })).toBe("/kiosk/search");
  });
});

describe("a long notice on a screen", () => {
  const rows = (...heights: number[]): { top: number; bottom: number }[] => {
    let top = 0;
    return heights.map((height) => {
      const row = { top, bottom: top + height };
      top += height;
      return row;
    });
  };
  const table: [story: string, heights: number[], starts: number[]][] = [
    ["nothing", [], [0]],
    ["all on one page", [30, 30, 40], [0]],
    ["no row is cut", [40, 40, 40, 40], [0, 80]],
    ["a row as high as a page", [100, 100], [0, 100]],
    ["a row higher than a page goes piece by piece", [20, 250, 20], [0, 20, 120, 220]],
  ];
  it.each(table)("%s", (_story, heights, starts) => {
    const pages = pagesOf(rows(...heights), 100);
    expect(pages.map((page) => page.start)).toEqual(starts);
    const whole = heights.reduce((a, b) => a + b, 0);
    expect(pages.reduce((sum, page) => sum + page.height, 0)).toBe(
      heights.length === 0 ? 100 : whole,
    );
    expect(Math.max(...pages.map((page) => page.height))).toBeLessThanOrEqual(100);
  });

  it("keeps a heading with what follows it", () => {
    const [a, head, thead, b] = rows(70, 10, 10, 30);
    const pieces = [a, { ...head, leads: true }, { ...thead, leads: true }, b] as Piece[];
    expect(pagesOf(pieces, 100).map((page) => page.start)).toEqual([0, 70]);
    expect(pagesOf(pieces.slice(0, 3), 100)).toEqual([{ start: 0, height: 90 }]);
  });

  /** A table of rows 30 high below a heading and column heads that are 20 high together. */
  function tableOf(count: number, from = 0): { head: Head; pieces: Piece[] } {
    const head = { top: from, bottom: from + 20, end: from + 20 + count * 30 };
    const lead = { top: from, bottom: from + 20, leads: true };
    const rest = Array.from({ length: count }, (_, n) => ({
      top: from + 20 + n * 30,
      bottom: from + 50 + n * 30,
      head,
    }));
    return { head, pieces: [lead, ...rest] };
  }

  it("repeats the head of a table that goes on, and has less room for it", () => {
    const { head, pieces } = tableOf(5);
    const pages = pagesOf(pieces, 100);
    expect(pages).toEqual([
      { start: 0, height: 80 },
      { start: 80, height: 60, head },
      { start: 140, height: 30, head },
    ]);
    expect(pages.map((_, n) => partsOf(pages, [head], n))).toEqual([
      [{ head, n: 1, of: 3 }],
      [{ head, n: 2, of: 3 }],
      [{ head, n: 3, of: 3 }],
    ]);
  });

  it("has the end of one table and the beginning of the next on a page, each with its part", () => {
    const first = tableOf(4);
    const second = tableOf(3, 140);
    const heads = [first.head, second.head];
    const pages = pagesOf([...first.pieces, ...second.pieces], 150);
    expect(pages).toEqual([
      { start: 0, height: 140 },
      { start: 140, height: 110 },
    ]);
    const tight = pagesOf([...first.pieces, ...second.pieces], 130);
    expect(tight[1]).toEqual({ start: 110, height: 110, head: first.head });
    expect(partsOf(tight, heads, 1).map(({ n, of }) => [n, of])).toEqual([
      [2, 2],
      [1, 2],
    ]);
    expect(partsOf(pages, heads, 1)).toEqual([]); // both are whole on their page
  });

  it("repeats no head that would leave no room for rows, and shows a row higher than a page whole", () => {
    const { pieces } = tableOf(3);
    expect(pagesOf(pieces, 49).every((page) => page.head === undefined)).toBe(true);
    const head = { top: 0, bottom: 20, end: 300 };
    const tall = [
      { top: 0, bottom: 20, leads: true },
      { top: 20, bottom: 300, head },
    ];
    const pages = pagesOf(tall, 100);
    expect(pages.map(({ start, height }) => [start, height])).toEqual([
      [0, 100],
      [100, 80],
      [180, 80],
      [260, 40],
    ]);
  });

  it("is moved each minute, never far, and turns its ink each half hour", () => {
    const places = new Set<string>();
    for (let minute = 0; minute < 9; minute += 1) {
      const [x, y] = shiftAt(minute * 60_000);
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(8);
      places.add(`${x},${y}`);
    }
    expect(places.size).toBe(9);
    expect(toneAt(0)).not.toBe(toneAt(1_800_000));
  });
});

describe("pinyin initials without a dictionary", () => {
  it("are those that villagers would press", () => {
    expect(initialsOf("低保对象名单")).toBe("dbdxmd");
    expect(initialsOf("2026年第三季度财务收支")).toBe("2026ndsjdcwsz");
    expect(initialsOf("困难群众（救助）")).toBe("knqzjz");
  });
});
