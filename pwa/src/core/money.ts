/** Money is whole fen (分) everywhere; yuan exist only in what people type and read. */

export type Fen = number;

/** The largest sum a village sheet can hold: what still fits a JSON integer on every side. */
export const LARGEST: Fen = 99_999_999_999_99;

/** "1,746.5" → 174650; null when it is not an amount. Full-width digits and signs are understood. */
export function parseYuan(typed: string): Fen | null {
  const plain = typed
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[．。]/g, ".")
    .replace(/[－−]/g, "-")
    .replace(/[,，\s¥￥元]/g, "");
  const parts = /^(-?)(\d+)(?:\.(\d{0,2}))?$/.exec(plain);
  if (parts === null) return null;
  const [, sign = "", yuan = "0", cents = ""] = parts;
  const fen = Number(yuan) * 100 + Number(cents.padEnd(2, "0"));
  if (fen > LARGEST) return null;
  return sign === "-" && fen !== 0 ? -fen : fen;
}

/** 174650 → "1,746.50", with a real minus sign when it is negative. */
export function formatFen(fen: Fen): string {
  const whole = Math.abs(fen);
  const yuan = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
  const cents = String(whole % 100).padStart(2, "0");
  return `${fen < 0 ? "−" : ""}${yuan}.${cents}`;
}

/** What a money field shows while it is being edited: plain digits, no separators, no idle zeros. */
export function editable(fen: Fen | null): string {
  if (fen === null) return "";
  const plain = formatFen(fen).replace(/,/g, "").replace("−", "-");
  return plain.replace(/\.00$/, "").replace(/(\.\d)0$/, "$1");
}

export type Key =
  | "0"
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "00"
  | "."
  | "back"
  | "sign";

/** One press on the keypad. A press that would make no amount changes nothing. */
export function press(typed: string, key: Key): string {
  if (key === "back") return typed.slice(0, -1);
  if (key === "sign") return typed.startsWith("-") ? typed.slice(1) : `-${typed}`;
  const next = key === "." && !/\d$/.test(typed) ? `${typed}0.` : typed + key;
  const tidy = next.replace(/^(-?)0+(?=\d)/, "$1");
  return parseYuan(tidy) === null ? typed : tidy;
}

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const SMALL = ["", "拾", "佰", "仟"];
const LARGE = ["", "万", "亿", "万亿"];

/** Four digits in capitals; leading zeros are the caller's business. */
function section(value: number): string {
  let words = "";
  let pendingZero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      pendingZero = words !== "";
    } else {
      words += `${pendingZero ? "零" : ""}${DIGITS.charAt(digit)}${SMALL[place] ?? ""}`;
      pendingZero = false;
    }
  }
  return words;
}

function wholeYuan(yuan: number): string {
  let words = "";
  for (let group = 3; group >= 0; group -= 1) {
    const value = Math.floor(yuan / 10 ** (group * 4)) % 10_000;
    if (value === 0) continue;
    const above = Math.floor(yuan / 10 ** ((group + 1) * 4));
    // A gap is read once: a zero at the end of the group before, or at the head of this one (server/rules/values.py).
    const gap = words !== "" && (value < 1000 || above % 10 === 0);
    words += `${gap ? "零" : ""}${section(value)}${LARGE[group] ?? ""}`;
  }
  return words;
}

/** 174650 → 壹仟柒佰肆拾陆元伍角整, as on a receipt. */
export function capitals(fen: Fen): string {
  const whole = Math.abs(fen);
  const yuan = Math.floor(whole / 100);
  const jiao = Math.floor(whole / 10) % 10;
  const cent = whole % 10;
  let words = fen < 0 ? "负" : "";
  if (yuan > 0) words += `${wholeYuan(yuan)}元`;
  if (jiao > 0) words += `${DIGITS.charAt(jiao)}角`;
  if (cent > 0) words += `${jiao === 0 && yuan > 0 ? "零" : ""}${DIGITS.charAt(cent)}分`;
  if (whole === 0) words += "零元";
  return cent > 0 ? words : `${words}整`;
}
