/** The overview of townships as a model: shares as people read them, the order of rows, the line over quarters. */

export interface Rate {
  finished: number;
  on_time: number;
  early: number;
  late: number;
  empty: number;
  short: number;
  missing: number;
  on_time_permille: number | null;
  early_permille: number | null;
  content_permille: number | null;
  grade: string | null;
}

export interface Row<R extends Rate> {
  division: string;
  name: string;
  cells: readonly R[];
  total: R;
}

/** 967 per thousand as "96.7%"; nothing finished has no share. */
export function percent(permille: number | null): string {
  if (permille === null) return "—";
  return `${permille % 10 === 0 ? permille / 10 : (permille / 10).toFixed(1)}%`;
}

/** By what rows stand in order: the official list, the whole span, or one column. */
export type Order = { by: "list" } | { by: "total" } | { by: "column"; column: number };

/** Rows in an order, lowest share first, because that is where somebody is needed; nothing finished comes last. */
export function ordered<R extends Rate, T extends Row<R>>(rows: readonly T[], order: Order): T[] {
  if (order.by === "list") return [...rows];
  const share = (row: T): number => {
    const rate = order.by === "total" ? row.total : row.cells[order.column];
    return rate?.on_time_permille ?? Number.POSITIVE_INFINITY;
  };
  return [...rows].sort((a, b) => share(a) - share(b) || (a.division < b.division ? -1 : 1));
}

/** The share on time over quarters as points of a drawing, 0 at the bottom; quarters without one leave a gap. */
export function trendLines(
  shares: readonly (number | null)[],
  width: number,
  height: number,
): string[] {
  const step = shares.length > 1 ? width / (shares.length - 1) : 0;
  const lines: string[][] = [[]];
  shares.forEach((share, n) => {
    if (share === null) lines.push([]);
    else lines[lines.length - 1]?.push(`${round(n * step)},${round(height * (1 - share / 1000))}`);
  });
  return lines.filter((line) => line.length > 0).map((line) => line.join(" "));
}

const round = (value: number): number => Math.round(value * 10) / 10;
