import { expect, test } from "vitest";
import { type Listed, looked } from "./exemptions";

const one = (change: Partial<Listed>): Listed => ({
  division_name: "红河村",
  category_name: { zh: "村级财务收支", en: "Village accounts" },
  reason: "账簿被水淹",
  asked_by_name: "赵六",
  decided_by_name: "",
  state: "asked",
  asked_at: "2026-10-08T01:00:00Z",
  due_on: null,
  valid_to: "2026-09-30",
  ...change,
});
const LIST = [
  one({ state: "approved", asked_at: "2026-10-09T01:00:00Z", due_on: "2026-10-31" }),
  one({ division_name: "宽坪村", state: "refused", asked_at: "2026-10-10T01:00:00Z" }),
  one({ asked_at: "2026-10-01T01:00:00Z" }),
];

test("what waits is in front, then the order that was chosen", () => {
  const states = (order: "newest" | "until"): string[] =>
    looked(LIST, null, "", order).map((each) => each.state);
  expect(states("newest")).toEqual(["asked", "refused", "approved"]);
  expect(states("until")).toEqual(["asked", "refused", "approved"]);
  const late = [...LIST, one({ state: "ended", due_on: "2026-01-01" })];
  expect(looked(late, null, "", "until").map((each) => each.state)[1]).toBe("ended");
});

test("every typed word must be there, in either language", () => {
  expect(looked(LIST, null, "宽坪 水淹", "newest")).toHaveLength(1);
  expect(looked(LIST, null, "village ACCOUNTS", "place")).toHaveLength(3);
  expect(looked(LIST, "approved", "宽坪", "newest")).toEqual([]);
});
