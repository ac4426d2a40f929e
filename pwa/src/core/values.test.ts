import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { addDays, clockAt, dayAt, isDay, longDay, momentOf, momentText } from "./dates";
import { capitals, editable, formatFen, type Key, parseYuan, press } from "./money";
import {
  eventKey,
  parsePeriod,
  periodLabel,
  quarterFrom,
  quarterOf,
  SPANS,
  spanOf,
} from "./periods";
import { personalNumber } from "./privacy";
import { sha256 } from "./sha256";
import { uuid7 } from "./uuid7";

const CAPITALS = JSON.parse(
  readFileSync(new URL("../../../schemas/vectors/capitals.json", import.meta.url), "utf8"),
) as { amounts: { fen: number; words: string }[] };

describe("money", () => {
  it.each([
    ["1,746.5", 174650],
    ["１７４６．５０元", 174650],
    ["¥ 0.05", 5],
    ["-300", -30000],
    ["0", 0],
    ["12.", 1200],
  ])("%s is %i fen", (typed, fen) => expect(parseYuan(typed)).toBe(fen));

  it.each(["", ".", "1.234", "一百", "1e3", "99999999999999", "--1"])("%s is no amount", (typed) =>
    expect(parseYuan(typed)).toBeNull(),
  );

  it.each(CAPITALS.amounts)("$fen fen is $words", ({ fen, words }) =>
    expect(capitals(fen)).toBe(words),
  );

  it("shows thousands and a real minus", () => {
    expect(formatFen(123456789)).toBe("1,234,567.89");
    expect(formatFen(-5)).toBe("−0.05");
    expect(parseYuan(formatFen(-123456))).toBe(-123456);
    expect(editable(174650)).toBe("1746.5");
    expect(editable(100000)).toBe("1000");
  });

  it("grows by presses and refuses the ones that make no amount", () => {
    const typed = (["0", "1", "7", "00", ".", "5", "0", "9"] as Key[]).reduce(press, "");
    expect(typed).toBe("1700.50");
    expect(press("", ".")).toBe("0.");
    expect(press("12", "back")).toBe("1");
    expect((["sign", ".", "5"] as Key[]).reduce(press, "")).toBe("-0.5");
    expect(press("-12", "sign")).toBe("12");
  });
});

describe("dates are Shanghai's", () => {
  it("turns the day at midnight in the village", () => {
    expect(dayAt(Date.parse("2026-10-15T15:59:59Z"))).toBe("2026-10-15");
    expect(dayAt(Date.parse("2026-10-15T16:00:00Z"))).toBe("2026-10-16");
    expect(clockAt(Date.parse("2026-10-15T01:05:00Z"))).toBe("9:05");
    expect(momentOf("2026-10-15", "08:00")).toBe("2026-10-15T00:00:00Z");
  });

  it("says them in both languages", () => {
    expect(longDay("2026-10-15", "zh-CN")).toBe("2026年10月15日（周四）");
    expect(longDay("2026-10-15", "en")).toBe("Thu 15 Oct 2026");
    expect(momentText("2025-12-31T16:30:00Z", "zh-CN", 2025)).toBe("2026年1月1日 0:30");
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(isDay("2026-02-30")).toBe(false);
  });
});

describe("periods", () => {
  it("knows first and last days", () => {
    expect(parsePeriod("2026Q3")).toMatchObject({ start: "2026-07-01", end: "2026-09-30" });
    expect(parsePeriod("2026-02")).toMatchObject({ start: "2026-02-01", end: "2026-02-28" });
    expect(parsePeriod("2026H2")).toMatchObject({ start: "2026-07-01", end: "2026-12-31" });
    expect(parsePeriod("E2026-10-14-0a1b2c3d")).toMatchObject({
      cadence: "event",
      end: "2026-10-14",
    });
    for (const bad of ["2026Q5", "2026-13", "26Q1", ""]) expect(parsePeriod(bad)).toBeNull();
  });

  it("walks from quarter to quarter over the year", () => {
    const now = quarterOf("2026-11-24");
    expect(now.key).toBe("2026Q4");
    expect([1, -1, -4, -5].map((n) => quarterFrom(now, n).key)).toEqual([
      "2027Q1",
      "2026Q3",
      "2025Q4",
      "2025Q3",
    ]);
    expect(SPANS.map((kind) => spanOf(kind, "2026-09-30").key)).toEqual([
      "2026-09",
      "2026Q3",
      "2026H2",
      "2026",
    ]);
    for (const kind of SPANS) {
      const here = spanOf(kind, "2026-01-01");
      const back = spanOf(kind, here.start ?? "", -1);
      expect(parsePeriod(back.key)).toEqual(back);
      expect(back.end).toBe("2025-12-31");
      expect(spanOf(kind, back.start ?? "", 1)).toEqual(here);
    }
    expect(periodLabel("2026Q3", "zh-CN")).toBe("2026年第三季度");
    expect(eventKey("2026-10-14", "01a20b55-23ca-734b-9619-eb212ffaf5b7")).toBe(
      "E2026-10-14-2ffaf5b7",
    );
  });
});

describe("ids and hashes", () => {
  it("makes the hash that every other library makes", () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 1000]) {
      const bytes = Uint8Array.from({ length }, (_byte, n) => (n * 31 + length) % 256);
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  it("makes UUIDv7 that sort by their moment", () => {
    const random = Uint8Array.from({ length: 10 }, () => 255);
    const id = uuid7(1_792_000_000_000, random);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid7(1_792_000_000_001, random) > id).toBe(true);
  });
});

describe("personal numbers", () => {
  it.each([
    ["身份证 11010519491231002X", "identity"],
    ["１１０１０５ 19491231 002x", "identity"],
    ["电话 138-0013-8000", "mobile"],
    ["卡 6222 0212 3456 7890 128", "card"],
    ["2026-10-15 至 2026-10-24", null],
    ["凭证 20261015001", null],
    ["110105********002X", "masked"],
  ])("%s: %s", (text, kind) => expect(personalNumber(text)).toBe(kind));
});
