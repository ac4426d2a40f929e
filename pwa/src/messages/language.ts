/**
 * The chosen language, and how a message becomes a sentence. A message is a pair [中文, English], so none can be forgotten
 * in one language; {name} is filled in by the caller. The language is remembered on this device.
 */
import { signal } from "@preact/signals";
import type { Text } from "../core/findings";

export type Language = "zh-CN" | "en";
export type Pair = readonly [zh: string, en: string];
export type Values = { [name: string]: string | number };

const KEY = "gongshilan-language";

function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "en" || kept === "zh-CN") return kept;
  } catch {
    // Storage may be forbidden in a private window; the language of the page stands.
  }
  return document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
}

export const language = signal<Language>(remembered());

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Not remembered, but it holds for this visit.
  }
  // The server's own pages and answers read this one.
  document.cookie = `lang=${chosen === "en" ? "en" : "zh"};path=/;max-age=31536000;samesite=lax`;
}

const fill = (words: string, values: Values): string =>
  words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A message in the chosen language. */
export function filled(pair: Pair, values: Values): string {
  return fill(language.value === "en" ? pair[1] : pair[0], values);
}

/** A message in both languages. */
export function inBoth([zh, en]: Pair, values: Values): { zh: string; en: string } {
  return { zh: fill(zh, values), en: fill(en, values) };
}

/** A text that came in both languages. */
export function say(text: Text | string | null | undefined): string {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return (language.value === "en" ? text.en : text.zh) || text.zh || text.en;
}

/** "1 day" / "2 days"; Chinese has one form. */
export function days(n: number): string {
  if (language.value === "en") return n === 1 ? "1 day" : `${n} days`;
  return `${n} 天`;
}

/** "1 working day" / "2 working days". */
export function workdays(n: number): string {
  if (language.value === "en") return n === 1 ? "1 working day" : `${n} working days`;
  return `${n} 个工作日`;
}

/** A reason that the server gives as part of a sentence, where it stands alone: with a capital and a full stop. */
export function sentence(reason: Text): string {
  const words = say(reason);
  const whole = words.charAt(0).toUpperCase() + words.slice(1);
  if (/[。.！!？?]$/.test(whole)) return whole;
  return `${whole}${language.value === "en" ? "." : "。"}`;
}
