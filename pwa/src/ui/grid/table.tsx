/** Villages × obligations. One cell is in the tab order; arrows move, Enter opens, so a keyboard reaches all of it. */

import { useRef, useState } from "preact/hooks";
import { pin, pinned } from "../../acts/pins";
import { dayAt, shortDay, weekday } from "../../core/dates";
import { columnTotal, dueGroups, faceOf, fits, stackOf, step, type Wanted } from "../../core/grid";
import { days, language, placed, say, t } from "../../messages";
import type { GridAnswer, GridCell, GridRow } from "../../net/shapes";
import { Icon } from "../icons";
import { Scroll } from "../scroll";
import { CellFace } from "./face";

interface Props {
  grid: GridAnswer;
  rows: GridRow[];
  wanted: Wanted;
  open: { division: string; column: string } | null;
  choose: (row: GridRow, cell: GridCell) => void;
}

export function GridTable({ grid, rows, wanted, open, choose }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const today = dayAt(Date.parse(grid.as_of));
  const groups = dueGroups(grid.columns, today);
  const starts = new Set<number>();
  groups.reduce((n, group) => {
    starts.add(n);
    return n + group.span;
  }, 0);

  const move = (event: KeyboardEvent): void => {
    if ((event.target as HTMLElement).dataset.at === undefined) return;
    const key = event.ctrlKey || event.metaKey ? `Control+${event.key}` : event.key;
    const to = step(at, key, { rows: rows.length, columns: grid.columns.length });
    if (to === null) return;
    event.preventDefault();
    setAt(to);
    table.current?.querySelector<HTMLElement>(`[data-at="${to.row} ${to.column}"]`)?.focus();
  };
  const remember = (event: FocusEvent): void => {
    const place = (event.target as HTMLElement).dataset.at?.split(" ").map(Number);
    if (place) setAt({ row: place[0] ?? 0, column: place[1] ?? 0 });
  };
  const name = (n: number): string => {
    const column = grid.columns[n];
    return column ? `${say(column.category_name)} ${say(column.label)}` : "";
  };
  return (
    <Scroll
      class="grid-scroll"
      label={t(grid.level === "group" ? "grid.name.groups" : "grid.name", {
        n: rows.length,
        m: grid.columns.length,
      })}
    >
      <table
        class="grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern: arrows move between its cells.
        role="grid"
        aria-readonly="true"
        ref={table}
        onKeyDown={move}
        onFocusIn={remember}
      >
        <caption class="vh">{t("grid.caption", { place: grid.division.name, day: today })}</caption>
        <thead>
          <tr class="r1">
            <td class="v" />
            {groups.map((group, n) => (
              <th key={n} scope="colgroup" colSpan={group.span}>
                <GroupHead due_on={group.due_on} left={group.left} />
              </th>
            ))}
            <td class="kn" />
          </tr>
          <tr class="r2">
            <th class="v" scope="col">
              {t(grid.level === "group" ? "grid.level.group" : "grid.village")}
            </th>
            {grid.columns.map((column, n) => (
              <th key={column.key} scope="col" class={starts.has(n) ? "edge" : ""} title={name(n)}>
                <span>{say(column.category_name)}</span>
                <small>{say(column.label)}</small>
              </th>
            ))}
            <th class="kn" scope="col">
              {t("grid.needs")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.division} class={r % 4 === 3 ? "e" : ""}>
              <th scope="row" class={open?.division === row.division ? "v on" : "v"}>
                <Village row={row} />
              </th>
              {row.cells.map((cell, c) => (
                <td key={grid.columns[c]?.key} class={starts.has(c) ? "edge" : ""}>
                  {cell === null ? (
                    <span
                      class="none"
                      data-at={`${r} ${c}`}
                      tabIndex={at.row === r && at.column === c ? 0 : -1}
                    >
                      <span aria-hidden="true">·</span>
                      <span class="vh">{t("grid.none")}</span>
                    </span>
                  ) : (
                    <button
                      type="button"
                      data-at={`${r} ${c}`}
                      class={`cell ${faceOf(cell).face}${cell.needs_person ? " wants" : ""}${stackOf(row, cell).some((one) => fits(one, wanted)) ? "" : " dim"}`}
                      tabIndex={at.row === r && at.column === c ? 0 : -1}
                      aria-pressed={open?.division === row.division && open.column === cell.column}
                      onClick={() => choose(row, cell)}
                    >
                      <span class="vh">{`${placed(row.name)} ${name(c)} `}</span>
                      <CellFace cell={cell} behind={stackOf(row, cell).length - 1} />
                    </button>
                  )}
                </td>
              ))}
              <td class={row.needs_person > 0 ? "n has" : "n"}>{row.needs_person}</td>
            </tr>
          ))}
        </tbody>
        <Totals grid={grid} rows={rows} starts={starts} />
      </table>
    </Scroll>
  );
}

/** A village's name, and the pin that keeps it above the others. */
function Village({ row }: { row: GridRow }) {
  const on = pinned.value.has(row.division);
  return (
    <div class="name">
      <button
        type="button"
        class={on ? "pin on" : "pin"}
        aria-pressed={on}
        aria-label={t("grid.pin", { village: placed(row.name) })}
        title={t(on ? "grid.pin.off" : "grid.pin.on")}
        onClick={() => pin(row.division)}
      >
        <Icon name={on ? "pinned" : "pin"} />
      </button>
      <span>
        {placed(row.name)}
        {row.township && <small>{row.township}</small>}
      </span>
    </div>
  );
}

function GroupHead({ due_on, left }: { due_on: string | null; left: number | null }) {
  if (due_on === null || left === null) return <>{t("grid.by.event")}</>;
  const when =
    left < 0
      ? t("grid.over", { days: days(-left) })
      : left === 0
        ? t("grid.today")
        : t("tasks.in", { days: days(left) });
  return (
    <>
      <b>{shortDay(due_on, language.value)}</b> {weekday(due_on, language.value)} · {when}
    </>
  );
}

function Totals({
  grid,
  rows,
  starts,
}: {
  grid: GridAnswer;
  rows: GridRow[];
  starts: Set<number>;
}) {
  const totals = grid.columns.map((column) => columnTotal(rows, column.key));
  const all = totals.reduce(
    (sum, one) => ({
      onTime: sum.onTime + one.onTime,
      owed: sum.owed + one.owed,
      needs: sum.needs + one.needs,
    }),
    { onTime: 0, owed: 0, needs: 0 },
  );
  return (
    <tfoot>
      <tr class="t1">
        <th scope="row" class="v">
          {t("grid.total")}
        </th>
        {totals.map((one, n) => (
          <td key={grid.columns[n]?.key} class={starts.has(n) ? "edge" : ""}>
            <b>{one.onTime}</b>/{one.owed}
          </td>
        ))}
        <td class="n">
          <b>{all.onTime}</b>/{all.owed}
        </td>
      </tr>
      <tr class="t2">
        <th scope="row" class="v">
          {t("grid.needs")}
        </th>
        {totals.map((one, n) => (
          <td
            key={grid.columns[n]?.key}
            class={`${starts.has(n) ? "edge" : ""}${one.needs > 0 ? " has" : ""}`}
          >
            {one.needs}
          </td>
        ))}
        <td class={all.needs > 0 ? "n has" : "n"}>{all.needs}</td>
      </tr>
    </tfoot>
  );
}
