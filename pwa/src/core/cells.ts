/**
 * One cell of a pasted table, read for one column: exact, or a sentence that says what was read and expected.
 * server/rules/cells.py does the same for files.
 */
import { isDay } from "./dates";
import type { Text } from "./findings";
import type { Json } from "./pointers";
import { normal, type TableColumn } from "./tables";

export type Unit = "yuan" | "wan";

/** A value, nothing, or why there is none; `word` is a choice's text for a person to say what it means. */
export type Cell = { value: Json } | { blank: true } | { text: Text; word?: string };

const NOTHING = new Set(["", "-", "--", "—", "——", "/", "无", "空"]);
const YES = new Set(["是", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true"]);
const NO = new Set(["否", "不是", "×", "0", "n", "no", "false"]);
const MOST_DIGITS = 13;
const LONGEST_SHOWN = 40;

const plainOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/−/g, "-")
    .replace(/，/g, ",")
    .replace(/\p{Cf}/gu, "")
    .trim();

/** A cell on one line, as people see it. */
export const shown = (raw: string): string => raw.split(/\s+/).filter(Boolean).join(" ");

export const isBlank = (raw: string): boolean => NOTHING.has(plainOf(raw));

const cut = (text: string): string =>
  text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;

function unexpected(raw: string, zh: string, en: string): { text: Text } {
  const found = cut(shown(raw));
  return { text: { zh: `读到“${found}”，应是${zh}`, en: `read “${found}”, expected ${en}` } };
}

const notMoney = (raw: string) => unexpected(raw, "金额，例如 1,234.56", "an amount like 1,234.56");

/** Fen of an amount as people write it; nothing is rounded. */
export function readMoney(raw: string, unit: Unit): Cell {
  let typed = plainOf(raw).replace(/\s/g, "");
  const own: Unit = /万元?$/.test(typed) ? "wan" : /元$/.test(typed) ? "yuan" : unit;
  typed = typed
    .replace(/^(¥|RMB)/, "")
    .replace(/元$/, "")
    .replace(/万$/, "");
  const bracketed = /^\((.*)\)$/.exec(typed);
  const found = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(bracketed?.[1] ?? typed);
  if (found === null) return notMoney(raw);
  const [, sign = "", whole = "", part = ""] = found;
  const digits = whole.replace(/,/g, "").replace(/^0+/, "");
  const decimals = part.replace(/0+$/, "");
  if (digits.length > MOST_DIGITS || decimals.length > MOST_DIGITS) return notMoney(raw);
  const places = own === "wan" ? 6 : 2;
  if (decimals.length > places) {
    return unexpected(
      raw,
      "最多到分的金额（元的两位小数）",
      "an amount in whole fen (two decimals of a yuan)",
    );
  }
  const fen = Number(`${digits || "0"}${decimals.padEnd(places, "0")}`);
  if (!Number.isSafeInteger(fen)) return notMoney(raw);
  const negative = (sign === "-") !== (bracketed !== null);
  return { value: negative && fen !== 0 ? -fen : fen };
}

function readWhole(raw: string): Cell {
  const typed = plainOf(raw).replace(/\s/g, "");
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0+)?(?:户|人|口|名|个)?$/.exec(typed);
  if (found === null) return unexpected(raw, "整数，例如 12", "a whole number like 12");
  return { value: Number((found[1] ?? "").replace(/,/g, "")) };
}

const DAY = /^((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/;
const CLOCK = /[ T]00?:00(:00(\.0+)?)?$/;

function readDay(raw: string): Cell {
  const text = plainOf(shown(raw)).replace(CLOCK, "");
  const found = DAY.exec(text) ?? /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text);
  const [, year = "", month = "", date = ""] = found ?? [];
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  if (found !== null && isDay(day)) return { value: day };
  return unexpected(raw, "日期，例如 2026-09-30", "a day like 2026-09-30");
}

function readMonth(raw: string): Cell {
  const text = plainOf(shown(raw)).replace(CLOCK, "");
  const found = /^((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*月?$/.exec(text) ?? DAY.exec(text);
  const month = Number(found?.[2] ?? 0);
  if (found === null || month < 1 || month > 12) {
    return unexpected(raw, "年月，例如 2026-09", "a month like 2026-09");
  }
  return { value: `${found[1]}-${String(month).padStart(2, "0")}` };
}

function readFlag(raw: string): Cell {
  const typed = plainOf(shown(raw)).toLowerCase();
  if (YES.has(typed)) return { value: true };
  if (NO.has(typed)) return { value: false };
  return unexpected(raw, "“是”或“否”", "“yes” or “no”");
}

function readChoice(column: TableColumn, raw: string): Cell {
  const typed = shown(raw);
  const wanted = normal(typed);
  const found = column.options.find((option) =>
    [option.label.zh, option.label.en, String(option.value)].map(normal).includes(wanted),
  );
  if (found) return { value: found.value };
  const known = (lang: "zh" | "en"): string =>
    column.options.map((option) => option.label[lang]).join(lang === "zh" ? "、" : ", ");
  return {
    text: {
      zh: `读到“${cut(typed)}”，应是其中之一：${known("zh")}`,
      en: `read “${cut(typed)}”, expected one of: ${known("en")}`,
    },
    word: typed,
  };
}

/** What a cell says for a column. */
export function readCell(column: TableColumn, raw: string, unit: Unit): Cell {
  if (isBlank(raw)) return { blank: true };
  switch (column.widget) {
    case "money":
      return readMoney(raw, unit);
    case "int":
      return readWhole(raw);
    case "date":
      return readDay(raw);
    case "month":
      return readMonth(raw);
    case "checkbox":
      return readFlag(raw);
    case "choice":
      return readChoice(column, raw);
    default:
      return { value: column.widget === "longtext" ? raw.trim() : shown(raw) };
  }
}
