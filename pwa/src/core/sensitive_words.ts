/**
 * Words that tell of an illness, a disability, an addiction or a sentence, on the phone
 * (server/rules/sensitive_words.py has the same lists; schemas/vectors holds both to them).
 */
import type { Check, Found } from "./finance";
import { matches, plain, spanOf, squeezed } from "./plain";
import { type Json, stringsIn } from "./pointers";
import { fits, patterns } from "./privacy";
import { remembered } from "./remembered";

export const WORDS = (
  "癌 肿瘤 白血病 尿毒症 艾滋 HIV AIDS 乙肝 丙肝 肝硬化 结核 梅毒 传染病 糖尿病 高血压 心脏病 脑梗 脑溢血 脑瘫 尘肺 肾衰 " +
  "癫痫 羊癫疯 痴呆 瘫痪 偏瘫 截瘫 植物人 透析 化疗 放疗 患有 因病致贫 因病返贫 因残致贫 " +
  "精神病 精神分裂 精神障碍 精神疾病 精神失常 抑郁症 躁郁症 " +
  "精神残疾 智力残疾 肢体残疾 视力残疾 听力残疾 言语残疾 语言残疾 多重残疾 残疾证 智障 弱智 聋哑 失明 截肢 " +
  "吸毒 戒毒 服刑 刑满 劳改 家暴 未婚先孕"
).split(" ");
/** Where a word stands and tells nothing of anybody. */
export const HARMLESS = (
  "残疾人联合会 残疾人两项补贴 残疾人护理补贴 残疾人生活补贴 重度残疾人护理补贴 困难残疾人生活补贴 残疾人就业保障金 " +
  "精神文明 肿瘤医院 传染病防治 传染病医院 文化疗 绿化疗 开放疗 戒毒宣传 禁毒 防癌抗癌 抗癌协会"
).split(" ");
/** 残疾二级, 二级残疾, 肢体二级, 残疾等级：2级, 重度残疾 */
const GRADE =
  /残疾(?:证|等级|程度|为|[:：(（])*[一二三四1-4壹贰叁肆]级[)）]?|[一二三四1-4壹贰叁肆]级(?:肢体|视力|听力|言语|智力|精神|多重)?残疾|(?:肢体|视力|听力|言语|智力|精神|多重)[一二三四1-4壹贰叁肆]级|(?:重度|中度|轻度)(?:肢体|视力|听力|言语|智力|精神|多重)?残疾/;
const CLAUSE_ENDS = "，,。；;、！!？?\n（）()[]【】 ";
const JOINTS = "，,、；; ";
const GONE = "口";

type Span = readonly [number, number];

const byLength = (a: string, b: string): number => b.length - a.length;

/** Where a text says something that is nobody's business, in the order of the text. */
export function told(
  text: string,
  words: readonly string[] = [],
  allowed: readonly string[] = [],
): Span[] {
  const seen = squeezed(plain(text, false));
  let here = seen.text;
  for (const phrase of [...HARMLESS, ...allowed].sort(byLength)) {
    here = here.split(phrase).join(GONE.repeat(phrase.length));
  }
  const upper = here.toUpperCase();
  const found = matches(GRADE, here);
  for (const word of [...WORDS, ...words]) {
    const pattern = word.toUpperCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const latin = /^[\x20-\x7e]+$/.test(word);
    const whole = new RegExp(latin ? `${pattern}(?![A-Z0-9])` : pattern);
    found.push(...matches(whole, upper, latin ? /[A-Z0-9]/ : undefined));
  }
  return found
    .map(({ start, end }) => spanOf(seen, start, end))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** What `told` says with these words and phrases, as JSON: [words, allowed]. */
const readers = remembered((own) => {
  const [words, allowed] = JSON.parse(own) as [string[], string[]];
  return remembered((text) => told(text, words, allowed));
});

function clauseOf(text: string, [start, end]: Span): Span {
  let first = start;
  let last = end;
  while (first > 0 && !CLAUSE_ENDS.includes(text.charAt(first - 1))) first -= 1;
  while (last < text.length && !CLAUSE_ENDS.includes(text.charAt(last))) last += 1;
  return [first, last];
}

/** A text without the clauses in which these places stand; "" when nothing stays. */
export function withoutClauses(text: string, places: readonly Span[]): string {
  const clauses = new Map(
    places.map((place) => clauseOf(text, place)).map((clause) => [clause.join(), clause]),
  );
  let left = text;
  for (const clause of [...clauses.values()].sort((a, b) => b[0] - a[0] || b[1] - a[1])) {
    let [first, last] = clause;
    const opened = first > 0 ? left.charAt(first - 1) : "";
    const closed = left.charAt(last);
    // Brackets with nothing in them go too; of two signs around a gap one stays.
    if (["（）", "()", "[]", "【】"].includes(opened + closed)) {
      first -= 1;
      last += 1;
    } else if (JOINTS.includes(closed)) last += closed.length;
    else if (JOINTS.includes(opened)) first -= opened.length;
    left = left.slice(0, first) + left.slice(last);
  }
  return left.replace(/^[，,、；; 。\n]+/, "").replace(/[，,、；; 。\n]+$/, "");
}

/** Text that seems to tell of an illness, a disability or the like; the text without that clause is on offer. */
export const sensitiveWords: Check = (content, { params }) => {
  const paths = params?.paths === undefined ? null : patterns(params.paths);
  const spared = patterns(params?.except);
  const strings = (value: Json | undefined): string[] => patterns(value);
  const read = readers(JSON.stringify([strings(params?.words), strings(params?.allowed)]));
  return stringsIn(content).flatMap(({ pointer, text }): Found[] => {
    if (paths !== null && !paths.some((pattern) => fits(pointer, pattern))) return [];
    if (spared.some((pattern) => fits(pointer, pattern))) return [];
    const places = read(text);
    if (places.length === 0) return [];
    return [
      {
        pointer,
        kind: "words",
        offer: withoutClauses(text, places),
        message: {
          zh: "这里像是写了病情、残疾等级一类的个人情况，与救助金额无关的不要公开。",
          en: "This seems to tell of an illness, a disability or the like. What has nothing to do with the relief must not be published.",
        },
      },
    ];
  });
};
