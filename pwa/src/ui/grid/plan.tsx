/** A year's plans of disclosure beside what villages published: each line, by whom, until when, and how each village stands. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, dayText } from "../../core/dates";
import { lookedThrough } from "../../core/looking";
import { formatFen } from "../../core/money";
import { quarterFrom, quarterOf } from "../../core/periods";
import {
  chosenLines,
  countStates,
  isPlanState,
  PLAN_STATES,
  type PlanState,
} from "../../core/plan_lines";
import { days, language, placed, say, t } from "../../messages";
import type { ComparedLine, PlanComparison, PlanPlace } from "../../net/compliance";
import * as api from "../../net/compliance";
import { Desk } from "../desk";
import { Icon, type IconName } from "../icons";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { Failure, Notice, Skeleton } from "../pieces";

const FACES: { [state in PlanState]: { icon: IconName; face: string } } = {
  missing: { icon: "cross", face: "missing" },
  late: { icon: "warn", face: "late" },
  waiting: { icon: "clock", face: "waiting" },
  done: { icon: "tick", face: "on_time" },
};

export function PlanScreen() {
  const division = actor.value?.division ?? "";
  const thisYear = Number(dayAt(Date.now()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const found = useDeskAnswer("plan", `plan ${division} ${year} ${language.value}`, () =>
    api.planLines(division, year, language.value),
  );
  return (
    <Desk title={t("plan.title")} current="grid">
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("plan.title")}</h1>
          {found.answer && found.answer.plans > 0 && (
            <p class="sum">{t("plan.sum", { ...found.answer.counts })}</p>
          )}
          <div class="tools">
            {found.answer?.plans === 1 && found.answer.lines[0] && (
              <a
                class="btn small"
                href={`/d/${found.answer.lines[0].plan}`}
                target="_blank"
                rel="noreferrer"
              >
                {t("plan.notice")}
              </a>
            )}
            {(found.answer?.plans ?? 0) > 0 && (
              <a
                class="btn small"
                href={api.planLinesFile(division, year, language.value)}
                download
              >
                <Icon name="download" />
                CSV
              </a>
            )}
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
          </div>
        </div>
        <KeptNote at={found.keptAt} again={found.again} />
        <YearStep year={year} last={thisYear + 1} go={setYear} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : found.answer.plans === 0 ? (
          <Notice icon="clock" title={t("plan.none", { year })}>
            <p>{t("plan.none.note")}</p>
          </Notice>
        ) : (
          <Compared key={year} answer={found.answer} />
        )}
        <p class="small soft">{t("plan.note")}</p>
      </div>
    </Desk>
  );
}

function YearStep(props: { year: number; last: number; go: (year: number) => void }) {
  const { year, last, go } = props;
  return (
    <div class="grid-bar">
      <div class="group">
        <button type="button" aria-label={t("plan.year.before")} onClick={() => go(year - 1)}>
          <Icon name="back" />
        </button>
        <span class="cur">{t("plan.year", { year })}</span>
        <button
          type="button"
          aria-label={t("plan.year.after")}
          disabled={year >= last}
          onClick={() => go(year + 1)}
        >
          <Icon name="forward" />
        </button>
      </div>
    </div>
  );
}

function Compared({ answer }: { answer: PlanComparison }) {
  const [office, setOffice] = useState("");
  const [state, setState] = useState<PlanState | null>(null);
  const counts = countStates(answer.lines, office);
  const [typed, setTyped] = useState("");
  const lines = lookedThrough(
    chosenLines<PlanPlace, ComparedLine>(answer.lines, { office, state }),
    typed,
    (line) => [line.matter, line.where, line.office, say(line.category_name)],
  );
  return (
    <>
      <form
        class="grid-bar"
        aria-label={t("grid.filters")}
        onSubmit={(event) => event.preventDefault()}
      >
        <fieldset class="group filters many" aria-label={t("grid.only")}>
          <button type="button" aria-pressed={state === null} onClick={() => setState(null)}>
            {t("filter.all")}
          </button>
          {PLAN_STATES.map((one) => (
            <button
              type="button"
              key={one}
              aria-pressed={state === one}
              onClick={() => setState(one)}
            >
              {t(`plan.state.${one}`)} <b>{counts[one]}</b>
            </button>
          ))}
        </fieldset>
        <label class="group pick">
          <span class="lab">{t("plan.office")}</span>
          <select value={office} onChange={(event) => setOffice(event.currentTarget.value)}>
            <option value="">{t("plan.office.any")}</option>
            {answer.offices.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <input
          class="find-village"
          type="search"
          value={typed}
          placeholder={t("plan.find")}
          aria-label={t("plan.find")}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
      {answer.without > 0 && <p class="small soft">{t("plan.without", { n: answer.without })}</p>}
      {lines.length === 0 ? (
        <Notice icon="filter" title={t("plan.nothing")}>
          <button
            type="button"
            class="btn"
            onClick={() => {
              setOffice("");
              setState(null);
              setTyped("");
            }}
          >
            {t("grid.show.all")}
          </button>
        </Notice>
      ) : (
        <ol class="plan-lines" aria-label={t("plan.lines", { n: lines.length })}>
          {lines.map((line) => (
            <Line
              key={`${line.plan} ${line.matter} ${line.where} ${line.by}`}
              line={line}
              year={answer.year}
              several={answer.plans > 1}
            />
          ))}
        </ol>
      )}
    </>
  );
}

function Line(props: { line: ComparedLine; year: number; several: boolean }) {
  const { line, year } = props;
  return (
    <li>
      <div class="asked">
        <h2>{line.matter}</h2>
        <p>
          <b>{t("plan.by", { day: dayText(line.by, language.value, year) })}</b>
          <span>{line.office}</span>
          <span>{line.township ? `${line.township} ${line.where}` : line.where}</span>
        </p>
        <p class="soft">
          <span>{say(line.category_name)}</span>
          {line.amount !== null && (
            <span>{t("plan.amount", { amount: formatFen(line.amount) })}</span>
          )}
          {line.basis !== "" && <span>{t("plan.basis", { basis: line.basis })}</span>}
          {props.several && (
            <a href={`/d/${line.plan}`} target="_blank" rel="noreferrer">
              {t("plan.notice")}
            </a>
          )}
        </p>
        {line.counts.done + line.counts.late + line.counts.waiting + line.counts.missing > 1 && (
          <p class="soft">{t("plan.counts", { ...line.counts })}</p>
        )}
        {!line.where_known && (
          <p class="wrong">
            <Icon name="warn" />
            {t("plan.nowhere", { where: line.where })}
          </p>
        )}
      </div>
      <ul class="places">
        {line.villages.map((place) => (
          <li key={place.division}>
            <Village place={place} by={line.by} year={year} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** A village leads to what answered the line, or else to its row of the matrix in the quarter that was due by then. */
function Village(props: { place: PlanPlace; by: string; year: number }) {
  const { place, by, year } = props;
  const state: PlanState = isPlanState(place.state) ? place.state : "waiting";
  const { icon, face } = FACES[state];
  const words = stateWords(place, state, year);
  const named = { village: placed(place.village), state: words };
  const quarter = quarterFrom(quarterOf(by), -1).key;
  const shown = (
    <>
      <Icon name={icon} />
      <span>{placed(place.village)}</span>
      <small>{words}</small>
    </>
  );
  return place.disclosure_id === null ? (
    <a
      class={`cell ${face}`}
      href={`/app/grid?quarter=${quarter}&division=${place.division}`}
      aria-label={t("plan.matrix", named)}
    >
      {shown}
    </a>
  ) : (
    <a
      class={`cell ${face}`}
      href={`/d/${place.disclosure_id}`}
      target="_blank"
      rel="noreferrer"
      title={place.title ?? ""}
      aria-label={t("plan.answered", { ...named, title: place.title ?? "" })}
    >
      {shown}
    </a>
  );
}

function stateWords(place: PlanPlace, state: PlanState, year: number): string {
  if (state === "done") {
    return t("plan.done.on", { day: dayText(place.opened_on ?? "", language.value, year) });
  }
  if (state === "waiting" && place.days === 0) return t("plan.today");
  return t(`plan.${state}.n`, { days: days(place.days) });
}
