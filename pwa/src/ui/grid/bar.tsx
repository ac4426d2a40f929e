/** What is to be seen of the table: which span as of which day, what of it, and in which order. */
import type { ComponentChildren } from "preact";
import { addDays, dayAt, isDay } from "../../core/dates";
import { count, type Face, type Filter, faces, type Wanted } from "../../core/grid";
import { ORDERS, type Order } from "../../core/grid_order";
import { isSpan, type Period, SPANS, type Span, spanOf } from "../../core/periods";
import { say, t } from "../../messages";
import type { GridAnswer } from "../../net/shapes";
import { Icon } from "../icons";
import { FACES } from "./face";
import { QuarterStep } from "./quarter_step";

const FILTERS: Filter[] = ["all", "needs", "soon", "late"];

interface Props {
  period: Period;
  day: string;
  groups: boolean;
  set: (part: { span?: string; day?: string; groups?: boolean }) => void;
  grid: GridAnswer | null;
  wanted: Wanted;
  want: (part: Partial<Wanted>) => void;
  order: Order;
  sort: (order: Order) => void;
}

export function Bar({ period, day, groups, set, grid, wanted, want, order, sort }: Props) {
  const today = dayAt(Date.now());
  const rows = grid?.rows ?? [];
  const standing = faces(rows);
  return (
    <form
      class="grid-bar"
      aria-label={t("grid.filters")}
      onSubmit={(event) => event.preventDefault()}
    >
      <QuarterStep quarter={period} go={(next) => set({ span: next.key })} />
      <div class="group">
        <label class="lab" for="as-of">
          {t("grid.as_of")}
        </label>
        <button
          type="button"
          aria-label={t("grid.day.before")}
          onClick={() => set({ day: addDays(day, -1) })}
        >
          <Icon name="back" />
        </button>
        <input
          id="as-of"
          type="date"
          value={day}
          max={today}
          onChange={(event) =>
            isDay(event.currentTarget.value) && set({ day: event.currentTarget.value })
          }
        />
        <button
          type="button"
          aria-label={t("grid.day.after")}
          disabled={day >= today}
          onClick={() => set({ day: addDays(day, 1) })}
        >
          <Icon name="forward" />
        </button>
      </div>
      <fieldset class="group filters" aria-label={t("grid.only")}>
        {FILTERS.map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={wanted.only === one}
            onClick={() =>
              want(one === "all" ? { only: one, face: "", category: "" } : { only: one })
            }
          >
            {t(`filter.${one}`)}
            {one !== "all" && grid && <b>{count(rows, one)}</b>}
          </button>
        ))}
      </fieldset>
      <div class="picks">
        <Choice
          label={t("grid.span")}
          value={period.cadence}
          choose={(span) => isSpan(span) && set({ span: spanOf(span, holding(period, today)).key })}
        >
          {SPANS.map((span: Span) => (
            <option key={span} value={span}>
              {t(`grid.span.${span}`)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t("grid.level")}
          value={groups ? "group" : "village"}
          choose={(level) => set({ groups: level === "group" })}
        >
          <option value="village">{t("grid.level.village")}</option>
          <option value="group">{t("grid.level.group")}</option>
        </Choice>
        <Choice
          label={t("grid.state")}
          value={wanted.face}
          choose={(face) => want({ face: face as Face | "" })}
        >
          <option value="">{t("grid.state.any")}</option>
          {(Object.keys(FACES) as Face[])
            .filter((face) => standing.has(face) || face === wanted.face)
            .map((face) => (
              <option key={face} value={face}>
                {t(`face.${face}`)} {standing.get(face) ?? 0}
              </option>
            ))}
        </Choice>
        <Choice
          label={t("grid.category")}
          value={wanted.category}
          choose={(category) => want({ category })}
        >
          <option value="">{t("grid.category.any")}</option>
          {[...new Map(grid?.columns.map((one) => [one.category, one.category_name]))].map(
            ([category, name]) => (
              <option key={category} value={category}>
                {say(name)}
              </option>
            ),
          )}
        </Choice>
        <Choice label={t("grid.order")} value={order} choose={(one) => sort(one as Order)}>
          {ORDERS.map((one) => (
            <option key={one} value={one}>
              {t(`grid.order.${one}`)}
            </option>
          ))}
        </Choice>
        <input
          class="find-village"
          type="search"
          value={wanted.typed}
          placeholder={t("grid.find")}
          aria-label={t("grid.find")}
          onInput={(event) => want({ typed: event.currentTarget.value })}
        />
      </div>
    </form>
  );
}

/** The last day of a span that has begun: another span about the same time holds it. */
function holding(period: Period, today: string): string {
  const end = period.end ?? today;
  return end < today ? end : today;
}

export function Choice(props: {
  label: string;
  value: string;
  choose: (value: string) => void;
  children: ComponentChildren;
}) {
  return (
    <label class="group pick">
      <span class="lab">{props.label}</span>
      <select value={props.value} onChange={(event) => props.choose(event.currentTarget.value)}>
        {props.children}
      </select>
    </label>
  );
}
