/** Names of minors where a category forbids them, on the phone (server/rules/minors.py). */
import type { Check, Found } from "./finance";
import { matches, plain } from "./plain";
import { type Json, listAt, valueAt } from "./pointers";
import { patterns } from "./privacy";
import { remembered } from "./remembered";

const ADULT = 18;
const TELLS = /未成年|孤儿|弃婴|弃儿|事实无人抚养|留守儿童|困境儿童/;
const AGE = /([0-9]{1,2})(?:周)?岁/;
/** A clause about somebody's children is not about the person who is named. */
const SOMEBODY_ELSE = /子女|儿子|女儿|孩子|孙|弟|妹|其子|其女|监护人|抚养人|收养|寄养|名未成年/;
const CLAUSES = /[，,。；;、！!？?\n（）()[\]【】 ]+/;
/** Compound surnames of two characters that are still common; masking keeps the whole surname. */
const COMPOUND = new Set(
  "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 长孙 宇文 闻人 端木 申屠 独孤 南宫 拓跋".split(
    " ",
  ),
);

/** Whether a text tells that the person it is about is a minor, and not that they have children. */
export const saysMinor = remembered((text): boolean =>
  plain(text, false)
    .text.split(CLAUSES)
    .some((clause) => {
      if (SOMEBODY_ELSE.test(clause)) return false;
      const ages = matches(AGE, clause, /[0-9]/).map((one) => Number.parseInt(one.text, 10));
      return TELLS.test(clause) || ages.some((age) => age < ADULT);
    }),
);

/** 张** for 张小三（12岁）: nothing but the surname. */
export function surnameOnly(name: string): string {
  const own = /^[^（([【，,；; ]+/.exec(name.trim())?.[0] ?? name.trim();
  const signs = [...own];
  const kept = COMPOUND.has(signs.slice(0, 2).join("")) && signs.length > 2 ? 2 : 1;
  return signs.slice(0, kept).join("") + "*".repeat(Math.max(1, signs.length - kept));
}

function tells(value: Json | undefined): boolean {
  if (typeof value === "number") return value < ADULT;
  return typeof value === "string" ? saysMinor(value) : value === true;
}

/** Each row that names a person of whom it says that they are a minor; the surname alone is on offer. */
export const minors: Check = (content, { params }) => {
  const rows = String(params?.rows ?? "");
  const field = String(params?.name ?? "");
  const toldBy = patterns(params?.told_by);
  return listAt(content, rows).flatMap((row, n): Found[] => {
    const name = valueAt(row, `/${field}`);
    if (typeof name !== "string" || name === "" || /[*＊某×]/.test(name)) return [];
    if (!toldBy.some((from) => tells(valueAt(row, `/${from}`)))) return [];
    return [
      {
        pointer: `${rows}/${n}/${field}`,
        kind: "minor",
        offer: surnameOnly(name),
        message: {
          zh: "这里像是写了未成年人的姓名。这一类公示不写未成年人的名字，请写监护人，或只留姓。",
          en: "This seems to be a minor's name. Minors are not named in this notice: name the guardian, or leave the surname only.",
        },
      },
    ];
  });
};
