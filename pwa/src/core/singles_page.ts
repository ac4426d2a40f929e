/** One pasted table as the search for single values goes through it (server/rules/singles_sheet.py). */
import { isBlank, shown, type Unit } from "./cells";
import {
  columnsUnder,
  type Grid,
  SEARCHED_ROWS as HEADING_ROWS,
  headings,
  widthOf,
} from "./matching";
import { amountsWithin, isAmount, type Label, labelsOf, unitsOf } from "./singles_words";
import type { FormTable, Singles } from "./tables";

export const SEARCHED_ROWS = 2_000;
export const SEARCHED_COLUMNS = 60;
export const FAR_LEFT = 30;
const FAR_UP = 60;
const MOST_WORDS = 6;
const LIST_HEADINGS = 3;

/** Words met on the way from a value to its labels. */
export interface Seen {
  row: number;
  column: number;
  words: string;
  label: Label | null;
}

/** The heading that a short name stands under; `sure` where it means nothing else. */
export interface Over {
  key: string;
  sure: boolean;
  words: string;
}

/** The first heading among words that stand together. */
export function headingOf(seen: readonly Seen[]): Over | null {
  for (const { label, words } of seen) if (label?.heading) return { ...label.heading, words };
  return null;
}

/** A table's cells and the words around them. */
export class Page {
  readonly listRows: Set<number>;
  readonly units: Unit[];
  readonly width: number;
  private readonly nearest = new Map<number, number[]>();
  private readonly labels: (words: string) => Label | null;

  constructor(
    readonly grid: Grid,
    tables: readonly FormTable[],
    singles: Singles,
    headers: readonly number[],
  ) {
    const known = labelsOf(singles);
    const seen = new Map<string, Label | null>();
    this.labels = (words) => {
      if (!seen.has(words)) seen.set(words, known(words));
      return seen.get(words) ?? null;
    };
    this.width = Math.min(widthOf(grid), SEARCHED_COLUMNS);
    this.listRows = new Set(headers);
    for (let row = 0; row < Math.min(grid.length, HEADING_ROWS); row += 1) {
      const heads = headings(grid, row);
      if (heads.filter((names) => names.length > 0).length < LIST_HEADINGS) continue;
      if (tables.some((table) => columnsUnder(table, heads).exact >= LIST_HEADINGS)) {
        this.listRows.add(row);
      }
    }
    this.units = unitsOf(
      grid.slice(0, SEARCHED_ROWS).flatMap((row) => row.slice(0, SEARCHED_COLUMNS).map(shown)),
    );
  }

  at(row: number, column: number): string {
    return this.grid[row]?.[column] ?? "";
  }

  label(words: string): Label | null {
    return this.labels(words);
  }

  /** What a cell's words say as a label; with an amount behind it, its label. */
  private labelIn(raw: string): { label: Label | null; words: string } {
    const words = shown(raw);
    const label = this.label(words);
    if (label !== null) return { label, words };
    for (const inside of amountsWithin(raw)) {
      const inner = this.label(inside.label);
      if (inner && (inner.heading || inner.short.length > 0)) {
        return { label: inner, words: inside.label };
      }
    }
    return { label, words };
  }

  /** The words to the left of a cell, the nearest first, each once; `most` of them. */
  left(row: number, column: number, most = MOST_WORDS): Seen[] {
    const seen: Seen[] = [];
    const wordsAt = this.wordsAt(row);
    let at = wordsAt[column] ?? -1;
    while (at >= 0 && column - at < FAR_LEFT && seen.length < most) {
      const { label, words } = this.labelIn(this.at(row, at));
      if (seen[seen.length - 1]?.words !== words) seen.push({ row, column: at, words, label });
      at = wordsAt[at] ?? -1;
    }
    return seen;
  }

  near(row: number, column: number): Seen | null {
    return this.left(row, column, 1)[0] ?? null;
  }

  /** For each column of a row where the nearest words to its left stand, -1 for nowhere. */
  private wordsAt(row: number): number[] {
    const known = this.nearest.get(row);
    if (known !== undefined) return known;
    let last = -1;
    const nearest = Array.from({ length: this.width }, (_one, column) => {
      const before = last;
      const raw = this.at(row, column);
      if (!isBlank(raw) && !isAmount(raw)) last = column;
      return before;
    });
    this.nearest.set(row, nearest);
    return nearest;
  }

  /** The words above a cell: the first met within `far` rows, and those that stand straight on top of it. */
  up(row: number, column: number, far = FAR_UP): Seen[] {
    const seen: Seen[] = [];
    const end = Math.max(-1, row - far - MOST_WORDS);
    for (let at = row - 1; at > end && seen.length < MOST_WORDS; at -= 1) {
      const raw = this.at(at, column);
      if (isBlank(raw) || isAmount(raw)) {
        if (seen.length > 0 || at <= row - far) break;
        continue;
      }
      const words = shown(raw);
      if (seen[seen.length - 1]?.words !== words) {
        seen.push({ row: at, column, words, label: this.label(words) });
      }
    }
    return seen;
  }

  /** The heading that a short name stands under: further left in its row, or above it in its column. */
  context(left: readonly Seen[], near: Seen): Over | null {
    for (const one of left.slice(1)) {
      if (one.label === null) break;
      if (one.label.heading) return { ...one.label.heading, words: one.words };
    }
    for (let row = near.row - 1; row > Math.max(-1, near.row - FAR_UP); row -= 1) {
      const raw = this.at(row, near.column);
      if (isBlank(raw) || isAmount(raw)) continue;
      const { label, words } = this.labelIn(raw);
      if (label === null || (label.short.length === 0 && label.heading === null)) return null;
      if (label.heading) return { ...label.heading, words };
      const beside = this.near(row, near.column);
      if (beside?.label?.heading) return { ...beside.label.heading, words: beside.words };
    }
    return null;
  }
}
