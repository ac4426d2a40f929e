/** What the desk reads of many villages at once. */
import type { Text } from "../core/findings";
import type { Place } from "./shapes";

export interface Rate {
  finished: number;
  on_time: number;
  early: number;
  late: number;
  empty: number;
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
