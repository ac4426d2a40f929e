/** What a machine noticed about a content: a place, both numbers, a sentence. People decide. */

export interface Text {
  zh: string;
  en: string;
}

export interface Finding {
  check: string;
  severity: "blocking" | "warning";
  pointer: string;
  expected: number | null;
  actual: number | null;
  message: Text;
  /** May be published with a reason that is published too. */
  explainable?: boolean;
  /** What the gate for personal information saw, and the text as it may stand ("": nothing of it). */
  kind?: string | null;
  offer?: string | null;
}

/** Findings that stand at this field or inside it. */
export function findingsAt(findings: readonly Finding[], pointer: string): Finding[] {
  return findings.filter((f) => f.pointer === pointer);
}

export function findingsWithin(findings: readonly Finding[], pointer: string): Finding[] {
  return findings.filter((f) => f.pointer === pointer || f.pointer.startsWith(`${pointer}/`));
}

export function blocking(findings: readonly Finding[]): Finding[] {
  return findings.filter((f) => f.severity === "blocking");
}

export interface Side {
  name: string;
  amount: string;
}

/** The two numbers that a sentence sets against each other, with their names; null when it sets none. */
export function twoSides(message: string): [Side, Side] | null {
  const zh = /^(.+?)\s*([−-]?[\d,]+(?:\.\d+)?) 元 ≠ (.+?)\s*([−-]?[\d,]+(?:\.\d+)?) 元/.exec(
    message,
  );
  const found =
    zh ??
    /^(.+?) ([−-]?[\d,]+(?:\.\d+)?) is not equal to (.+?) ([−-]?[\d,]+(?:\.\d+)?)[;.]/.exec(
      message,
    );
  if (found === null) return null;
  const [, leftName = "", left = "", rightName = "", right = ""] = found;
  return [
    { name: leftName, amount: left },
    { name: rightName, amount: right },
  ];
}
