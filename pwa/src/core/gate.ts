/** The gate for personal information over texts beside a content: captions, reasons (server/rules/gate.py). */
import type { CheckUse } from "./checks";
import type { CheckContext, Found } from "./finance";
import type { Finding } from "./findings";
import type { Content } from "./pointers";
import { personalNumbers } from "./privacy";
import { sensitiveWords } from "./sensitive_words";

const ALONE: CheckContext = { period: null, previous: null, yearToDate: [] };

const finding = (check: string, one: Found): Finding => ({
  check,
  severity: "blocking",
  pointer: one.pointer,
  expected: null,
  actual: null,
  message: one.message,
  kind: one.kind ?? null,
  offer: one.offer ?? null,
});

/** What the gate sees there. No field is an office's; words are looked for where the category blocks for them. */
export function beside(texts: Content, uses: readonly CheckUse[]): Finding[] {
  const numbers = personalNumbers(texts, ALONE).map((one) =>
    finding("privacy.personal_numbers", one),
  );
  const words = uses
    .filter((use) => use.check === "privacy.sensitive_words" && use.severity === "blocking")
    .flatMap(({ params }) => {
      const { words: own, allowed } = params ?? {};
      const kept = { ...(own ? { words: own } : {}), ...(allowed ? { allowed } : {}) };
      return sensitiveWords(texts, { ...ALONE, params: kept });
    });
  return [...numbers, ...words.map((one) => finding("privacy.sensitive_words", one))];
}
