/** Notices from offices: which of those that were heard still stand, and what of a form is not ready to be sent. */
import { addDays, clockAt, type Day, dayAt, momentOf } from "./dates";

export const MOST_TITLE = 60;
export const MOST_TEXT = 600;

/** Those that are not over at a moment: what was kept on a phone goes when its time does. */
export function standing<One extends { until_at: string }>(
  items: readonly One[],
  now: number,
): One[] {
  return items.filter((one) => now < Date.parse(one.until_at));
}

export interface NoticeFields {
  place: string;
  title: string;
  text: string;
  audience: "villagers" | "staff" | "both";
  weight: "plain" | "important";
  begins: "now" | "later";
  firstDay: Day;
  firstTime: string;
  lastDay: Day;
  lastTime: string;
}

type Field = "title" | "text" | "first" | "last";
export type Fault = "empty" | "long" | "missing" | "past" | "backwards" | "year";

/** A form that was not begun: at once, for a week. */
export function fresh(place: string, now: number): NoticeFields {
  const today = dayAt(now);
  return {
    place,
    title: "",
    text: "",
    audience: "villagers",
    weight: "plain",
    begins: "now",
    firstDay: addDays(today, 1),
    firstTime: "08:00",
    lastDay: addDays(today, 7),
    lastTime: "18:00",
  };
}

const clock = (moment: number): string => clockAt(moment).padStart(5, "0");

/** The fields of a notice that is to be changed. */
export function fieldsOf(line: {
  division: string;
  title: string;
  text: string;
  audience: NoticeFields["audience"];
  weight: NoticeFields["weight"];
  from_at: string;
  until_at: string;
}): NoticeFields {
  const first = Date.parse(line.from_at);
  const last = Date.parse(line.until_at);
  return {
    place: line.division,
    title: line.title,
    text: line.text,
    audience: line.audience,
    weight: line.weight,
    begins: "later",
    firstDay: dayAt(first),
    firstTime: clock(first),
    lastDay: dayAt(last),
    lastTime: clock(last),
  };
}

/** When it begins, or null: at once. */
export const beginning = (fields: NoticeFields): string | null =>
  fields.begins === "now" ? null : momentOf(fields.firstDay, fields.firstTime);

export const ending = (fields: NoticeFields): string => momentOf(fields.lastDay, fields.lastTime);

const YEAR = 366 * 86_400_000;

/** What is wrong with each field; the server says the same, later. */
export function faults(fields: NoticeFields, now: number): { [field in Field]?: Fault } {
  const found: { [field in Field]?: Fault } = {};
  for (const [name, most] of [
    ["title", MOST_TITLE],
    ["text", MOST_TEXT],
  ] as const) {
    const typed = fields[name].trim();
    if (typed === "") found[name] = "empty";
    else if ([...typed].length > most) found[name] = "long";
  }
  const later = fields.begins === "later";
  const noFirst = later && (fields.firstDay === "" || fields.firstTime === "");
  if (noFirst) found.first = "missing";
  if (fields.lastDay === "" || fields.lastTime === "") found.last = "missing";
  if (noFirst || found.last) return found;
  const first = later ? Date.parse(momentOf(fields.firstDay, fields.firstTime)) : now;
  const last = Date.parse(ending(fields));
  if (first < now) found.first = "past";
  if (last <= first) found.last = "backwards";
  else if (last - first > YEAR) found.last = "year";
  return found;
}
