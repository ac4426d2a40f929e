import { describe, expect, it } from "vitest";
import {
  ALL,
  type Cell,
  columnTotal,
  count,
  dueGroups,
  faceOf,
  faces,
  type Row,
  stackOf,
  step,
  visibleRows,
  type Wanted,
} from "./grid";
import { inOrder, ON_A_SHEET, ofCategory, sheetsOf } from "./grid_order";

const found = (kind: string) => ({ kind, displayed: null, required: null });
const cell = (part: Partial<Cell>): Cell => ({
  column: "a",
  category: "a",
  period: "",
  state: "on_time",
  days: 0,
  due_on: "2026-10-15",
  opened_on: "2026-10-12",
  needs_person: false,
  findings: [],
  ...part,
});

describe("the grid", () => {
  it("names the gravest thing first and counts the others", () => {
    expect(faceOf(cell({}))).toEqual({ face: "on_time", others: 0 });
    expect(
      faceOf(
        cell({
          state: "late",
          needs_person: true,
          findings: [found("no_board_photo"), found("displayed_short")],
        }),
      ),
    ).toEqual({ face: "short", others: 2 });
    expect(faceOf(cell({ findings: [found("unreviewed")] })).face).toBe("to_review");
    expect(faceOf(cell({ needs_person: true, findings: [found("unreviewed")] })).face).toBe(
      "unreviewed",
    );
    expect(faceOf(cell({ findings: [found("reviewed_after")] })).face).toBe("reviewed_after");
    expect(faceOf(cell({ state: "missing", needs_person: true }))).toEqual({
      face: "missing",
      others: 0,
    });
    expect(faceOf(cell({ state: "not_yet", findings: [found("provisional")] })).face).toBe(
      "provisional",
    );
  });

  it("filters, totals and groups from the same cells", () => {
    const rows = [
      {
        division: "1",
        name: "红河村",
        initials: "hhc",
        cells: [cell({}), null],
        behind: [],
        needs_person: 0,
      },
      {
        division: "2",
        name: "友联村",
        initials: "ylc",
        cells: [cell({ state: "late", days: 3 }), cell({ column: "b", state: "exempt" })],
        behind: [],
        needs_person: 0,
      },
      {
        division: "3",
        name: "何塬村",
        initials: "hyc gyc",
        cells: [cell({ state: "missing", needs_person: true }), null],
        behind: [],
        needs_person: 1,
      },
    ];
    expect(count(rows, "needs")).toBe(1);
    expect(visibleRows(rows, { ...ALL, only: "late" }).map((row) => row.name)).toEqual(["友联村"]);
    expect(visibleRows(rows, { ...ALL, typed: "塬" })).toHaveLength(1);
    const named = (part: Partial<Wanted>) =>
      visibleRows(rows, { ...ALL, ...part }).map((row) => row.name);
    expect(named({ typed: "H" })).toEqual(["红河村", "何塬村"]);
    expect(named({ typed: "gy" })).toEqual(["何塬村"]);
    expect(named({ face: "missing" })).toEqual(["何塬村"]);
    expect(named({ only: "late", typed: "h" })).toEqual([]);
    expect([...faces(rows)]).toEqual([
      ["on_time", 1],
      ["late", 1],
      ["exempt", 1],
      ["missing", 1],
    ]);
    expect(columnTotal(rows, "a")).toEqual({ onTime: 1, owed: 3, needs: 1 });
    expect(columnTotal(rows, "b")).toEqual({ onTime: 0, owed: 0, needs: 0 });

    const front = cell({ state: "missing", needs_person: true, period: "1" });
    const twice = {
      division: "4",
      name: "宽坪村",
      initials: "",
      cells: [front, null],
      behind: [
        cell({ state: "missing", needs_person: true, period: "2" }),
        cell({ state: "late", period: "3" }),
      ],
      needs_person: 2,
    };
    expect(stackOf(twice, front).map((one) => one.period)).toEqual(["1", "2", "3"]);
    expect(count([...rows, twice], "needs")).toBe(3);
    expect(columnTotal([...rows, twice], "a")).toEqual({ onTime: 1, owed: 6, needs: 3 });
    expect(visibleRows([twice], { ...ALL, only: "late" })).toEqual([twice]); // it lies behind, and is there
    const column = (key: string, due_on: string | null) => ({
      key,
      category: key,
      due_on,
      provisional: false,
    });
    expect(
      dueGroups(
        [column("a", "2026-10-15"), column("b", "2026-10-15"), column("c", null)],
        "2026-10-26",
      ),
    ).toEqual([
      { due_on: "2026-10-15", span: 2, left: -11 },
      { due_on: null, span: 1, left: null },
    ]);
    expect(step({ row: 0, column: 0 }, "ArrowUp", { rows: 2, columns: 2 })).toEqual({
      row: 0,
      column: 0,
    });
    expect(step({ row: 0, column: 0 }, "ArrowDown", { rows: 2, columns: 2 })).toEqual({
      row: 1,
      column: 0,
    });
    const size = { rows: 30, columns: 4 };
    const from = { row: 15, column: 2 };
    expect(step(from, "Home", size)).toEqual({ row: 15, column: 0 });
    expect(step(from, "Control+End", size)).toEqual({ row: 29, column: 3 });
    expect(step(from, "Control+Home", size)).toEqual({ row: 0, column: 0 });
    expect(step(from, "PageUp", size)).toEqual({ row: 5, column: 2 });
    expect(step({ row: 28, column: 2 }, "PageDown", size)).toEqual({ row: 29, column: 2 });
    expect(step({ row: 0, column: 0 }, "Enter", { rows: 2, columns: 2 })).toBeNull();
  });
});

describe("the order of the grid", () => {
  const row = (division: string, name: string, ...cells: (Cell | null)[]): Row<Cell> => ({
    division,
    name,
    initials: "",
    cells,
    behind: [],
    needs_person: 0,
  });
  const rows = [
    row("1", "上王村", cell({ state: "late", days: 60 })),
    row("2", "红河村", cell({ state: "missing", days: 3 }), cell({ state: "missing", days: 3 })),
    row("3", "常沟村", cell({ state: "missing", days: 44 })),
    row("4", "宽坪村", cell({})),
  ];
  const names = (order: Parameters<typeof inOrder>[1], ...pins: string[]) =>
    inOrder(rows, order, new Set(pins)).map((one) => one.name);

  it("puts first what somebody looks for, and above it what is pinned", () => {
    expect(names("list")).toEqual(["上王村", "红河村", "常沟村", "宽坪村"]);
    expect(names("name")).toEqual(["常沟村", "红河村", "宽坪村", "上王村"]);
    expect(names("missing")).toEqual(["红河村", "常沟村", "上王村", "宽坪村"]);
    expect(names("days")).toEqual(["上王村", "常沟村", "红河村", "宽坪村"]);
    expect(names("days", "4", "2")).toEqual(["红河村", "宽坪村", "上王村", "常沟村"]);
  });

  it("parts what is wider than a sheet, and counts again what is left", () => {
    const keys = Array.from({ length: ON_A_SHEET + 2 }, (_, n) => `${n}`);
    const columns = keys.map((key) => ({ key, category: key, due_on: null, provisional: false }));
    const missing = (column: string) =>
      cell({ column, category: column, state: "missing", needs_person: true });
    const wide = { ...row("1", "上王村", ...keys.map(missing)), needs_person: keys.length };
    const sheets = sheetsOf({ columns, rows: [wide] });
    expect(sheets.map((sheet) => sheet.columns.length)).toEqual([7, 6]);
    expect(sheets.flatMap((sheet) => sheet.columns.map((one) => one.key))).toEqual(keys);
    expect(sheets[1]?.rows[0]?.cells.map((one) => one?.column)).toEqual(keys.slice(7));
    const one = ofCategory({ columns, rows: [wide] }, "3");
    expect(one.columns).toHaveLength(1);
    expect(one.rows[0]?.needs_person).toBe(1);
    expect(sheetsOf({ columns: [], rows: [] })).toEqual([{ columns: [], rows: [] }]);
  });
});
