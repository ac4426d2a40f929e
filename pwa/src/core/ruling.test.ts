import { expect, test } from "vitest";
import {
  couldEnd,
  type PolicyForm,
  policiesInOrder,
  policyDocument,
  policyName,
  prefixOf,
} from "./ruling";

const FORM: PolicyForm = {
  title: " 县办法 ",
  division: "640425000000",
  first: "2027-01-01",
  last: "",
  about: "cadence:quarterly",
  due: "same",
  dueNumber: "",
  dueUnit: "calendar",
  shown: "12",
  shownUnit: "calendar",
  kept: "same",
  keptNumber: "",
  review: "same",
  reply: "",
  replyUnit: "calendar",
  excellent: "",
  good: "",
  passing: "",
  basis: "",
  article: "",
};

test("a place's digits are those that everything below it begins with", () => {
  expect(["640000000000", "640425000000", "640425103000", "640425103208"].map(prefixOf)).toEqual([
    "64",
    "640425",
    "640425103",
    "640425103208",
  ]);
});

test("only what was filled in stands in the document, and what is no number stays for the server to refuse", () => {
  expect(policyDocument(FORM, "a")).toEqual({
    id: "a",
    division_prefix: "640425",
    valid_from: "2027-01-01",
    valid_to: null,
    title: { zh: "县办法", en: "县办法" },
    legal_basis: [],
    overrides: { "cadence:quarterly": { display: { min_days: 12, unit: "calendar" } } },
  });
  const kept = (part: Partial<PolicyForm>) =>
    policyDocument({ ...FORM, shown: "", about: "*", ...part }, "a").overrides;
  expect(kept({ kept: "months", keptNumber: "24" })).toEqual({
    "*": { display: { retention: { months: 24 } } },
  });
  expect(kept({ kept: "days", keptNumber: "很久" })).toEqual({
    "*": { display: { retention: { days: "很久" } } },
  });
  expect(kept({ kept: "forever", shown: "9" })).toEqual({
    "*": { display: { min_days: 9, unit: "calendar", retention: null } },
  });
  const more = policyDocument(
    { ...FORM, shown: "", review: "both", reply: "三", basis: "办法" },
    "a",
  );
  expect(more).toMatchObject({
    overrides: {
      "cadence:quarterly": {
        review: {
          steps: [
            { by: "supervisor", signatures: 1 },
            { by: "township", signatures: 1 },
          ],
        },
      },
    },
    reply: { days: "三" },
    legal_basis: [{ verified: false }],
  });
  expect(policyDocument({ ...FORM, shown: "", good: "80" }, "a")).toMatchObject({
    overrides: {},
    grades: { excellent: "", good: 80 },
  });
  expect(policyName(FORM, "01990000-aaaa-7000-8000-00000000beef")).toBe("p640425-20270101-beef");
});

test("what may end is of the same place, begun before, and not over by then", () => {
  const line = {
    id: "old",
    division: "640425000000",
    valid_from: "2026-01-01",
    valid_to: null,
    state: "in_force",
    shipped: false,
  };
  const text = JSON.stringify(policyDocument(FORM, "new"));
  const others = [
    { ...line, id: "later", valid_from: "2027-01-01" },
    { ...line, id: "over", valid_to: "2026-12-31" },
    { ...line, id: "elsewhere", division: "640425103000" },
    { ...line, id: "program", shipped: true },
  ];
  expect(couldEnd([line, ...others], text).map((each) => each.id)).toEqual(["old"]);
  expect(couldEnd([line], "{")).toEqual([]);
});

test("policies are sorted by first day or by place, and stay as they came otherwise", () => {
  const items = [
    { id: "a", valid_from: "2026-01-01", division: "640425000000" },
    { id: "b", valid_from: "2027-01-01", division: "640425000000" },
    { id: "c", valid_from: "2025-01-01", division: "000000000000" },
  ];
  const ids = (order: "state" | "newest" | "place") =>
    policiesInOrder(items, order).map((one) => one.id);
  expect(ids("state")).toEqual(["a", "b", "c"]);
  expect(ids("newest")).toEqual(["b", "a", "c"]);
  expect(ids("place")).toEqual(["c", "a", "b"]);
});
