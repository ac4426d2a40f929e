/** What the screens of inspections are answered. Money is in fen. */
import type { Text } from "../core/findings";

export interface DrawBody {
  id: string;
  division: string;
  kind: "villages" | "disclosures";
  purpose: string;
  first: string;
  last: string;
  /** In thousandths: the share of faulty ones that is assumed, and how surely one of them is found. */
  share_permille: number;
  detect_permille: number;
}

export interface VisitBody {
  published: Reply;
  accurate: Reply;
  complete: Reply;
  timely: Reply;
  note: string;
  asked: number;
  knew: number;
  satisfied: number;
  photos: string[];
  composed_at: string;
}

export interface OrderBody {
  id: string;
  division: string;
  finding: string;
  demand: string;
  measure: string;
  days: number;
  inspection?: { draw: string; rank: number };
}

export type Reply = "yes" | "no" | "unclear";
export type Question = "published" | "accurate" | "complete" | "timely";
export const QUESTIONS: readonly Question[] = ["published", "accurate", "complete", "timely"];

export interface DrawLine {
  id: string;
  division: string;
  division_name: string;
  kind: "villages" | "disclosures";
  kind_name: Text;
  purpose: string;
  first: string;
  last: string;
  population: number;
  size: number;
  visited: number;
  faulty: number;
  drawn_by_name: string;
  drawn_at: string;
}

export interface DrawList {
  items: DrawLine[];
  next: string | null;
}

export interface Visit {
  published: Reply;
  accurate: Reply;
  complete: Reply;
  timely: Reply;
  faults: Question[];
  note: string;
  asked: number;
  knew: number;
  satisfied: number;
  photos: string[];
  composed_at: string;
  received_at: string;
  visited_by_name: string;
}

export interface DrawnItem {
  rank: number;
  division: string;
  division_name: string;
  disclosure_id: string | null;
  title: string | null;
  ticket: string;
  visit: Visit | null;
}

export interface DrawPage {
  head: DrawLine;
  share_permille: number;
  detect_permille: number;
  seed: string;
  record_lines: number;
  method: Text;
  items: DrawnItem[];
}

export interface OrderLine {
  id: string;
  division: string;
  division_name: string;
  excerpt: string;
  measure_name: Text;
  state: "open" | "proved" | "closed";
  state_name: Text;
  level: "township" | "county";
  level_name: Text;
  due_on: string;
  days_left: number;
  days_late: number;
  overdue: boolean;
  mine: boolean;
  ordered_at: string;
  closed_at: string | null;
  recovered: number;
}

export interface OrderList {
  open: OrderLine[];
  closed: OrderLine[];
  overdue: number;
  next: string | null;
}

export interface OrderStep {
  id: string;
  kind: "proof" | "return" | "escalation" | "closure";
  kind_name: Text;
  words: string;
  photos: string[];
  disclosure_id: string | null;
  title: string | null;
  measure_name: Text | null;
  due_on: string | null;
  recovered: number | null;
  by_name: string;
  at: string;
}

export interface OrderChoices {
  measures: { key: string; name: Text }[];
  term_days: number;
  most_days: number;
}

export type Way = "prove" | "return" | "escalate" | "close";

export interface OrderPage {
  head: OrderLine;
  finding: string;
  demand: string;
  draw_id: string | null;
  disclosure_id: string | null;
  title: string | null;
  ordered_by_name: string;
  steps: OrderStep[];
  ways: Way[];
  choices: OrderChoices;
  notices: { id: string; title: string }[];
  revision: number;
}

export interface OrderingChoices {
  villages: { code: string; name: string }[];
  choices: OrderChoices;
}
