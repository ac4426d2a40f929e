/** Which acts a division's row offers, and what a code must look like to be sent. */

export type ActKind = "rename" | "close" | "merge" | "add" | "take_back";

/** The acts for a division as it stands: what was closed can only be taken back, and a county only gets a new township. */
export function actsFor(line: { level: string; last_day: string | null }): readonly ActKind[] {
  if (line.last_day !== null) return ["take_back"];
  if (line.level === "county") return ["add"];
  if (line.level === "township") return ["rename", "add", "close", "take_back"];
  if (line.level === "village") return ["rename", "add", "merge", "close", "take_back"];
  if (line.level === "group") return ["rename", "merge", "close", "take_back"];
  return [];
}

/** The digits with which the code of what is added below a division begins. */
export const beginningOf = (line: { level: string; code: string }): string =>
  line.code.slice(0, line.level === "county" ? 6 : line.level === "township" ? 9 : 12);

/** How many digits of its own the code of what is added below a division has: a village group's has two. */
export const digitsOf = (line: { level: string }): number => (line.level === "village" ? 2 : 3);

/** The whole code of what is added below a county, township or village: a township's is filled up with zeros. */
export function codeOf(line: { level: string; code: string }, typed: string): string | null {
  const digits = typed.trim();
  if (!/^\d+$/.test(digits) || digits.length !== digitsOf(line) || /^0+$/.test(digits)) return null;
  return (beginningOf(line) + digits).padEnd(12, "0");
}
