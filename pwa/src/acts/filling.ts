/** Filling the draft from a spreadsheet: a file is read by the server, a pasted table right here. */
import { signal } from "@preact/signals";
import { inAscii } from "../core/ascii";
import { type Grid, type Match, propose } from "../core/matching";
import { gridOf } from "../core/pasted";
import type { Content } from "../core/pointers";
import { type FoundSingle, findSingles, phonesAmong } from "../core/singles_search";
import {
  type CellError,
  holdsRows,
  mergedWith,
  readTable,
  type Taken,
  type Words,
} from "../core/table_reading";
import { singlesOf, tablesOf } from "../core/tables";
import { keepAnswer, keptAnswer } from "../keep/answers";
import type { Draft } from "../keep/drafts";
import { Offline, Problem } from "../net/client";
import * as api from "../net/questions";
import type { HiddenPart, SheetView } from "../net/spreadsheet_shapes";
import { changeContent, current } from "./drafting";

/** A file that was chosen; it stays with the draft until it could be read. */
export interface ChosenFile {
  name: string;
  data: ArrayBuffer;
}

/** What a person looks at and decides. A pasted table has its grid, a file is asked about again. */
export interface Matching {
  at: "match";
  source: { file: ChosenFile } | { grid: Grid };
  sheets: SheetView[];
  matches: Match[];
  /** What was found for the single values, and what of it the person takes. */
  singles: FoundSingle[];
  taken: FoundSingle[];
  words: Words;
  hidden: HiddenPart[];
  readHidden: boolean;
  errors: CellError[];
  count: number;
}

export type Filling =
  | { at: "choose"; waiting: ChosenFile | null; refused: Problem | null }
  | { at: "reading" }
  | Matching
  | { at: "ready"; content: Content; skipped: string[]; back: Matching | null };

export const filling = signal<Filling>({ at: "choose", waiting: null, refused: null });

const key = (): string => `spreadsheet ${current.value?.id ?? ""}`;

/** Begin; a file that waits for a signal is there again. */
export async function startFilling(): Promise<void> {
  filling.value = { at: "choose", waiting: null, refused: null };
  const kept = await keptAnswer<ChosenFile | null>(key());
  if (kept?.body) filling.value = { at: "choose", waiting: kept.body, refused: null };
}

/** Forget the file that waited. */
export async function forgetFile(): Promise<void> {
  await keepAnswer(key(), Date.now(), null);
  filling.value = { at: "choose", waiting: null, refused: null };
}

/** Read a chosen file; without a signal it is kept with the draft. */
export async function readFile(file: ChosenFile): Promise<void> {
  await ask(file, null);
}

/** Read what was matched: all of it or nothing. */
export async function readMatched(matching: Matching): Promise<void> {
  if ("file" in matching.source) {
    await ask(matching.source.file, matching);
    return;
  }
  const draft = current.value;
  if (draft === null) return;
  const { form } = draft.form;
  const { grid } = matching.source;
  const read = readTable(tablesOf(form), singlesOf(form), grid, matching.matches[0] ?? null, {
    words: matching.words,
    beside: draft.content,
    taken: valuesOf(matching.taken),
    phones: phonesAmong(matching.singles, officePhones(draft)),
  });
  filling.value =
    read.errors.length > 0
      ? { ...matching, errors: read.errors, count: read.errors.length }
      : { at: "ready", content: read.content, skipped: read.skipped, back: matching };
}

/** Read a file's hidden parts too, or no more: what was found among its single values changes with them. */
export async function readHidden(matching: Matching, wanted: boolean): Promise<void> {
  if (!("file" in matching.source)) return;
  const { file } = matching.source;
  filling.value = { at: "reading" };
  try {
    const answer = await readFor(file, { ...matching, readHidden: wanted }, false);
    if (answer === null) return;
    filling.value = {
      ...matching,
      readHidden: wanted,
      sheets: answer.sheets,
      singles: answer.singles,
      taken: takenAgain(matching, answer.singles),
    };
  } catch (error) {
    await failed(error, file, matching);
  }
}

/** What is taken of what was found now: what was taken before and still stands there, and what is new and sure. */
function takenAgain(before: Matching, found: readonly FoundSingle[]): FoundSingle[] {
  const had = (list: readonly FoundSingle[], one: FoundSingle): boolean =>
    list.some((other) => isSame(other, one));
  return found.filter((one) =>
    had(before.singles, one) ? had(before.taken, one) : one.sure && one.value !== null,
  );
}

/** Whether two are the same value of the same cell for the same field. */
export const isSame = (a: FoundSingle, b: FoundSingle): boolean =>
  a.pointer === b.pointer && a.sheet === b.sheet && a.cell === b.cell && a.value === b.value;

/** Take a value that was found, or leave what was taken for its field: one for each field, a cell's amount once. */
export function take(matching: Matching, pointer: string, one: FoundSingle | null): void {
  const others = matching.taken.filter(
    (other) =>
      other.pointer !== pointer &&
      !(one !== null && isSame({ ...other, pointer }, one) && other.words === one.words),
  );
  filling.value = { ...matching, taken: one === null ? others : [...others, one] };
}

const valuesOf = (taken: readonly FoundSingle[]): Taken[] =>
  taken.flatMap(({ pointer, value }) => (value === null ? [] : [{ pointer, value }]));

const officePhones = (draft: Draft): string[] =>
  (draft.form.checks ?? []).flatMap(({ params }) => {
    const fields: unknown = params?.office_phones;
    return Array.isArray(fields) ? fields.map(String) : [];
  });

async function readFor(file: ChosenFile, matching: Matching | null, decided: boolean) {
  const draft = current.value;
  if (draft === null) return null;
  const singles = (matching?.taken ?? []).map(({ pointer, sheet, cell, value }) => ({
    pointer,
    sheet,
    cell,
    value,
  }));
  return api.readSpreadsheet(
    {
      category: draft.category,
      division: draft.division,
      hidden: matching?.readHidden ? "read" : "left",
      ...(decided && matching
        ? { matching: inAscii({ matches: matching.matches, singles, words: matching.words }) }
        : {}),
    },
    file.data,
  );
}

async function ask(file: ChosenFile, matching: Matching | null): Promise<void> {
  filling.value = { at: "reading" };
  try {
    const decided = matching !== null && matching.matches.length + matching.taken.length > 0;
    const answer = await readFor(file, matching, decided);
    if (answer === null) return;
    await keepAnswer(key(), Date.now(), null);
    const looked: Matching = {
      at: "match",
      source: { file },
      sheets: answer.sheets,
      matches: answer.matches,
      singles: answer.singles,
      taken: matching?.taken ?? answer.singles.filter((one) => one.sure),
      words: matching?.words ?? {},
      hidden: answer.hidden,
      readHidden: matching?.readHidden ?? false,
      errors: [],
      count: 0,
    };
    filling.value =
      answer.content === null
        ? looked
        : { at: "ready", content: answer.content, skipped: answer.skipped, back: looked };
  } catch (error) {
    await failed(error, file, matching);
  }
}

async function failed(error: unknown, file: ChosenFile, matching: Matching | null): Promise<void> {
  if (error instanceof Offline) {
    await keepAnswer(key(), Date.now(), file);
    filling.value = { at: "choose", waiting: file, refused: null };
    return;
  }
  if (!(error instanceof Problem)) throw error;
  const cells = error.errors.flatMap(({ cell, detail, table, column, word }) =>
    cell === undefined
      ? []
      : [{ cell, detail, table: table ?? "", column: column ?? "", ...(word ? { word } : {}) }],
  );
  await keepAnswer(key(), Date.now(), null);
  const stays = error.slug === "cells-not-read" && matching !== null;
  filling.value = stays
    ? { ...matching, errors: cells, count: cells.length }
    : { at: "choose", waiting: null, refused: error };
}

/** A pasted table: what the clipboard holds as a page's table, else as text. */
export function readPasted(text: string, html: string): boolean {
  const draft = current.value;
  if (draft === null) return false;
  const grid = tableIn(html) ?? gridOf(text);
  if (grid.length === 0) return false;
  const tables = tablesOf(draft.form.form);
  const asked = singlesOf(draft.form.form);
  const proposed = propose(grid, tables);
  const table = tables.find((one) => one.key === proposed?.table);
  const match = proposed && table && holdsRows(table, asked, grid, proposed) ? proposed : null;
  const singles = findSingles(grid, tables, asked, match);
  filling.value = {
    at: "match",
    source: { grid },
    sheets: [
      {
        name: "",
        rows: grid.length,
        columns: Math.max(...grid.map((row) => row.length)),
        top: grid.slice(0, 20).map((row) => [...row]),
      },
    ],
    matches: match ? [match] : [],
    singles,
    taken: singles.filter((one) => one.sure),
    words: {},
    hidden: [],
    readHidden: false,
    errors: [],
    count: 0,
  };
  return true;
}

/** The first table of a pasted page, cells that span several repeated in each; null when there is none. */
export function tableIn(html: string): Grid | null {
  if (!/<table/i.test(html)) return null;
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table === null) return null;
  const grid: string[][] = [];
  [...table.rows].slice(0, 5_000).forEach((row, n) => {
    grid[n] ??= [];
    let column = 0;
    for (const cell of row.cells) {
      while (grid[n]?.[column] !== undefined) column += 1;
      const words = (cell.textContent ?? "").replace(/\s+/g, " ").trim();
      for (let down = 0; down < Math.min(cell.rowSpan, 500); down += 1) {
        for (let right = 0; right < Math.min(cell.colSpan, 200); right += 1) {
          const line = grid[n + down] ?? [];
          line[column + right] = words;
          grid[n + down] = line;
        }
      }
      column += cell.colSpan;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? ""));
}

/** Put what was read into the draft; the rest of the draft stays. */
export function applyFilling(content: Content): void {
  changeContent((draft) => mergedWith(draft, content));
  filling.value = { at: "choose", waiting: null, refused: null };
}
