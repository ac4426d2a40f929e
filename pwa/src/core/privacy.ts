/**
 * Personal numbers in what was typed, found on the phone so that the answer is quick; the server looks again
 * (server/rules/personal_numbers.py) and its word wins. A message never repeats a digit.
 */
import type { Check, Found } from "./finance";
import type { Text } from "./findings";
import { matches, NUMERALS, plain, spanOf } from "./plain";
import { type Content, escaped, type Json } from "./pointers";
import { remembered } from "./remembered";

export type NumberKind = "identity" | "card" | "masked" | "mobile" | "passport";

export interface Spot {
  kind: NumberKind;
  start: number;
  end: number;
}

const KINDS: { [kind in NumberKind]: Text } = {
  identity: { zh: "身份证号码", en: "an identity card number" },
  card: { zh: "银行卡号", en: "a bank card number" },
  masked: { zh: "遮了一部分的个人号码", en: "a half-hidden personal number" },
  mobile: { zh: "手机号码", en: "a mobile number" },
  passport: { zh: "护照或通行证号码", en: "a passport or permit number" },
};
const ORDER = Object.keys(KINDS) as NumberKind[];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";
const PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split(
    " ",
  ),
);
const LONGEST = 19;
const GONE = "字";

const DIGIT = "[0-9\ue000-\ue009]";
const GAP = "[ \\-_.·•∙‧・‐‑‒–—―−]";
const ANY_GAP = "[^0-9A-Za-z㐀-鿿\ue000-\ue009]";
const RUN = new RegExp(`${DIGIT}+(?:${GAP}{1,4}${DIGIT}+)*`);
const WIDE_RUN = new RegExp(
  `${DIGIT}+(?:${ANY_GAP}{1,6}${DIGIT}+)*(?:${ANY_GAP}{0,6}[Xx](?![A-Za-z]))?`,
);
const GROUP = /[0-9]+|[\ue000-\ue009]|[Xx]/;
const DATE =
  /(?:19|20)[0-9]{2}[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12][0-9]|3[01])日?(?![0-9])/;
/** Amounts with their currency, codes of investment projects; and what must not stand before them. */
const HARMLESS: [RegExp, RegExp?][] = [
  [/¥ ?[0-9]{1,12}\.[0-9]{2}(?![0-9])/],
  [/[0-9]{1,12}\.[0-9]{2}(?= ?[元万])/, /[0-9.]/],
  [/[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?(?![0-9])/, /[0-9,.]/],
  [/20[0-9]{2}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9]{6}(?![0-9])/, /[0-9]/],
];
const CREDIT_CODE = /[0-9A-HJ-NPQRTUWXY](?: ?[0-9A-HJ-NPQRTUWXY]){17}(?![0-9A-Za-z])/i;
const CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** Who registers, and what kinds of bodies. Travel agencies (6) are left out: bank cards begin with 62. */
const CREDIT_KINDS: { [registrar: string]: string } = {
  1: "1239",
  2: "19",
  3: "123459",
  4: "19",
  5: "1239",
  7: "129",
  8: "19",
  9: "123",
  A: "19",
  N: "1239",
  Y: "1",
};
const MASKED = /[1-9][0-9]{2,9}[*xX●•■█]{4,14}[0-9]{1,4}[0-9Xx](?![0-9A-Za-z])/;
const PASSPORT =
  /(?:(?<letter>[EGDSPHMCK])(?<digits>(?:[ -]{0,2}[0-9]){8})(?:[ -]{0,2}[0-9]{2})?|(?:[EC][A-HJ-NP-Z]|[DSP]E|MA|K[A-Z])(?:[ -]{0,2}[0-9]){7})(?![0-9A-Za-z])/i;
const NAMED_PASSPORT = /(?:护照|通行证)[^0-9A-Za-z]{0,8}[A-Za-z]{0,2} ?[0-9]{6,10}(?![0-9A-Za-z])/;
const OTHER_NUMBER = /(?:合同|编号|单号|凭证|发票|票号|订单|项目|型号|文号|字号)[^0-9A-Za-z]{0,4}$/;
/** How people group what they write with gaps. */
const GROUPINGS: { [kind: string]: string[] } = {
  mobile: ["3 4 4", "3 3 5", "4 4 3", "4 3 4"],
  card: ["4 4 4 4", "4 4 4 4 1", "4 4 4 4 2", "4 4 4 4 3"],
  identity: ["6 6 3"],
};

type Span = readonly [number, number];

const digitsOf = (text: string): string =>
  text.replace(/[\ue000-\ue009]/g, (sign) => String(NUMERALS.indexOf(sign)));

function birthday(digits: string): boolean {
  const year = Number(digits.slice(0, 4));
  const at = new Date(Date.UTC(year, Number(digits.slice(4, 6)) - 1, Number(digits.slice(6))));
  const back = at.toISOString().slice(0, 10).replace(/-/g, "");
  return year >= 1900 && year <= 2099 && back === digits;
}

function identity(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, n) => total + weight * Number(text.charAt(n)), 0);
  const fits = CHECK.charAt(sum % 11) === text.charAt(17).toUpperCase();
  return fits && PROVINCES.has(text.slice(0, 2)) && birthday(text.slice(6, 14));
}

const oldIdentity = (text: string): boolean =>
  /^\d{15}$/.test(text) && PROVINCES.has(text.slice(0, 2)) && birthday(`19${text.slice(6, 12)}`);

function card(text: string): boolean {
  if (!/^[345689]\d{15,18}$/.test(text) || new Set(text).size === 1) return false;
  const sum = [...text].reverse().reduce((total, digit, n) => {
    const value = Number(digit) * (n % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function mobile(text: string): boolean {
  const local = text.length > 11 ? text.replace(/^00/, "").replace(/^86/, "") : text;
  return /^1[3-9]\d{9}$/.test(local);
}

/** Whether 18 signs are a unified social credit code (GB 32100: region and check sign fit). */
export function creditCode(text: string): boolean {
  const code = text.toUpperCase();
  if (!/^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}$/.test(code)) return false;
  if (!CREDIT_KINDS[code.charAt(0)]?.includes(code.charAt(1))) return false;
  if (!PROVINCES.has(code.slice(2, 4)) && code.slice(2, 4) !== "10") return false;
  let weight = 1;
  let sum = 0;
  for (const sign of code.slice(0, 17)) {
    const value = CREDIT_SIGNS.indexOf(sign);
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return code.charAt(17) === CREDIT_SIGNS.charAt((31 - (sum % 31)) % 31);
}

function identities(here: string): Span[] {
  return matches(WIDE_RUN, here).flatMap((run) => {
    const groups = matches(GROUP, run.text);
    return groups.flatMap((begin, first): Span[] => {
      let number = "";
      for (const group of groups.slice(first)) {
        number += digitsOf(group.text);
        if (number.length < 18) continue;
        return identity(number) ? [[run.start + begin.start, run.start + group.end]] : [];
      }
      return [];
    });
  });
}

/** A row of vouchers: 3001 3002 3003 3004. */
const countsThrough = (groups: readonly string[]): boolean =>
  groups.slice(1).every((group, n) => {
    const before = groups[n] ?? "";
    return (
      group.length > 1 && group.length === before.length && Number(group) - Number(before) === 1
    );
  });

/** Whether groups with gaps between them are meant as one number. */
function isOne(
  here: string,
  groups: readonly string[],
  [first, last]: Span,
  usual: readonly string[],
  [start, end]: Span,
  dates: readonly Span[],
): boolean {
  const own = groups.slice(first, last + 1).map(digitsOf);
  if (own.length === end - start) return true; // Chinese numerals, one behind the other
  // 张三 and 三组 lend their numerals to the row.
  const lent = (beyond: readonly string[]): boolean => beyond.every((g) => NUMERALS.includes(g));
  const atEdge = lent(groups.slice(0, first)) || lent(groups.slice(last + 1));
  if (!atEdge && !usual.includes(own.map((g) => g.length).join(" "))) return false;
  if (own.length > 2 && countsThrough(own)) return false;
  return dates.every(([since, until]) => {
    if (until <= start || since >= end) return true;
    if (since < start || until > end) return false;
    // A date beside a number, with a space between them, is a date beside a number.
    const spaced = (at: number): boolean => here.charAt(at) === " ";
    return !(since > start && spaced(since - 1)) && !(until < end && spaced(until));
  });
}

/** The numbers of a kind: unbroken, or with gaps as somebody would write one number. */
function written(here: string, kind: string, fits: (number: string) => boolean): Span[] {
  const dates = matches(DATE, here, /[0-9]/).map(({ start, end }): Span => [start, end]);
  return matches(RUN, here).flatMap((run) => {
    const groups = matches(GROUP, run.text);
    const texts = groups.map((group) => group.text);
    return groups.flatMap((begin, first): Span[] => {
      let number = "";
      let longest: Span | null = null;
      for (let last = first; last < groups.length; last += 1) {
        number += digitsOf(texts[last] ?? "");
        if (number.length > LONGEST) break;
        const place: Span = [run.start + begin.start, run.start + (groups[last]?.end ?? 0)];
        if (!fits(number)) continue;
        if (last > first && !isOne(here, texts, [first, last], GROUPINGS[kind] ?? [], place, dates))
          continue;
        longest = place;
      }
      return longest ? [longest] : [];
    });
  });
}

function blanked(here: string, [start, end]: Span): string {
  return here.slice(0, start) + GONE.repeat(end - start) + here.slice(end);
}

function withoutHarmless(here: string): string {
  let left = here;
  for (const code of matches(CREDIT_CODE, here, /[0-9A-Za-z]/)) {
    if (creditCode(code.text.replace(/ /g, ""))) left = blanked(left, [code.start, code.end]);
  }
  for (const [pattern, behind] of HARMLESS) {
    for (const { start, end } of matches(pattern, left, behind)) left = blanked(left, [start, end]);
  }
  return left;
}

function passports(here: string): Span[] {
  const dates = matches(DATE, here, /[0-9]/);
  const formed = matches(PASSPORT, here, /[0-9A-Za-z]/).filter(({ start, end, groups }) => {
    const digits = (groups.digits ?? "").replace(/[^0-9]/g, "");
    const ofADay =
      !/^[EG]$/i.test(groups.letter ?? "E") && /^20[1-9][0-9](?:0[1-9]|1[0-2])/.test(digits);
    const within = dates.some((date) => date.start < end && date.end > start);
    return !ofADay && !within && !OTHER_NUMBER.test(here.slice(0, start));
  });
  return [...formed, ...matches(NAMED_PASSPORT, here)].map(({ start, end }): Span => [start, end]);
}

/** Every personal number in a text, gravest kind first; none overlaps another. */
export function spots(text: string, mobileAllowed = false): readonly Spot[] {
  return (mobileAllowed ? inOffice : anywhere)(text);
}

function search(text: string, mobileAllowed: boolean): Spot[] {
  if (/^[0-9a-f]{64}$/.test(text)) return [];
  const seen = plain(text);
  let here = seen.text;
  const found: Spot[] = [];
  const take = (kind: NumberKind, places: readonly Span[]): void => {
    for (const [start, end] of places) {
      if (here.slice(start, end).includes(GONE)) continue;
      const [from, to] = spanOf(seen, start, end);
      found.push({ kind, start: from, end: to });
      here = blanked(here, [start, end]);
    }
  };
  take("identity", identities(here));
  here = withoutHarmless(here);
  take("card", written(here, "card", card));
  take("identity", written(here, "identity", oldIdentity));
  take(
    "masked",
    matches(MASKED, here, /[0-9]/).map(({ start, end }): Span => [start, end]),
  );
  if (!mobileAllowed) take("mobile", written(here, "mobile", mobile));
  take("passport", passports(here));
  return found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.start - b.start);
}

const anywhere = remembered((text) => search(text, false));
const inOffice = remembered((text) => search(text, true));

/** The gravest kind of personal number a text holds; null when none. */
export function personalNumber(text: string, mobileAllowed = false): NumberKind | null {
  return spots(text, mobileAllowed)[0]?.kind ?? null;
}

const LABEL =
  /(?:本人|联系|其)?(?:居民身份证|身份证|证件|银行卡|信用卡|社保卡|卡|账|帐|证号|手机|移动电话|电话|护照|通行证)(?:号码|号|码)?[:：是为 ]*[+＋]?$|[+＋]$/;
const EMPTY_BRACKETS = /[(（[【〔<《][\s,，、;；:：]*[)）\]】〕>》]/g;
const LOOSE_END = /[ \t,，、;；:：\-—]+$/;
const LOOSE_START = /^[ \t,，、;；:：\-—]+/;

/** A text without these numbers, their labels and the brackets they leave empty; "" when nothing stays. */
export function without(text: string, seen: readonly Spot[]): string {
  let left = text;
  for (const spot of [...seen].sort((a, b) => b.start - a.start)) {
    let before = left.slice(0, spot.start).replace(LABEL, "");
    const after = left.slice(spot.end);
    if (after === "" || "，,、；;。)）]】".includes(after.charAt(0))) {
      before = before.replace(LOOSE_END, "");
    }
    left = before + after;
  }
  return left
    .replace(EMPTY_BRACKETS, "")
    .replace(/ {2,}/g, " ")
    .replace(LOOSE_START, "")
    .replace(LOOSE_END, "");
}

/** "/households/3/phone" fits the pattern "/households/*" + "/phone". */
export function fits(pointer: string, pattern: string): boolean {
  const steps = pointer.split("/");
  const wanted = pattern.split("/");
  return (
    steps.length === wanted.length && wanted.every((step, n) => step === "*" || step === steps[n])
  );
}

export const patterns = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** Parts of contents in which there is none, wherever they stand: looked at once and not again at every key. */
const clean = new WeakSet<object>();

/** A finding for each kind of personal number in a text; office phone fields may hold a mobile one. */
export const personalNumbers: Check = (content: Content, { params }) => {
  const offices = patterns(params?.office_phones);
  const within = (part: Json, at: string): Found[] => {
    if (typeof part === "string") return numbersIn(part, at, offices);
    if (part === null || typeof part !== "object" || clean.has(part)) return [];
    const found = Array.isArray(part)
      ? part.flatMap((item, n) => within(item, `${at}/${n}`))
      : Object.entries(part).flatMap(([key, value]) => within(value, `${at}/${escaped(key)}`));
    // Where an office's phone may stand it depends on the place.
    if (found.length === 0 && offices.length === 0) clean.add(part);
    return found;
  };
  return within(content, "");
};

function numbersIn(text: string, pointer: string, offices: readonly string[]): Found[] {
  const seen = spots(
    text,
    offices.some((pattern) => fits(pointer, pattern)),
  );
  if (seen.length === 0) return [];
  const offer = without(text, seen);
  return [...new Set(seen.map(({ kind }) => kind))].map((kind) => ({
    pointer,
    kind,
    offer,
    message: {
      zh: `这里像是有${KINDS[kind].zh}。公开栏上不能出现个人号码，请删去。`,
      en: `This looks like ${KINDS[kind].en}. Personal numbers must not be published; please remove it.`,
    },
  }));
}
