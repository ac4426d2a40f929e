/** Filling the draft from a spreadsheet: a file is read by the server, a pasted table right here. */
import { signal } from "@preact/signals";
import { inAscii } from "../core/ascii";
import { type Grid, type Match, propose } from "../core/matching";
import { gridOf } from "../core/pasted";
import type { Content } from "../core/pointers";
import { type CellError, mergedWith, readTable, type Words } from "../core/table_reading";
import { tablesOf } from "../core/tables";
import { keepAnswer, keptAnswer } from "../keep/answers";
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
  const [match] = matching.matches;
  if (draft === null || match === undefined) return;
  const tables = tablesOf(draft.form.form);
  const { grid } = matching.source;
  const read = readTable(tables, grid, match, matching.words, draft.content);
  filling.value =
    read.errors.length > 0
      ? { ...matching, errors: read.errors, count: read.errors.length }
      : { at: "ready", content: read.content, skipped: read.skipped, back: matching };
}

async function ask(file: ChosenFile, matching: Matching | null): Promise<void> {
  const draft = current.value;
  if (draft === null) return;
  filling.value = { at: "reading" };
  try {
    const answer = await api.readSpreadsheet(
      {
        category: draft.category,
        division: draft.division,
        hidden: matching?.readHidden ? "read" : "left",
        ...(matching && matching.matches.length > 0
          ? { matching: inAscii({ matches: matching.matches, words: matching.words }) }
          : {}),
      },
      file.data,
    );
    await keepAnswer(key(), Date.now(), null);
    const looked: Matching = {
      at: "match",
      source: { file },
      sheets: answer.sheets,
      matches: answer.matches,
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
  const match = propose(grid, tablesOf(draft.form.form));
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
