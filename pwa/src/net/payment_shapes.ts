/** What the township's screens are answered about lists of payments. Money is in fen. */
import type { Text } from "../core/findings";

export interface NoticeOf {
  disclosure_id: string;
  period: string;
  title: string;
  stage: string;
  total: number | null;
}

export interface ListLine {
  id: string;
  division: string;
  division_name: string;
  category: string;
  category_name: Text;
  period: string;
  purpose: string;
  paid_on: string;
  rows: number;
  unasked: number;
  total: number;
  notice: NoticeOf | null;
  /** The list's total less the notice's. */
  differs: number | null;
  yes: number;
  no: number;
  key_state: "newest" | "older" | "gone";
  loaded_at: string;
  loaded_by_name: string;
  revision: number;
}

export interface PaymentLists {
  items: ListLine[];
  next: string | null;
}

export interface PaymentChoices {
  division: string;
  division_name: string;
  categories: { key: string; name: Text; notices: NoticeOf[] }[];
}

export interface ListAsked {
  division: string;
  category: string;
  purpose: string;
  paid_on: string;
  period?: string;
}

export interface Loaded {
  id: string;
  outcome: "new" | "replaced" | "unchanged" | "marked_anew";
  rows: number;
  unasked: number;
  total: number;
  added: number;
  removed: number;
  kept: number;
  total_before: number | null;
  revision: number;
}

export interface PaymentPreview {
  sheet: string;
  rows: number;
  skipped: number;
  total: number;
  wrong: { row: number; column: string; detail: Text }[];
  wrong_count: number;
  notice: NoticeOf | null;
  differs: number | null;
  would: Loaded | null;
}

export interface NotReceived {
  row: number;
  amount: number;
  purpose: string;
  paid_on: string;
  said_at: string;
  removed: boolean;
}

export interface HouseholdLog {
  days: {
    day: string;
    division: string;
    division_name: string;
    known: number;
    unknown: number;
    limited: number;
    guessing: boolean;
  }[];
  newest: {
    at: string;
    division: string;
    division_name: string;
    outcome: "known" | "unknown" | "limited";
    many: number;
  }[];
}
