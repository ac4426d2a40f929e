/**
 * From a matched table to rows of a content: every row or none (server/rules/table_reading.py, rows_inside.py).
 */
import { type Cell, isBlank, readCell, shown } from "./cells";
import type { Text } from "./findings";
import { cellName, type Grid, type Match } from "./matching";
import { type Content, type Json, join, listAt, valueAt, withValue } from "./pointers";
import { personalNumber } from "./privacy";
import { isAmount, type Label, labelsOf } from "./singles_words";
import { type FormTable, INSIDE, normal, ORDINAL, type Singles, type TableColumn } from "./tables";

export interface CellError {
  /** "C7", with its sheet in front where there are several. */
  cell: string;
  detail: Text;
  table: string;
  column: string;
  word?: string;
}

/** By "/table /column": a word of the table and the choice that a person says it means. */
export type Words = { [column: string]: { [word: string]: string | number | boolean } };

/** A single value that a person took. */
export interface Taken {
  pointer: string;
  value: string | number | boolean;
}

export interface Reading {
  content: Content;
  errors: CellError[];
  skipped: string[];
}

interface Row {
  values: { [pointer: string]: Json };
  cells: { [pointer: string]: string };
  first: string;
  /** Every cell of it could be read. */
  whole: boolean;
}

const TOTAL = /^((本?[页月期季年次])?(合计|小计|总计|共计|累计)|(sub)?total$|totals?\b|sum$)/;
const GRAND = /^((本?[期季年次])?(合计|总计|共计)|total$)/;
const FOOT =
  /^(制表|填表|审核|复核|经办|负责|单位|备注|注$|注：|说明|公示|监督|举报|日期|preparedby|note)/;

const MISSING = (column: TableColumn): Text => {
  const zero = column.widget === "money" || column.widget === "int";
  return {
    zh: `没有填“${column.label.zh}”${zero ? "，没有就写 0" : ""}`,
    en: `“${column.label.en}” is empty${zero ? "; write 0 where there is none" : ""}`,
  };
};

/** Whether the first words of a row say that it is a total. */
export const isTotal = (words: string): boolean => TOTAL.test(normal(words));

const firstWords = (row: readonly string[]): string =>
  shown(row.find((cell) => !isBlank(cell) && !isAmount(cell)) ?? "");

/**
 * Whether a row under a list's headings states a single value: its first words, in the list's own columns or else in
 * the whole row, are a label of one and no choice of the list.
 */
function statesSingle(
  table: FormTable,
  match: Match,
  row: readonly string[],
  label: (words: string) => Label | null,
): boolean {
  const [own] = Object.entries(match.columns)
    .sort(([, a], [, b]) => a - b)
    .filter(([, at]) => !isBlank(row[at] ?? "") && !isAmount(row[at] ?? ""));
  const words = own ? shown(row[own[1]] ?? "") : firstWords(row);
  const options = table.columns.find((column) => column.pointer === own?.[0])?.options ?? [];
  const known = options.some(({ label: { zh, en } }) =>
    [zh, en].map(normal).includes(normal(words)),
  );
  return !known && label(words) !== null;
}

/** Whether a proposed list has rows of its own: not where all its amounts are single values (库存现金). */
export function holdsRows(table: FormTable, singles: Singles, grid: Grid, match: Match): boolean {
  const label = labelsOf(singles);
  let stated = false;
  for (const row of grid.slice(match.header + 1)) {
    if (!Object.values(match.columns).some((at) => isAmount(row[at] ?? ""))) continue;
    if (statesSingle(table, match, row, label)) stated = true;
    else if (!isTotal(firstWords(row))) return true;
  }
  return !stated;
}

function personalCells(grid: Grid, phones: readonly string[]): CellError[] {
  return grid.flatMap((row, n) =>
    row.flatMap((cell, column) =>
      personalNumber(cell, phones.includes(cellName(n, column))) === null
        ? []
        : [
            {
              cell: cellName(n, column),
              detail: {
                zh: "像是有身份证号、银行卡号或手机号，请删去",
                en: "seems to hold an identity, card or mobile number; please remove it",
              },
              table: "",
              column: "",
            },
          ],
    ),
  );
}

function readRow(
  table: FormTable,
  grid: Grid,
  match: Match,
  n: number,
  used: TableColumn[],
  words: Words,
  errors: CellError[],
): Row {
  const leftmost = Math.min(...used.map((column) => match.columns[column.pointer] ?? 0));
  const row: Row = { values: {}, cells: {}, first: cellName(n, leftmost), whole: true };
  const before = errors.length;
  for (const column of used) {
    const position = match.columns[column.pointer] ?? 0;
    const raw = grid[n]?.[position] ?? "";
    const cell = cellName(n, position);
    row.cells[column.pointer] = cell;
    const meant = words[`${table.key} ${column.pointer}`]?.[shown(raw)];
    const read: Cell =
      column.widget === "choice" && meant !== undefined
        ? { value: meant }
        : readCell(column, raw, match.unit);
    if ("value" in read) row.values[column.pointer] = read.value;
    else if ("text" in read) {
      const { text, word } = read;
      errors.push({
        cell,
        detail: text,
        table: table.key,
        column: column.pointer,
        ...(word === undefined ? {} : { word }),
      });
    } else if (column.required) {
      errors.push({ cell, detail: MISSING(column), table: table.key, column: column.pointer });
    }
  }
  row.whole = errors.length === before;
  return row;
}

function rowsOf(
  table: FormTable,
  grid: Grid,
  match: Match,
  words: Words,
  label: (words: string) => Label | null,
  reading: Reading,
): Row[] {
  const used = table.columns.filter((c) => c.pointer in match.columns && !c.computed);
  const rows: Row[] = [];
  let ended = false;
  for (let n = match.header + 1; n < grid.length; n += 1) {
    const line = grid[n] ?? [];
    const cells = used.map((column) => line[match.columns[column.pointer] ?? -1] ?? "");
    if (cells.every(isBlank)) continue;
    const first = normal(firstWords(line));
    const numbers = cells.some(isAmount);
    const single = statesSingle(table, match, line, label);
    if (TOTAL.test(first) || single || (!numbers && (ended || FOOT.test(first)))) {
      reading.skipped.push(cellName(n, 0));
      ended = ended || GRAND.test(first);
      continue;
    }
    rows.push(readRow(table, grid, match, n, used, words, reading.errors));
  }
  return rows;
}

const plainRow = (row: Row): Content =>
  Object.entries(row.values)
    .filter(([pointer]) => !pointer.startsWith("^"))
    .reduce<Content>((one, [pointer, value]) => withValue(one, pointer, value), {});

const knows = (list: FormTable | undefined, table: FormTable, row: Row): boolean =>
  table.identity.every((pointer) => {
    const column = list?.columns.find((one) => one.pointer === pointer);
    const value = row.values[`^${pointer}`];
    if (column === undefined || column.options.length === 0 || value === undefined) return true;
    return column.options.some((option) => option.value === value);
  });

/** Put each row into the line it names, in a draft that may have such lines already. */
function putInside(
  tables: readonly FormTable[],
  table: FormTable,
  rows: readonly Row[],
  content: Content,
  errors: CellError[],
): Content {
  const made = new Set<string>();
  const refuse = (cell: string, detail: Text, column: string): void => {
    errors.push({ cell, detail, table: table.key, column });
  };
  return rows.reduce<Content>((now, row) => {
    if (!row.whole) return now;
    const said = row.values[INSIDE];
    const fitting = table.inside.filter(([key]) =>
      said === undefined
        ? knows(
            tables.find((one) => one.key === key),
            table,
            row,
          )
        : key === said,
    );
    const [found] = fitting;
    if (fitting.length !== 1 || found === undefined) {
      const labels = tables.filter((one) => table.inside.some(([key]) => key === one.key));
      const names = (lang: "zh" | "en"): string => labels.map((one) => one.label[lang]).join("、");
      refuse(
        row.first,
        {
          zh: `看不出这一笔属于哪张表，应写明其中之一：${names("zh")}`,
          en: `it is not clear to which table this belongs, expected one of: ${names("en")}`,
        },
        INSIDE,
      );
      return now;
    }
    const [key, inner] = found;
    const list = tables.find((one) => one.key === key);
    const lines = listAt(now, key);
    const same = lines.flatMap((line, n) =>
      table.identity.every((p) => valueAt(line, p) === row.values[`^${p}`]) ? [n] : [],
    );
    const ordinal = row.values[ORDINAL];
    let n =
      typeof ordinal === "number" ? same[ordinal - 1] : same.length === 1 ? same[0] : undefined;
    const label = list?.label ?? table.label;
    if (n === undefined && (same.length > 0 || ordinal !== undefined)) {
      refuse(
        row.cells[ORDINAL] ?? row.first,
        {
          zh: `“${label.zh}”里同名的有 ${same.length} 行，应写明是第几行`,
          en: `“${label.en}” has ${same.length} such rows; say which one`,
        },
        ORDINAL,
      );
      return now;
    }
    let next = now;
    if (n === undefined) {
      const line = table.identity.reduce<Content>(
        (one, p) => withValue(one, p, row.values[`^${p}`]),
        {},
      );
      if (!knows(list, table, row) || Object.keys(line).length === 0) {
        refuse(
          row.first,
          { zh: `“${label.zh}”里没有这个项目`, en: `“${label.en}” has no such item` },
          `^${table.identity[0] ?? ""}`,
        );
        return now;
      }
      n = lines.length;
      next = withValue(next, join(key, "-"), line);
      made.add(join(key, n));
    }
    const at = join(key, n);
    const entry = plainRow(row);
    next = withValue(next, join(at, inner, "-"), entry);
    if (!made.has(at)) return next;
    const sums = (list?.columns ?? []).filter(
      (column) =>
        column.widget === "money" && table.columns.some((c) => c.pointer === column.pointer),
    );
    return sums.reduce<Content>((sum, column) => {
      const before = Number(valueAt(sum, join(at, column.pointer)) ?? 0);
      return withValue(
        sum,
        join(at, column.pointer),
        before + Number(valueAt(entry, column.pointer) ?? 0),
      );
    }, next);
  }, content);
}

/** What a person took of the single values that were found. */
export const contentOf = (taken: readonly Taken[]): Content =>
  taken.reduce<Content>((content, { pointer, value }) => withValue(content, pointer, value), {});

/**
 * What a matched table says. `singles`: what the form asks once, whose labels are no rows of a list. `beside`: the
 * draft, whose lines the entries of a pasted journal may belong to; the content that comes back holds the lists that
 * changed, whole. `taken`: the single values that a person took. `phones`: cells in which an office's number may stand.
 */
export function readTable(
  tables: readonly FormTable[],
  singles: Singles,
  grid: Grid,
  match: Match | null,
  more: { words?: Words; beside?: Content; taken?: readonly Taken[]; phones?: string[] } = {},
): Reading {
  const { words = {}, beside = {}, taken = [], phones = [] } = more;
  const errors = personalCells(grid, phones);
  const reading: Reading = { content: contentOf(taken), errors, skipped: [] };
  const table = tables.find((one) => one.key === match?.table);
  if (reading.errors.length > 0) reading.content = {};
  if (match === null || table === undefined || reading.errors.length > 0) return reading;
  const rows = rowsOf(table, grid, match, words, labelsOf(singles), reading);
  if (table.inside.length === 0) {
    const list = rows.map(plainRow);
    if (list.length > 0) reading.content = withValue(reading.content, table.key, list);
    return reading;
  }
  const bare = table.inside.reduce<Content>((content, [key]) => {
    const lines = listAt(beside, key);
    return lines.length > 0 ? withValue(content, key, lines) : content;
  }, {});
  const filled = putInside(tables, table, rows, bare, reading.errors);
  for (const [key] of table.inside) {
    if (valueAt(filled, key) !== valueAt(bare, key)) {
      reading.content = withValue(reading.content, key, listAt(filled, key));
    }
  }
  return reading;
}

/** The draft's content with what was read: single values one by one, lists as a whole. */
export function mergedWith(content: Content, read: Content): Content {
  const put = (now: Content, value: Json, pointer: string): Content =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.entries(value).reduce<Content>(
          (inner, [key, one]) => put(inner, one, join(pointer, key)),
          now,
        )
      : withValue(now, pointer, value);
  return put(content, read, "");
}
