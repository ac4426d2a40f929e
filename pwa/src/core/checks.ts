/** The checks that the phone knows, by the names that category.json uses; the others are the server's. */
import { continuity, debts, loans, units, yearToDate } from "./books";
import {
  type Check,
  type CheckContext,
  cashAndBank,
  closing,
  entries,
  negative,
  subtotals,
  zeroActivity,
} from "./finance";
import type { Finding } from "./findings";
import { minors } from "./minors";
import type { Content, Json } from "./pointers";
import { personalNumbers } from "./privacy";
import { sensitiveWords } from "./sensitive_words";

export interface CheckUse {
  check: string;
  severity: "blocking" | "warning";
  params?: { [name: string]: Json };
}

export const CHECKS: { [name: string]: Check } = {
  "finance.subtotals": subtotals,
  "finance.closing": closing,
  "finance.cash_and_bank": cashAndBank,
  "finance.entries": entries,
  "finance.negative": negative,
  "finance.zero_activity": zeroActivity,
  "finance.continuity": continuity,
  "finance.year_to_date": yearToDate,
  "finance.units": units,
  "finance.debts": debts,
  "finance.loans": loans,
  "privacy.personal_numbers": personalNumbers,
  "privacy.sensitive_words": sensitiveWords,
  "privacy.minors": minors,
};

/** Everything these checks see in a content, blocking findings first. An explained finding no longer blocks. */
export function runChecks(
  uses: readonly CheckUse[],
  content: Content,
  context: CheckContext,
): Finding[] {
  const found = uses.flatMap((use) => {
    const check = CHECKS[use.check];
    if (check === undefined) return [];
    return check(content, { ...context, params: use.params ?? {} }).map(
      (one): Finding => ({
        check: use.check,
        severity: one.explained ? "warning" : use.severity,
        pointer: one.pointer,
        expected: one.expected ?? null,
        actual: one.actual ?? null,
        message: one.message,
        explainable: one.explainable ?? false,
        ...(one.kind === undefined ? {} : { kind: one.kind, offer: one.offer ?? null }),
      }),
    );
  });
  return [
    ...found.filter((f) => f.severity === "blocking"),
    ...found.filter((f) => f.severity !== "blocking"),
  ];
}

/** Every check that can refuse this content is known here: only then may the phone say that the sums agree. */
export function knowsAll(uses: readonly CheckUse[]): boolean {
  return uses.every((use) => use.severity === "warning" || CHECKS[use.check] !== undefined);
}

/** Money that moves through a category's books, so that totals can run along while one types. */
export function keepsAccount(uses: readonly CheckUse[]): boolean {
  return uses.some((use) => use.check === "finance.closing");
}
