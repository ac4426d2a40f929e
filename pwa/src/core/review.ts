/** The five points of a review, each with the fact that a machine can put beside the question. */
import type { Finding } from "./findings";
import { amountAt, type Content, type Json, listAt, valueAt } from "./pointers";
import { vouchersIn } from "./vouchers";

export const POINTS = ["process", "decision", "result", "scope", "form"] as const;
export type Point = (typeof POINTS)[number];

export interface ReviewFacts {
  entries: number;
  /** Entries on which handler, witness and approver all stand. */
  signed: number;
  vouchers: number;
  largest: { name: string; amount: number } | null;
  blocking: number;
  warnings: number;
  lines: number;
  rows: number;
  boards: number;
}

interface Line {
  stage: string;
  due_on: string;
  urgent: { state: string; review_due_on: string } | null;
}

/** Whether a submission waits for signatures: in review, or published first with its review still to come. */
export const waitsForReview = ({ stage, urgent }: Line): boolean =>
  stage === "in_review" || urgent?.state === "waiting" || urgent?.state === "overdue";

/** The day by which it is to be reviewed: when it is due, or when the review of what is public already is. */
export const reviewDay = (line: Line): string =>
  line.stage !== "in_review" && line.urgent ? line.urgent.review_due_on : line.due_on;

interface Reviewed {
  content: Content;
  findings: readonly Finding[];
  photos: readonly { role: string }[];
}

function entriesIn(content: Json): Content[] {
  if (Array.isArray(content)) return content.flatMap(entriesIn);
  if (content === null || typeof content !== "object") return [];
  const here = listAt(content, "/entries").filter(
    (entry): entry is Content =>
      entry !== null && typeof entry === "object" && !Array.isArray(entry),
  );
  const below = Object.entries(content).filter(([key]) => key !== "entries");
  return [...here, ...below.flatMap(([, value]) => entriesIn(value))];
}

const filled = (entry: Content, key: string): boolean => {
  const value = valueAt(entry, `/${key}`);
  return typeof value === "string" && value.trim() !== "";
};

/** Rows of the lists at the top of a content: the lines of an account, the households of a roster. */
function topRows(content: Content): Content[] {
  return Object.values(content).flatMap((value) =>
    Array.isArray(value)
      ? value.filter(
          (row): row is Content => row !== null && typeof row === "object" && !Array.isArray(row),
        )
      : [],
  );
}

/** Whether it is a list of people or households, which has rows and no lines of an account. */
export const isList = (facts: Pick<ReviewFacts, "lines" | "rows">): boolean =>
  facts.lines === 0 && facts.rows > 0;

export function reviewFacts({ content, findings, photos }: Reviewed): ReviewFacts {
  const entries = entriesIn(content);
  const rows = topRows(content);
  const lines = rows.filter((row) => "amount" in row && "item" in row);
  const largest = [...entries].sort((a, b) => amountAt(b, "/amount") - amountAt(a, "/amount"))[0];
  return {
    entries: entries.length,
    signed: entries.filter(
      (e) => filled(e, "handler") && filled(e, "witness") && filled(e, "approver"),
    ).length,
    vouchers: vouchersIn(content).length,
    largest: largest
      ? { name: String(valueAt(largest, "/summary") ?? ""), amount: amountAt(largest, "/amount") }
      : null,
    blocking: findings.filter((f) => f.severity === "blocking").length,
    warnings: findings.filter((f) => f.severity === "warning").length,
    lines: lines.length,
    rows: rows.length - lines.length,
    boards: photos.filter((photo) => photo.role === "board").length,
  };
}
