/**
 * The single values of a form, searched for in a pasted table: what stands beside, below or behind its label.
 * server/rules/singles_search.py is the reference; schemas/vectors/singles.json holds both to the same answers.
 */
import { isBlank, readCell, shown, type Unit } from "./cells";
import { cellName, type Grid, type Match } from "./matching";
import {
  FAR_LEFT,
  headingOf,
  type Over,
  Page,
  SEARCHED_COLUMNS,
  SEARCHED_ROWS,
  type Seen,
} from "./singles_page";
import {
  amountsWithin,
  isAmount,
  type Label,
  plain,
  unitBeside,
  wordsWithin,
} from "./singles_words";
import { isTotal } from "./table_reading";
import { type FormTable, normal, type Singles, type TableColumn } from "./tables";

/** A value that a table seems to state, for a person to take or leave (server/rules/readings.py). */
export interface FoundSingle {
  pointer: string;
  sheet: number;
  /** "F3" */
  cell: string;
  /** Its labels, as they stand. */
  words: string;
  /** What stands in the cell. */
  shown: string;
  /** null: it could not be read. */
  value: string | number | boolean | null;
  /** Found by its own name, and nothing else was found for it. */
  sure: boolean;
}

interface Candidate {
  found: FoundSingle;
  rank: number;
}

const MOST_OFFERED = 6;
const MOST_CANDIDATES = 2_000;
const LONGEST_SHOWN = 40;
const SURE = 0;
const PERHAPS = 1;
const WHOLE_HEADING = 2;
const COUNTING = new Set(["行次", "行号", "序号", "编号", "编码", "科目编码", "科目代码"]);
const ZERO = /^[0.,]*$/;

const isNumber = (column: TableColumn | undefined): boolean =>
  column?.widget === "money" || column?.widget === "int";

/** One table, gone through from its values to their labels. */
class Search {
  private readonly columns: Map<string, TableColumn>;
  private readonly under: [pointer: string, heading: string][];
  private readonly candidates: Candidate[] = [];

  constructor(
    private readonly page: Page,
    singles: Singles,
  ) {
    this.columns = new Map(singles.columns.map((column) => [column.pointer, column]));
    this.under = singles.columns.flatMap(({ pointer, under }): [string, string][] =>
      under === null ? [] : [[pointer, under]],
    );
  }

  all(): Candidate[] {
    this.page.grid.slice(0, SEARCHED_ROWS).forEach((cells, row) => {
      cells.slice(0, SEARCHED_COLUMNS).forEach((raw, column) => {
        if (isBlank(raw) || this.candidates.length >= MOST_CANDIDATES) return;
        if (isAmount(raw)) this.ofAmount(row, column, raw);
        else {
          this.within(row, column, raw);
          this.beside(row, column);
        }
      });
    });
    return this.candidates;
  }

  private ofAmount(row: number, column: number, raw: string): void {
    const near = this.page.near(row, column);
    if (near?.label == null) {
      if (near === null || !isTotal(near.words)) this.below(row, column, raw, near === null);
      return;
    }
    const { label } = near;
    const left = this.page.left(row, column);
    const up = this.page.up(row, column);
    const [head] = up;
    if (head && COUNTING.has(normal(head.words))) return;
    let over = headingOf(up);
    // Money that one has stands under 借方.
    if (head?.words.startsWith("贷")) {
      if (ZERO.test(shown(raw))) return;
      over = over && { ...over, sure: false };
    }
    for (const [pointer, sure] of this.numbers(label)) {
      const own = this.under.find(([one]) => one === pointer)?.[1] ?? over?.key;
      const fits = over === null || (own === over.key && over.sure);
      this.found(row, column, raw, pointer, sure && fits, [near.words]);
    }
    if (label.short.length > 0) {
      const under = over ?? this.page.context(left, near);
      this.ofShort(row, column, raw, label, under, near.words, null);
    }
    if (label.heading && label.whole.length === 0) {
      const { key, sure } = label.heading;
      const pointer = head?.label?.short.find(([one]) => one === key)?.[1];
      if (pointer !== undefined && head) {
        this.found(row, column, raw, pointer, sure, [near.words, head.words]);
      } else this.ofHeading(row, column, raw, key, near.words, null);
    }
  }

  /** What the words straight above a value say; sure where nothing stands beside or below it. */
  private below(row: number, column: number, raw: string, alone: boolean): void {
    const [near, ...above] = this.page.up(row, column, 1);
    if (!near?.label || this.page.listRows.has(row - 1)) return;
    const { label, words } = near;
    const last = !this.goesOn(row, column);
    if (!alone && !last) return;
    const only = alone && last;
    for (const [pointer, sure] of this.numbers(label)) {
      this.found(row, column, raw, pointer, sure && only, [words]);
    }
    if (label.short.length > 0) {
      const over = headingOf(above);
      const under = over && { ...over, sure: over.sure && only };
      this.ofShort(row, column, raw, label, under, words, null);
    }
    if (label.heading && label.whole.length === 0) {
      this.ofHeading(row, column, raw, label.heading.key, words, null);
    }
  }

  private goesOn(row: number, column: number): boolean {
    const next = this.page.at(row + 1, column);
    if (isBlank(next) || !isAmount(next)) return false;
    const near = this.page.near(row + 1, column);
    return near === null || !isTotal(near.words);
  }

  private ofShort(
    row: number,
    column: number,
    raw: string,
    label: Label,
    under: Over | null,
    words: string,
    unit: Unit | null,
  ): void {
    for (const [key, pointer] of label.short) {
      if (under === null) this.found(row, column, raw, pointer, false, [words], unit);
      else if (under.key === key) {
        this.found(row, column, raw, pointer, under.sure, [under.words, words], unit);
      }
    }
  }

  /** A heading's own amount for each value under it: perhaps all of it is one of them. Never sure. */
  private ofHeading(
    row: number,
    column: number,
    raw: string,
    key: string,
    words: string,
    unit: Unit | null,
  ): void {
    for (const [pointer, heading] of this.under) {
      if (heading === key) {
        this.found(row, column, raw, pointer, false, [words], unit, WHOLE_HEADING);
      }
    }
  }

  private within(row: number, column: number, raw: string): void {
    let under: Over | null = null;
    const here: Seen = { row, column, words: shown(raw), label: null };
    for (const { label: words, amount, unit } of amountsWithin(raw)) {
      const label = this.page.label(words);
      if (label === null) continue;
      for (const [pointer, sure] of this.numbers(label)) {
        this.found(row, column, amount, pointer, sure, [words], unit);
      }
      if (label.short.length > 0) {
        const left = [here, ...this.page.left(row, column)];
        const over: Over | null = under ?? this.page.context(left, here);
        this.ofShort(row, column, amount, label, over, words, unit);
      }
      if (label.heading) {
        under = { ...label.heading, words };
        if (label.whole.length === 0) {
          this.ofHeading(row, column, amount, label.heading.key, words, unit);
        }
      }
    }
    for (const { label: words, said } of wordsWithin(raw)) {
      for (const [pointer, sure] of this.typed(this.page.label(words))) {
        this.found(row, column, said, pointer, sure, [words]);
      }
    }
  }

  private beside(row: number, column: number): void {
    const words = shown(this.page.at(row, column));
    const typed = this.typed(this.page.label(words));
    if (typed.length === 0 || this.page.listRows.has(row)) return;
    for (let at = column + 1; at < Math.min(column + FAR_LEFT, this.page.width); at += 1) {
      const raw = this.page.at(row, at);
      const said = shown(raw);
      if (isBlank(raw) || said === words) continue;
      if (this.page.label(said) === null && !plain(said).endsWith(":")) {
        for (const [pointer, sure] of typed) this.found(row, at, raw, pointer, sure, [words]);
      }
      return;
    }
  }

  private numbers(label: Label): [string, boolean][] {
    return label.whole.filter(([pointer]) => isNumber(this.columns.get(pointer)));
  }

  private typed(label: Label | null): [string, boolean][] {
    return (label?.whole ?? []).filter(([pointer]) => !isNumber(this.columns.get(pointer)));
  }

  /** A candidate for each unit that the amount may be in. */
  private found(
    row: number,
    column: number,
    raw: string,
    pointer: string,
    sure: boolean,
    words: string[],
    unit: Unit | null = null,
    rank = sure ? SURE : PERHAPS,
  ): void {
    const asked = this.columns.get(pointer);
    if (asked === undefined) return;
    const above = this.page.up(row, column).slice(0, 1);
    const said =
      unit ??
      [...words, ...above.map((one) => one.words)].map(unitBeside).find((one) => one !== null);
    const units = said ? [said] : asked.widget === "money" ? this.page.units : (["yuan"] as const);
    const values = new Set<FoundSingle["value"]>();
    for (const each of units) {
      const read = readCell(asked, raw, each);
      if ("blank" in read) return;
      if (!("value" in read) && !isNumber(asked)) return;
      const value = "value" in read ? (read.value as FoundSingle["value"]) : null;
      if (values.has(value)) continue;
      values.add(value);
      this.candidates.push({
        found: {
          pointer,
          sheet: 0,
          cell: cellName(row, column),
          words: [...new Set(words)].join("·"),
          shown: shown(raw).slice(0, LONGEST_SHOWN),
          value,
          sure,
        },
        rank,
      });
    }
  }
}

/** The best of what was found for one value: by its own name before a hint, a whole heading only at last. */
function offered(column: TableColumn, singles: Singles, all: readonly Candidate[]): FoundSingle[] {
  const mine = all.filter(({ found }) => found.pointer === column.pointer);
  const best = Math.min(WHOLE_HEADING, ...mine.map(({ rank }) => rank));
  if (best === WHOLE_HEADING) {
    const same = singles.columns.filter((one) => one.under === column.under);
    const known = (one: Candidate): boolean =>
      one.rank < best && same.some(({ pointer }) => pointer === one.found.pointer);
    if (all.some(known)) return [];
  }
  const once = new Map<string, FoundSingle>();
  for (const { found, rank } of mine) {
    const name = found.value === null ? `? ${found.cell}` : JSON.stringify(found.value);
    if (rank === best && !once.has(name)) once.set(name, found);
  }
  const sure = best === SURE && once.size === 1;
  return [...once.values()]
    .slice(0, MOST_OFFERED)
    .map((one) => ({ ...one, sure: sure && one.value !== null }));
}

/** What was found for the single values in a pasted table, several for one that has to be asked. */
export function findSingles(
  grid: Grid,
  tables: readonly FormTable[],
  singles: Singles,
  match: Match | null,
): FoundSingle[] {
  const page = new Page(grid, tables, singles, match === null ? [] : [match.header]);
  const all = new Search(page, singles).all();
  return singles.columns.flatMap((column) => offered(column, singles, all));
}

const ONE_NUMBER = /^\+?[\d\s()（）-]{5,24}$/;

/** The cells in which an office's number was found that is offered to be taken, and nothing but that number. */
export const phonesAmong = (found: readonly FoundSingle[], offices: readonly string[]): string[] =>
  found
    .filter((one) => offices.includes(one.pointer) && ONE_NUMBER.test(String(one.value)))
    .map((one) => one.cell);
