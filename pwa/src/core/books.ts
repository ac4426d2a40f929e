/** Checks of a village account against other periods, and of its debts and claims (server/rules/finance_books.py). */
import { type Check, type Found, GROUPS, groupSum, openingTotal, unequal } from "./finance";
import type { Text } from "./findings";
import { formatFen } from "./money";
import type { Period } from "./periods";
import { amountAt, type Content, type Json, listAt, valueAt } from "./pointers";

const PARTS: [string, Text][] = [
  ["cash", { zh: "现金", en: "cash" }],
  ["bank", { zh: "存款", en: "bank balance" }],
];

export const continuity: Check = (content, { previous }) => {
  if (previous === null || valueAt(previous, "/book") !== valueAt(content, "/book")) return [];
  const why = valueAt(content, "/opening_explanation");
  const explained = typeof why === "string" && why.trim() !== "";
  return PARTS.flatMap(([part, name]) => {
    const now = amountAt(content, `/opening/${part}`);
    const then = amountAt(previous, `/closing/${part}`);
    if (now === then) return [];
    const left = { zh: `本期期初${name.zh}`, en: `the opening ${name.en} of this period` };
    const right = { zh: `上期期末${name.zh}`, en: `the closing ${name.en} of the last period` };
    return [
      {
        pointer: `/opening/${part}`,
        message: unequal(left, now, right, then),
        expected: then,
        actual: now,
        explainable: true,
        explained,
      },
    ];
  });
};

const MONTHS: { [cadence: string]: number } = {
  monthly: 1,
  quarterly: 3,
  half_yearly: 6,
  yearly: 12,
};

function wholeYearSoFar(period: Period | null, earlier: number): boolean {
  if (period === null) return true;
  const months = MONTHS[period.cadence];
  if (months === undefined || period.start === null) return false;
  return earlier === (Number(period.start.slice(5, 7)) - 1) / months;
}

export const yearToDate: Check = (content, { period, yearToDate: earlier }) => {
  if (valueAt(content, "/year_to_date") === undefined) return [];
  if (!wholeYearSoFar(period, earlier.length)) return [];
  return GROUPS.filter(([group]) => group === "income" || group === "expense").flatMap(
    ([group, name]) => {
      const stated = amountAt(content, `/year_to_date/${group}`);
      const summed = [...earlier, content].reduce((total, c) => total + groupSum(c, group), 0);
      if (stated === summed) return [];
      const left = { zh: `本年累计${name.zh.slice(2)}`, en: `${name.en} of the year so far` };
      const right = { zh: "各期相加", en: "the sum of its periods" };
      return [
        {
          pointer: `/year_to_date/${group}`,
          message: unequal(left, stated, right, summed),
          expected: summed,
          actual: stated,
        },
      ];
    },
  );
};

function byItem(content: Content, group: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of listAt(content, `/${group}`)) {
    const item = String(valueAt(line, "/item") ?? "");
    sums.set(item, (sums.get(item) ?? 0) + amountAt(line, "/amount"));
  }
  return sums;
}

interface Compared {
  pointer: string;
  name: Text;
  now: number;
  last: number;
}

function comparable(content: Content, previous: Content): Compared[] {
  const pairs: Compared[] = [
    {
      pointer: "/opening",
      name: { zh: "期初余额", en: "opening balance" },
      now: openingTotal(content),
      last: openingTotal(previous),
    },
  ];
  for (const [group, name] of GROUPS) {
    const now = groupSum(content, group);
    pairs.push({ pointer: `/subtotals/${group}`, name, now, last: groupSum(previous, group) });
  }
  for (const [group, name] of GROUPS) {
    const now = byItem(content, group);
    const then = byItem(previous, group);
    listAt(content, `/${group}`).forEach((line, n) => {
      const item = String(valueAt(line, "/item") ?? "");
      const mine = now.get(item);
      const last = then.get(item);
      if (mine === undefined || last === undefined) return;
      now.delete(item);
      const words = { zh: `${name.zh}第 ${n + 1} 行`, en: `line ${n + 1} of ${name.en}` };
      pairs.push({ pointer: `/${group}/${n}/amount`, name: words, now: mine, last: last });
    });
  }
  pairs.push({
    pointer: "/closing/total",
    name: { zh: "期末余额", en: "closing balance" },
    now: amountAt(content, "/closing/total"),
    last: amountAt(previous, "/closing/total"),
  });
  return pairs;
}

const number = (value: Json | undefined, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

export const units: Check = (content, { previous, params }) => {
  if (previous === null) return [];
  const factor = number(params?.factor, 10_000);
  const slack = number(params?.slack, 4);
  return comparable(content, previous).flatMap(({ pointer, name, now, last }) => {
    const low = Math.min(Math.abs(now), Math.abs(last));
    const high = Math.max(Math.abs(now), Math.abs(last));
    if (low === 0 || factor * low > high * slack || high > factor * low * slack) return [];
    const first = name.en.charAt(0).toUpperCase() + name.en.slice(1);
    return [
      {
        pointer,
        message: {
          zh: `${name.zh} ${formatFen(now)} 元，上期 ${formatFen(last)} 元，相差约一万倍。单位是不是把元和万元弄混了？`,
          en: `${first} is ${formatFen(now)} yuan, last period ${formatFen(last)}: about ten thousand times apart. Were yuan and ten thousands of yuan mixed up?`,
        },
        expected: last,
        actual: now,
      },
    ];
  });
};

function closingByParty(rows: readonly Json[]): Map<string, number | null> {
  const known = new Map<string, number | null>();
  for (const row of rows) {
    const party = String(valueAt(row, "/party") ?? "");
    // Listed twice: they cannot be told apart.
    known.set(party, known.has(party) ? null : amountAt(row, "/closing"));
  }
  return known;
}

const SIDES: [string, Text][] = [
  ["debts", { zh: "欠款", en: "debt" }],
  ["claims", { zh: "应收款", en: "claim" }],
];

export const debts: Check = (content, { previous }) =>
  SIDES.flatMap(([side, kind]) => {
    const last = closingByParty(listAt(previous ?? {}, `/${side}`));
    return listAt(content, `/${side}`).flatMap((row, n) => {
      const found: Found[] = [];
      const at = `/${side}/${n}`;
      const stated = amountAt(row, "/closing");
      const opening = amountAt(row, "/opening");
      const expected = opening + amountAt(row, "/increase") - amountAt(row, "/decrease");
      if (stated !== expected) {
        const left = { zh: `这笔${kind.zh}期末`, en: `the closing balance of this ${kind.en}` };
        const right = { zh: "期初加增减", en: "opening plus increase minus decrease" };
        const message = unequal(left, stated, right, expected);
        found.push({ pointer: `${at}/closing`, message, expected, actual: stated });
      }
      const then = last.get(String(valueAt(row, "/party") ?? "")) ?? opening;
      if (opening !== then) {
        const left = { zh: `这笔${kind.zh}期初`, en: `the opening balance of this ${kind.en}` };
        const right = { zh: "上期期末", en: "the closing balance of the last period" };
        const message = unequal(left, opening, right, then);
        found.push({ pointer: `${at}/opening`, message, expected: then, actual: opening });
      }
      return found;
    });
  });

const MOVED: { [field: string]: [Text, Text] } = {
  increase: [
    { zh: "借款", en: "loan money" },
    { zh: "增加", en: "increase" },
  ],
  decrease: [
    { zh: "还款", en: "repayment money" },
    { zh: "减少", en: "decrease" },
  ],
};

export const loans: Check = (content, { params }) => {
  const pairs = Array.isArray(params?.pairs) ? params.pairs : [];
  return pairs.flatMap((pair) => {
    const [field, group, item] = Array.isArray(pair) ? pair.map(String) : [];
    if (field === undefined || group === undefined || item === undefined) return [];
    const listed = listAt(content, "/debts").reduce<number>(
      (total, row) => total + amountAt(row, `/${field}`),
      0,
    );
    const moved = byItem(content, group).get(item) ?? 0;
    if (moved <= listed) return [];
    const name = GROUPS.find(([key]) => key === group)?.[1] ?? { zh: group, en: group };
    const [words, change] = MOVED[field] ?? [
      { zh: "借还款", en: "loan money" },
      { zh: "增减", en: "change" },
    ];
    const left = { zh: `${name.zh}里的${words.zh}`, en: `the ${words.en} among ${name.en}` };
    const right = { zh: `债务里${change.zh}的`, en: `the ${change.en} in the list of debts` };
    const message = unequal(left, moved, right, listed);
    return [{ pointer: "/debts", message, expected: moved, actual: listed }];
  });
};
