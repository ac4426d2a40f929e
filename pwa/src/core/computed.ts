/** Sums that a form shows and writes but nobody types: form.json says of what each is the sum. */
import type { Field, Form, Formula } from "./form";
import { type Content, type Json, listAt, valueAt, withValue } from "./pointers";

/** Every number at a pattern; `*` stands for every row of a list. null: there is no such place at all. */
function numbersAt(content: Json | undefined, pattern: string): number[] | null {
  const star = pattern.indexOf("/*");
  if (star < 0) {
    const value = valueAt(content, pattern);
    return typeof value === "number" ? [value] : null;
  }
  const list = valueAt(content, pattern.slice(0, star));
  const rest = pattern.slice(star + 2);
  return Array.isArray(list) ? list.flatMap((row) => numbersAt(row, rest) ?? []) : null;
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

const has = (row: Json, wanted: { [pointer: string]: Json } | undefined): boolean =>
  Object.entries(wanted ?? {}).some(([pointer, value]) => valueAt(row, pointer) === value);

/** What a formula comes to; undefined while there is nothing of what it adds. */
function value(content: Json, formula: Formula): number | undefined {
  if ("rows" in formula) {
    if (!Array.isArray(valueAt(content, formula.rows))) return undefined;
    const { where, except } = formula;
    const rows = listAt(content, formula.rows).filter(
      (row) => (where === undefined || has(row, where)) && !has(row, except),
    );
    const { add: what } = formula;
    return what === undefined
      ? rows.length
      : add(rows.flatMap((row) => numbersAt(row, what) ?? []));
  }
  const plus = formula.plus.map((pattern) => numbersAt(content, pattern));
  if (plus.every((numbers) => numbers === null)) return undefined;
  const minus = (formula.minus ?? []).map((pattern) => numbersAt(content, pattern));
  return (
    add(plus.flatMap((numbers) => numbers ?? [])) - add(minus.flatMap((numbers) => numbers ?? []))
  );
}

function brought(content: Content, fields: readonly Field[]): Content {
  return fields.reduce((now, field) => {
    if (field.formula === undefined) return now;
    const sum = value(now, field.formula);
    return valueAt(now, field.pointer) === sum ? now : withValue(now, field.pointer, sum);
  }, content);
}

/** The content with every computed sum brought up to date, also inside the rows of its lists. */
export function withComputed(form: Form, content: Content): Content {
  const fields = form.steps.flatMap((step) => step.fields);
  const inRows = fields.reduce((now, field) => {
    const columns = field.columns ?? [];
    const list = valueAt(now, field.pointer);
    if (!Array.isArray(list) || !columns.some((column) => column.formula)) return now;
    const rows = list.map((row) => brought(row as Content, columns));
    return rows.some((row, n) => row !== list[n]) ? withValue(now, field.pointer, rows) : now;
  }, content);
  return brought(inRows, fields);
}
