/**
 * What a correction changes, before it is sent: the same changes in the same words that villagers will read
 * (server/rules/difference.py; both walk schemas/vectors/difference.json).
 *
 * Rows are matched by what identifies them, not by their place, so that an inserted row is one change.
 */
import type { Text } from "./findings";
import type { Field, Form, Widget } from "./form";
import { type Content, escaped, type Json, listAt, valueAt } from "./pointers";

export type Shown = string | number | boolean | Text | null;
export type Kind = "changed" | "added" | "removed";
export type Type = "money" | "int" | "date" | "text" | "flag" | "photos";

export interface Change {
  /** In the newer content; for what was removed, in the older. */
  pointer: string;
  /** The whole place in words; null where no field asks for it. */
  label: Text | null;
  before: Shown;
  after: Shown;
  kind: Kind;
  type: Type;
}

const TYPES: { [widget in Widget]?: Type } = {
  money: "money",
  int: "int",
  date: "date",
  checkbox: "flag",
  photos: "photos",
};

export function difference(before: Content, after: Content, form: Form): Change[] {
  const fields = form.steps.flatMap((step) => step.fields);
  const asked = new Set(fields.map((field) => field.pointer));
  const changes = fields.flatMap((field) => ofField(field, before, after, "", "", null));
  const old = new Map(leaves(before, asked, ""));
  const fresh = new Map(leaves(after, asked, ""));
  const places = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  for (const pointer of places) {
    const [was, is] = [old.get(pointer) ?? null, fresh.get(pointer) ?? null];
    if (was === is) continue;
    const type = typeOf(is) ?? typeOf(was) ?? "text";
    changes.push({ pointer, label: null, before: was, after: is, kind: kindOf(was, is), type });
  }
  return changes;
}

const isList = (field: Field): boolean => field.widget === "lines" || field.widget === "rows";
const at = (content: Json | undefined, pointer: string): Json => valueAt(content, pointer) ?? null;
const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
const kindOf = (old: Shown | Json, fresh: Shown | Json): Kind =>
  old === null ? "added" : fresh === null ? "removed" : "changed";
const joined = (place: Text | null, words: Text): Text =>
  place === null
    ? { zh: words.zh, en: words.en }
    : { zh: `${place.zh} · ${words.zh}`, en: `${place.en} · ${words.en}` };

function ofField(
  field: Field,
  before: Json,
  after: Json,
  atBefore: string,
  atAfter: string,
  place: Text | null,
): Change[] {
  const label = joined(place, field.label);
  if (isList(field)) return ofList(field, before, after, atBefore, atAfter, label);
  const [old, fresh] = [at(before, field.pointer), at(after, field.pointer)];
  if (same(old, fresh)) return [];
  const kind = kindOf(old, fresh);
  return [
    {
      pointer: (kind === "removed" ? atBefore : atAfter) + field.pointer,
      label,
      before: worded(field, old),
      after: worded(field, fresh),
      kind,
      type: TYPES[field.widget] ?? "text",
    },
  ];
}

function ofList(
  field: Field,
  before: Json,
  after: Json,
  atBefore: string,
  atAfter: string,
  label: Text,
): Change[] {
  const old = keyed(field, listAt(before, field.pointer));
  const fresh = keyed(field, listAt(after, field.pointer));
  const changes: Change[] = [];
  for (const [key, [index, row]] of fresh) {
    const place = joined(label, rowName(field, row, index));
    const here = `${atAfter}${field.pointer}/${index}`;
    const known = old.get(key);
    if (known === undefined) {
      changes.push(whole(field, here, place, null, row));
      continue;
    }
    const there = `${atBefore}${field.pointer}/${known[0]}`;
    for (const column of field.columns ?? []) {
      changes.push(...ofField(column, known[1], row, there, here, place));
    }
  }
  for (const [key, [index, row]] of old) {
    if (fresh.has(key)) continue;
    const place = joined(label, rowName(field, row, index));
    changes.push(whole(field, `${atBefore}${field.pointer}/${index}`, place, row, null));
  }
  return changes;
}

/** A row that came or went, shown by its chief value. */
function whole(field: Field, pointer: string, label: Text, old: Json, fresh: Json): Change {
  const column = (field.columns ?? []).find((one) => one.pointer === field.value);
  const chief = (row: Json): Shown => {
    if (row === null) return null;
    if (column) return worded(column, at(row, column.pointer));
    return typeof row === "object" ? null : row;
  };
  return {
    pointer,
    label,
    before: chief(old),
    after: chief(fresh),
    kind: fresh === null ? "removed" : "added",
    type: (column && TYPES[column.widget]) ?? "text",
  };
}

/** Rows by what identifies them; the second row of the same identity has its own key, and so on. */
function keyed(field: Field, rows: readonly Json[]): Map<string, [number, Json]> {
  const seen = new Map<string, number>();
  const found = new Map<string, [number, Json]>();
  rows.forEach((row, index) => {
    const names = (field.identity ?? []).map((pointer) => at(row, pointer));
    const identity = JSON.stringify(names.length > 0 ? names : [index]);
    const nth = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, nth);
    found.set(`${identity} ${nth}`, [index, row]);
  });
  return found;
}

/** What a row is called: the values that identify it, or its number. */
function rowName(field: Field, row: Json, index: number): Text {
  const names = (field.identity ?? [])
    .map((pointer): Shown => {
      const column = (field.columns ?? []).find((one) => one.pointer === pointer);
      return worded(column ?? null, at(row, pointer));
    })
    .filter((value): value is string | number | boolean | Text => value !== null && value !== "");
  if (names.length === 0) return { zh: `第 ${index + 1} 行`, en: `row ${index + 1}` };
  const say = (lang: "zh" | "en"): string =>
    names.map((name) => (typeof name === "object" ? name[lang] : String(name))).join(" ");
  return { zh: say("zh"), en: say("en") };
}

function worded(field: Field | null, value: Json): Shown {
  const option = field?.options?.find((one) => one.value === value);
  if (option) return { zh: option.label.zh, en: option.label.en };
  if (Array.isArray(value)) return value.length;
  return value !== null && typeof value === "object" ? null : value;
}

/** Every single value that no field of the form asks for. */
function leaves(
  content: Json,
  asked: ReadonlySet<string>,
  here: string,
): [string, string | number | boolean | null][] {
  if (asked.has(here)) return [];
  if (Array.isArray(content)) {
    return content.flatMap((value, index) => leaves(value, asked, `${here}/${index}`));
  }
  if (content !== null && typeof content === "object") {
    return Object.entries(content).flatMap(([key, value]) =>
      leaves(value, asked, `${here}/${escaped(key)}`),
    );
  }
  return [[here, content]];
}

const typeOf = (value: Json): Type | null =>
  typeof value === "boolean" ? "flag" : typeof value === "number" ? "int" : null;
