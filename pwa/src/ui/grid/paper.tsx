/**
 * The table on A4 across: as many obligations on a sheet as can be read, heads on every page, words beside every sign.
 * It is made when somebody prints, however they ask for it, and gone afterwards.
 */
import { Fragment, render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { dayAt, longDay, shortDay } from "../../core/dates";
import { ALL, fits, stackOf, type Wanted } from "../../core/grid";
import { sheetsOf } from "../../core/grid_order";
import { language, placed, say, t } from "../../messages";
import type { GridAnswer, GridCell, GridColumn, GridRow } from "../../net/shapes";
import { CellFace, Legend } from "./face";

interface Props {
  /** The span in words. */
  period: string;
  grid: GridAnswer;
  columns: GridColumn[];
  rows: GridRow[];
  wanted: Wanted;
}

export function Paper(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  useEffect(() => {
    const lay = (): void => {
      // At once: the browser takes what stands there when this returns.
      if (place.current) render(<Sheets {...newest.current} />, place.current);
    };
    const clear = (): void => {
      if (place.current) render(null, place.current);
    };
    window.addEventListener("beforeprint", lay);
    window.addEventListener("afterprint", clear);
    return () => {
      window.removeEventListener("beforeprint", lay);
      window.removeEventListener("afterprint", clear);
      clear();
    };
  }, []);
  return <div class="grid-paper" ref={place} />;
}

function Sheets({ period, grid, columns, rows, wanted }: Props) {
  const sheets = sheetsOf<GridCell, GridRow, GridColumn>({ columns, rows });
  const day = longDay(dayAt(Date.parse(grid.as_of)), language.value);
  const part = JSON.stringify(wanted) !== JSON.stringify(ALL);
  return (
    <>
      {sheets.map((sheet, n) => (
        <table key={sheet.columns[0]?.key}>
          <colgroup>
            <col class="v" />
            <col span={sheet.columns.length} />
            <col class="n" />
          </colgroup>
          <thead>
            <tr>
              <th class="what" colSpan={sheet.columns.length + 2}>
                <b>
                  {grid.division.name} {t("grid.title")}
                </b>{" "}
                {period} · {t("grid.paper.as_of", { day })}
                {part && ` · ${t("grid.paper.part", { n: rows.length, all: grid.rows.length })}`}
                {sheets.length > 1 &&
                  ` · ${t("grid.paper.sheet", { n: n + 1, all: sheets.length })}`}
              </th>
            </tr>
            <tr>
              <th class="v">{t("grid.village")}</th>
              {sheet.columns.map((column) => (
                <th key={column.key}>
                  {say(column.category_name)}
                  <small>
                    {say(column.label)}
                    {column.due_on &&
                      ` · ${t("grid.paper.due", { day: shortDay(column.due_on, language.value) })}`}
                  </small>
                </th>
              ))}
              <th class="n">{t("grid.needs")}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row, r) => (
              <tr key={row.division}>
                <th class="v">
                  {placed(row.name)}
                  {row.township && <small>{row.township}</small>}
                </th>
                {row.cells.map((cell, c) => (
                  <td key={sheet.columns[c]?.key}>
                    {cell ? <Stack row={row} cell={cell} wanted={wanted} /> : "·"}
                  </td>
                ))}
                <td class="n">{rows[r]?.needs_person}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <Legend />
    </>
  );
}

/** Everything of a cell: on paper nothing can be opened. */
function Stack({ row, cell, wanted }: { row: GridRow; cell: GridCell; wanted: Wanted }) {
  return (
    <>
      {stackOf(row, cell).map((one) => (
        <Fragment key={one.period}>
          <span
            class={`cell ${one.needs_person ? "wants" : ""}${fits(one, wanted) ? "" : " aside"}`}
          >
            <CellFace cell={one} />
          </span>
        </Fragment>
      ))}
    </>
  );
}
