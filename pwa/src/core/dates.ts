/** Calendar dates in Asia/Shanghai, whatever the device says. China has had no daylight saving since 1991. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;

/** A calendar date, `YYYY-MM-DD`. */
export type Day = string;
export type Language = "zh-CN" | "en";

const two = (n: number): string => String(n).padStart(2, "0");

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayFromNumber(dayNumber(text)) === text;
}

/** Days since 1970-01-01: differences of these are calendar days. */
export function dayNumber(day: Day): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);
}

export function dayFromNumber(n: number): Day {
  return Number.isFinite(n) ? new Date(n * DAY).toISOString().slice(0, 10) : "";
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The date in Shanghai at this moment (epoch milliseconds). */
export function dayAt(moment: number): Day {
  return new Date(moment + SHANGHAI).toISOString().slice(0, 10);
}

/** "9:05" in Shanghai. */
export function clockAt(moment: number): string {
  const local = new Date(moment + SHANGHAI);
  return `${local.getUTCHours()}:${two(local.getUTCMinutes())}`;
}

/** The moment at which a Shanghai day and clock time fall: ("2026-10-15", "08:00") → ISO in UTC. */
export function momentOf(day: Day, time: string): string {
  return new Date(Date.parse(`${day}T${time}:00Z`) - SHANGHAI).toISOString().replace(".000Z", "Z");
}

const WEEK_ZH = "日一二三四五六";
const WEEK_EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Parts {
  year: number;
  month: number;
  date: number;
  weekday: number;
}

export function partsOf(day: Day): Parts {
  const at = new Date(`${day}T00:00:00Z`);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  };
}

const monthName = (month: number): string => MONTHS[month - 1] ?? "";

export function weekday(day: Day, language: Language): string {
  const n = partsOf(day).weekday;
  return language === "en" ? (WEEK_EN[n] ?? "") : `周${WEEK_ZH.charAt(n)}`;
}

/** 2026年10月15日（周四） / Thu 15 Oct 2026 */
export function longDay(day: Day, language: Language): string {
  const { year, month, date } = partsOf(day);
  return language === "en"
    ? `${weekday(day, language)} ${date} ${monthName(month)} ${year}`
    : `${year}年${month}月${date}日（${weekday(day, language)}）`;
}

/** 10月15日 / 15 Oct */
export function shortDay(day: Day, language: Language): string {
  const { month, date } = partsOf(day);
  return language === "en" ? `${date} ${monthName(month)}` : `${month}月${date}日`;
}

const WRITTEN = /((?:\d{4}年)?\d{1,2}月\d{1,2}日)/;

/** A text cut around the Chinese dates in it: every second piece is one. */
export function cutAtDates(text: string): string[] {
  return text.split(WRITTEN);
}

/** 10月 / Oct */
export function monthOf(day: Day, language: Language): string {
  const { month } = partsOf(day);
  return language === "en" ? monthName(month) : `${month}月`;
}

/** "10月9日 10:02", with the year when it is not this one; ISO moment in. */
export function momentText(iso: string, language: Language, thisYear?: number): string {
  const at = Date.parse(iso);
  if (!Number.isFinite(at)) return "";
  return `${dayText(dayAt(at), language, thisYear)} ${clockAt(at)}`;
}

/** 10月15日, with the year when it is not this one. */
export function dayText(day: Day, language: Language, thisYear?: number): string {
  const { year } = partsOf(day);
  const short = shortDay(day, language);
  if (thisYear === undefined || year === thisYear) return short;
  return language === "en" ? `${short} ${year}` : `${year}年${short}`;
}
