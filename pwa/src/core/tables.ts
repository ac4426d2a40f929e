/**
 * The tables of a form: its lists, and one for the rows inside rows (vouchers), which name the line they belong to.
 * server/rules/tables.py is the reference; schemas/vectors/tables.json holds both to the same answers.
 */
import type { Text } from "./findings";
import type { Field, Form, Option, Widget } from "./form";

/** Columns whose pointer begins with `^` say where a row belongs. */
export const INSIDE = "^list";
export const ORDINAL = "^row";

export interface TableColumn {
  pointer: string;
  label: Text;
  widget: Widget;
  required: boolean;
  options: Option[];
  /** Other headings that people's own tables have for it. */
  also: string[];
  computed: boolean;
  /** The heading under which people's own tables call a single value by one of `short`. */
  under: string | null;
  short: string[];
}

/** What a form asks once, and the headings under which people's own tables have some of it. */
export interface Singles {
  columns: TableColumn[];
  headings: { key: string; label: Text; also: string[]; perhaps: string[] }[];
}

export interface FormTable {
  /** The list's pointer; of rows inside rows the first such pattern ("/income/*" + "/entries"). */
  key: string;
  label: Text;
  columns: TableColumn[];
  /** [list, list inside its rows] for rows inside rows, else empty. */
  inside: [string, string][];
  identity: string[];
  also: string[];
}

const isList = (field: Field): boolean => field.widget === "lines" || field.widget === "rows";

const columnOf = (field: Field): TableColumn => ({
  pointer: field.pointer,
  label: field.label,
  widget: field.widget,
  required: field.required ?? false,
  options: field.options ?? [],
  also: field.also ?? [],
  computed: field.formula !== undefined,
  under: field.under?.heading ?? null,
  short: field.under?.as ?? [],
});

const columnsOf = (field: Field): TableColumn[] =>
  (field.columns ?? []).filter((c) => !isList(c) && c.widget !== "photos").map(columnOf);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function identityColumn(pointer: string, outers: readonly Field[]): TableColumn[] {
  const found = outers
    .flatMap((outer) => outer.columns ?? [])
    .filter((column) => column.pointer === pointer)
    .map(columnOf);
  const [first] = found;
  if (first === undefined) return [];
  const options = found.flatMap((column) => column.options);
  const once = options.filter((one, n) => options.findIndex((other) => same(other, one)) === n);
  return [{ ...first, pointer: `^${pointer}`, options: once, also: [], computed: false }];
}

type Inner = [outer: Field, inner: Field];

function innerTable(group: Inner[]): FormTable[] {
  const [first] = group;
  if (first === undefined) return [];
  const [outer, inner] = first;
  const plain = {
    required: false,
    options: [],
    also: [],
    computed: false,
    under: null,
    short: [],
  };
  const which: TableColumn = {
    ...plain,
    pointer: INSIDE,
    label: { zh: "属于哪张表", en: "Which table" },
    widget: "choice",
    options: group.map(([one]) => ({ value: one.pointer, label: one.label })),
  };
  const ordinal: TableColumn = {
    ...plain,
    pointer: ORDINAL,
    label: { zh: "同名第几行", en: "Which of the same" },
    widget: "int",
  };
  const names = (outer.identity ?? []).flatMap((pointer) =>
    identityColumn(
      pointer,
      group.map(([one]) => one),
    ),
  );
  return [
    {
      key: `${outer.pointer}/*${inner.pointer}`,
      label: inner.label,
      columns: [...(group.length > 1 ? [which] : []), ...names, ordinal, ...columnsOf(inner)],
      inside: group.map(([one, within]) => [one.pointer, within.pointer]),
      identity: outer.identity ?? [],
      also: inner.also ?? [],
    },
  ];
}

/** The tables of a form, lists first. Photos are not among their columns: they stay on the phone. */
export function tablesOf(form: Form): FormTable[] {
  const lists = form.steps.flatMap((step) => step.fields).filter(isList);
  const groups: Inner[][] = [];
  for (const outer of lists) {
    for (const inner of (outer.columns ?? []).filter(isList)) {
      const group = groups.find(
        ([first]) =>
          first !== undefined &&
          same(columnsOf(first[1]), columnsOf(inner)) &&
          same(first[0].identity, outer.identity),
      );
      if (group) group.push([outer, inner]);
      else groups.push([[outer, inner]]);
    }
  }
  const plain = lists.map(
    (field): FormTable => ({
      key: field.pointer,
      label: field.label,
      columns: columnsOf(field),
      inside: [],
      identity: field.identity ?? [],
      also: field.also ?? [],
    }),
  );
  return [...plain, ...groups.flatMap(innerTable)];
}

/** The single values of a form. */
export const singlesOf = (form: Form): Singles => ({
  columns: form.steps
    .flatMap((step) => step.fields)
    .filter((field) => !isList(field) && field.widget !== "photos")
    .map(columnOf),
  headings: Object.entries(form.headings ?? {}).map(([key, { label, also, perhaps }]) => ({
    key,
    label,
    also: also ?? [],
    perhaps: perhaps ?? [],
  })),
});

/** Words as they are compared: full width made plain, lower case, without brackets, spaces and signs. */
export function normal(words: string): string {
  const plain = words.normalize("NFKC").toLowerCase();
  const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, "");
  return bare(plain.replace(/[([【〔{][^)\]】〕}]*[)\]】〕}]/g, "")) || bare(plain);
}

/** What a heading may be called: the label in both languages, its other names, and either side of 或. */
export function namesOf(label: Text, also: readonly string[]): string[] {
  const whole = [label.zh, label.en, ...also];
  const parts = [label.zh, label.en].flatMap((words) => words.split(/或|、|\/|，| or |, /));
  const sure = new Set(whole.map(normal));
  const all = [...new Set([...whole, ...parts].map(normal))];
  return all.filter((name) => name.length > 1 || sure.has(name));
}
