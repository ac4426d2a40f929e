/** A posting as it is read, row by row: what the sheet renderer answers. */

export interface SheetEntry {
  date: string;
  voucher: string;
  summary: string;
  party: string;
  amount: number;
  handler: string;
  witness: string;
  approver: string;
  photos: string[];
}

export interface SumRow {
  id: string;
  sign: "" | "+" | "-" | "=";
  label: string;
  amount: number;
  level: "total" | "group" | "line" | "sub";
  pointer: string;
  previous: number | null;
  last_year: number | null;
  entries: SheetEntry[];
}

export type CellValue = string | number | null;
export type ValueType = "text" | "int" | "money" | "date" | "enum";

export type SheetSection =
  | { kind: "sum"; id: string; heading: string; rows: SumRow[] }
  | {
      kind: "table";
      id: string;
      heading: string;
      columns: { key: string; label: string; type: ValueType }[];
      rows: { cells: CellValue[]; pointer: string }[];
      totals: CellValue[] | null;
    }
  | {
      kind: "facts";
      id: string;
      heading: string;
      items: { label: string; value: CellValue; type: ValueType; pointer: string }[];
    };

export interface Sheet {
  title: string;
  subtitle: string;
  unit: string;
  sections: SheetSection[];
  notes: string[];
}
