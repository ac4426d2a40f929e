/** Single values are found in pasted tables as the server finds them in files: both walk schemas/vectors/singles.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Form } from "./form";
import { propose } from "./matching";
import { findSingles, phonesAmong } from "./singles_search";
import { holdsRows, readTable } from "./table_reading";
import { singlesOf, tablesOf } from "./tables";

const SCHEMAS = join(__dirname, "../../../schemas");
const json = <T>(...path: string[]): T =>
  JSON.parse(readFileSync(join(SCHEMAS, ...path), "utf8")) as T;
const form = (key: string): Form => json<Form>("categories", key, "v1.form.json");

interface Vector {
  name: string;
  category: string;
  grid: string[][];
  lists: string[];
  found: { pointer: string; cell: string; words: string; value: unknown; sure: boolean }[];
}

function look(category: string, grid: string[][]) {
  const tables = tablesOf(form(category));
  const singles = singlesOf(form(category));
  const proposed = propose(grid, tables);
  const table = tables.find((one) => one.key === proposed?.table);
  const match = proposed && table && holdsRows(table, singles, grid, proposed) ? proposed : null;
  return { tables, singles, match, found: findSingles(grid, tables, singles, match) };
}

describe("single values", () => {
  it.each(json<Vector[]>("vectors", "singles.json").map((v) => [v.name, v] as const))(
    "%s",
    (_name, vector) => {
      const { match, found } = look(vector.category, vector.grid);
      expect(match === null ? [] : [match.table]).toEqual(vector.lists);
      expect(
        found.map(({ pointer, cell, words, value, sure }) => ({
          pointer,
          cell,
          words,
          value,
          sure,
        })),
      ).toEqual(vector.found);
    },
  );

  it("are read with the list, whose rows they are not", () => {
    const grid = [
      ["收入项目", "金额（元）"],
      ["期初库存现金", "9,150"],
      ["租赁收入", "16,200"],
    ];
    const { tables, singles, match, found } = look("finance_quarterly", grid);
    const taken = found.flatMap((one) =>
      one.value === null ? [] : [{ pointer: one.pointer, value: one.value }],
    );
    expect(readTable(tables, singles, grid, match, { taken })).toEqual({
      content: {
        opening: { cash: 915_000 },
        income: [{ item: "operating_rent", amount: 1_620_000 }],
      },
      errors: [],
      skipped: ["A2"],
    });
  });

  it("let an office's number stand in the one cell it is read from", () => {
    const grid = [
      ["举报电话", "13800138000"],
      ["王五", "13900139000"],
    ];
    const { tables, singles, match, found } = look("dibao_roster", grid);
    const phones = phonesAmong(found, ["/report_phone"]);
    expect(phones).toEqual(["B1"]);
    const reading = readTable(tables, singles, grid, match, { phones });
    expect(reading.errors.map((e) => e.cell)).toEqual(["B2"]);
    expect(phonesAmong(found, [])).toEqual([]);
  });
});
