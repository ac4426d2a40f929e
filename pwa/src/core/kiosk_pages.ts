/** A notice on a screen that nobody touches: cut into pages, moved a little, light and dark by turns. */

/** The heading and the column heads of a table, and where the table ends. */
export interface Head {
  top: number;
  bottom: number;
  end: number;
}

/** A piece of a notice that must not be cut. One that `leads` (a heading) never stands last on a page. */
export interface Piece {
  top: number;
  bottom: number;
  leads?: boolean;
  /** The head of the table that it is a row of. */
  head?: Head;
}

/** A part of the notice, as high as `height`; above it the `head` of a table that began on an earlier page. */
export interface Page {
  start: number;
  height: number;
  head?: Head;
}

/** A head that is higher than this part of the page is not repeated: rows need the room. */
const MOST_HEAD = 0.4;

const heightOf = (head: Head | undefined): number =>
  head === undefined ? 0 : head.bottom - head.top;

/** The pages of a long notice; `room`: the height of a full one, with its repeated head. */
export function pagesOf(pieces: readonly Piece[], room: number): Page[] {
  const rows = joined(pieces);
  const first = rows[0];
  if (first === undefined || room <= 0) return [{ start: 0, height: Math.max(0, room) }];
  const pages: Page[] = [];
  let page: Page = { start: first.top, height: 0 };
  const begin = (start: number, { head }: Piece): void => {
    const repeats =
      head !== undefined && head.bottom <= start && heightOf(head) <= room * MOST_HEAD;
    page = { start, height: 0, ...(repeats ? { head } : {}) };
  };
  for (const row of rows) {
    if (row.bottom - page.start > room - heightOf(page.head) && page.height > 0) {
      pages.push(page);
      begin(row.top, row);
    }
    // What is taller than a page is shown piece by piece.
    for (let left = room - heightOf(page.head); row.bottom - page.start > left; ) {
      pages.push({ ...page, height: left });
      begin(page.start + left, row);
      left = room - heightOf(page.head);
    }
    page.height = Math.max(page.height, row.bottom - page.start);
  }
  pages.push(page);
  return pages;
}

/** Which part of which table stands on a page; tables that are whole on one page have none. */
export interface Part {
  head: Head;
  n: number;
  of: number;
}

export function partsOf(pages: readonly Page[], heads: readonly Head[], at: number): Part[] {
  return heads.flatMap((head) => {
    const holders = pages.flatMap((page, n) =>
      page.start < head.end && page.start + page.height > head.bottom ? [n] : [],
    );
    const n = holders.indexOf(at) + 1;
    return n > 0 && holders.length > 1 ? [{ head, n, of: holders.length }] : [];
  });
}

/** Headings with what follows them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const rows: Piece[] = [];
  let lead: number | null = null;
  for (const { leads, ...piece } of pieces) {
    if (leads) lead ??= piece.top;
    else {
      rows.push({ ...piece, top: lead ?? piece.top });
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
