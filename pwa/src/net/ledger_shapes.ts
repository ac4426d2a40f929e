/** What the township's screens are answered about ledgers. Money is in fen; rows count as people count them. */
import type { Text } from "../core/findings";
import type { Match } from "../core/matching";
import type { FormTable, TableColumn } from "../core/tables";
import type { SheetView } from "./spreadsheet_shapes";

export interface LedgerChoices {
  kinds: { key: string; name: Text; publisher: string; payments: boolean }[];
  villages: { code: string; name: string }[];
}

export interface LedgerFinding {
  kind: string;
  blocking: boolean;
  row: number | null;
  cell: string;
  detail: Text;
}

/** A list that rows may be of, as far as matching its columns needs it. */
export interface LedgerTable extends Pick<FormTable, "key" | "label" | "also"> {
  columns: Pick<TableColumn, "pointer" | "label" | "widget" | "required" | "computed" | "also">[];
}

export interface LedgerPreview {
  sheets: SheetView[];
  tables: LedgerTable[];
  match: Match | null;
  remembered: boolean;
  rows: number;
  total: number | null;
  parts: { division: string; name: string; rows: number; total: number | null }[];
  findings: LedgerFinding[];
  blocking: number;
  warnings: number;
  left_out: number[];
  left_out_count: number;
  zeros: number;
  later: number;
  rates: number;
  earlier: { loaded_at: string; loaded_by_name: string; same: boolean } | null;
}

export interface LedgerLoaded {
  id: string;
  again: boolean;
  rows: number;
  villages: number;
  total: number | null;
  loaded_at: string;
  loaded_by_name: string;
}

export interface ImportedLedger {
  id: string;
  name: string;
  category: string;
  category_name: Text;
  payments: boolean;
  rows: number;
  total: number | null;
  warnings: number;
  loaded_at: string;
  loaded_by_name: string;
  parts: { division: string; division_name: string; rows: number; total: number | null }[];
}

/** What a file is said to be; `matching` once a person decided. */
export interface LedgerAsked {
  category: string;
  kind: "notices" | "payments";
  name: string;
  matching?: Match;
  whole?: string;
  purpose?: string;
  paid_on?: string;
}
