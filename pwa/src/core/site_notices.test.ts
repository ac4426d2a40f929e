import { expect, test } from "vitest";
import { beginning, ending, faults, fieldsOf, fresh, standing } from "./site_notices";

const NOW = Date.parse("2026-10-08T09:00:00+08:00");
const typed = (change: Partial<ReturnType<typeof fresh>> = {}) => ({
  ...fresh("640425103000", NOW),
  title: "停水通知",
  text: "请提前存水。",
  ...change,
});

test("what was kept on a phone goes in its last second", () => {
  const kept = [{ until_at: "2026-10-08T01:00:01Z" }, { until_at: "2026-10-08T01:00:00Z" }];
  expect(standing(kept, NOW)).toEqual([kept[0]]);
});

test("a new one begins at once and lasts a week", () => {
  expect(beginning(typed())).toBe(null);
  expect(ending(typed())).toBe("2026-10-15T10:00:00Z");
  expect(faults(typed(), NOW)).toEqual({});
});

test("what cannot be is said at its field", () => {
  for (const [change, wrong] of [
    [{ title: " " }, { title: "empty" }],
    [{ text: "水".repeat(601) }, { text: "long" }],
    [{ begins: "later", firstTime: "" }, { first: "missing" }],
    [{ begins: "later", firstDay: "2026-10-08", firstTime: "08:59" }, { first: "past" }],
    [{ lastDay: "" }, { last: "missing" }],
    [{ lastDay: "2026-10-08", lastTime: "09:00" }, { last: "backwards" }],
    [{ lastDay: "2027-10-10" }, { last: "year" }],
  ] as const) {
    expect(faults(typed(change), NOW)).toEqual(wrong);
  }
});

test("one that is to come is changed as it stands", () => {
  const line = {
    division: "640425103200",
    title: "停水通知",
    text: "请提前存水。",
    audience: "both",
    weight: "important",
    from_at: "2026-10-10T00:00:00Z",
    until_at: "2026-10-12T10:00:00Z",
  } as const;
  const fields = fieldsOf(line);
  expect([beginning(fields), ending(fields)]).toEqual([line.from_at, line.until_at]);
  expect(fields.firstTime).toBe("08:00");
});
