/** How a county's townships kept their deadlines: shares over what is finished, by quarter or by category. */
import { Fragment } from "preact";
import { useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { actor } from "../../acts/session";
import { dayAt, isDay, longDay } from "../../core/dates";
import { type Order, ordered, percent, trendLines } from "../../core/overview";
import { parsePeriod, periodLabel, quarterFrom, quarterOf } from "../../core/periods";
import { language, type Message, placed, say, t } from "../../messages";
import type { Overview, OverviewRow, Rate } from "../../net/compliance";
import * as api from "../../net/compliance";
import { Desk } from "../desk";
import { Icon, type IconName } from "../icons";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { Failure, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";
import { Choice } from "./bar";
import { QuarterStep } from "./quarter_step";

const QUARTERS = 8;
const GRADES: { [grade: string]: { icon: IconName; face: string; words: Message } } = {
  excellent: { icon: "tick", face: "on_time", words: "grade.excellent" },
  good: { icon: "check", face: "on_time", words: "grade.good" },
  passing: { icon: "warn", face: "late", words: "grade.passing" },
  failing: { icon: "cross", face: "missing", words: "grade.failing" },
};

const COUNTED = {
  village: { all: "overview.villages", waiting: "overview.waiting" },
  group: { all: "overview.groups", waiting: "overview.groups.waiting" },
} as const;

/** What is asked: kept in the address, as the table's is. */
function useQuestion() {
  const { query, route } = useLocation();
  const today = dayAt(Date.now());
  const usual = quarterFrom(quarterOf(today), -1).key;
  const quarter =
    parsePeriod(query.quarter ?? "")?.cadence === "quarterly" ? (query.quarter ?? usual) : usual;
  const by: "category" | "quarter" = query.by === "category" ? "category" : "quarter";
  const day =
    isDay(query.as_of ?? "") && (query.as_of ?? "") <= today ? (query.as_of ?? today) : today;
  const division = /^\d{12}$/.test(query.division ?? "") ? (query.division ?? "") : "";
  const after = /^\d{12}$/.test(query.after ?? "") ? query.after : undefined;
  const groups = query.level === "group";
  const asked = { quarter, by, day, division, after, groups };
  return {
    ...asked,
    today,
    set: (part: Partial<typeof asked>): void => {
      const next = { ...asked, after: undefined, ...part };
      const parts = [
        `by=${next.by}`,
        `quarter=${next.quarter}`,
        next.day !== today && `as_of=${next.day}`,
        next.groups && "level=group",
        next.division && `division=${next.division}`,
        next.after && `after=${next.after}`,
      ].filter(Boolean);
      route(`/app/grid/overview?${parts.join("&")}`, true);
    },
  };
}

export function OverviewScreen() {
  const asked = useQuestion();
  const { quarter, by, day, today, groups, set } = asked;
  const last = parsePeriod(quarter) ?? quarterOf(day);
  const first = by === "quarter" ? quarterFrom(last, 1 - QUARTERS) : last;
  const query: api.OverviewQuery = {
    division: asked.division || (actor.value?.division ?? ""),
    first: first.start ?? day,
    last: last.end ?? day,
    by,
    ...(day < today ? { as_of: `${day}T23:59:59+08:00` } : {}),
    ...(groups ? { level: "group" as const } : {}),
    ...(asked.after ? { after: asked.after } : {}),
  };
  const found = useDeskAnswer("overview", JSON.stringify(query), () =>
    api.overview(query, language.value),
  );
  return (
    <Desk title={t("overview.title")} current="grid">
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("overview.title")}</h1>
          {found.answer && <Sentence found={found.answer} />}
          <div class="tools">
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
            <a class="btn small" href={api.overviewFile(query, "xlsx", language.value)} download>
              <Icon name="download" />
              Excel
            </a>
            <a class="btn small" href={api.overviewFile(query, "csv", language.value)} download>
              <Icon name="download" />
              CSV
            </a>
            <button type="button" class="btn small" onClick={() => window.print()}>
              <Icon name="print" />
              {t("grid.print")}
            </button>
          </div>
        </div>
        <form
          class="grid-bar"
          aria-label={t("grid.filters")}
          onSubmit={(event) => event.preventDefault()}
        >
          <fieldset class="group filters" aria-label={t("overview.by")}>
            {(["quarter", "category"] as const).map((one) => (
              <button
                type="button"
                key={one}
                aria-pressed={by === one}
                onClick={() => set({ by: one })}
              >
                {t(`overview.by.${one}`)}
              </button>
            ))}
          </fieldset>
          <QuarterStep
            quarter={last}
            go={(next) => set({ quarter: next.key })}
            {...(by === "quarter" && {
              words: t("overview.until", { quarter: periodLabel(quarter, language.value) }),
            })}
          />
          <div class="group">
            <label class="lab" for="as-of">
              {t("grid.as_of")}
            </label>
            <input
              id="as-of"
              type="date"
              value={day}
              max={today}
              onChange={(event) =>
                isDay(event.currentTarget.value) && set({ day: event.currentTarget.value })
              }
            />
          </div>
          <Choice
            label={t("overview.level")}
            value={groups ? "group" : "village"}
            choose={(level) => set({ groups: level === "group" })}
          >
            <option value="village">{t("grid.level.village")}</option>
            <option value="group">{t("grid.level.group")}</option>
          </Choice>
        </form>
        <KeptNote at={found.keptAt} again={found.again} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={10} />
        ) : found.answer.columns.length === 0 ? (
          <Notice icon="grid" title={t("grid.empty")}>
            <p>{t(groups ? "grid.empty.groups" : "grid.empty.note")}</p>
          </Notice>
        ) : (
          <>
            {day < today && (
              <p class="print-note">{t("grid.replayed", { day: longDay(day, language.value) })}</p>
            )}
            <Table found={found.answer} quarter={quarter} go={(division) => set({ division })} />
            <p class="small soft">{t("overview.note", { ...found.answer.thresholds })}</p>
            {found.answer.next && (
              <p>
                <button
                  type="button"
                  class="btn"
                  onClick={() => set({ after: found.answer?.next ?? undefined })}
                >
                  {t("overview.next")}
                </button>
              </p>
            )}
          </>
        )}
      </div>
    </Desk>
  );
}

function Sentence({ found }: { found: Overview }) {
  const { total } = found;
  const parts = [
    total.missing > 0 && t("sum.missing", { n: total.missing }),
    total.late > 0 && t("sum.late", { n: total.late }),
    total.empty > 0 && t("sum.empty", { n: total.empty }),
    total.short > 0 && t("sum.short", { n: total.short }),
  ].filter(Boolean);
  return (
    <p class="sum">
      <b>{found.division.name}</b>{" "}
      {t("overview.sum", { finished: total.finished, share: percent(total.on_time_permille) })}
      {parts.map((part) => ` · ${part}`)}
    </p>
  );
}

function Table(props: { found: Overview; quarter: string; go: (division: string) => void }) {
  const { found } = props;
  const [order, setOrder] = useState<Order>({ by: "list" });
  const rows = useMemo(() => ordered<Rate, OverviewRow>(found.rows, order), [found, order]);
  const trend = found.by === "quarter" && found.columns.length > 1;
  const pressed = (one: Order): boolean => JSON.stringify(one) === JSON.stringify(order);
  const sorter = (one: Order, words: string) => (
    <button
      type="button"
      class="sorter"
      aria-pressed={pressed(one)}
      title={t("overview.sort")}
      onClick={() => setOrder(pressed(one) ? { by: "list" } : one)}
    >
      {words}
      {pressed(one) && <Icon name="down" />}
    </button>
  );
  return (
    <Scroll class="grid-scroll" label={t("overview.name", { n: rows.length })}>
      <table class={trend ? "grid overview quarters" : "grid overview"}>
        <caption class="vh">
          {t("overview.caption", {
            place: found.division.name,
            day: dayAt(Date.parse(found.as_of)),
          })}
        </caption>
        <thead>
          <tr class="r2 alone">
            <th class="v" scope="col">
              {t("overview.place")}
            </th>
            <th scope="col">{sorter({ by: "total" }, t("overview.whole"))}</th>
            {trend && <th scope="col">{t("overview.trend")}</th>}
            {found.columns.map((column, n) => (
              <th key={column.key} scope="col">
                {sorter({ by: "column", column: n }, say(column.label))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.division}>
              <th scope="row" class="v">
                <Name row={row} level={found.level} quarter={props.quarter} go={props.go} />
              </th>
              <td class="in-all">
                <Share rate={row.total} />
              </td>
              {trend && (
                <td>
                  <Trend row={row} />
                </td>
              )}
              {row.cells.map((rate, n) => (
                <td key={found.columns[n]?.key}>
                  <Share rate={rate} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr class="t2">
            <th scope="row" class="v">
              {t(found.next ? "overview.page" : "overview.all")}
            </th>
            <td>
              <Share rate={found.total} />
            </td>
            {trend && <td />}
            {found.totals.map((rate, n) => (
              <td key={found.columns[n]?.key}>
                <Share rate={rate} />
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

/** A township leads to its table, a county to its townships. */
function Name(props: {
  row: OverviewRow;
  level: Overview["level"];
  quarter: string;
  go: (division: string) => void;
}) {
  const { row, level } = props;
  const groups = level === "group";
  const counted = row.waiting > 0 ? "waiting" : "all";
  return (
    <>
      {row.level === "township" ? (
        <a
          href={`/app/grid?division=${row.division}&quarter=${props.quarter}${groups ? "&level=group" : ""}`}
        >
          {placed(row.name)}
        </a>
      ) : row.level === "village" ? (
        placed(row.name)
      ) : (
        <button type="button" class="link" onClick={() => props.go(row.division)}>
          {placed(row.name)}
        </button>
      )}
      <small>
        {t(COUNTED[level][counted], {
          all: row.villages,
          n: counted === "waiting" ? row.waiting : row.villages,
        })}
      </small>
    </>
  );
}

/** The share on time with its grade in a shape and a word; what is missing stands beside it in words. */
function Share({ rate }: { rate: Rate }) {
  const grade = rate.grade === null ? undefined : GRADES[rate.grade];
  if (!grade)
    return (
      <span class="soft">
        <span aria-hidden="true">—</span>
        <span class="vh">{t("overview.none")}</span>
      </span>
    );
  const beside = [
    rate.missing > 0 && t("sum.missing", { n: rate.missing }),
    rate.late > 0 && t("sum.late", { n: rate.late }),
    rate.empty > 0 && t("sum.empty", { n: rate.empty }),
    rate.short > 0 && t("sum.short", { n: rate.short }),
    rate.early > 0 && t("overview.early", { share: percent(rate.early_permille) }),
  ].filter(Boolean);
  return (
    <div class="share">
      <span class={`cell ${grade.face}`}>
        <Icon name={grade.icon} />
        <span>
          {percent(rate.on_time_permille)} {t(grade.words)}
        </span>
      </span>
      <small>
        {[`${rate.on_time}/${rate.finished}`, ...beside].map((words) => (
          <Fragment key={words}>
            <span>{words}</span>{" "}
          </Fragment>
        ))}
      </small>
    </div>
  );
}

function Trend({ row }: { row: OverviewRow }) {
  const shares = row.cells.map((cell) => cell.on_time_permille);
  if (shares.every((share) => share === null)) return null;
  return (
    <svg
      class="spark"
      viewBox="-2 -2 84 24"
      role="img"
      aria-label={t("overview.trend.of", {
        shares: shares.map(percent).join(" → "),
      })}
    >
      <line x1="0" y1="20" x2="80" y2="20" />
      {trendLines(shares, 80, 20).map((points) =>
        points.includes(" ") ? (
          <polyline key={points} points={points} />
        ) : (
          <circle key={points} cx={points.split(",")[0]} cy={points.split(",")[1]} r="2" />
        ),
      )}
    </svg>
  );
}
