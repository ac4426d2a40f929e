/** Begin a posting that no task asks for: an event that just happened, or a period before it is listed. */

import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { newId } from "../acts/digest";
import { begin } from "../acts/drafting";
import { kindsFor } from "../acts/forms";
import { actor } from "../acts/session";
import { dayAt } from "../core/dates";
import { parsePeriod, periodLabel, quarterFrom, quarterOf } from "../core/periods";
import { language, say, t } from "../messages";
import * as api from "../net/questions";
import type { CategoryCard } from "../net/shapes";
import { Desk } from "./desk";
import { DivisionPicker } from "./people/division_picker";
import { Failure, Input, Notice, problemWords, Skeleton, useAnswer } from "./pieces";
import { Page } from "./shell";

/** What this role publishes. */
function ofRole(items: readonly CategoryCard[]): CategoryCard[] {
  const publisher = actor.value?.role === "editor" ? "township" : "village";
  return items.filter((card) => card.publisher === publisher);
}

export function NewPosting() {
  return (
    <Page title={t("new.title")} back={{ href: "/app", words: t("nav.tasks") }}>
      <section>
        <OwnOrGroup />
      </section>
    </Page>
  );
}

/** The village, or one of its groups where it has any: groups owe what a policy says, which the list of kinds knows. */
function OwnOrGroup() {
  const own = { code: actor.value?.division ?? "", name: actor.value?.division_name ?? "" };
  const [place, setPlace] = useState(own);
  const below = useAnswer(() => api.divisionPage(own.code), `groups ${own.code}`);
  const groups = (below.answer?.children ?? [])
    .filter((one) => one.level === "group")
    .map((one) => ({ code: one.code, name: `${own.name}${one.name}` }));
  return (
    <>
      {groups.length > 0 && (
        <div class="field">
          <label for="whose">{t("new.whose")}</label>
          <select
            id="whose"
            value={place.code}
            onChange={(event) => {
              const code = event.currentTarget.value;
              setPlace(groups.find((one) => one.code === code) ?? own);
            }}
          >
            {[own, ...groups].map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <NewForm key={place.code} division={place.code} divisionName={place.name} />
    </>
  );
}

/** The township's editor: which village, what kind, and whether it only happened or is posted now. */
export function Publish() {
  const [village, setVillage] = useState<{ code: string; name: string } | null>(null);
  return (
    <Desk title={t("publish.title")} current="publish">
      <div class="desk-page">
        <h1 tabIndex={-1}>{t("publish.title")}</h1>
        <p class="soft">{t("publish.lead")}</p>
        <p>
          <a class="link" href="/app/ledgers/new">
            {t("ledger.new")}
          </a>
        </p>
        <DivisionPicker
          from={actor.value?.division ?? ""}
          levels={["village"]}
          choose={(code, name) => setVillage(code ? { code, name } : null)}
        />
        {village && (
          <NewForm
            key={village.code}
            division={village.code}
            divisionName={village.name}
            registers
          />
        )}
      </div>
    </Desk>
  );
}

function NewForm(props: { division: string; divisionName: string; registers?: boolean }) {
  const { route } = useLocation();
  const list = useAnswer(() => kindsFor(props.division), `kinds ${props.division}`);
  const [key, setKey] = useState("");
  const [day, setDay] = useState(dayAt(Date.now()));
  const [period, setPeriod] = useState("");
  const [title, setTitle] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [said, setSaid] = useState("");
  const cards = ofRole(list.answer ?? []);
  const card = cards.find((one) => one.key === key) ?? null;
  const byEvent = card?.cadence === "event";
  const periods = recentPeriods(card?.cadence ?? null);
  const chosen = period || periods[0] || "";

  const write = async (): Promise<void> => {
    if (!card) return;
    setError(null);
    try {
      const id = await begin({
        category: card.key,
        division: props.division,
        divisionName: props.divisionName,
        period: byEvent ? `E${day}` : chosen,
        title: say(card.name),
        dueOn: null,
        eventOn: byEvent ? day : null,
      });
      route(`/app/post/${id}`);
    } catch (problem) {
      setError(problem);
    }
  };
  const register = async (): Promise<void> => {
    if (!card) return;
    setError(null);
    try {
      await api.registerOccurrence({
        id: newId(),
        division: props.division,
        category: card.key,
        title: title.trim() || say(card.name),
        occurred_on: day,
      });
      setSaid(t("publish.registered", { village: props.divisionName }));
      setTitle("");
    } catch (problem) {
      setError(problem);
    }
  };
  if (list.error) return <Failure error={list.error} retry={list.again} />;
  if (list.answer === null) return <Skeleton />;
  return (
    <form
      class="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <div class="field">
        <label for="kind">{t("new.kind")}</label>
        <select id="kind" value={key} onChange={(event) => setKey(event.currentTarget.value)}>
          <option value="">{t("post.choose")}</option>
          {cards.map((one) => (
            <option key={one.key} value={one.key}>
              {say(one.name)}
            </option>
          ))}
        </select>
      </div>
      {byEvent && (
        <Input
          label={t("new.day")}
          type="date"
          value={day}
          max={dayAt(Date.now())}
          onInput={setDay}
        />
      )}
      {byEvent && props.registers && (
        <Input
          label={t("publish.what")}
          help={t("publish.what.help")}
          value={title}
          onInput={setTitle}
        />
      )}
      {card && !byEvent && periods.length > 0 && (
        <div class="field">
          <label for="period">{t("new.period")}</label>
          <select
            id="period"
            value={chosen}
            onChange={(event) => setPeriod(event.currentTarget.value)}
          >
            {periods.map((one) => (
              <option key={one} value={one}>
                {periodLabel(one, language.value)}
              </option>
            ))}
          </select>
        </div>
      )}
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      <p role="status">{said}</p>
      {card && (
        <p class="pair">
          <button type="submit" class="btn main">
            {t("new.write")}
          </button>
          {byEvent && props.registers && (
            <button type="button" class="btn" onClick={() => void register()}>
              {t("publish.register")}
            </button>
          )}
        </p>
      )}
    </form>
  );
}

/** The last periods of a cadence that are over, newest first. */
function recentPeriods(cadence: string | null): string[] {
  const today = dayAt(Date.now());
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const two = (n: number): string => String(n).padStart(2, "0");
  if (cadence === "long_term") return ["L"];
  if (cadence === "quarterly") {
    return [-1, -2, -3, -4].map((n) => quarterFrom(quarterOf(today), n).key);
  }
  const keys =
    cadence === "monthly"
      ? [1, 2, 3, 4].map((n) => {
          const at = year * 12 + month - 1 - n;
          return `${Math.floor(at / 12)}-${two((at % 12) + 1)}`;
        })
      : cadence === "half_yearly"
        ? [`${year}H2`, `${year}H1`, `${year - 1}H2`]
        : cadence === "yearly"
          ? [`${year - 1}`, `${year - 2}`]
          : [];
  return keys.filter((one) => (parsePeriod(one)?.end ?? "9999") < today);
}
