/**
 * Personal numbers in what was typed, found on the phone so that the answer is quick; the server looks again
 * (server/rules/personal_numbers.py) and its word wins. A message never repeats a digit.
 */
import type { Check } from "./finance";
import { type Content, type Json, stringsIn } from "./pointers";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = "10X98765432";
const PROVINCES = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split(
    " ",
  ),
);
const LONGEST = 19;

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

/** Every whole number in a text, and every neighbouring groups of digits read as one number. */
function numbersIn(plain: string): string[] {
  const runs = plain.match(/\d+(?:[ \-_.·‐‑‒–—]{1,2}\d+)*(?:[ -]?[Xx](?![A-Za-z]))?/g) ?? [];
  return runs.flatMap((run) => {
    const groups = run.match(/\d+|[Xx]/g) ?? [];
    return groups.flatMap((_group, start) => {
      const joined: string[] = [];
      for (let end = start + 1; end <= groups.length; end += 1) {
        const number = groups.slice(start, end).join("");
        if (number.length > LONGEST) break;
        joined.push(number);
      }
      return joined;
    });
  });
}

type Kind = "identity" | "card" | "mobile" | "masked";

/** What kind of personal number a text holds; null when none. Gaps and full-width digits do not hide it. */
export function personalNumber(text: string, mobileAllowed = false): Kind | null {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  if (/^[0-9a-f]{64}$/.test(plain)) return null;
  if (numbersIn(plain).some(identity)) return "identity";
  const dateless = plain.replace(
    /(^|\D)(?:19|20)\d\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\d|3[01])日?(?!\d)/g,
    "$1|",
  );
  const numbers = numbersIn(dateless);
  if (numbers.some(oldIdentity)) return "identity";
  if (numbers.some(card)) return "card";
  if (!mobileAllowed && numbers.some(mobile)) return "mobile";
  return /(?:^|\D)[1-9]\d{2,9}[*＊xX]{4,14}\d{1,4}[\dXx](?![\dA-Za-z])/.test(dateless)
    ? "masked"
    : null;
}

const KINDS: { [kind in Kind]: [string, string] } = {
  identity: ["身份证号码", "an identity card number"],
  card: ["银行卡号", "a bank card number"],
  mobile: ["手机号码", "a mobile number"],
  masked: ["遮了一部分的身份证号码", "a half-hidden identity card number"],
};

/** "/households/3/phone" fits the pattern "/households/*" + "/phone". */
function fits(pointer: string, pattern: string): boolean {
  const steps = pointer.split("/");
  const wanted = pattern.split("/");
  return (
    steps.length === wanted.length && wanted.every((step, n) => step === "*" || step === steps[n])
  );
}

const patterns = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** One finding for each text that holds a personal number; office phone fields may hold a mobile one. */
export const personalNumbers: Check = (content: Content, { params }) => {
  const offices = patterns(params?.office_phones);
  return stringsIn(content).flatMap(({ pointer, text }) => {
    const kind = personalNumber(
      text,
      offices.some((pattern) => fits(pointer, pattern)),
    );
    if (kind === null) return [];
    const [zh, en] = KINDS[kind];
    return [
      {
        pointer,
        message: {
          zh: `这里像是有${zh}。公开栏上不能出现个人号码，请删去。`,
          en: `This looks like ${en}. Personal numbers must not be published; please remove it.`,
        },
      },
    ];
  });
};
