/** Every state that a cell can be in has a word, a sign of its own and an entry in the legend. */
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Face, faceOf } from "../../core/grid";
import { chooseLanguage } from "../../messages";
import type { GridCell } from "../../net/shapes";
import { CellFace, FACES, Legend } from "./face";

const found = (kind: string, displayed: number | null = null, required: number | null = null) => ({
  kind,
  text: { zh: kind, en: kind },
  displayed,
  required,
});
const short = found("displayed_short", 4, 10);
const cell = (part: Partial<GridCell>): GridCell => ({
  column: "finance_quarterly:2026Q3",
  category: "finance_quarterly",
  period: "2026Q3",
  state: "on_time",
  days: 0,
  due_on: "2026-10-15",
  opened_on: "2026-10-12",
  needs_person: false,
  findings: [],
  disclosure_id: null,
  edition_id: null,
  ...part,
});
const asks = (...findings: GridCell["findings"]) => cell({ needs_person: true, findings });

/** As the township's desk names them, with the face and the words that each must show. */
const STATES: [string, GridCell, Face, string][] = [
  ["not yet", cell({ state: "not_yet" }), "not_yet", "未到期"],
  ["open", cell({ state: "open" }), "open", "可以公开"],
  ["due soon", cell({ state: "due_soon" }), "due_soon", "快到期"],
  ["on time", cell({}), "on_time", "按时"],
  ["late n days", cell({ state: "late", days: 3 }), "late", "迟 3 天"],
  ["missing n days", cell({ state: "missing", days: 44 }), "missing", "缺 44 天"],
  ["displayed too short", asks(short, found("ended_early", 4, 10)), "short", "展示 4/10 天"],
  ["ended early", cell({ findings: [found("ended_early", 4, 10)] }), "ended", "提前撤下过"],
  ["unreviewed", asks(found("unreviewed")), "unreviewed", "未审议"],
  ["review to follow", cell({ findings: [found("unreviewed")] }), "to_review", "待补审"],
  ["reviewed after", asks(found("reviewed_after")), "reviewed_after", "已补审"],
  ["no board photo", asks(found("no_board_photo")), "no_photo", "缺栏照"],
  ["content findings", asks(found("content")), "content", "内容有疑"],
  ["an empty posting", asks(found("empty")), "content", "内容有疑"],
  ["withdrawn", asks(found("withdrawn")), "withdrawn", "已撤下"],
  ["corrected", cell({ findings: [found("corrected")] }), "corrected", "已更正"],
  ["on its way", cell({ state: "open", findings: [found("in_review")] }), "waiting", "办理中"],
  ["exempt", cell({ state: "exempt" }), "exempt", "免公开"],
  ["provisional", cell({ state: "open", findings: [found("provisional")] }), "provisional", "暂定"],
];

const shown = document.createElement("div");
beforeEach(() => chooseLanguage("zh-CN"));
afterEach(() => render(null, shown));

test.each(STATES)("%s", (_, one, face, words) => {
  expect(faceOf(one).face).toBe(face);
  render(<CellFace cell={one} />, shown);
  expect(shown.querySelectorAll("svg")).toHaveLength(1);
  expect(shown.querySelector("span")?.textContent).toContain(words);
  render(<Legend />, shown);
  expect(shown.querySelector(`.legend .${face} svg`)).not.toBeNull();
});

test("no face is without a state, and no two share a sign or a word", () => {
  const named = Object.keys(FACES) as Face[];
  expect(new Set(STATES.map(([, , face]) => face))).toEqual(new Set(named));
  expect(new Set(Object.values(FACES)).size).toBe(named.length);
  render(<Legend />, shown);
  const words = [...shown.querySelectorAll("li")].map((entry) => entry.textContent);
  expect(new Set(words).size).toBe(named.length + 1);
  chooseLanguage("en");
  render(<CellFace cell={asks(short)} />, shown);
  expect(shown.textContent).toBe("Shown 4/10 days");
});
