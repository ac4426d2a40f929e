/** Who did what in this area, newest first: by day, by what was done, by person; and the same as a file. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/administration";
import { divisionPage } from "../../net/questions";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { SpanForm } from "../span_form";

const MONTH = 30 * 24 * 3600 * 1000;

/** One person's doings, or all that was done about one thing. */
type Only = { name: string; actor?: string; subject?: string };

/** What was recorded beside an event, as 'name: value'; what has no value is left out. */
export function detailsText(details: { [name: string]: unknown }): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" · ");
}

export function Trail() {
  const today = dayAt(Date.now());
  const [action, setAction] = useState("");
  const [only, setOnly] = useState<Only | null>(null);
  const [place, setPlace] = useState("");
  const [span, setSpan] = useState({ first: dayAt(Date.now() - MONTH), last: today, action: "" });
  const [before, setBefore] = useState<number | undefined>(undefined);
  const wanted: api.TrailWanted = {
    ...span,
    division: place,
    actor: only?.actor ?? "",
    subject: only?.subject ?? "",
  };
  const found = useAnswer(
    () => api.trail(wanted, before),
    `trail ${JSON.stringify(wanted)} ${before}`,
  );
  const words = useAnswer(api.actions, "event actions");
  const here = actor.value?.division ?? "";
  const below = useAnswer(() => divisionPage(here), `division ${here}`);
  const choose = (wish: Only | null): void => {
    setBefore(undefined);
    setOnly(wish);
  };
  return (
    <Desk title={t("trail.title")} current="trail">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("trail.title")}</h1>
          <div class="tools">
            <a class="btn small" href={api.trailAddress(wanted, language.value)} download>
              <Icon name="download" />
              {t("trail.csv")}
            </a>
            <a class="btn small" href="/app/policies">
              {t("rules.policies")}
            </a>
            <a class="btn small" href="/app/roles">
              {t("roles.open")}
            </a>
          </div>
        </div>
        <p class="soft">{t("trail.lead")}</p>
        <SpanForm
          days={span}
          show={(days) => {
            setBefore(undefined);
            setSpan({ ...days, action });
          }}
        >
          <div class="field">
            <label for="trail-action">{t("trail.what")}</label>
            <select
              id="trail-action"
              value={action}
              onChange={(event) => setAction(event.currentTarget.value)}
            >
              <option value="">{t("trail.everything")}</option>
              {(words.answer?.items ?? []).map((each) => (
                <option key={each.action} value={each.action}>
                  {say(each.words)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="trail-place">{t("trail.place")}</label>
            <select
              id="trail-place"
              value={place}
              onChange={(event) => {
                setBefore(undefined);
                setPlace(event.currentTarget.value);
              }}
            >
              <option value="">{below.answer?.division.name ?? t("trail.everything")}</option>
              {(below.answer?.children ?? []).map((each) => (
                <option key={each.code} value={each.code}>
                  {each.name}
                </option>
              ))}
            </select>
          </div>
        </SpanForm>
        {only && (
          <p class="pair">
            <span>
              {only.actor ? t("trail.only", { name: only.name }) : t("trail.only.subject")}
            </span>
            <button type="button" class="btn small" onClick={() => choose(null)}>
              {t("trail.only.end")}
            </button>
          </p>
        )}
        {actor.value && <PackOffered division={actor.value.division} {...span} />}
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : found.answer.items.length === 0 ? (
          <Notice icon="act" title={t("trail.none")} />
        ) : (
          <Lines items={found.answer.items} only={choose} />
        )}
        <p class="pair">
          {before !== undefined && (
            <button type="button" class="btn small" onClick={() => setBefore(undefined)}>
              {t("trail.newer")}
            </button>
          )}
          {found.answer?.next && (
            <button
              type="button"
              class="btn small"
              onClick={() => setBefore(found.answer?.next ?? undefined)}
            >
              {t("trail.older")}
            </button>
          )}
        </p>
      </div>
    </Desk>
  );
}

/** The evidence pack of one's own area and the days that are shown. */
function PackOffered(props: { division: string; first: string; last: string }) {
  const [whole, setWhole] = useState(false);
  return (
    <details class="raw">
      <summary>{t("pack.take")}</summary>
      <p>{t("pack.lead")}</p>
      <label class="tick">
        <input
          type="checkbox"
          checked={whole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />{" "}
        {t("pack.whole")}
      </label>
      <p>
        <a
          class="btn small"
          href={api.packAddress(props.division, props.first, props.last, whole)}
          download
        >
          <Icon name="download" />
          {t("pack.take")}
        </a>
      </p>
    </details>
  );
}

/** What was recorded beside it, in the record's own words: opened by whoever checks. */
function Details({ details }: { details: api.TrailLine["details"] }) {
  const text = detailsText(details);
  if (text === "") return <>—</>;
  return (
    <details class="raw">
      <summary>{t("trail.raw")}</summary>
      <span>{text}</span>
    </details>
  );
}

interface LinesProps {
  items: api.TrailLine[];
  only: (wish: Only) => void;
}

function Lines({ items, only }: LinesProps) {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  return (
    <Scroll class="scroll flat" label={t("trail.title")}>
      <table class="plain stacks">
        <thead>
          <tr>
            <th scope="col">{t("trail.when")}</th>
            <th scope="col">{t("trail.who")}</th>
            <th scope="col">{t("trail.what")}</th>
            <th scope="col">{t("trail.where")}</th>
            <th scope="col">{t("trail.from")}</th>
            <th scope="col">{t("trail.details")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.id}>
              <th scope="row">{momentText(line.at, language.value, year)}</th>
              <td data-label={t("trail.who")}>
                {line.actor_id ? (
                  <button
                    type="button"
                    class="link"
                    onClick={() => only({ actor: line.actor_id, name: say(line.name) })}
                  >
                    {say(line.name)}
                    <span class="vh"> {t("trail.one")}</span>
                  </button>
                ) : (
                  say(line.name)
                )}
                {line.role && <small>{say(line.role)}</small>}
              </td>
              <td data-label={t("trail.what")}>
                {say(line.words)}
                <small>
                  <button
                    type="button"
                    class="link"
                    onClick={() => only({ subject: line.subject, name: line.subject })}
                  >
                    {t("trail.same")}
                  </button>
                </small>
              </td>
              <td data-label={t("trail.where")}>{placed(line.division_name)}</td>
              <td data-label={t("trail.from")}>{line.address || "—"}</td>
              <td data-label={t("trail.details")}>
                <Details details={line.details} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
