/** Moments and marks as every part of the page writes them. */
import { longDay, momentText } from "../../core/dates";
import { language } from "../../messages/language";

/** A moment with its year: a pack is read years later. */
export function when(moment: string | null): string {
  if (moment === null) return "";
  return moment.length === 10
    ? longDay(moment, language.value)
    : momentText(moment, language.value, 0);
}

export const mark = (is: boolean | null): string => (is === null ? "held" : is ? "good" : "bad");
