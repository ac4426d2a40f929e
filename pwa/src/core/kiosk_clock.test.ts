import { describe, expect, it } from "vitest";
import { hasJumped, LONGEST_OFF_MS, looked, started, timeOf, toKeep, told } from "./kiosk_clock";

const NOON = Date.parse("2026-10-12T04:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("the true time while a device runs", () => {
  /** What the server told at noon; a device that is two minutes ahead. */
  const clock = told(NOON, NOON + 2 * MINUTE, 1000);
  const table: [story: string, device: number, counted: number, time: number, jumped: boolean][] = [
    ["an hour goes by", NOON + 2 * MINUTE + HOUR, HOUR, NOON + HOUR, false],
    ["somebody sets the clock a day on", NOON + DAY, MINUTE, NOON + MINUTE, true],
    ["somebody sets it a year back", NOON - 365 * DAY, MINUTE, NOON + MINUTE, true],
    [
      "it is put right little by little",
      NOON + 10 * MINUTE + 59_000,
      9 * MINUTE,
      NOON + 8 * MINUTE + 59_000,
      false,
    ],
    [
      "it jumps by a second less than counts",
      NOON + 4 * MINUTE - 1000,
      MINUTE,
      NOON + 2 * MINUTE - 1000,
      false,
    ],
    ["it jumps by just what counts", NOON + 4 * MINUTE, MINUTE, NOON + MINUTE, true],
  ];
  it.each(table)("%s", (_story, device, counted, time, jumped) => {
    const next = looked(clock, device, 1000 + counted);
    expect(timeOf(next)).toBe(time);
    expect(hasJumped(next)).toBe(jumped);
  });

  it("forgets a jump once the server tells the time, and one that was taken back", () => {
    const away = looked(clock, NOON + DAY, 1000 + MINUTE);
    expect(hasJumped(told(NOON + MINUTE, NOON + DAY, 2000))).toBe(false);
    const home = looked(away, NOON + 4 * MINUTE, 1000 + 2 * MINUTE);
    expect(hasJumped(home)).toBe(false);
    expect(timeOf(home)).toBe(NOON + 2 * MINUTE);
  });
});

describe("the true time after a restart", () => {
  const kept = { skew: 2 * MINUTE, seen: NOON, jumped: 0 };
  const table: [story: string, device: number, time: number, jumped: boolean][] = [
    ["off for a night", NOON + 2 * MINUTE + 10 * HOUR, NOON + 10 * HOUR, false],
    ["off for thirty days", NOON + 2 * MINUTE + 30 * DAY, NOON + 30 * DAY, false],
    ["its battery is empty: it says 1970", 0, NOON, true],
    ["it says ten seconds before it went off", NOON + 2 * MINUTE - 10_000, NOON, false],
    ["it says it was off for a year", NOON + 365 * DAY, NOON, true],
    [
      "off for just as long as it may be",
      NOON + 2 * MINUTE + LONGEST_OFF_MS,
      NOON + LONGEST_OFF_MS,
      false,
    ],
  ];
  it.each(table)("%s", (_story, device, time, jumped) => {
    const clock = started(kept, device, 0);
    expect(timeOf(clock)).toBe(time);
    expect(hasJumped(clock)).toBe(jumped);
  });

  it("knows only the device's clock at the very first start", () => {
    expect(timeOf(started(null, NOON, 5))).toBe(NOON);
  });

  it("still says that the clock jumped before it was switched off", () => {
    const jumped = looked(told(NOON, NOON, 0), NOON + DAY, MINUTE);
    const again = started(toKeep(jumped), NOON + DAY + HOUR, 0);
    expect(timeOf(again)).toBe(NOON + MINUTE + HOUR);
    expect(hasJumped(again)).toBe(true);
  });
});
