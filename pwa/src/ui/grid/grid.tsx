/** The township's first screen: which village owes what, as of any day. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { pinned } from "../../acts/pins";
import { actor } from "../../acts/session";
import { dayAt, isDay, longDay } from "../../core/dates";
import { ALL, visibleRows, type Wanted } from "../../core/grid";
import { inOrder, type Order, ofCategory } from "../../core/grid_order";
import { isSpan, parsePeriod, periodLabel, quarterFrom, quarterOf } from "../../core/periods";
import { language, t } from "../../messages";
import * as api from "../../net/questions";
import type { GridAnswer, GridCell, GridColumn, GridRow } from "../../net/shapes";
import { Desk } from "../desk";
import { WaitingExemptions } from "../exemptions/waiting";
import { Icon } from "../icons";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { SiteNotices } from "../notices/strip";
import { Failure, Notice, Skeleton } from "../pieces";
import { Bar } from "./bar";
import { Drawer } from "./drawer";
import { Legend } from "./face";
import { Paper } from "./paper";
import { GridTable } from "./table";

const NOTHING = { columns: [], rows: [] };

/** What is asked: kept in the address, so that a bookmark or a sent link shows the same table. */
function useQuestion(): {
  /** A month, a quarter, half a year or a year. */
  span: string;
  day: string;
  /** A township below, to which the overview led; empty for one's own place. */
  division: string;
  /** Whether its village groups are shown, and not its villages. */
  groups: boolean;
  set: (part: { span?: string; day?: string; groups?: boolean }) => void;
} {
  const { query, route } = useLocation();
  const today = dayAt(Date.now());
  // A quarter's accounts fall due in the next one: what matters now is mostly the quarter that ended.
  const usual = quarterFrom(quarterOf(today), -1).key;
  // The overview leads here with a quarter.
  const named = query.span ?? query.quarter ?? "";
  const span = isSpan(parsePeriod(named)?.cadence ?? "") ? named : usual;
  const day =
    isDay(query.as_of ?? "") && (query.as_of ?? "") <= today ? (query.as_of ?? today) : today;
  const division = /^\d{12}$/.test(query.division ?? "") ? (query.division ?? "") : "";
  const groups = query.level === "group";
  return {
    span,
    day,
    division,
    groups,
    set: (part) => {
      const next = { span, day, groups, ...part };
      const asked = next.day === today ? "" : `&as_of=${next.day}`;
      const place = division === "" ? "" : `&division=${division}`;
      const level = next.groups ? "&level=group" : "";
      route(`/app/grid?span=${next.span}${place}${level}${asked}`, true);
    },
  };
}

export function Grid() {
  const who = actor.value;
  const { span, day, division, groups, set } = useQuestion();
  const [wanted, setWanted] = useState<Wanted>(ALL);
  const [order, setOrder] = useState<Order>("list");
  const [open, setOpen] = useState<{ row: GridRow; cell: GridCell } | null>(null);
  const period = parsePeriod(span) ?? quarterOf(day);
  const today = dayAt(Date.now());
  const asked: api.GridQuery = {
    division: division || (who?.division ?? ""),
    first: period.start ?? day,
    last: period.end ?? day,
    ...(day < today ? { as_of: `${day}T23:59:59+08:00` } : {}),
    ...(groups ? { level: "group" as const } : {}),
  };
  const key = JSON.stringify(asked);
  const grid = useDeskAnswer("grid", key, () => api.grid(asked));
  useEffect(() => setOpen(null), [key]);
  const { columns, rows } = useMemo(() => {
    const table = ofCategory<GridCell, GridRow, GridColumn>(
      grid.answer ?? NOTHING,
      wanted.category,
    );
    return { ...table, rows: inOrder(visibleRows(table.rows, wanted), order, pinned.value) };
  }, [grid.answer, wanted, order, pinned.value]);

  return (
    <Desk title={t("grid.title")} current="grid" drawer={open !== null}>
      <div class={rows.length > 0 ? "grid-page on-paper" : "grid-page"}>
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("grid.title")}</h1>
          {grid.answer && <Sentence grid={grid.answer} />}
          <div class="tools">
            <a class="btn small" href="/app/grid/overview">
              {t("grid.overview")}
            </a>
            <a class="btn small" href="/app/grid/warnings">
              {t("warnings.title")}
            </a>
            <a class="btn small" href="/app/grid/cross">
              {t("cross.title")}
            </a>
            <a class="btn small" href="/app/grid/plan">
              {t("plan.title")}
            </a>
            <a class="btn small" href="/app/grid/exemptions">
              {t("exemptions.title")}
            </a>
            <a class="btn small" href={api.gridXlsx(asked)} download>
              <Icon name="download" />
              Excel
            </a>
            <a class="btn small" href={api.gridCsv(asked)} download>
              <Icon name="download" />
              CSV
            </a>
            <button type="button" class="btn small" onClick={() => window.print()}>
              <Icon name="print" />
              {t("grid.print")}
            </button>
          </div>
        </div>
        <SiteNotices />
        <WaitingExemptions />
        <Bar
          period={period}
          day={day}
          groups={groups}
          set={set}
          grid={grid.answer}
          wanted={wanted}
          want={(part) => setWanted({ ...wanted, ...part })}
          order={order}
          sort={setOrder}
        />
        {grid.error ? (
          <Failure error={grid.error} retry={grid.again} />
        ) : grid.answer === null ? (
          <Skeleton lines={10} />
        ) : grid.answer.columns.length === 0 ? (
          <Notice icon="grid" title={t("grid.empty")}>
            <p>{t(groups ? "grid.empty.groups" : "grid.empty.note")}</p>
          </Notice>
        ) : rows.length === 0 ? (
          <Notice icon="filter" title={t("grid.nothing")}>
            <button type="button" class="btn" onClick={() => setWanted(ALL)}>
              {t("grid.show.all")}
            </button>
          </Notice>
        ) : (
          <>
            <KeptNote at={grid.keptAt} again={grid.again} />
            {day < today && (
              <p class="print-note">{t("grid.replayed", { day: longDay(day, language.value) })}</p>
            )}
            <GridTable
              grid={{ ...grid.answer, columns }}
              rows={rows}
              wanted={wanted}
              open={open ? { division: open.row.division, column: open.cell.column } : null}
              choose={(row, cell) => setOpen({ row, cell })}
            />
            <Legend />
            <Paper
              period={periodLabel(span, language.value)}
              grid={grid.answer}
              columns={columns}
              rows={rows}
              wanted={wanted}
            />
          </>
        )}
      </div>
      {open && (
        <Drawer
          key={`${open.row.division} ${open.cell.column}`}
          row={open.row}
          cell={open.cell}
          asOf={asked.as_of}
          choose={(cell) => setOpen({ row: open.row, cell })}
          close={() => setOpen(null)}
        />
      )}
    </Desk>
  );
}

/** One sentence from the same calculation as the totals. */
function Sentence({ grid }: { grid: GridAnswer }) {
  const { summary } = grid;
  const parts = [
    summary.missing > 0 && t("sum.missing", { n: summary.missing }),
    summary.late > 0 && t("sum.late", { n: summary.late }),
    summary.due_soon > 0 && t("sum.soon", { n: summary.due_soon }),
  ].filter(Boolean);
  return (
    <p class="sum">
      {grid.division.name} ·{" "}
      <b>
        {summary.needs_person > 0 ? t("sum.needs", { n: summary.needs_person }) : t("sum.clear")}
      </b>
      {t("sum.owed", { owed: summary.owed, on_time: summary.on_time })}
      {parts.map((part) => ` · ${part}`)}
    </p>
  );
}
