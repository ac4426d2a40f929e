/** Rows of a list in a form: their names, copies, and those of the last period. */
import type { Text } from "./findings";
import type { Field } from "./form";
import { amountAt, type Content, type Json, join, listAt, valueAt, withValue } from "./pointers";

const both = (words: string): Text => ({ zh: words, en: words });

/**
 * What a row is called: the label somebody gave it, the kind that was chosen, or its first words. A household is
 * told from the next of its group by its name.
 */
export function rowTitle(field: Field, row: Content, n: number): Text {
  const columns = field.columns ?? [];
  const own = columns.find((c) => c.widget === "text" && /label$/.test(c.pointer));
  const label = own ? valueAt(row, own.pointer) : undefined;
  if (typeof label === "string" && label !== "") return both(label);
  const kind = columns.find((c) => c.widget === "choice" && (c.options?.length ?? 0) > 0);
  const texts = columns.filter((c) => c.widget === "text");
  const first = texts.find((c) => c.required) ?? texts[0];
  const words = first ? valueAt(row, first.pointer) : undefined;
  if (field.widget === "rows" && typeof words === "string" && words !== "") {
    const more = texts
      .filter((c) => c !== first && c.required && field.identity?.includes(c.pointer))
      .map((c) => valueAt(row, c.pointer))
      .filter((value) => typeof value === "string" && value !== "");
    return both([words, ...more].join(" · "));
  }
  const chosen = kind ? valueAt(row, kind.pointer) : undefined;
  const option = kind?.options?.find((o) => o.value === chosen);
  if (option) return option.label;
  if (typeof words === "string" && words !== "") return both(words);
  return { zh: `第 ${n + 1} 行`, en: `Row ${n + 1}` };
}

/** The list with a copy of one row right after it; photos belong to one voucher and are not copied. */
export function copyRow(rows: readonly Content[], n: number): Json[] {
  const row = rows[n];
  if (row === undefined) return [...rows];
  const { photos: _photos, entries: _entries, ...kept } = row;
  const copy: Content = "entries" in row ? { ...kept, entries: [] } : kept;
  return [...rows.slice(0, n + 1), copy, ...rows.slice(n + 1)];
}

/**
 * The rows of the last period as a beginning for this one. Lines of an account keep what they are and lose
 * their amounts; a roster keeps its people as they were, to be changed where something changed.
 */
export function rowsFromBefore(field: Field, before: readonly Content[]): Json[] {
  const columns = field.columns ?? [];
  return before.map((old) =>
    columns.reduce<Content>((row, column) => {
      if (column.widget === "lines" || (column.widget === "rows" && field.widget === "lines")) {
        return withValue(row, column.pointer, []);
      }
      const named = column.widget === "choice" || column.widget === "text";
      const value = valueAt(old, column.pointer);
      if (value === undefined || column.widget === "photos") return row;
      return field.widget === "rows" || named ? withValue(row, column.pointer, value) : row;
    }, {}),
  );
}

/**
 * When the entries of a line change and the line's amount was their sum (or nothing), the amount follows.
 * An amount that somebody typed otherwise stays, and the check says that the two differ.
 */
export function followEntries(before: Content, after: Content, entries: string): Content {
  const line = entries.replace(/\/[^/]*$/, "");
  const sum = (content: Content): number =>
    listAt(content, entries).reduce<number>(
      (total, entry) => total + amountAt(entry, "/amount"),
      0,
    );
  // Not its entries but something else of the line was changed: perhaps the very amount.
  if (valueAt(after, entries) === valueAt(before, entries)) return after;
  const place = join(line, "amount");
  const stated = valueAt(before, place);
  if (listAt(after, entries).length === 0) return after;
  if (stated !== undefined && stated !== sum(before)) return after;
  const typed = listAt(after, entries).some((entry) => valueAt(entry, "/amount") !== undefined);
  if (!typed) return after;
  return withValue(after, place, sum(after));
}

/** `followEntries` for every line of a form whose list kept its length. */
export function followAll(fields: readonly Field[], before: Content, after: Content): Content {
  return fields.reduce((content, field) => {
    const inner = (field.columns ?? []).find((c) => /entries$/.test(c.pointer));
    const rows = listAt(content, field.pointer);
    const old = listAt(before, field.pointer);
    if (inner === undefined || rows.length !== old.length) return content;
    return rows.reduce<Content>((changed, row, n) => {
      if (row === old[n]) return changed;
      return followEntries(before, changed, join(field.pointer, n, inner.pointer));
    }, content);
  }, after);
}
