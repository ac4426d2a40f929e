/** A notice on a screen that nobody touches: cut into pages, moved a little, light and dark by turns. */

/** A piece of a notice that must not be cut. One that `leads` (a heading) never stands last on a page. */
export interface Piece {
  top: number;
  bottom: number;
  leads?: boolean;
}

/** Where each page of a long notice begins, and how high it is; `room`: the height of a full one. */
export function pagesOf(
  pieces: readonly Piece[],
  room: number,
): { start: number; height: number }[] {
  const rows = joined(pieces);
  const first = rows[0];
  if (first === undefined || room <= 0) return [{ start: 0, height: Math.max(0, room) }];
  const pages: { start: number; height: number }[] = [];
  let start = first.top;
  let end = first.top;
  for (const { top, bottom } of rows) {
    if (bottom - start > room && end > start) {
      pages.push({ start, height: end - start });
      start = top;
    }
    // What is taller than a page is shown piece by piece.
    while (bottom - start > room) {
      pages.push({ start, height: room });
      start += room;
    }
    end = Math.max(end, bottom);
  }
  pages.push({ start, height: end - start });
  return pages;
}

/** Headings with what follows them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const rows: Piece[] = [];
  let lead: number | null = null;
  for (const { top, bottom, leads } of pieces) {
    if (leads) lead ??= top;
    else {
      rows.push({ top: lead ?? top, bottom });
      lead = null;
    }
  }
  const last = pieces[pieces.length - 1];
  return lead === null || last === undefined ? rows : [...rows, { top: lead, bottom: last.bottom }];
}

/** Places around the middle, in pixels: no line of the picture burns into the screen. */
const SHIFTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [4, 2],
  [8, 0],
  [4, -4],
  [0, -8],
  [-4, -4],
  [-8, 0],
  [-4, 4],
  [0, 8],
];

/** By how much the whole picture is moved at a moment: another place each minute. */
export function shiftAt(now: number): readonly [number, number] {
  return SHIFTS[Math.floor(now / 60_000) % SHIFTS.length] ?? [0, 0];
}

/** Dark ink on light paper in one half hour, light on dark in the next. */
export function toneAt(now: number): "light" | "dark" {
  return Math.floor(now / 1_800_000) % 2 === 0 ? "light" : "dark";
}
