/**
 * Which column of somebody's table is which column of ours: where the headings stand, and a proposal by words.
 * server/rules/matching.py is the reference; schemas/vectors/tables.json holds both to the same answers.
 */
import { shown, type Unit } from "./cells";
import { type FormTable, namesOf, normal } from "./tables";

/** Cells as people see them, row by row. */
export type Grid = readonly (readonly string[])[];

export interface Match {
  /** Which sheet of a file; a pasted table is sheet 0. */
  sheet: number;
  /** The row of headings, from 0; -1: there is none. */
  header: number;
  table: string;
  /** By the column's pointer in the row: which column of the sheet. */
  columns: { [pointer: string]: number };
  unit: Unit;
}

export const SEARCHED_ROWS = 20;
const MOST_COLUMNS = 60;
const EXACT = 4;
const PART = 1;
const NAMED = 6;

export const widthOf = (grid: Grid): number => Math.max(0, ...grid.map((row) => row.length));

const at = (grid: Grid, row: number, column: number): string => grid[row]?.[column] ?? "";

/** What each column may be called under a row of headings; a heading under a heading is read as both together. */
export function headings(grid: Grid, row: number): string[][] {
  return Array.from({ length: Math.min(widthOf(grid), MOST_COLUMNS) }, (_column, n) => {
    const own = normal(shown(at(grid, row, n)));
    const above = row > 0 ? normal(shown(at(grid, row - 1, n))) : "";
    if (own === "") return [];
    return above !== "" && above !== own ? [own, above + own] : [own];
  });
}

/** Two characters of Chinese say something, of English four do. */
function within(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is plain ASCII
  return long.includes(short) && short.length >= (/^[\x00-\x7f]*$/.test(short) ? 4 : 2);
}

function strength(ours: readonly string[], theirs: readonly string[]): number {
  if (theirs.some((name) => ours.includes(name))) return EXACT;
  return ours.some((a) => theirs.some((b) => within(a, b))) ? PART : 0;
}

/** The best assignment of headings to a table's columns, each heading once, its score, and how many fit exactly. */
export function columnsUnder(
  table: FormTable,
  heads: readonly string[][],
): { columns: { [pointer: string]: number }; score: number; exact: number } {
  const pairs = table.columns
    .flatMap((column, order) =>
      heads.map((names, position) => ({
        pointer: column.pointer,
        order,
        position,
        strength: strength(namesOf(column.label, column.also), names),
      })),
    )
    .filter((pair) => pair.strength > 0)
    .sort((a, b) => b.strength - a.strength || a.order - b.order || a.position - b.position);
  const columns: { [pointer: string]: number } = {};
  let score = 0;
  let exact = 0;
  for (const pair of pairs) {
    if (pair.pointer in columns || Object.values(columns).includes(pair.position)) continue;
    columns[pair.pointer] = pair.position;
    score += pair.strength;
    exact += pair.strength === EXACT ? 1 : 0;
  }
  return { columns, score, exact };
}

const above = (grid: Grid, header: number): string[] =>
  grid.slice(0, Math.max(0, header)).flatMap((row) => row.slice(0, MOST_COLUMNS));

/** The unit that a heading of an amount or the words above say; yuan when nobody says. */
export function unitOf(
  grid: Grid,
  header: number,
  columns: { [pointer: string]: number },
  table: FormTable,
): Unit {
  const heads = table.columns
    .filter((column) => column.widget === "money" && column.pointer in columns)
    .map((column) => at(grid, header, columns[column.pointer] ?? -1));
  return [...heads, ...above(grid, header)].some((words) => words.includes("万元"))
    ? "wan"
    : "yuan";
}

/** A proposed match of one grid for a table; null where its headings do not stand. */
export function proposeFor(
  grid: Grid,
  name: string,
  table: FormTable,
): { match: Match; score: number } | null {
  let best: { match: Match; score: number } | null = null;
  const ours = namesOf(table.label, table.also);
  for (let row = 0; row < Math.min(grid.length, SEARCHED_ROWS); row += 1) {
    const found = columnsUnder(table, headings(grid, row));
    const wanted = table.columns.filter((column) => column.required && !column.computed);
    if (
      Object.keys(found.columns).length < Math.min(2, table.columns.length) ||
      !wanted.some((column) => column.pointer in found.columns)
    ) {
      continue;
    }
    const titles = [name, ...above(grid, row + 1)].map(normal).filter((title) => title !== "");
    const named = titles.some((title) => ours.some((one) => within(one, title)));
    const score = found.score + (named ? NAMED : 0);
    if (best === null || score > best.score) {
      const unit = unitOf(grid, row, found.columns, table);
      best = {
        match: { sheet: 0, header: row, table: table.key, columns: found.columns, unit },
        score,
      };
    }
  }
  return best;
}

/** The best proposal for a pasted table among a form's tables; null where none fits. */
export function propose(grid: Grid, tables: readonly FormTable[], name = ""): Match | null {
  let best: { match: Match; score: number } | null = null;
  for (const table of tables) {
    const found = proposeFor(grid, name, table);
    if (found !== null && (best === null || found.score > best.score)) best = found;
  }
  return best?.match ?? null;
}

/** A column's letters: 0 → "A", 27 → "AB". */
export function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

export const cellName = (row: number, column: number): string => `${letters(column)}${row + 1}`;
