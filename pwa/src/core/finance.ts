/**
 * Checks of one village account against itself, as the server has them (server/rules/finance.py): the phone
 * says early what the server will say. The examples in schemas/ hold both to the same answers.
 */
import type { Text } from "./findings";
import { formatFen } from "./money";
import type { Period } from "./periods";
import { amountAt, type Content, type Json, listAt, valueAt } from "./pointers";

export interface Found {
  pointer: string;
  message: Text;
  expected?: number;
  actual?: number;
  explainable?: boolean;
  /** The content already says why. */
  explained?: boolean;
  /** What the gate for personal information saw, and the text as it may stand ("": nothing of it). */
  kind?: string;
  offer?: string;
}

export interface CheckContext {
  period: Period | null;
  previous: Content | null;
  yearToDate: readonly Content[];
  params?: { [name: string]: Json };
}

export type Check = (content: Content, context: CheckContext) => Found[];

export const GROUPS: [string, Text][] = [
  ["income", { zh: "本期收入", en: "income" }],
  ["other_receipts", { zh: "其他收款", en: "other receipts" }],
  ["expense", { zh: "本期支出", en: "expense" }],
  ["other_payments", { zh: "其他付款", en: "other payments" }],
];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export function groupSum(content: Content, group: string): number {
  return sum(listAt(content, `/${group}`).map((line) => amountAt(line, "/amount")));
}

export function openingTotal(content: Content): number {
  return amountAt(content, "/opening/cash") + amountAt(content, "/opening/bank");
}

export function expectedClosing(content: Content): number {
  return (
    openingTotal(content) +
    groupSum(content, "income") +
    groupSum(content, "other_receipts") -
    groupSum(content, "expense") -
    groupSum(content, "other_payments")
  );
}

/** The sentence that names two amounts and their difference. */
export function unequal(left: Text, leftAmount: number, right: Text, rightAmount: number): Text {
  const gap = formatFen(Math.abs(leftAmount - rightAmount));
  const first = left.en.charAt(0).toUpperCase() + left.en.slice(1);
  return {
    zh: `${left.zh}是 ${formatFen(leftAmount)} 元，${right.zh}是 ${formatFen(rightAmount)} 元，差 ${gap} 元。`,
    en: `${first} is ${formatFen(leftAmount)} yuan, but ${right.en} is ${formatFen(rightAmount)}; they differ by ${gap} yuan.`,
  };
}

function linesOf(content: Content): { at: string; line: Json }[] {
  return GROUPS.flatMap(([group]) =>
    listAt(content, `/${group}`).map((line, n) => ({ at: `/${group}/${n}`, line })),
  );
}

export const subtotals: Check = (content) =>
  GROUPS.flatMap(([group, name]) => {
    const stated = amountAt(content, `/subtotals/${group}`);
    const summed = groupSum(content, group);
    if (stated === summed) return [];
    const left = { zh: `${name.zh}合计`, en: `the total of ${name.en}` };
    const right = { zh: "各行相加", en: "the sum of its lines" };
    return [
      {
        pointer: `/subtotals/${group}`,
        message: unequal(left, stated, right, summed),
        expected: summed,
        actual: stated,
      },
    ];
  });

export const closing: Check = (content) => {
  const stated = amountAt(content, "/closing/total");
  const expected = expectedClosing(content);
  if (stated === expected) return [];
  const left = { zh: "期末余额", en: "the closing balance" };
  const right = { zh: "期初加收款减付款", en: "opening plus receipts minus payments" };
  return [
    {
      pointer: "/closing/total",
      message: unequal(left, stated, right, expected),
      expected,
      actual: stated,
    },
  ];
};

export const cashAndBank: Check = (content) => {
  const total = amountAt(content, "/closing/total");
  const parts = amountAt(content, "/closing/cash") + amountAt(content, "/closing/bank");
  if (parts === total) return [];
  const left = { zh: "库存现金加银行存款", en: "cash on hand plus bank" };
  const right = { zh: "期末余额", en: "the closing balance" };
  return [
    {
      pointer: "/closing/bank",
      message: unequal(left, parts, right, total),
      expected: total,
      actual: parts,
    },
  ];
};

export const entries: Check = (content, { period }) =>
  linesOf(content).flatMap(({ at, line }) => {
    const items = listAt(line, "/entries");
    const stated = amountAt(line, "/amount");
    const summed = sum(items.map((item) => amountAt(item, "/amount")));
    const found: Found[] = [];
    if (items.length > 0 && summed !== stated) {
      const left = { zh: "这一行", en: "this line" };
      const right = { zh: "逐笔相加", en: "the sum of its entries" };
      const message = unequal(left, stated, right, summed);
      found.push({ pointer: `${at}/amount`, message, expected: summed, actual: stated });
    }
    items.forEach((item, n) => {
      const day = valueAt(item, "/date");
      if (typeof day !== "string" || !period?.start || !period.end) return;
      if (day >= period.start && day <= period.end) return;
      found.push({
        pointer: `${at}/entries/${n}/date`,
        message: {
          zh: `这一笔的日期 ${day} 不在本期（${period.start} 至 ${period.end}）之内。`,
          en: `The date of this entry, ${day}, is outside the period (${period.start} to ${period.end}).`,
        },
      });
    });
    return found;
  });

export const zeroActivity: Check = (content) => {
  const claimed = valueAt(content, "/no_activity") === true;
  const count = linesOf(content).length;
  if (claimed && count > 0) {
    return [
      {
        pointer: "/no_activity",
        message: {
          zh: `写着本期没有收支，表里却有 ${count} 行。`,
          en: `It says that nothing moved in this period, but the table has ${count} lines.`,
        },
        expected: 0,
        actual: count,
      },
    ];
  }
  if (claimed || count > 0) return [];
  return [
    {
      pointer: "/no_activity",
      message: {
        zh: "表里一行也没有。本期确实没有收支的，请勾选“本期没有收支”再公开。",
        en: "The table has no line. If nothing moved in this period, tick 'no activity' and publish it.",
      },
      expected: 1,
      actual: 0,
    },
  ];
};

const BALANCES: [string, Text][] = [
  ["/opening/cash", { zh: "期初现金", en: "opening cash" }],
  ["/opening/bank", { zh: "期初存款", en: "opening bank balance" }],
  ["/closing/cash", { zh: "期末现金", en: "closing cash" }],
  ["/closing/bank", { zh: "期末存款", en: "closing bank balance" }],
];

export const negative: Check = (content) => {
  const found: Found[] = [];
  for (const { at, line } of linesOf(content)) {
    if (valueAt(line, "/correction") === true) continue;
    const places = [
      "/amount",
      ...listAt(line, "/entries").map((_entry, n) => `/entries/${n}/amount`),
    ];
    for (const place of places) {
      const amount = amountAt(line, place);
      if (amount >= 0) continue;
      found.push({
        pointer: `${at}${place}`,
        message: {
          zh: `金额是负数（${formatFen(amount)} 元）。冲销以前的账，请勾选“更正”并写明原因。`,
          en: `The amount is negative (${formatFen(amount)} yuan). To reverse an earlier entry, mark the line as a correction and say why.`,
        },
        expected: 0,
        actual: amount,
      });
    }
  }
  for (const [pointer, name] of BALANCES) {
    const amount = amountAt(content, pointer);
    if (amount >= 0) continue;
    found.push({
      pointer,
      message: {
        zh: `${name.zh}是负数（${formatFen(amount)} 元），账上的钱不会少于零。`,
        en: `The ${name.en} is negative (${formatFen(amount)} yuan); money in hand cannot be less than nothing.`,
      },
      expected: 0,
      actual: amount,
    });
  }
  return found;
};
