/** In which order the grid's villages stand, which of its columns are there, and on how many sheets of paper they fit. */
import { type Cell, type Column, owedBy, type Row } from "./grid";

export const ORDERS = ["list", "name", "missing", "days"] as const;
export type Order = (typeof ORDERS)[number];

const byName = new Intl.Collator("zh-CN");

const missing = <C extends Cell>(row: Row<C>): number =>
  owedBy(row).filter((cell) => cell.state === "missing").length;

/** The longest that anything of a village is late or missing, in calendar days. */
const longest = <C extends Cell>(row: Row<C>): number =>
  Math.max(
    0,
    ...owedBy(row)
      .filter((cell) => cell.state === "missing" || cell.state === "late")
      .map((cell) => cell.days),
  );

const BEFORE: { [order in Order]: <C extends Cell>(one: Row<C>, other: Row<C>) => number } = {
  list: () => 0,
  name: (one, other) => byName.compare(one.name, other.name),
  missing: (one, other) => missing(other) - missing(one) || longest(other) - longest(one),
  days: (one, other) => longest(other) - longest(one) || missing(other) - missing(one),
};

/** Rows in an order, those that are pinned above all others; equals stay as they were listed. */
export function inOrder<C extends Cell, R extends Row<C>>(
  rows: readonly R[],
  order: Order,
  pinned: ReadonlySet<string>,
): R[] {
  const down = (row: R): number => (pinned.has(row.division) ? 0 : 1);
  return [...rows].sort((one, other) => down(one) - down(other) || BEFORE[order](one, other));
}

/** The table with the columns of some positions only; what a village needs is counted over what is left. */
function withColumns<C extends Cell, R extends Row<C>, K extends Column>(
  table: { columns: readonly K[]; rows: readonly R[] },
  stays: (column: K, n: number) => boolean,
): { columns: K[]; rows: R[] } {
  const columns = table.columns.filter(stays);
  const keys = new Set(columns.map((column) => column.key));
  return {
    columns,
    rows: table.rows.map((row) => {
      const left = {
        ...row,
        cells: row.cells.filter((_, n) => keys.has(table.columns[n]?.key ?? "")),
        behind: row.behind.filter((cell) => keys.has(cell.column)),
      };
      return { ...left, needs_person: owedBy<C>(left).filter((cell) => cell.needs_person).length };
    }),
  };
}

/** The columns of one category; '' is every one. */
export const ofCategory = <C extends Cell, R extends Row<C>, K extends Column>(
  table: { columns: readonly K[]; rows: readonly R[] },
  category: string,
): { columns: K[]; rows: R[] } =>
  withColumns<C, R, K>(table, (column) => category === "" || column.category === category);

/** So many obligations stand beside each other on A4 across and can still be read. */
export const ON_A_SHEET = 11;

/** The table in parts that fit the width of a sheet, as even as they can be. */
export function sheetsOf<C extends Cell, R extends Row<C>, K extends Column>(table: {
  columns: readonly K[];
  rows: readonly R[];
}): { columns: K[]; rows: R[] }[] {
  const sheets = Math.max(1, Math.ceil(table.columns.length / ON_A_SHEET));
  const each = Math.ceil(table.columns.length / sheets);
  return Array.from({ length: sheets }, (_, sheet) =>
    withColumns<C, R, K>(table, (_, n) => Math.floor(n / Math.max(1, each)) === sheet),
  );
}
