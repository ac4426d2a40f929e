/** A table as it comes from the clipboard: rows of cells out of tab-separated text. */
import type { Grid } from "./matching";

const MOST_ROWS = 5_000;
const MOST_COLUMNS = 200;

/**
 * Rows and cells of pasted text, as Excel and WPS write it: tabs between cells, and quotes around a cell that
 * has a line break or a quote in it. Text without a tab that has commas is read as CSV, else by wide gaps.
 */
export function gridOf(text: string): Grid {
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const separator = plain.includes("\t") ? "\t" : /,/.test(plain.split("\n")[0] ?? "") ? "," : null;
  const rows = separator === null ? spaced(plain) : separated(plain, separator);
  const kept = rows
    .slice(0, MOST_ROWS)
    .map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.trim()));
  while (kept.length > 0 && kept[kept.length - 1]?.every((cell) => cell === "")) kept.pop();
  return kept;
}

/** A table copied out of a chat or a page without its tabs: cells are two or more spaces apart. */
function spaced(text: string): string[][] {
  return text.split("\n").map((line) => line.trim().split(/\s{2,}|\u3000+/));
}

function separated(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let n = 0; n < text.length; n += 1) {
    const sign = text.charAt(n);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(n + 1) === '"') {
        cell += '"';
        n += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += sign;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}
