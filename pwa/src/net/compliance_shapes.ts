/** What the desk reads of many villages at once. */
import type { Text } from "../core/findings";
import type { Place } from "./shapes";

export interface Rate {
  finished: number;
  on_time: number;
  early: number;
  late: number;
  empty: number;
  short: number;
  missing: number;
  coming: number;
  exempt: number;
  needs_person: number;
  on_time_permille: number | null;
  early_permille: number | null;
  content_permille: number | null;
  grade: string | null;
}

export interface OverviewRow {
  division: string;
  name: string;
  level: string;
  villages: number;
  waiting: number;
  cells: Rate[];
  total: Rate;
}

export interface Overview {
  division: Place;
  first: string;
  last: string;
  as_of: string;
  by: string;
  level: "village" | "group";
  columns: { key: string; label: Text }[];
  rows: OverviewRow[];
  totals: Rate[];
  total: Rate;
  thresholds: { excellent: number; good: number; passing: number };
  next: string | null;
}

export interface VillageWarning {
  level: string;
  goes_to: string;
  division: string;
  village: string;
  heir: string | null;
  category: string;
  period: string;
  title: string;
  due_on: string;
  days: number;
  missed: number;
}

export interface Warnings {
  as_of: string;
  red: number;
  yellow: number;
  prompt: number;
  waiting: number;
  items: VillageWarning[];
}

export interface CrossJudgement {
  decision: string;
  words: string;
  rectification_id: string | null;
  by_name: string;
  at: string;
}

export interface CrossLine {
  key: string;
  kind: string;
  division: string;
  village: string;
  text: Text;
  notices: { disclosure_id: string; title: string }[];
  judgement: CrossJudgement | null;
}

export interface CrossLists {
  looked_at: number;
  open: number;
  items: CrossLine[];
}

export interface CrossJudgementBody {
  finding: string;
  division: string;
  decision: "fine" | "ordered";
  words: string;
  rectification_id: string | null;
}

export interface HollowPosting {
  division: string;
  village: string;
  title: string;
  disclosure_id: string;
  findings: { kind: string; text: Text }[];
}

export interface HollowPostings {
  first: string;
  last: string;
  looked_at: number;
  items: HollowPosting[];
}

export interface PlanCounts {
  done: number;
  late: number;
  waiting: number;
  missing: number;
}

export interface PlanPlace {
  division: string;
  village: string;
  state: string;
  days: number;
  disclosure_id: string | null;
  title: string | null;
  opened_on: string | null;
}

export interface ComparedLine {
  plan: string;
  township: string | null;
  matter: string;
  category: string;
  category_name: Text;
  where: string;
  where_known: boolean;
  office: string;
  by: string;
  amount: number | null;
  basis: string;
  counts: PlanCounts;
  villages: PlanPlace[];
}

export interface PlanComparison {
  division: Place;
  year: number;
  as_of: string;
  plans: number;
  without: number;
  offices: string[];
  counts: PlanCounts;
  lines: ComparedLine[];
}
