/**
 * The words by which somebody's own table names a form's single values: labels, amounts, and units beside them.
 * server/rules/singles_words.py is the reference; schemas/vectors/singles.json holds both to the same answers.
 */
import type { Unit } from "./cells";
import { namesOf, normal, type Singles, type TableColumn } from "./tables";

/**
 * What a label says: a value by its whole name, a short name that means one value under each heading, or a heading.
 * One that says nothing of these is a sum of the form, known but never read.
 */
export interface Label {
  whole: [pointer: string, sure: boolean][];
  short: [heading: string, pointer: string][];
  heading: { key: string; sure: boolean } | null;
}

const LONGEST_LABEL = 40;
const LONGEST_WORDS = 300;
const LONGEST_PART = 60;
const SHORTEST_PART = 4;
const OF_WHICH = /^(?:其中|另外|加|减)[:：]?\s*/;
const NUMBERED = /^[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]\s*(?!\d)/;
const DATED =
  /^(?:截[至止]到?)?\s*(?:19|20)\d\d\s*年度?\s*(?:第?[一二三四1-4]\s*季度?|\d{1,2}\s*月份?(?:\s*\d{1,2}\s*日)?)?[底末]?/;
const AMOUNT = /^[-+(¥]*\d[\d,]*(?:\.\d*)?\)?(?:万元|元|万)?$/;
const SAID = /^([^\d¥+(-]+?)[\s:为是]*([-+(¥]*\d[\d,]*(?:\.\d*)?\)?\s*(?:万元|元|万)?)$/;
const UNIT_IN_BRACKETS = /[([【]\s*(?:单位:)?\s*(?:人民币)?\s*(万?元)\s*[)\]】]/;
const ASIDE = /\((?![-+¥\d])([^()]*)\)/g;
const BREAK = /[\n;。、]|,(?!\d{3}(?!\d))|\s{2,}/;
const GAP = /\n|[;；]|\s{2,}|\s+(?=[^\s:：]{1,8}[:：])|\s+(?=(?:19|20)\d\d\s*年)/;
const WORDS = /^([^:：]{2,20})[:：](.+)$/;
const UNIT_SAID = /单位:?\s*[(（]?\s*(?:人民币)?\s*(万?元)/g;

/** Words with full-width signs made plain: '：' is ':', '（' is '(', '￥' is '¥'. */
export const plain = (words: string): string => words.normalize("NFKC");

/** A label without what stands in front of it: 一、, (1), 其中：, 2026年第三季度. */
export function bare(words: string): string {
  let left = plain(words).trim();
  for (;;) {
    const rest = left
      .replace(NUMBERED, "")
      .replace(OF_WHICH, "")
      .replace(DATED, "")
      .replace(/^[: ]+/, "");
    if (rest === left || rest === "") return left;
    left = rest;
  }
}

export const isAmount = (raw: string): boolean => AMOUNT.test(plain(raw).replace(/\s/g, ""));

function wholeNames(column: TableColumn): string[] {
  const all = [column.label.zh, column.label.en, ...column.also];
  const own = all.filter((words) => !OF_WHICH.test(words));
  const parts = own.length < all.length ? [] : namesOf(column.label, []);
  return [...own.map(normal), ...parts.filter((name) => name.length >= SHORTEST_PART)];
}

/** Every name that a form's single values are known by, as a function of a cell's words. */
export function labelsOf(singles: Singles): (words: string) => Label | null {
  const known = new Map<string, Label>();
  const of = (name: string): Label => {
    const label = known.get(name) ?? { whole: [], short: [], heading: null };
    known.set(name, label);
    return label;
  };
  const add = (name: string, pointer: string, sure: boolean): void => {
    const { whole } = of(name);
    if (!whole.some(([one]) => one === pointer)) whole.push([pointer, sure]);
  };
  const heads = singles.headings.map(({ key, label, also, perhaps }) => ({
    key,
    names: [
      ...[label.zh, label.en, ...also].map((name): [string, boolean] => [normal(name), true]),
      ...perhaps.map((name): [string, boolean] => [normal(name), false]),
    ],
  }));
  for (const { key, names } of heads) {
    for (const [name, sure] of names) of(name).heading = { key, sure };
  }
  for (const column of singles.columns) {
    for (const name of wholeNames(column)) {
      of(name);
      if (!column.computed) add(name, column.pointer, true);
    }
    for (const { key, names } of heads) {
      if (column.under !== key) continue;
      for (const short of column.short.map(normal)) {
        of(short).short.push([key, column.pointer]);
        for (const [head, sure] of names) {
          add(head + short, column.pointer, sure);
          add(short + head, column.pointer, sure);
        }
      }
    }
  }
  return (words) =>
    words.length === 0 || words.length > LONGEST_LABEL
      ? null
      : (known.get(normal(bare(words))) ?? null);
}

/** An amount behind its label in one cell, and the unit that the label says. */
export interface Inside {
  label: string;
  amount: string;
  unit: Unit | null;
}

/** The labels with an amount inside one cell's words, in order. */
export function amountsWithin(words: string): Inside[] {
  if (words.length > LONGEST_WORDS) return [];
  const joined = plain(words)
    .replace(new RegExp(UNIT_IN_BRACKETS, "g"), "$1:")
    .replace(/(:)\s+/g, "$1")
    .replace(ASIDE, ";$1;");
  return joined.split(BREAK).flatMap((part): Inside[] => {
    if (part.length > LONGEST_PART) return [];
    const [, said = "", amount = ""] = SAID.exec(bare(part)) ?? [];
    if (said === "") return [];
    const label = said.trim();
    if (label.endsWith("万元")) return [{ label: label.slice(0, -2), amount, unit: "wan" }];
    if (label.endsWith("元")) return [{ label: label.slice(0, -1), amount, unit: "yuan" }];
    return [{ label, amount, unit: null }];
  });
}

/** The labels with words behind a colon inside one cell: '编制单位：红河村  单位：元' says two. */
export function wordsWithin(words: string): { label: string; said: string }[] {
  if (words.length > LONGEST_WORDS) return [];
  const joined = words.trim().replace(/([:：])\s+/g, "$1");
  return joined.split(GAP).flatMap((part) => {
    const [, label, said] = WORDS.exec(part.trim()) ?? [];
    return label && said ? [{ label: label.trim(), said: said.trim() }] : [];
  });
}

/** The unit that a label or a heading says of its own amounts: 期初余额（万元）. */
export function unitBeside(words: string): Unit | null {
  const said = UNIT_IN_BRACKETS.exec(plain(words));
  return said === null ? null : said[1] === "万元" ? "wan" : "yuan";
}

/** The units that a table's amounts may be in by all its words: both where it says both, or only hints. */
export function unitsOf(texts: readonly string[]): Unit[] {
  const said = new Set<string>();
  let hinted = false;
  for (const text of texts.filter((words) => words.includes("元")).map(plain)) {
    for (const [, unit = ""] of text.matchAll(UNIT_SAID)) said.add(unit);
    hinted ||= /(^|[^\d.\s])万元/.test(text);
  }
  if (said.size === 0) return hinted ? ["yuan", "wan"] : ["yuan"];
  return (["yuan", "wan"] as const).filter((unit) => said.has(unit === "wan" ? "万元" : "元"));
}
