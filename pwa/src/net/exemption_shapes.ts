/** What is asked and answered about exemptions and other deadlines. */
import type { Text } from "../core/findings";

export type ExemptionState = "asked" | "approved" | "refused" | "ended";
export type ExemptionWay = "decide" | "end";

/** Without a period: everything of the category that ends in the span; without a category: everything; without a first day: however long ago. */
export interface ExemptionBody {
  id: string;
  division: string;
  category?: string;
  period?: string;
  reason: string;
  valid_from?: string;
  valid_to: string;
  due_on?: string;
}

export interface ExemptionLine {
  id: string;
  division: string;
  division_name: string;
  category: string | null;
  category_name: Text;
  period: string | null;
  period_name: Text | null;
  valid_from: string | null;
  valid_to: string | null;
  kind: "exempt" | "deadline";
  kind_name: Text;
  due_on: string | null;
  reason: string;
  asked_by_name: string;
  asked_at: string;
  state: ExemptionState;
  state_name: Text;
  decided_by_name: string;
  post: Text;
  decided_at: string | null;
  decision: string;
  ended_by_name: string;
  ended_at: string | null;
  ended_reason: string;
  ways: ExemptionWay[];
  revision: number;
}

export interface ExemptionList {
  items: ExemptionLine[];
  waiting: number;
  more: boolean;
}

/** What counts for one obligation, with who asked and who decided. */
export interface EvidenceExemption {
  id: string;
  kind: "exempt" | "deadline";
  asked_by_name: string;
  asked_at: string;
  decided_by_name: string;
}
