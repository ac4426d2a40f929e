/** What a machine noticed about a content: a place, both numbers, a sentence. People decide. */

export interface Text {
  zh: string;
  en: string;
}

/** The name under which a refusal of the server stands beside its field. */
export const REFUSED = "server.refused";
/** The same, of a content that was changed since: whether it still holds, the server says. */
export const REFUSED_BEFORE = "server.refused_before";

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
  /** Why it is to be published as it is; the reviewer confirms its `place` in the submission. */
  override?: string | null;
  place?: string | null;
}

/** What a person asks to let through: never an identity or a card number. */
export interface Override {
  pointer: string;
  kind: SoftKind;
  reason: string;
}

export type SoftKind = "mobile" | "passport" | "words" | "minor";
const SOFT = new Set<string>(["mobile", "passport", "words", "minor"] satisfies SoftKind[]);

/** Whether a second person may let this through. */
export function soft(finding: Finding): boolean {
  return SOFT.has(finding.kind ?? "");
}

/** The finding with the override that was asked for it, which no longer stops the sender; `base` is its document. */
export function withOverride(
  finding: Finding,
  asked: readonly Override[],
  base: "/content" | "",
): Finding {
  const place = base + finding.pointer;
  const own = asked.find((one) => one.pointer === place && one.kind === finding.kind);
  if (!soft(finding) || own === undefined) return { ...finding, place };
  const severity = own.reason.trim() === "" ? finding.severity : "warning";
  return { ...finding, severity, place, override: own.reason };
}

const NONE: readonly Finding[] = [];

/** Findings that stand at this field or inside it. */
export function findingsAt(findings: readonly Finding[], pointer: string): readonly Finding[] {
  return findings.length === 0 ? NONE : findings.filter((f) => f.pointer === pointer);
}

export function findingsWithin(findings: readonly Finding[], pointer: string): readonly Finding[] {
  if (findings.length === 0) return NONE;
  return findings.filter((f) => f.pointer === pointer || f.pointer.startsWith(`${pointer}/`));
}

/** The findings of each row of a list that has any, by the row's number. */
export function findingsByRow(
  findings: readonly Finding[],
  list: string,
): ReadonlyMap<number, readonly Finding[]> {
  const rows = new Map<number, Finding[]>();
  for (const one of findings) {
    if (!one.pointer.startsWith(`${list}/`)) continue;
    const n = Number.parseInt(one.pointer.slice(list.length + 1), 10);
    if (Number.isNaN(n)) continue;
    const known = rows.get(n);
    if (known) known.push(one);
    else rows.set(n, [one]);
  }
  return rows;
}

/** Whether two lists hold the same findings. */
export const sameFindings = (a: readonly Finding[], b: readonly Finding[]): boolean =>
  a === b || (a.length === b.length && a.every((one, n) => one === b[n]));

/** What is found now, with the very objects of before for what was found before; the same list when nothing is new. */
export function unchanged(before: readonly Finding[], now: readonly Finding[]): readonly Finding[] {
  if (before.length === 0 && now.length === 0) return before;
  const known = new Map(before.map((one) => [JSON.stringify(one), one]));
  const kept = now.map((one) => known.get(JSON.stringify(one)) ?? one);
  return sameFindings(before, kept) ? before : kept;
}

/**
 * A field that is still empty is asked for, not blamed; and neither is a sum while one of what it adds up is empty
 * (in `/income/0/amount` that is `/income/0/entries/…/amount`).
 */
export function waits(finding: Finding, gaps: readonly { pointer: string }[]): boolean {
  const { pointer } = finding;
  const cut = pointer.lastIndexOf("/");
  const [place, name] = [pointer.slice(0, cut + 1), pointer.slice(cut)];
  const adds = finding.expected !== null && finding.actual !== null;
  return gaps.some(
    (gap) =>
      gap.pointer === pointer ||
      (adds && gap.pointer.startsWith(place) && gap.pointer.endsWith(name)),
  );
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
  const zh = /^(.+?)是 ([−-]?[\d,]+(?:\.\d+)?) 元，(.+?)是 ([−-]?[\d,]+(?:\.\d+)?) 元，差/.exec(
    message,
  );
  const found =
    zh ??
    /^(.+?) is ([−-]?[\d,]+(?:\.\d+)?) yuan, but (.+?) is ([−-]?[\d,]+(?:\.\d+)?);/.exec(message);
  if (found === null) return null;
  const [, leftName = "", left = "", rightName = "", right = ""] = found;
  return [
    { name: leftName, amount: left },
    { name: rightName, amount: right },
  ];
}
