/** The calendars of working days: official or computed, and loading a year's notice after a look at what it moves. */
import { useId, useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { language, listed, say, t } from "../../messages";
import * as api from "../../net/ruling";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Failure, Notice, problemWords, Skeleton, StatusChip, useAnswer } from "../pieces";
import { MovedDays } from "./moved_days";
import { RulesNav } from "./nav";
import { day } from "./parts";

export function WorkingDays() {
  const found = useAnswer(api.calendarYears, `calendar ${language.value}`);
  const [newer, setNewer] = useState<api.CalendarYears | null>(null);
  const [draft, setDraft] = useState<api.NoticeText | null>(null);
  const [said, setSaid] = useState("");
  const list = newer ?? found.answer;
  return (
    <Desk title={t("days.title")} current="policies">
      <div class="desk-page rules">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("days.title")}</h1>
        </div>
        <RulesNav here="working-days" />
        {said !== "" && draft === null && <Notice icon="ok" title={said} live />}
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : list === null ? (
          <Skeleton lines={8} />
        ) : draft ? (
          <Look
            draft={draft}
            close={() => setDraft(null)}
            done={(after, year) => {
              setNewer(after);
              setSaid(t("days.done", { year }));
              setDraft(null);
            }}
          />
        ) : (
          <Years list={list} take={setDraft} />
        )}
      </div>
    </Desk>
  );
}

function Years(props: { list: api.CalendarYears; take: (draft: api.NoticeText) => void }) {
  const id = useId();
  const { list } = props;
  return (
    <>
      <p class="soft">{t("days.lead")}</p>
      {list.may_manage ? (
        <div class="taker">
          <label class="btn" for={id}>
            <Icon name="up" />
            {t("days.upload")}
            <input
              id={id}
              class="vh"
              type="file"
              accept=".json,application/json"
              aria-describedby={`${id}-h`}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file)
                  void file
                    .text()
                    .then((text) => props.take({ text, file: file.name.slice(0, 120) }));
                event.currentTarget.value = "";
              }}
            />
          </label>
          <p class="help" id={`${id}-h`}>
            {t("days.upload.help")}
          </p>
        </div>
      ) : (
        list.why_not && <p class="soft">{say(list.why_not)}</p>
      )}
      <ul class="plain-rows">
        {list.items.map((one) => (
          <li key={one.year}>
            <Year one={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Year({ one }: { one: api.CalendarYear }) {
  const state = one.official ? "days.official" : one.known ? "days.unofficial" : "days.computed";
  return (
    <article>
      <h2>{t("days.year", { year: one.year })}</h2>
      <p class="small">
        <StatusChip icon={one.official ? "ok" : "warn"} tone={one.official ? "ok" : "late"}>
          {t(state)}
        </StatusChip>{" "}
        {one.source}
      </p>
      {one.known && (
        <>
          <p class="small">
            {t("days.counts", { off: one.holidays.length, on: one.makeup_workdays.length })} ·{" "}
            {one.recorded_at
              ? t("days.loaded", { when: momentText(one.recorded_at, language.value, 0) })
              : t("days.shipped")}
          </p>
          <details class="raw">
            <summary>{t("days.off")}</summary>
            <p class="small">{listed(one.holidays.map(day))}</p>
            <p class="small">
              {t("what.says", {
                what: t("days.worked"),
                says: listed(one.makeup_workdays.map(day)) || "—",
              })}
            </p>
          </details>
          <p>
            <a class="btn small" href={api.yearFile(one.year)} download>
              <Icon name="download" />
              {t("days.file")}
              <span class="vh"> {one.year}</span>
            </a>
          </p>
        </>
      )}
    </article>
  );
}

interface LookProps {
  draft: api.NoticeText;
  close: () => void;
  done: (list: api.CalendarYears, year: number) => void;
}

function Look({ draft, close, done }: LookProps) {
  const found = useAnswer(() => api.previewYear(draft), `year ${JSON.stringify(draft)}`);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const seen = found.answer;
  const send = async (year: number): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      done(await api.loadYear(draft), year);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : seen === null ? (
        <Skeleton lines={6} />
      ) : (
        <Seen seen={seen} />
      )}
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      <p class="pair">
        <button type="button" class="btn" onClick={close}>
          {t("cancel")}
        </button>
        {seen && (
          <button
            type="button"
            class="btn main"
            disabled={busy}
            onClick={() => void send(seen.year)}
          >
            {t("days.load")}
          </button>
        )}
      </p>
    </>
  );
}

function Seen({ seen }: { seen: api.CalendarPreview }) {
  return (
    <>
      <h2 tabIndex={-1}>{t("days.preview", { year: seen.year })}</h2>
      <p>
        {seen.source} · {t(seen.official ? "days.official" : "days.unofficial")}
      </p>
      {seen.was_official && <p>{t("days.replaces")}</p>}
      {seen.past > 0 && <Notice icon="act" title={t("days.past", { n: seen.past })} />}
      <p>{seen.days.length > 0 ? t("days.changed", { n: seen.days.length }) : t("days.same")}</p>
      {seen.days.length > 0 && (
        <ul class="small day-changes">
          {seen.days.map((one) => (
            <li key={one.on}>
              {day(one.on)} {t(one.works ? "days.works" : "days.rests")}
            </li>
          ))}
        </ul>
      )}
      <p>{t("days.moved", { moved: seen.moved, settled: seen.settled })}</p>
      {seen.dues.length > 0 && (
        <MovedDays
          lines={seen.dues}
          before={(one) => day(one.before)}
          after={(one) => day(one.after)}
        />
      )}
    </>
  );
}
