/** Every word of the staff screens, in the chosen language. */
import { administration } from "./administration";
import { batches } from "./batches";
import { common } from "./common";
import { divisions } from "./divisions";
import { entry } from "./entry";
import { exemptions } from "./exemptions";
import { fill as filling } from "./fill";
import { grid } from "./grid";
import { handling } from "./handling";
import { inquiries } from "./inquiries";
import { inspections } from "./inspections";
import { keys } from "./keys";
import { filled, inBoth, type Values } from "./language";
import { ledgers } from "./ledgers";
import { listing } from "./listing";
import { matters } from "./matters";
import { notices } from "./notices";
import { outreach } from "./outreach";
import { overview } from "./overview";
import { payments } from "./payments";
import { people } from "./people";
import { planLines } from "./plan_lines";
import { points } from "./points";
import { post } from "./post";
import { reminders } from "./reminders";
import { review } from "./review";
import { rules } from "./rules";
import { sent } from "./sent";
import { sheet } from "./sheet";
import { storage } from "./storage";
import { tasks } from "./tasks";

export { chooseLanguage, days, type Language, language, say, sentence, workdays } from "./language";

const catalogue = {
  ...common,
  ...entry,
  ...tasks,
  ...post,
  ...filling,
  ...sent,
  ...sheet,
  ...review,
  ...grid,
  ...people,
  ...keys,
  ...storage,
  ...reminders,
  ...inquiries,
  ...handling,
  ...inspections,
  ...points,
  ...payments,
  ...ledgers,
  ...listing,
  ...matters,
  ...overview,
  ...planLines,
  ...outreach,
  ...notices,
  ...exemptions,
  ...administration,
  ...batches,
  ...divisions,
  ...rules,
};
export type Message = keyof typeof catalogue;

export function t(message: Message, values: Values = {}): string {
  return filled(catalogue[message], values);
}

const [CLOSED] = catalogue["place.closed"];
const MARK = CLOSED.replace("{name}", "");

/** A place's name where it is drawn: names come as they are in Chinese, and of a closed one the mark is in the reader's language. */
export const placed = (name: string): string =>
  name.endsWith(MARK) ? t("place.closed", { name: name.slice(0, -MARK.length) }) : name;

/** Several words as one line: "、" between equals, "list.then" between parts of a sentence, "list.else" between sentences. */
export function listed(
  words: readonly string[],
  joint: "list.and" | "list.then" | "list.else" = "list.and",
): string {
  return words.join(t(joint));
}

/** A message in both languages, for paper that goes to a stranger. */
export function both(message: Message, values: Values = {}): { zh: string; en: string } {
  return inBoth(catalogue[message], values);
}
