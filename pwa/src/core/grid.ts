/** The compliance grid as a model: what a cell shows, how columns are grouped, what a filter leaves. */
import { type Day, daysBetween } from "./dates";

export interface Cell {
  column: string;
  category: string;
  period: string;
  state: string;
  days: number;
  due_on: Day;
  opened_on: Day | null;
  needs_person: boolean;
  findings: readonly {
    kind: string;
    /** Days that a display lasted, of those it had to, where it was too short. */
    displayed: number | null;
    required: number | null;
  }[];
}

export interface Row<C extends Cell> {
  division: string;
  name: string;
  /** Of the name in pinyin, each likely reading, with blanks between them. */
  initials: string;
  cells: readonly (C | null)[];
  /** What is owed in a column whose cell shows another obligation first: a second event of one kind. */
  behind: readonly C[];
  needs_person: number;
}

/** Silhouettes: one for each thing that a cell can say first. */
export type Face =
  | "on_time"
  | "late"
  | "missing"
  | "short"
  | "ended"
  | "unreviewed"
  | "to_review"
  | "reviewed_after"
  | "no_photo"
  | "content"
  | "withdrawn"
  | "corrected"
  | "due_soon"
  | "waiting"
  | "open"
  | "not_yet"
  | "provisional"
  | "exempt";

/** Findings by how grave they are: the first that applies gives the cell its face. */
const GRAVE: [string, Face][] = [
  ["withdrawn", "withdrawn"],
  ["displayed_short", "short"],
  ["objected", "unreviewed"],
  ["unreviewed", "unreviewed"],
  ["reviewed_after", "reviewed_after"],
  ["no_board_photo", "no_photo"],
  ["overridden", "content"],
  ["content", "content"],
  ["empty", "content"],
];

/** The gravest thing about a cell, and how many others there are. */
export function faceOf(cell: Cell): { face: Face; others: number } {
  const kinds = cell.findings.map((finding) => finding.kind);
  const grave = GRAVE.filter(([kind]) => kinds.includes(kind));
  const has = (kind: string): boolean => kinds.includes(kind);
  if (cell.state === "exempt") return { face: "exempt", others: 0 };
  if (cell.state === "missing") return { face: "missing", others: grave.length };
  if (cell.needs_person && grave[0]) {
    return { face: grave[0][1], others: grave.length - 1 + (cell.state === "late" ? 1 : 0) };
  }
  if (cell.state === "late") return { face: "late", others: 0 };
  // Published first as its rule allows: the review still has time, or came in time.
  if (cell.state === "on_time" && has("unreviewed")) return { face: "to_review", others: 0 };
  if (cell.state === "on_time" && has("reviewed_after"))
    return { face: "reviewed_after", others: has("corrected") ? 1 : 0 };
  // Taken down too early and put up again: made good, and to be seen.
  if (cell.state === "on_time" && has("ended_early"))
    return { face: "ended", others: has("corrected") ? 1 : 0 };
  if (cell.state === "on_time")
    return { face: has("corrected") ? "corrected" : "on_time", others: 0 };
  if (has("in_review") || has("scheduled") || has("returned"))
    return { face: "waiting", others: 0 };
  if (cell.state === "due_soon") return { face: "due_soon", others: 0 };
  if (has("provisional")) return { face: "provisional", others: 0 };
  return { face: cell.state === "open" ? "open" : "not_yet", others: 0 };
}

/** How many days a display lasted and had to last, where it was too short. */
export function shownDays(cell: Cell): { n: number; all: number } | null {
  const short = cell.findings.find((finding) => finding.kind === "displayed_short");
  if (!short || short.displayed === null || short.required === null) return null;
  return { n: short.displayed, all: short.required };
}

export interface Column {
  key: string;
  category: string;
  due_on: Day | null;
  provisional: boolean;
}

/** Columns side by side that fall due on the same day; null: by event. */
export interface DueGroup {
  due_on: Day | null;
  span: number;
  /** Calendar days from `today` to the due day; negative when it has passed. */
  left: number | null;
}

export function dueGroups(columns: readonly Column[], today: Day): DueGroup[] {
  const groups: DueGroup[] = [];
  for (const { due_on } of columns) {
    const last = groups[groups.length - 1];
    if (last && last.due_on === due_on) last.span += 1;
    else
      groups.push({ due_on, span: 1, left: due_on === null ? null : daysBetween(today, due_on) });
  }
  return groups;
}

export type Filter = "all" | "needs" | "soon" | "late";

/** What somebody wants to see: everything that applies must hold; an empty text asks for nothing. */
export interface Wanted {
  only: Filter;
  face: Face | "";
  category: string;
  /** Part of a village's name, the beginning of its initials in pinyin, or part of its code. */
  typed: string;
}

export const ALL: Wanted = { only: "all", face: "", category: "", typed: "" };

const FITS: { [filter in Filter]: (cell: Cell) => boolean } = {
  all: () => true,
  needs: (cell) => cell.needs_person,
  soon: (cell) => cell.state === "due_soon",
  late: (cell) => cell.state === "late",
};

export const fits = (cell: Cell, wanted: Omit<Wanted, "typed">): boolean =>
  FITS[wanted.only](cell) &&
  (wanted.face === "" || faceOf(cell).face === wanted.face) &&
  (wanted.category === "" || cell.category === wanted.category);

/** Everything a village owes in one column: what its cell shows first. */
export function stackOf<C extends Cell>(row: Row<C>, front: C): C[] {
  return [front, ...row.behind.filter((cell) => cell.column === front.column)];
}

/** Everything a village owes, whether or not a cell shows it. */
export const owedBy = <C extends Cell>(row: Row<C>): C[] => [
  ...row.cells.filter((cell): cell is C => cell !== null),
  ...row.behind,
];

/** How many obligations a filter leaves: the number on its button. */
export function count<C extends Cell>(rows: readonly Row<C>[], filter: Filter): number {
  return rows.reduce(
    (sum, row) => sum + owedBy(row).filter((cell) => FITS[filter](cell)).length,
    0,
  );
}

/** How often each face stands in the table; what nobody has is not in it. */
export function faces<C extends Cell>(rows: readonly Row<C>[]): Map<Face, number> {
  const found = new Map<Face, number>();
  for (const cell of rows.flatMap(owedBy)) {
    const { face } = faceOf(cell);
    found.set(face, (found.get(face) ?? 0) + 1);
  }
  return found;
}

const isCalled = <C extends Cell>(row: Row<C>, typed: string): boolean => {
  const name = typed.trim().toLowerCase();
  return (
    row.name.includes(name) ||
    row.division.includes(name) ||
    row.initials.split(" ").some((way) => way.startsWith(name))
  );
};

/** The villages that are wanted. */
export function visibleRows<C extends Cell, R extends Row<C>>(
  rows: readonly R[],
  wanted: Wanted,
): R[] {
  const anything = wanted.only === "all" && wanted.face === "" && wanted.category === "";
  return rows.filter(
    (row) =>
      isCalled(row, wanted.typed) &&
      (anything || owedBy<C>(row).some((cell) => fits(cell, wanted))),
  );
}

export interface ColumnTotal {
  onTime: number;
  owed: number;
  needs: number;
}

/** On time / owed and what needs a person, for one column: obligations, as everywhere. The exempt are in no total. */
export function columnTotal<C extends Cell>(rows: readonly Row<C>[], column: string): ColumnTotal {
  const owed = rows
    .flatMap(owedBy)
    .filter((cell) => cell.column === column && cell.state !== "exempt");
  return {
    onTime: owed.filter((cell) => cell.state === "on_time").length,
    owed: owed.length,
    needs: owed.filter((cell) => cell.needs_person).length,
  };
}

const PAGE = 10;

/** Where the arrow keys lead from a cell; edges stop. */
export function step(
  at: { row: number; column: number },
  key: string,
  size: { rows: number; columns: number },
): { row: number; column: number } | null {
  const { row, column } = at;
  switch (key) {
    case "ArrowUp":
      return row > 0 ? { row: row - 1, column } : at;
    case "ArrowDown":
      return row < size.rows - 1 ? { row: row + 1, column } : at;
    case "ArrowLeft":
      return column > 0 ? { row, column: column - 1 } : at;
    case "ArrowRight":
      return column < size.columns - 1 ? { row, column: column + 1 } : at;
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: size.columns - 1 };
    case "Control+Home":
      return { row: 0, column: 0 };
    case "Control+End":
      return { row: size.rows - 1, column: size.columns - 1 };
    case "PageUp":
      return { row: Math.max(0, row - PAGE), column };
    case "PageDown":
      return { row: Math.min(size.rows - 1, row + PAGE), column };
    default:
      return null;
  }
}
