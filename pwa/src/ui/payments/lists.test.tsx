import { readFileSync } from "node:fs";
import { render } from "preact";
import { expect, it } from "vitest";
import type { ListLine } from "../../net/payment_shapes";
import { Table } from "./lists";

const line: ListLine = {
  id: "one",
  division: "640425103200",
  division_name: "红河村",
  category: "subsidy_list",
  category_name: { zh: "补贴", en: "Subsidy" },
  purpose: "耕地地力保护补贴",
  paid_on: "2026-09-30",
  rows: 3,
  total: 185588,
  notice: null,
  differs: null,
  yes: 2,
  no: 1,
  key_state: "newest",
  unasked: 0,
} as ListLine;

it("on a phone each figure of a list stands with its column's words, and nothing scrolls sideways", () => {
  const root = document.createElement("div");
  render(<Table items={[line]} loads={false} end={() => {}} ask={() => {}} />, root);
  const heads = [...root.querySelectorAll("thead th")].map((each) => each.textContent);
  const cells = [...root.querySelectorAll("tbody td[data-label]")];
  expect(cells.map((each) => each.getAttribute("data-label"))).toEqual(heads.slice(2, 6));
  expect(root.querySelector("table")?.className).toContain("stacks");
  const style = readFileSync("src/style/staff_tables.css", "utf-8");
  const onAPhone = style.slice(style.indexOf("@media (max-width: 40rem)"));
  expect(onAPhone).toMatch(/\.stacks td \{\s+display: block;/);
  expect(onAPhone).toContain("content: attr(data-label)");
});
