/** Which categories a place uses: since when, by which law, in how many villages; and turning one from a day to come. */
import { useState } from "preact/hooks";
import { addDays, dayAt } from "../../core/dates";
import { language, listed, placed, say, t } from "../../messages";
import * as questions from "../../net/questions";
import * as api from "../../net/ruling";
import { Desk } from "../desk";
import { AsFile } from "../finder";
import { Icon } from "../icons";
import { Choice } from "../people/parts";
import { Failure, Input, Notice, problemWords, Skeleton, StatusChip, useAnswer } from "../pieces";
import { RulesNav } from "./nav";
import { day } from "./parts";
import { Changes } from "./preview";

type Wanted = "all" | "used" | "unused";
type Turned = { line: api.CategoryUse; wish: boolean };

export function CategoriesInUse() {
  const found = useAnswer(api.categoryUses, `uses ${language.value}`);
  const [newer, setNewer] = useState<api.CategoryUses | null>(null);
  const [turning, setTurning] = useState<Turned | null>(null);
  const [said, setSaid] = useState("");
  const list = newer ?? found.answer;
  return (
    <Desk title={t("uses.title")} current="policies">
      <div class="desk-page rules">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("uses.title")}</h1>
          {turning === null && (
            <div class="tools">
              <AsFile href={api.usesCsvAddress(language.value)} />
            </div>
          )}
        </div>
        <RulesNav here="in-use" />
        {said !== "" && turning === null && <Notice icon="ok" title={said} live />}
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : list === null ? (
          <Skeleton lines={8} />
        ) : turning ? (
          <Turn
            {...turning}
            list={list}
            close={() => setTurning(null)}
            done={(after, words) => {
              setNewer(after);
              setSaid(words);
              setTurning(null);
            }}
          />
        ) : (
          <List list={list} turn={(line, wish) => setTurning({ line, wish })} />
        )}
      </div>
    </Desk>
  );
}

interface ListProps {
  list: api.CategoryUses;
  turn: (line: api.CategoryUse, wish: boolean) => void;
}

function List({ list, turn }: ListProps) {
  const [words, setWords] = useState("");
  const [wanted, setWanted] = useState<Wanted>("all");
  const items = list.items.filter(
    (line) =>
      (wanted === "all" || line.use.in_use === (wanted === "used")) &&
      `${say(line.name)} ${line.key}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <>
      <p class="soft">{t("uses.lead")}</p>
      <div class="two-fields">
        <Input label={t("uses.search")} value={words} onInput={setWords} />
        <Choice
          label={t("policies.state")}
          value={wanted}
          options={[
            { value: "all" as const, words: t("uses.all") },
            { value: "used" as const, words: t("uses.used") },
            { value: "unused" as const, words: t("uses.unused") },
          ]}
          choose={setWanted}
        />
      </div>
      {items.length === 0 && <Notice icon="act" title={t("policies.none")} />}
      <ul class="plain-rows">
        {items.map((line) => (
          <li key={line.key}>
            <Category line={line} list={list} turn={turn} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Since when it stands so, and what is to come. */
function useWords({ use }: api.CategoryUse): string[] {
  const since = use.in_use
    ? use.since
      ? t("uses.since", { day: day(use.since) })
      : t("uses.always")
    : use.since
      ? t("uses.off_since", { day: day(use.since) })
      : t("uses.unused");
  if (use.next_on === null) return [since];
  return [since, t(use.in_use ? "uses.next_off" : "uses.next_on", { day: day(use.next_on) })];
}

function Category({ line, list, turn }: ListProps & { line: api.CategoryUse }) {
  const { use } = line;
  return (
    <article>
      <h2>{say(line.name)}</h2>
      <p class="small">
        <StatusChip icon={use.in_use ? "ok" : "dashedRing"} tone={use.in_use ? "ok" : "ink"}>
          {listed(useWords(line), "list.then")}
        </StatusChip>
      </p>
      <p class="small">
        {say(line.often)} · {say(line.due)} ·{" "}
        {t("what.says", { what: t("policies.display"), says: say(line.display) })} ·{" "}
        {t(line.publisher === "township" ? "uses.township" : "uses.village")} ·{" "}
        {t("uses.villages", { n: line.villages, all: list.villages })}
      </p>
      <details class="raw">
        <summary>
          {line.own ? t("uses.own") : t(line.legal_basis.length > 0 ? "uses.law" : "uses.no_law")}
        </summary>
        <ul class="small">
          {line.legal_basis.map((one) => (
            <li key={`${one.title.en} ${one.article}`}>
              {say(one.title)} {one.article && t("policies.article", { n: one.article })}
              {!one.verified && <small> {t("policies.unverified")}</small>}
            </li>
          ))}
        </ul>
      </details>
      <p class="pair">
        <a class="btn small" href={api.emptySheet(line.key)} download>
          <Icon name="download" />
          {t("uses.example")}
          <span class="vh"> {say(line.name)}</span>
        </a>
        {list.may_manage && use.next_on === null && (
          <button type="button" class="btn small" onClick={() => turn(line, !use.in_use)}>
            {t(use.in_use ? "uses.stop" : "uses.put")}
            <span class="vh"> {say(line.name)}</span>
          </button>
        )}
        {list.may_manage && use.next_on !== null && (
          <a class="btn small" href="/app/policies">
            {t("uses.take_back")}
          </a>
        )}
      </p>
    </article>
  );
}

interface TurnProps extends Turned {
  list: api.CategoryUses;
  close: () => void;
  done: (list: api.CategoryUses, words: string) => void;
}

function Turn({ line, wish, list, close, done }: TurnProps) {
  const tomorrow = addDays(dayAt(Date.now()), 1);
  const [wanted, setWanted] = useState<api.Turning>({
    division: list.division,
    in_use: wish,
    first: tomorrow,
  });
  const [looking, setLooking] = useState<api.Turning | null>(null);
  const below = useAnswer(() => questions.divisionPage(list.division), `division ${list.division}`);
  const places = below.answer
    ? [below.answer.division, ...below.answer.children]
    : [{ code: list.division, name: placed(list.division_name) }];
  const change = (part: Partial<api.Turning>): void => {
    setLooking(null);
    setWanted({ ...wanted, ...part });
  };
  return (
    <>
      <h2 tabIndex={-1}>
        {t(wish ? "uses.put.title" : "uses.stop.title", { name: say(line.name) })}
      </h2>
      <p>{t(wish ? "uses.put.note" : "uses.stop.note")}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          setLooking(wanted);
        }}
      >
        <Choice
          label={t("policies.place")}
          value={wanted.division}
          options={places.map((place) => ({ value: place.code, words: place.name }))}
          choose={(division) => change({ division })}
        />
        <Input
          label={t("uses.first")}
          help={t("policies.first.help")}
          type="date"
          value={wanted.first}
          min={tomorrow}
          onInput={(first) => change({ first })}
          required
        />
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class={looking ? "btn" : "btn main"}>
            {t("uses.look")}
          </button>
        </p>
      </form>
      {looking && <Look line={line} looking={looking} done={done} />}
    </>
  );
}

interface LookProps {
  line: api.CategoryUse;
  looking: api.Turning;
  done: TurnProps["done"];
}

function Look({ line, looking, done }: LookProps) {
  const found = useAnswer(
    () => api.previewTurning(line.key, looking),
    `turning ${line.key} ${JSON.stringify(looking)} ${language.value}`,
  );
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (found.error) return <Failure error={found.error} retry={found.again} />;
  if (found.answer === null) return <Skeleton lines={6} />;
  const what = t(looking.in_use ? "uses.put" : "uses.stop");
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setError(null);
    setBusy(true);
    try {
      const after = await api.turn(line.key, { ...looking, reason });
      done(after, t("uses.done", { day: day(looking.first), what, name: say(line.name) }));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {found.answer.warnings.length > 0 && (
        <Notice icon="act" title={t("policies.look")}>
          <ul>
            {found.answer.warnings.map((one) => (
              <li key={one.en}>{say(one)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Changes preview={found.answer} />
      <form class="form" onSubmit={(event) => void send(event)}>
        <Input
          label={t("policies.reason")}
          help={t("policies.reason.help")}
          value={reason}
          onInput={setReason}
          maxLength={400}
        />
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="soft">{t("policies.put.note", { first: day(looking.first) })}</p>
        <button type="submit" class="btn main" disabled={busy}>
          {what}
        </button>
      </form>
    </>
  );
}
