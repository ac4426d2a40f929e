import { describe, expect, it } from "vitest";
import { withComputed } from "./computed";
import { type Finding, twoSides, waits } from "./findings";
import { carriedRows, type Form, gapsIn, placeName, startContent, stepOf, tidied } from "./form";
import { type Content, valueAt, withMoved, withValue } from "./pointers";
import { reviewDay, reviewFacts, waitsForReview } from "./review";
import { copyRow, followAll } from "./rows";
import { type LocalDraft, type LocalRecord, mergeTasks, type ServerTask } from "./tasks";
import { vouchersIn } from "./vouchers";

const both = (zh: string) => ({ zh, en: zh });
const FORM: Form = {
  steps: [
    {
      id: "one",
      title: both("支出"),
      fields: [
        {
          pointer: "/expense",
          widget: "lines",
          label: both("本期支出"),
          value: "/amount",
          columns: [
            { pointer: "/item", widget: "choice", label: both("项目"), required: true },
            { pointer: "/amount", widget: "money", label: both("金额"), required: true },
            {
              pointer: "/entries",
              widget: "rows",
              label: both("逐笔"),
              value: "/amount",
              columns: [{ pointer: "/amount", widget: "money", label: both("金额") }],
            },
          ],
        },
        {
          pointer: "/subtotals/expense",
          widget: "money",
          label: both("合计"),
          required: true,
          computed: "x",
          formula: { plus: ["/expense/*/amount"] },
        },
      ],
    },
    {
      id: "two",
      title: both("其他"),
      fields: [{ pointer: "/note", widget: "text", label: both("说明"), required: true }],
    },
  ],
};

describe("the form", () => {
  it("begins with empty lists, asks for what is missing, and names the place", () => {
    const start = withComputed(FORM, startContent(FORM, {}));
    expect(start).toEqual({ expense: [], subtotals: { expense: 0 } });
    const content = withValue(start, "/expense/-", { item: "office" });
    const fields = FORM.steps.flatMap((one) => one.fields);
    expect(gapsIn(content, fields).map((gap) => gap.pointer)).toEqual([
      "/expense/0/amount",
      "/note",
    ]);
    expect(placeName(FORM, "/expense/0/amount", "zh")).toBe("本期支出 · 第 1 行 · 金额");
    expect(stepOf(FORM, "/expense/0/entries/2/date")).toBe(0);
    expect(stepOf(FORM, "/note")).toBe(1);
    expect(tidied({ expense: [], debts: [], note: "x" }, ["expense"])).toEqual({
      expense: [],
      note: "x",
    });
  });

  it("lets a line follow its entries until somebody types another amount", () => {
    const fields = FORM.steps.flatMap((one) => one.fields);
    const change = (content: Content, pointer: string, value: number): Content =>
      followAll(fields, content, withValue(content, pointer, value));
    let content: Content = { expense: [{ item: "office", entries: [{}, {}] }] };
    content = change(content, "/expense/0/entries/0/amount", 100);
    content = change(content, "/expense/0/entries/1/amount", 50);
    expect(valueAt(content, "/expense/0/amount")).toBe(150);
    content = change(content, "/expense/0/amount", 999);
    expect(valueAt(content, "/expense/0/amount")).toBe(999);
    content = change(content, "/expense/0/entries/1/amount", 60);
    expect(valueAt(content, "/expense/0/amount")).toBe(999);
  });

  it("moves, copies without vouchers, removes and leaves nothing empty behind", () => {
    const content: Content = { rows: [{ a: 1 }, { a: 2 }] };
    expect(withMoved(content, "/rows", 1, -1)).toEqual({ rows: [{ a: 2 }, { a: 1 }] });
    expect(withMoved(content, "/rows", 0, -1)).toBe(content);
    expect(copyRow([{ a: 1, entries: [{ x: 1 }], photos: ["p"] }], 0)[1]).toEqual({
      a: 1,
      entries: [],
    });
    expect(withValue({ allocation: { total: 3 } }, "/allocation/total", undefined)).toEqual({});
  });

  it("carries a debt on, but not one that is paid", () => {
    const carry = {
      from: "/debts",
      fields: { "/party": "/party", "/opening": "/closing" },
      set: { "/increase": 0 },
      unless: { "/closing": 0 },
    };
    const previous: Content = {
      debts: [
        { party: "信用社", closing: 500 },
        { party: "王五", closing: 0 },
      ],
    };
    expect(carriedRows(carry, previous)).toEqual([{ party: "信用社", opening: 500, increase: 0 }]);
  });
});

describe("words", () => {
  it("finds the two numbers of a sentence in both languages", () => {
    expect(
      twoSides("本期期初现金是 1,200.00 元，上期期末现金是 1,150.00 元，差 50.00 元。")?.[1],
    ).toEqual({ name: "上期期末现金", amount: "1,150.00" });
    expect(
      twoSides(
        "Opening cash is 1,200.00 yuan, but closing cash is 1,150.00; they differ by 50.00 yuan.",
      )?.[0],
    ).toEqual({ name: "Opening cash", amount: "1,200.00" });
    expect(twoSides("这一笔的日期不在本期。")).toBeNull();
  });

  it("does not blame a sum while something that it adds is still empty", () => {
    const sum = { pointer: "/income/0/amount", expected: 0, actual: 300 } as Finding;
    const day = { pointer: "/income/0/date", expected: null, actual: null } as Finding;
    const gap = (pointer: string) => [{ pointer }];
    expect(waits(sum, gap("/income/0/entries/1/amount"))).toBe(true);
    expect(waits(sum, gap("/income/0/amount"))).toBe(true);
    expect(waits(sum, gap("/income/1/entries/1/amount"))).toBe(false);
    expect(waits(sum, gap("/income/0/entries/1/summary"))).toBe(false);
    expect(waits(day, gap("/income/0/entries/1/date"))).toBe(false);
  });

  it("finds vouchers and signatures for the five points", () => {
    const entry = {
      summary: "电费",
      amount: 300,
      handler: "张三",
      witness: "李四",
      approver: "王五",
      photos: ["a".repeat(64)],
    };
    const content: Content = {
      expense: [{ item: "office", amount: 300, entries: [entry, { summary: "x", amount: 1 }] }],
    };
    expect(vouchersIn(content)).toEqual([
      { sha256: "a".repeat(64), pointer: "/expense/0/entries/0" },
    ]);
    expect(reviewFacts({ content, findings: [], photos: [{ role: "board" }] })).toMatchObject({
      entries: 2,
      signed: 1,
      vouchers: 1,
      lines: 1,
      boards: 1,
      largest: { name: "电费", amount: 300 },
    });
  });
});

const TASK: ServerTask = {
  division: "640425103200",
  division_name: "红河村",
  category: "finance_quarterly",
  category_name: both("财务"),
  title: "2026年第三季度财务收支",
  period: "2026Q3",
  event_on: null,
  occurrence_id: null,
  due_on: "2026-10-15",
  due_before: "2026-10-15T16:00:00Z",
  days_left: 3,
  working_days_left: 3,
  provisional: false,
  rule: both("次月15日前"),
  reminder: null,
  state: "open",
  late_days: 0,
  stage: null,
  disclosure_id: null,
  submission_id: null,
  opens_at: null,
  received_at: null,
  returned_reason: null,
};
const HERE = {
  division: TASK.division,
  category: TASK.category,
  period: TASK.period,
  title: TASK.title,
  dueOn: TASK.due_on,
};
const DRAFT: LocalDraft = { ...HERE, id: "d", step: 2, savedAt: 1 };
const RECORD: LocalRecord = {
  ...HERE,
  id: "r",
  state: "waiting",
  queuedAt: 1,
  signInNeeded: false,
  commitment: null,
  progress: { n: 1, all: 3, percent: 0 },
  refusal: null,
  reason: null,
};
const status = (
  task: Partial<ServerTask>,
  drafts: LocalDraft[] = [],
  records: LocalRecord[] = [],
) => mergeTasks("2026-10-12", [{ ...TASK, ...task }], drafts, records).map((row) => row.status);

describe("what I owe", () => {
  it("puts what only the phone knows before what the server says", () => {
    expect(status({})).toEqual(["todo"]);
    expect(status({}, [DRAFT])).toEqual(["draft"]);
    expect(status({}, [], [RECORD])).toEqual(["waiting"]);
    expect(status({}, [], [{ ...RECORD, signInNeeded: true }])).toEqual(["sign_in"]);
    expect(
      status({ stage: "returned", submission_id: "r" }, [], [{ ...RECORD, state: "in_review" }]),
    ).toEqual(["returned"]);
    expect(status({ stage: "returned", submission_id: "r" }, [DRAFT])).toEqual(["draft"]);
    expect(status({ stage: "open", state: "on_time" })).toEqual(["published"]);
  });

  it("asks for what was published first when its review did not agree", () => {
    const mark = (state: string): Partial<ServerTask> => ({
      stage: "open",
      state: "on_time",
      urgent: { state, text: { zh: "急事先公布，审议待补", en: "Published first" } },
    });
    expect(["waiting", "overdue", "reviewed", "objected"].flatMap((s) => status(mark(s)))).toEqual([
      "published",
      "published",
      "published",
      "objected",
    ]);
    const [row] = mergeTasks("2026-10-12", [{ ...TASK, ...mark("objected") }], [], []);
    expect([row?.group, row?.say]).toEqual([
      "yours",
      { zh: "急事先公布，审议待补", en: "Published first" },
    ]);
  });

  it("waits for a review that is to follow, by its own day", () => {
    const line = { stage: "open", due_on: "2026-10-26", urgent: null };
    const after = (state: string) => ({ ...line, urgent: { state, review_due_on: "2026-10-19" } });
    expect(waitsForReview(line)).toBe(false);
    expect(
      ["waiting", "overdue", "reviewed", "objected"].map((s) => waitsForReview(after(s))),
    ).toEqual([true, true, false, false]);
    expect(reviewDay(after("waiting"))).toBe("2026-10-19");
    expect(reviewDay({ ...line, stage: "in_review" })).toBe("2026-10-26");
  });

  it("says working days only on the day on which the server counted them", () => {
    const left = (today: string) => {
      const task = { ...TASK, due_on: "2026-10-15", days_left: 3, working_days_left: 2 };
      const [row] = mergeTasks(today, [task], [], []);
      return [row?.daysLeft, row?.workingLeft];
    };
    expect(left("2026-10-12")).toEqual([3, 2]);
    expect(left("2026-10-14")).toEqual([1, null]);
  });

  it("keeps drafts and postings that no task asks for", () => {
    expect(mergeTasks("2026-10-12", [], [DRAFT], [RECORD]).map((row) => row.key)).toEqual([
      "d",
      "r",
    ]);
  });
});
