import { render } from "preact";
import { expect, it } from "vitest";
import type { FigureCounts, InquiryFigures, InquiryPage } from "../../net/inquiry_shapes";
import { Found, rateText } from "./figures";
import { slipsOf } from "./handling";

const counts: FigureCounts = {
  received: 62,
  still_open: 0,
  overdue: 0,
  finished: 62,
  direct: 31,
  referred: 26,
  other: 5,
  in_time: 61,
  decided: 62,
  accepted_in_time: 62,
  satisfied: 40,
  basically: 3,
  not_satisfied: 1,
  second_rounds: 1,
  second_answered: 1,
  in_time_rate: 9839,
  reply_rate: 10000,
};

const found: InquiryFigures = {
  division: "640425103000",
  division_name: "红河镇",
  first: "2026-01-01",
  last: "2026-11-24",
  total: counts,
  not_inquiries: 2,
  by_kind: [{ key: "question", name: { zh: "咨询", en: "Question" }, figures: counts }],
  by_village: [
    {
      key: "640425103208",
      name: { zh: "红河村", en: "红河村" },
      figures: { ...counts, finished: 0, in_time_rate: null, reply_rate: 0 },
    },
  ],
  offices: [
    { office: "discipline", name: { zh: "纪检监察机关", en: "discipline office" }, count: 1 },
  ],
};

it("says a rate to the hundredth, and none of nothing", () => {
  expect([rateText(9839), rateText(10000), rateText(0), rateText(null)]).toEqual([
    "98.39%",
    "100.00%",
    "0.00%",
    "—",
  ]);
});

it("shows each figure under its column's words, by kind with the sum and by village", () => {
  const root = document.createElement("div");
  render(<Found found={found} />, root);
  const [kinds, villages] = [...root.querySelectorAll("table")];
  const rows = [...(kinds?.querySelectorAll("tbody tr") ?? [])];
  expect(rows.map((row) => row.querySelector("th")?.textContent)).toEqual(["咨询", "合计"]);
  const heads = [...(kinds?.querySelectorAll("thead th") ?? [])].map((each) => each.textContent);
  const labels = [...(rows[0]?.querySelectorAll("td") ?? [])].map((each) => each.dataset.label);
  expect(labels).toEqual(heads.slice(1));
  expect(villages?.textContent).toContain("—");
  expect(root.textContent).toContain("另有 2 件不是提问");
});

it.each([
  [["slips"], { accepted_at: null, ground: null }, "waiting", ["register"]],
  [
    ["slips"],
    { accepted_at: "x", ground: null },
    "published",
    ["register", "acceptance", "satisfaction"],
  ],
  [["slips"], { accepted_at: null, ground: {} }, "refused", ["register", "refusal"]],
  [[], { accepted_at: "x", ground: null }, "published", []],
])("offers the slips that there are: %j %j %s", (ways, handling, state, slips) => {
  const page = { head: { state, round: 1 }, handling: { ways, ...handling } };
  expect(slipsOf(page as unknown as InquiryPage)).toEqual(slips);
});
