/**
 * The search without a network, in what a query point keeps. What may be found is the server's own list, category by
 * category: of a list of people nothing but its title. What was pressed (letters and digits, no blanks) is found as there:
 * digits and Latin letters as whole words of a line (server/rules/searching.py), letters as pinyin initials too, of titles
 * and short names only. Other readings of a character and whole syllables are known to the server alone.
 */
import { initialsOf } from "./kiosk_initials";
import { formatFen } from "./money";

export interface Findable {
  searchable: readonly string[];
  names: readonly string[];
}

/** What the search needs of a sheet's sections. */
export type Searched =
  | { kind: "sum"; rows: readonly SumLike[] }
  | {
      kind: "table";
      columns: readonly { key: string; type: string }[];
      rows: readonly { cells: readonly Value[]; pointer: string }[];
    }
  | { kind: "facts"; items: readonly { value: Value; type: string; pointer: string }[] };

type Value = string | number | null;

interface SumLike {
  label: string;
  amount: number;
  pointer: string;
  entries: readonly EntryLike[];
}

interface EntryLike {
  voucher: string;
  summary: string;
  party: string;
  amount: number;
}

/** A line of a notice: where it stands, its fields, and which of them are names. */
export interface Line {
  pointer: string;
  fields: string[];
  names: string[];
}

/** Fields of a line that a category lets be found; null where there is none. */
class Sieve {
  readonly #searchable: RegExp[];
  readonly #names: RegExp[];
  constructor({ searchable, names }: Findable) {
    this.#searchable = searchable.map(pattern);
    this.#names = names.map(pattern);
  }

  line(pointer: string, values: readonly [place: string, value: Value, money: boolean][]): Line[] {
    const found: Line = { pointer, fields: [], names: [] };
    for (const [place, value, money] of values) {
      const words = money && typeof value === "number" ? formatFen(value) : String(value ?? "");
      if (words.trim() === "" || !this.#searchable.some((one) => one.test(place))) continue;
      found.fields.push(words);
      if (this.#names.some((one) => one.test(place))) found.names.push(words);
    }
    return found.fields.length > 0 ? [found] : [];
  }
}

/** "/expense/[each]/label" with its stars as numbers. */
function pattern(pointer: string): RegExp {
  const tokens = pointer.split("/").map((token) => (token === "*" ? "\\d+" : escaped(token)));
  return new RegExp(`^${tokens.join("/")}$`);
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What may be found of a notice, line by line. */
export function linesOf(sections: readonly Searched[], findable: Findable): Line[] {
  if (findable.searchable.length === 0) return [];
  const sieve = new Sieve(findable);
  return sections.flatMap((section) => {
    if (section.kind === "sum") return section.rows.flatMap((row) => sumLines(sieve, row));
    if (section.kind === "facts") {
      return section.items.flatMap(({ pointer, value, type }) =>
        sieve.line(pointer, [[pointer, value, type === "money"]]),
      );
    }
    return section.rows.flatMap(({ pointer, cells }) =>
      sieve.line(
        pointer,
        section.columns.map(({ key, type }, n) => [
          `${pointer}/${key}`,
          cells[n] ?? null,
          type === "money",
        ]),
      ),
    );
  });
}

function sumLines(sieve: Sieve, { pointer, label, amount, entries }: SumLike): Line[] {
  if (pointer === "") return []; // a heading: it only adds up the lines below it
  const own = sieve.line(pointer, [
    [`${pointer}/label`, label, false],
    [`${pointer}/amount`, amount, true],
  ]);
  const below = entries.flatMap((entry, n) => {
    const at = `${pointer}/entries/${n}`;
    return sieve.line(at, [
      [`${at}/voucher`, entry.voucher, false],
      [`${at}/summary`, entry.summary, false],
      [`${at}/party`, entry.party, false],
      [`${at}/amount`, entry.amount, true],
    ]);
  });
  return [...own, ...below];
}

const WITHIN =
  /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))|[^\p{L}\p{N}_\s.,、;:。!?]|_|(?<![0-9])\.|\.(?![0-9])|(?<![a-z0-9]) | (?![a-z0-9])/gu;
const PARTING = /[,、;:。!?]/g;
const WORDS = /[a-z]+|[0-9]+/g;

/** Whether a text holds what was pressed: side by side without the signs between, and each of its words whole. */
function holds(text: string, typed: string): boolean {
  const low = text.normalize("NFKC").split(/\s+/).join(" ").toLowerCase();
  const folded = low.replace(WITHIN, "").replace(PARTING, "\n");
  if (!folded.includes(typed)) return false;
  const words = new Set([...(folded.match(WORDS) ?? []), ...(low.match(WORDS) ?? [])]);
  return (typed.match(WORDS) ?? []).every((word) => words.has(word));
}

const spells = (name: string, typed: string): boolean =>
  /[a-z]/.test(typed) && initialsOf(name).includes(typed);

/** Whether a notice's title holds or spells what was pressed. */
export function isTitled(title: string, typed: string): boolean {
  return holds(title, typed) || spells(title, typed);
}

/** The lines that hold what was pressed, or a name of which spells it. */
export function linesWith(lines: readonly Line[], typed: string): Line[] {
  return lines.filter(
    ({ fields, names }) =>
      fields.some((words) => holds(words, typed)) || names.some((name) => spells(name, typed)),
  );
}
