import { expect, test } from "vitest";
import type { GroupLine } from "../../net/reminder_shapes";
import { inOrder } from "./groups";

const line = (name: string, more: Partial<GroupLine> = {}): GroupLine => ({
  id: name,
  name,
  division: "640425103000",
  division_name: "红河镇",
  robot: "dingtalk",
  host: "oapi.example.org",
  ends_in: "abcd",
  signed: true,
  sent: 0,
  failed: 0,
  stopped_at: null,
  stopped_why: null,
  newest: [],
  ...more,
});

test("groups are found by name and place, and those in trouble come first when asked", () => {
  const items = [
    line("乙群"),
    line("甲群", { failed: 2 }),
    line("丙群", { division: "640425102000", division_name: "古城镇", stopped_at: "2026-10-08" }),
  ];
  const names = (wanted: string, order: "name" | "trouble" | "place"): string[] =>
    inOrder(items, wanted, order).map((one) => one.name);
  expect(names("", "trouble")).toEqual(["丙群", "甲群", "乙群"]);
  expect(names("", "place")[0]).toBe("丙群");
  expect(names("古城", "name")).toEqual(["丙群"]);
  expect(names("没有", "name")).toEqual([]);
});
