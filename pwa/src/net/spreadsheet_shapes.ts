/** What the API answers about a spreadsheet. */
import type { Match } from "../core/matching";
import type { Content } from "../core/pointers";
import type { FoundSingle } from "../core/singles_search";

/** A sheet of a file as the matching step shows it: its first rows as people see them. */
export interface SheetView {
  name: string;
  rows: number;
  columns: number;
  top: string[][];
}

export interface HiddenPart {
  sheet: string;
  kind: "sheet" | "rows" | "columns";
  places: string[];
}

export interface SpreadsheetAnswer {
  template: boolean;
  sheets: SheetView[];
  matches: Match[];
  singles: FoundSingle[];
  hidden: HiddenPart[];
  content: Content | null;
  skipped: string[];
}
