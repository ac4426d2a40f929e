/**
 * Text made plain for looking, and the way back: which sign of the original every plain sign came from
 * (server/rules/plain_text.py does the same). Digits of other scripts, in circles or in full width become ASCII ones,
 * every kind of space a space; a Chinese numeral becomes a sign of its own, because 张三 ends in one.
 */

/** Ten private signs: the Chinese numerals for 0 to 9. */
export const NUMERALS = Array.from({ length: 10 }, (_, n) => String.fromCharCode(0xe000 + n));

const WRITTEN =
  "零〇○◯ 一壹弌幺〡 二贰貳弍〢 三叁參弎〣 四肆〤 五伍〥 六陆陸〦 七柒〧 八捌〨 九玖〩".split(" ");
const NUMERAL = new Map(
  WRITTEN.flatMap((signs, digit) => [...signs].map((sign) => [sign, NUMERALS[digit] ?? ""])),
);
/** Runs of digits that no normal form turns into ASCII: first code point, its value, how many follow in order. */
const DIGIT_RUNS: [number, number, number][] = [
  [0x1369, 1, 9],
  [0x19da, 1, 1],
  [0x24f5, 1, 9],
  [0x24ff, 0, 1],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x10a40, 1, 4],
  [0x10e60, 1, 9],
  [0x11052, 1, 9],
  [0x1f10b, 0, 1],
  [0x1f10c, 0, 1],
];
/** The check digit X in other scripts, and signs that look like it. */
const LIKE_X = new Set("ХхΧχ×✕✖");
/** Letters by category, but nothing to see. */
const BLANK = new Set("\u115f\u1160\u2800\u3164\uffa0");

export interface Plain {
  text: string;
  /** Where each sign of `text` begins in the original, and where that sign ends. */
  from: number[];
  to: number[];
  length: number;
}

/** Digits of one script stand in a row of ten: the value is how far the row's first one is. */
function decimal(sign: string): string | null {
  if (/^[0-9]$/.test(sign)) return sign;
  if (!/^\p{Nd}$/u.test(sign)) return null;
  const point = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
}

function odd(sign: string): string | null {
  const point = sign.codePointAt(0) ?? 0;
  const run = DIGIT_RUNS.find(([first, , count]) => point >= first && point < first + count);
  return run === undefined ? null : String(run[1] + point - run[0]);
}

function plainSign(sign: string, numerals: boolean): string {
  if (/^[\x20-\x7e]$/.test(sign)) return sign;
  if (BLANK.has(sign)) return "";
  if (LIKE_X.has(sign)) return "X";
  if (/^[\t\n\v\f\r\x85\p{Z}]$/u.test(sign)) return " ";
  if (/^[\p{Cf}\p{Cc}\p{Mn}\p{Me}\ue000-\ue009]$/u.test(sign)) return "";
  const digit = odd(sign);
  if (digit !== null) return digit;
  const found = [...sign.normalize("NFKC")]
    .map((one) => (numerals ? NUMERAL.get(one) : undefined) ?? decimal(one) ?? one)
    .map((one) => (/^\p{Z}$/u.test(one) ? " " : one))
    .join("");
  // ⑴ and ⒈ are digits with ornaments.
  const digits = /^\p{No}$/u.test(sign) ? found.replace(/[^0-9\ue000-\ue009]/g, "") : "";
  return digits || found.replace(/[\p{Mn}\p{Me}]/gu, "");
}

/** A text made plain; with `numerals` 一二三 and 壹贰叁 become NUMERALS. */
export function plain(text: string, numerals = true): Plain {
  const seen: Plain = { text: "", from: [], to: [], length: text.length };
  let at = 0;
  for (const sign of text) {
    for (const unit of plainSign(sign, numerals).split("")) {
      seen.text += unit;
      seen.from.push(at);
      seen.to.push(at + sign.length);
    }
    at += sign.length;
  }
  return seen;
}

/** Where plain[start:end] stands in the original, invisible signs behind it included. */
export function spanOf(seen: Plain, start: number, end: number): [number, number] {
  const last = seen.to[end - 1] ?? 0;
  return [seen.from[start] ?? 0, Math.max(last, seen.from[end] ?? seen.length)];
}

/** The plain text without its spaces: 残 疾 二 级 says the same. */
export function squeezed(seen: Plain): Plain {
  const kept = [...seen.from.keys()].filter((n) => seen.text.charAt(n) !== " ");
  return {
    text: kept.map((n) => seen.text.charAt(n)).join(""),
    from: kept.map((n) => seen.from[n] ?? 0),
    to: kept.map((n) => seen.to[n] ?? 0),
    length: seen.length,
  };
}

export interface Match {
  start: number;
  end: number;
  text: string;
  groups: { [name: string]: string | undefined };
}

/** Matches of a pattern behind which nothing of `behind` stands: look-behind, which older phones lack. */
export function matches(pattern: RegExp, text: string, behind?: RegExp): Match[] {
  const search = new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join(""));
  const found: Match[] = [];
  for (let one = search.exec(text); one !== null; one = search.exec(text)) {
    if (behind?.test(text.charAt(one.index - 1))) {
      search.lastIndex = one.index + 1;
      continue;
    }
    const end = one.index + one[0].length;
    found.push({ start: one.index, end, text: one[0], groups: one.groups ?? {} });
    if (one[0] === "") search.lastIndex += 1;
  }
  return found;
}
