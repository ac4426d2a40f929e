/** The form of a category (`v1.form.json`) as a model: where a field is, what is still empty, what a row looks like. */
import type { Text } from "./findings";
import { type Content, type Json, join, listAt, valueAt, withValue } from "./pointers";

export type Widget =
  | "money"
  | "text"
  | "longtext"
  | "date"
  | "month"
  | "choice"
  | "int"
  | "checkbox"
  | "lines"
  | "rows"
  | "photos";

export interface Option {
  value: string | number | boolean;
  label: Text;
  group?: Text;
}

export interface Field {
  /** In a step: from the content's root. In `columns`: from the row. */
  pointer: string;
  widget: Widget;
  label: Text;
  help?: Text;
  required?: boolean;
  options?: Option[];
  /** Offered while typing; anything else may be typed. */
  suggestions?: Text[];
  columns?: Field[];
  /** Other headings under which people's own tables have this. */
  also?: string[];
  /** A single value that people's own tables call by a short name under one of the form's headings. */
  under?: { heading: string; as: string[] };
  /** In a list: what makes a row the same row in the next edition. */
  identity?: string[];
  /** The name of a sum that is shown and written, never typed; `formula` says of what. */
  computed?: string;
  formula?: Formula;
  /** In a list: the column that stands for the whole row. */
  value?: string;
  /** What of the last period a new one begins with. */
  carry?: Carry;
}

/**
 * What a computed field is: everything `plus` reaches minus everything `minus` reaches (`*` stands for every row),
 * or over `rows` the sum of `add` (without it: their number), only those with `where`, none with `except`.
 */
export type Formula =
  | { plus: string[]; minus?: string[] }
  | {
      rows: string;
      add?: string;
      where?: { [pointer: string]: Json };
      except?: { [pointer: string]: Json };
    };

/** A value taken over as it is, or (with `fields`) the rows of a list with what of them goes on. */
export interface Carry {
  from: string;
  fields?: { [pointer: string]: string };
  set?: { [pointer: string]: Json };
  unless?: { [pointer: string]: Json };
  once?: boolean;
}

export interface Step {
  id: string;
  title: Text;
  help?: Text;
  fields: Field[];
}

/** What several single values stand under in people's own tables (期初余额). */
export interface Heading {
  label: Text;
  also?: string[];
  /** Names that mean it only at times. */
  perhaps?: string[];
}

export interface Form {
  headings?: { [key: string]: Heading };
  steps: Step[];
}

const isList = (field: Field): boolean => field.widget === "lines" || field.widget === "rows";

/** A row with nothing in it but its own empty lists. */
export function emptyRow(columns: readonly Field[]): Content {
  return columns.reduce<Content>(
    (row, column) => (isList(column) ? withValue(row, column.pointer, []) : row),
    {},
  );
}

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The rows of the last period that go on (server/rules/forms.py does the same). */
export function carriedRows(carry: Carry, previous: Content): Content[] {
  const rows: Content[] = [];
  for (const row of listAt(previous, carry.from)) {
    const over = Object.entries(carry.unless ?? {}).some(([at, value]) =>
      same(valueAt(row, at), value),
    );
    if (over) continue;
    let kept: Content = {};
    for (const [at, source] of Object.entries(carry.fields ?? {})) {
      const value = valueAt(row, source);
      if (value !== undefined && value !== null) kept = withValue(kept, at, value);
    }
    for (const [at, value] of Object.entries(carry.set ?? {})) kept = withValue(kept, at, value);
    if (!carry.once || !rows.some((known) => same(known, kept))) rows.push(kept);
  }
  return rows;
}

/**
 * What the last period already says about this one: single values, and rows that simply go on (a debt stands
 * where it stood). The lines of an account are offered instead, because their amounts begin empty.
 */
export function carried(form: Form, previous: Content | null): Content {
  const fields = form.steps.flatMap((step) => step.fields);
  return fields.reduce<Content>((content, field) => {
    if (previous === null || field.carry === undefined || field.widget === "lines") return content;
    const value = field.carry.fields
      ? carriedRows(field.carry, previous)
      : valueAt(previous, field.carry.from);
    const nothing =
      value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return nothing ? content : withValue(content, field.pointer, value);
  }, {});
}

const atTop = (field: Field): boolean => field.pointer.lastIndexOf("/") === 0;

/** What is sent: without the empty lists that the schema does not ask for. */
export function tidied(content: Content, required: readonly string[]): Content {
  const kept = Object.entries(content).filter(
    ([key, value]) => !(Array.isArray(value) && value.length === 0) || required.includes(key),
  );
  return Object.fromEntries(kept);
}

/** The content a draft begins with: every list empty, and what is known already filled in. */
export function startContent(form: Form, known: Content): Content {
  const fields = form.steps.flatMap((step) => step.fields);
  return fields.reduce<Content>((content, field) => {
    if (valueAt(content, field.pointer) !== undefined) return content;
    // A list inside something that may be left out begins with its first row.
    if (isList(field)) return atTop(field) ? withValue(content, field.pointer, []) : content;
    if (field.widget === "choice" && field.required && field.options?.length === 1) {
      return withValue(content, field.pointer, field.options[0]?.value ?? null);
    }
    return content;
  }, known);
}

const empty = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

export interface Gap {
  pointer: string;
  label: Text;
}

/** Gaps of one row by places in it; a row that is still the same object has the same gaps. */
const ofRows = new WeakMap<object, { columns: readonly Field[]; gaps: Gap[] }>();

function gapsOfRow(row: Json, columns: readonly Field[]): Gap[] {
  if (row === null || typeof row !== "object") return gapsOf(row, columns);
  const known = ofRows.get(row);
  if (known?.columns === columns) return known.gaps;
  const gaps = gapsOf(row, columns);
  ofRows.set(row, { columns, gaps });
  return gaps;
}

function gapsOf(content: Json, fields: readonly Field[]): Gap[] {
  return fields.flatMap((field) => {
    const pointer = join("", field.pointer);
    if (isList(field)) {
      const rows = listAt(content, pointer);
      if (rows.length === 0 && field.required) return [{ pointer, label: field.label }];
      return rows.flatMap((row, n) =>
        gapsOfRow(row, field.columns ?? NO_COLUMNS).map((gap) => ({
          ...gap,
          pointer: join(pointer, n, gap.pointer),
        })),
      );
    }
    if (!field.required || field.computed) return [];
    return empty(valueAt(content, pointer)) ? [{ pointer, label: field.label }] : [];
  });
}

const NO_COLUMNS: readonly Field[] = [];

/** Required fields of these that are still empty, in the order they are asked. */
export function gapsIn(content: Content, fields: readonly Field[]): Gap[] {
  return gapsOf(content, fields);
}

/** The step in which a place of the content is asked; -1 when no step asks for it. */
export function stepOf(form: Form, pointer: string): number {
  let best = -1;
  let length = -1;
  form.steps.forEach((step, n) => {
    for (const field of step.fields) {
      const fits = pointer === field.pointer || pointer.startsWith(`${field.pointer}/`);
      const holds = field.pointer.startsWith(`${pointer}/`);
      if (fits && field.pointer.length > length) {
        best = n;
        length = field.pointer.length;
      } else if (holds && best < 0) best = n;
    }
  });
  return best;
}

/** "支出 · 第 3 行 · 金额": the words for a place of the content. */
export function placeName(form: Form, pointer: string, language: "zh" | "en"): string {
  let fields: readonly Field[] = form.steps.flatMap((step) => step.fields);
  let rest = pointer;
  const words: string[] = [];
  for (;;) {
    const field = fields.find((f) => {
      const at = f.pointer.startsWith("/") ? f.pointer : `/${f.pointer}`;
      return rest === at || rest.startsWith(`${at}/`);
    });
    if (field === undefined) return words.join(" · ");
    words.push(field.label[language]);
    rest = rest.slice(join("", field.pointer).length);
    const row = /^\/(\d+)/.exec(rest);
    if (row === null) return words.join(" · ");
    const n = Number(row[1]) + 1;
    words.push(language === "en" ? `row ${n}` : `第 ${n} 行`);
    rest = rest.slice(row[0].length);
    fields = field.columns ?? [];
  }
}
