/** Pasted tables are read as the server reads files: both walk schemas/vectors/tables.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCell, readMoney } from "./cells";
import type { Form } from "./form";
import { letters, type Match, propose } from "./matching";
import { gridOf } from "./pasted";
import type { Content } from "./pointers";
import { mergedWith, readTable } from "./table_reading";
import { singlesOf, tablesOf } from "./tables";

const SCHEMAS = join(__dirname, "../../../schemas");
const json = <T>(...path: string[]): T =>
  JSON.parse(readFileSync(join(SCHEMAS, ...path), "utf8")) as T;
const form = (key: string): Form => json<Form>("categories", key, "v1.form.json");

interface Vector {
  name: string;
  category: string;
  grid: string[][];
  match: Match;
  content?: Content;
  skipped?: string[];
  errors?: { cell: string; word?: string; says?: string }[];
}

describe("a table", () => {
  it.each(json<Vector[]>("vectors", "tables.json").map((v) => [v.name, v] as const))(
    "%s",
    (_name, vector) => {
      const tables = tablesOf(form(vector.category));
      expect(propose(vector.grid, tables)).toEqual(vector.match);
      const singles = singlesOf(form(vector.category));
      const reading = readTable(tables, singles, vector.grid, vector.match);
      const wanted = vector.errors ?? [];
      expect(reading.errors.map((e) => [e.cell, e.word])).toEqual(
        wanted.map((e) => [e.cell, e.word]),
      );
      wanted.forEach((e, n) => {
        if (e.says) expect(reading.errors[n]?.detail.zh).toBe(e.says);
      });
      if (vector.content) {
        expect(reading.content).toEqual(vector.content);
        expect(reading.skipped).toEqual(vector.skipped);
      }
    },
  );

  it("gives a word of theirs the meaning that a person chose", () => {
    const tables = tablesOf(form("finance_quarterly"));
    const grid = [
      ["项目", "金额"],
      ["烤火费", "12"],
    ];
    const match: Match = {
      sheet: 0,
      header: 0,
      table: "/expense",
      columns: { "/item": 0, "/amount": 1 },
      unit: "yuan",
    };
    const words = { "/expense /item": { 烤火费: "management_office" } };
    expect(
      readTable(tables, singlesOf(form("finance_quarterly")), grid, match, { words }).content,
    ).toEqual({
      expense: [{ item: "management_office", amount: 1200 }],
    });
  });

  it("is refused whole for one personal number", () => {
    const tables = tablesOf(form("finance_quarterly"));
    const grid = [
      ["项目", "金额", "备注"],
      ["租赁收入", "12", "电话 13800138000"],
    ];
    const match = propose(grid, tables);
    expect(match).not.toBeNull();
    if (match === null) return;
    const reading = readTable(tables, singlesOf(form("finance_quarterly")), grid, match);
    expect(reading.errors.map((e) => e.cell)).toEqual(["C2"]);
    expect(reading.content).toEqual({});
    expect(JSON.stringify(reading.errors)).not.toContain("138");
  });

  it("puts entries into lines that the draft has already, and keeps their photos", () => {
    const tables = tablesOf(form("finance_quarterly"));
    const draft: Content = {
      income: [{ item: "operating_rent", amount: 5, entries: [{ photos: ["x"] }] }],
    };
    const grid = [
      ["日期", "摘要", "项目", "金额"],
      ["2026-07-05", "租金", "租赁收入", "5"],
    ];
    const match = propose(grid, tables);
    if (match === null) throw new Error("no proposal");
    const singles = singlesOf(form("finance_quarterly"));
    const { content } = readTable(tables, singles, grid, match, { beside: draft });
    const [line] = content.income as Content[];
    expect(line?.amount).toBe(5); // what was typed stands; the check says if it differs
    expect(line?.entries).toHaveLength(2);
  });

  it("changes only what it says", () => {
    const draft: Content = {
      note: "n",
      opening: { cash: 1, bank: 2 },
      income: [],
      debts: [{ a: 1 }],
    };
    expect(mergedWith(draft, { opening: { cash: 3 }, income: [{ item: "x" }] })).toEqual({
      note: "n",
      opening: { cash: 3, bank: 2 },
      income: [{ item: "x" }],
      debts: [{ a: 1 }],
    });
  });
});

describe("pasted text", () => {
  it("is rows and cells, with line breaks and quotes inside a cell", () => {
    expect(gridOf('a\t"b\nc"\t"say ""x"""\r\n1\t\t3\r\n\r\n')).toEqual([
      ["a", "b\nc", 'say "x"'],
      ["1", "", "3"],
    ]);
  });
  it("may be CSV, or columns apart by spaces", () => {
    expect(gridOf('项目,金额\n租金,"1,200"')).toEqual([
      ["项目", "金额"],
      ["租金", "1,200"],
    ]);
    expect(gridOf("项目   金额\n租金   1200")).toEqual([
      ["项目", "金额"],
      ["租金", "1200"],
    ]);
    expect(gridOf("  ")).toEqual([]);
  });
});

describe("a cell", () => {
  const money: [string, number][] = [
    ["1,234.56", 123456],
    ["１，２３４．５", 123450],
    ["￥12元", 1200],
    ["3.2万元", 3_200_000],
    ["(12.50)", -1250],
    ["−8", -800],
    ["1.50000", 150],
  ];
  it.each(money)("%s is an amount", (typed, fen) => {
    expect(readMoney(typed, "yuan")).toEqual({ value: fen });
  });
  it.each(["1.234", "一百", "12,34", "1e5", "9".repeat(30), ""])("%s is none", (typed) => {
    expect(readMoney(typed, "yuan")).toHaveProperty("text");
  });
  it("says nothing when it is a dash", () => {
    const column = tablesOf(form("finance_quarterly"))[0]?.columns[2];
    if (!column) throw new Error("no column");
    expect(readCell(column, "—", "yuan")).toEqual({ blank: true });
  });
  it("has letters", () => {
    expect([0, 25, 26, 701, 702].map(letters)).toEqual(["A", "Z", "AA", "ZZ", "AAA"]);
  });
});
