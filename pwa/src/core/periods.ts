import { addDays, type Day, type Language, partsOf, shortDay } from "./dates";

/** What a disclosure is about: a month, a quarter, a half year, a year, one event, or "for long". */
export interface Period {
  key: string;
  cadence: "monthly" | "quarterly" | "half_yearly" | "yearly" | "event" | "long_term";
  /** First and last day; null for what has no span. */
  start: Day | null;
  end: Day | null;
}

const two = (n: number): string => String(n).padStart(2, "0");

function span(
  cadence: Period["cadence"],
  key: string,
  year: number,
  first: number,
  months: number,
): Period {
  const after = first + months;
  const next = after > 12 ? `${year + 1}-${two(after - 12)}-01` : `${year}-${two(after)}-01`;
  return { key, cadence, start: `${year}-${two(first)}-01`, end: addDays(next, -1) };
}

/** "2026Q3" → its first and last day. null: not a period key. */
export function parsePeriod(key: string): Period | null {
  if (key === "L") return { key, cadence: "long_term", start: null, end: null };
  const event = /^E(\d{4}-\d{2}-\d{2})(?:-|$)/.exec(key);
  if (event) return { key, cadence: "event", start: null, end: event[1] ?? null };
  const parts = /^(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?$/.exec(key);
  if (parts === null) return null;
  const year = Number(parts[1]);
  if (parts[2] !== undefined) {
    const month = Number(parts[2]);
    return month >= 1 && month <= 12 ? span("monthly", key, year, month, 1) : null;
  }
  if (parts[3] !== undefined) return span("quarterly", key, year, Number(parts[3]) * 3 - 2, 3);
  if (parts[4] !== undefined) return span("half_yearly", key, year, Number(parts[4]) * 6 - 5, 6);
  return span("yearly", key, year, 1, 12);
}

const QUARTER_ZH = ["一", "二", "三", "四"];
const QUARTER_EN = ["First", "Second", "Third", "Fourth"];

/** 2026年第三季度 / Third quarter 2026 */
export function periodLabel(key: string, language: Language): string {
  const period = parsePeriod(key);
  if (period === null) return key;
  const en = language === "en";
  if (period.cadence === "long_term") return en ? "Long-term" : "长期";
  if (period.cadence === "event") return period.end ? shortDay(period.end, language) : key;
  const { year, month } = partsOf(period.start ?? "");
  if (period.cadence === "monthly") return en ? `${two(month)}/${year}` : `${year}年${month}月`;
  if (period.cadence === "quarterly") {
    const n = (month - 1) / 3;
    return en ? `${QUARTER_EN[n]} quarter ${year}` : `${year}年第${QUARTER_ZH[n]}季度`;
  }
  if (period.cadence === "half_yearly") {
    if (en) return `${month === 1 ? "First" : "Second"} half ${year}`;
    return `${year}年${month === 1 ? "上" : "下"}半年`;
  }
  return en ? String(year) : `${year}年`;
}

/** The quarter that holds this day: what the grid shows when nobody chose a span. */
export function quarterOf(day: Day): Period {
  return spanOf("quarterly", day);
}

/** The quarter n before (negative) or after this one. */
export function quarterFrom(quarter: Period, steps: number): Period {
  return spanOf("quarterly", quarter.start ?? "1970-01-01", steps);
}

/** The spans that a table may be of. */
export const SPANS = ["monthly", "quarterly", "half_yearly", "yearly"] as const;
export type Span = (typeof SPANS)[number];
const MONTHS: { [span in Span]: number } = {
  monthly: 1,
  quarterly: 3,
  half_yearly: 6,
  yearly: 12,
};

export const isSpan = (cadence: string): cadence is Span => cadence in MONTHS;

/** The span that holds this day, or the one so many before (negative) or after it. */
export function spanOf(kind: Span, day: Day, steps = 0): Period {
  const { year, month } = partsOf(day);
  const months = MONTHS[kind];
  const at = Math.floor((year * 12 + month - 1) / months) + steps;
  const inYear = 12 / months;
  const of = Math.floor(at / inYear);
  const n = at - of * inYear + 1;
  const sign = { monthly: `-${two(n)}`, quarterly: `Q${n}`, half_yearly: `H${n}`, yearly: "" }[
    kind
  ];
  return span(kind, `${of}${sign}`, of, (n - 1) * months + 1, months);
}

/** The key of a period that is one event: its day and eight hex digits of the occurrence's own id. */
export function eventKey(day: Day, occurrence: string): string {
  return `E${day}-${occurrence.replace(/-/g, "").slice(-8)}`;
}
