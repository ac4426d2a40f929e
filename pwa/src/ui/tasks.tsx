/** The accountant's first screen: what I owe, in three groups, from the server and from this phone. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { type Beginning, begin } from "../acts/drafting";
import { loadDrafts, loadTasks, myDrafts, taskProblem, taskView } from "../acts/following";
import { loadOutbox, outbox, wake } from "../acts/sending";
import { actor, outOfOffice } from "../acts/session";
import { clockAt, dayAt, longDay, momentText, monthOf, partsOf, shortDay } from "../core/dates";
import { progressOf } from "../core/outbox";
import { type LocalDraft, type LocalRecord, mergeTasks, type Row } from "../core/tasks";
import type { Draft } from "../keep/drafts";
import type { Posting } from "../keep/outbox";
import { days, language, placed, say, sentence, t } from "../messages";
import { WaitingExemptions } from "./exemptions/waiting";
import { Icon, type IconName } from "./icons";
import { SiteNotices } from "./notices/strip";
import { OutboxBadge, PhotoBar, registeredWords, sendingWords } from "./outbox_badge";
import { Failure, Notice, Skeleton, StatusChip, type Tone } from "./pieces";
import { OwedOrders } from "./rectifications/owed";
import { turnRest, turnWho } from "./review/turn";
import { Page } from "./shell";
import { StorageWarning } from "./storage";
import { TodaysReminders } from "./todays_reminders";

const draftLine = (d: Draft): LocalDraft => ({ ...d, title: say(d.title) });
const recordLine = (p: Posting): LocalRecord => ({
  id: p.id,
  division: p.submission.division,
  category: p.submission.category,
  period: p.period,
  title: say(p.title),
  dueOn: p.dueOn,
  state: p.state,
  queuedAt: p.queuedAt,
  signInNeeded: p.signInNeeded,
  commitment: p.commitment,
  progress: progressOf(p),
  refusal: p.refusal ? p.refusal.detail : null,
  reason: p.reason,
});

const LOOK: { [status in Row["status"]]: [IconName, Tone] } = {
  todo: ["pencil", "up"],
  draft: ["pencil", "up"],
  returned: ["back2", "late"],
  objected: ["back2", "missing"],
  needs_attention: ["act", "missing"],
  sign_in: ["lock", "late"],
  waiting: ["noSignal", "up"],
  registered: ["clock", "ok"],
  sending: ["send", "up"],
  in_review: ["eye", "up"],
  scheduled: ["calendar", "up"],
  published: ["ok", "ok"],
  withdrawn: ["withdrawn", "up"],
  exempt: ["struckRing", "up"],
};

const arrivedCount = (): number => outbox.value.filter((one) => one.receipt !== null).length;

export function Tasks() {
  const { route } = useLocation();
  const [error, setError] = useState<unknown>(null);
  const [all, setAll] = useState(false);
  const today = dayAt(Date.now());
  // How many had arrived when the list was asked for; null before that.
  const known = useRef<number | null>(null);
  useEffect(() => {
    void loadDrafts();
    void loadOutbox().then(() => {
      known.current = arrivedCount();
      return Promise.all([loadTasks(), wake()]);
    });
  }, []);

  const arrived = arrivedCount();
  useEffect(() => {
    if (known.current === null || known.current === arrived) return;
    // Something has just arrived: the server can say now whom it waits for.
    known.current = arrived;
    void loadTasks();
  }, [arrived]);

  const view = taskView.value;
  const rows = useMemo(
    () =>
      mergeTasks(
        today,
        view?.items ?? [],
        myDrafts.value.map(draftLine),
        outbox.value.map(recordLine),
      ),
    [today, view, myDrafts.value, outbox.value, language.value],
  );
  const open = async (row: Row): Promise<void> => {
    setError(null);
    if (row.draft) return route(`/app/post/${row.draft.id}`);
    const sent = row.record?.id ?? row.task?.submission_id ?? null;
    if (sent !== null && row.status !== "todo") return route(`/app/sent/${sent}`);
    try {
      const { category, period, division, dueOn, task } = row;
      const from: Beginning = {
        category,
        period,
        division,
        dueOn,
        title: row.title,
        divisionName: task?.division_name ?? "",
        eventOn: task?.event_on ?? null,
        occurrenceId: task?.occurrence_id ?? null,
      };
      route(`/app/post/${await begin(from)}`);
    } catch (problem) {
      setError(problem);
    }
  };

  const yours = rows.filter((row) => row.group === "yours");
  const moving = rows.filter((row) => row.group === "moving");
  const done = rows.filter((row) => row.group === "done");
  const first = yours[0] ?? null;
  return (
    <Page
      title={t("tasks.title")}
      tools={<WhoAmI />}
      head={<TasksHead today={today} next={first} />}
      thumb={
        <>
          <a class="t" href={actor.value?.role === "editor" ? "/app/publish" : "/app/new"}>
            <Icon name="plus" />
            {t("tasks.new")}
          </a>
          {first && (
            <button type="button" class="btn main" onClick={() => void open(first)}>
              <span class="one-line">{t("tasks.first", { title: say(first.title) })}</span>
            </button>
          )}
        </>
      }
    >
      {outOfOffice.value && <Notice icon="clock" title={sentence(outOfOffice.value)} />}
      <SiteNotices />
      <OutboxBadge />
      <StorageWarning />
      {view && !view.fresh && <Stale at={view.at} />}
      {error !== null && <Failure error={error} />}
      {taskProblem.value && <Failure error={taskProblem.value} retry={() => void loadTasks()} />}
      {view === null ? (
        <section>
          <Skeleton lines={6} />
        </section>
      ) : rows.length === 0 && view.fresh ? (
        <Notice icon="ok" title={t("tasks.nothing")}>
          <p>{t("tasks.nothing.note")}</p>
        </Notice>
      ) : (
        <>
          <TodaysReminders rows={rows} open={open} />
          <OwedOrders />
          <WaitingExemptions />
          <GroupOf name={t("tasks.yours")} rows={yours} open={open} today={today} />
          <GroupOf name={t("tasks.moving")} rows={moving} open={open} today={today} />
          <GroupOf
            name={t("tasks.done")}
            rows={all ? done : done.slice(0, 4)}
            open={open}
            today={today}
          >
            {done.length > 4 && !all && (
              <button type="button" class="more" onClick={() => setAll(true)}>
                {t("tasks.all", { n: done.length })}
                <Icon name="down" />
              </button>
            )}
          </GroupOf>
        </>
      )}
    </Page>
  );
}

export function WhoAmI() {
  const who = actor.value;
  if (!who) return null;
  return (
    <a href="/app/me" class="who">
      {who.division_name ? `${placed(who.division_name)} · ${who.name}` : who.name}
      <Icon name="down" />
    </a>
  );
}

function TasksHead({ today, next }: { today: string; next: Row | null }) {
  const left = next?.daysLeft ?? null;
  return (
    <>
      <div class="title split">
        <div>
          <h1>{t("tasks.title")}</h1>
          <p class="small soft">{longDay(today, language.value)}</p>
        </div>
        {next?.dueOn && left !== null && (
          <p class={left < 0 ? "count missing" : "count"}>
            {t("tasks.due", { day: shortDay(next.dueOn, language.value) })}
            <br />
            {left < 0 ? t("tasks.late.by") : left === 0 ? t("tasks.last.day") : t("tasks.left")}
            {left !== 0 && <b>{Math.abs(left)}</b>}
            {left !== 0 && t("tasks.days")}
          </p>
        )}
      </div>
      <hr class="ww" />
    </>
  );
}

function Stale({ at }: { at: number }) {
  return (
    <p class="net" role="status">
      <Icon name="noSignal" />
      <span>
        <b>{t("offline.title")}</b>
        <small>
          {at === 0
            ? t("tasks.never")
            : t("tasks.stale", { when: momentText(new Date(at).toISOString(), language.value) })}
        </small>
      </span>
    </p>
  );
}

interface GroupProps {
  name: string;
  rows: Row[];
  today: string;
  open: (row: Row) => Promise<void>;
  children?: preact.ComponentChildren;
}

const MOST = 20;

function GroupOf({ name, rows: every, open, today, children }: GroupProps) {
  const [all, setAll] = useState(false);
  const rows = all ? every : every.slice(0, MOST);
  if (every.length === 0) return null;
  return (
    <section aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        {children || <span class="small">{t("tasks.count", { n: every.length })}</span>}
      </div>
      <ol class="ledger">
        {rows.map((row, n) => (
          <li key={row.key}>
            <p class="day">
              {row.dueOn && (
                <>
                  <b>{partsOf(row.dueOn).date}</b>
                  <span>{monthOf(row.dueOn, language.value)}</span>
                  {row.dueOn.slice(0, 4) !== today.slice(0, 4) && (
                    <span>{row.dueOn.slice(0, 4)}</span>
                  )}
                  {row.provisional && row.group === "yours" && <em>{t("remind.provisional")}</em>}
                </>
              )}
            </p>
            <button type="button" class="ent" onClick={() => void open(row)}>
              <span class="what">
                <Icon name="forward" />
                {row.task && row.task.division !== actor.value?.division && (
                  <small>{placed(row.task.division_name)} · </small>
                )}
                {say(row.title)}
              </span>
              <RowStatus row={row} today={today} sameRule={isSame(row, rows[n - 1])} />
            </button>
          </li>
        ))}
      </ol>
      {rows.length < every.length && (
        <button type="button" class="btn block" onClick={() => setAll(true)}>
          {t("tasks.all", { n: every.length })}
        </button>
      )}
    </section>
  );
}

/** The rule is read once; where the next row has the same, its beginning is enough. */
const isSame = (row: Row, before: Row | undefined): boolean =>
  before?.rule != null && say(before.rule) === say(row.rule);

interface StatusProps {
  row: Row;
  today: string;
  sameRule: boolean;
}

function RowStatus({ row, today, sameRule }: StatusProps) {
  const [icon, tone] = LOOK[row.status];
  const late = row.group === "yours" && row.daysLeft !== null && row.daysLeft < 0;
  const registeredLate = row.status === "registered" && row.record?.commitment?.on_time === false;
  return (
    <>
      <span class="two">
        <StatusChip icon={registeredLate ? "late" : icon} tone={registeredLate ? "late" : tone}>
          {statusWords(row)}
        </StatusChip>
        {late && (
          <StatusChip icon="missing" tone="missing">
            {t("tasks.late", { days: days(-(row.daysLeft ?? 0)) })}
          </StatusChip>
        )}
      </span>
      {row.record && (row.status === "sending" || row.status === "registered") && (
        <PhotoBar {...row.record.progress} />
      )}
      <span class={row.say ? "say q" : "say"}>{sayOf(row, today)}</span>
      {row.group === "yours" && row.rule && (
        <span class={sameRule ? "say why same" : "say why"}>
          {t("remind.why", { rule: say(row.rule) })}
        </span>
      )}
    </>
  );
}

function statusWords(row: Row): string {
  const { record, task } = row;
  if (row.status === "sending" && record) return sendingWords(record);
  if (row.status === "registered" && record?.commitment) return registeredWords(record.commitment);
  if (row.status === "scheduled" && task?.opens_at) {
    return t("track.scheduled", { when: momentText(task.opens_at, language.value) });
  }
  if (row.status === "in_review" && task?.turn) return turnWho(task.turn);
  if (row.status === "published" && task?.state === "on_time") return t("status.on_time");
  if (row.status === "published" && task?.state === "late") {
    return t("status.late", { days: days(task.late_days) });
  }
  return t(`status.${row.status}`);
}

function sayOf(row: Row, today: string): string {
  if (row.say) return say(row.say);
  if (row.status === "draft" && row.draft) {
    const { savedAt, step } = row.draft;
    const when =
      dayAt(savedAt) === today
        ? clockAt(savedAt)
        : momentText(new Date(savedAt).toISOString(), language.value);
    return t("tasks.draft.at", { n: step + 1, when });
  }
  const commitment = row.record?.commitment;
  if (commitment && ["registered", "sending", "sign_in"].includes(row.status)) {
    return t("tasks.registered", { when: momentText(commitment.lapses_at, language.value) });
  }
  if ((row.status === "waiting" || row.status === "sign_in") && row.dueOn) {
    const message =
      row.daysLeft !== null && row.daysLeft < 0 ? "tasks.waiting.late" : "tasks.waiting.note";
    return t(message, { day: shortDay(row.dueOn, language.value) });
  }
  if (row.group === "done" && row.task?.opens_at)
    return momentText(row.task.opens_at, language.value);
  if (row.status === "in_review" && row.task?.turn) return turnRest(row.task.turn);
  if (row.status === "in_review" && row.task?.received_at) {
    return t("tasks.received", { when: momentText(row.task.received_at, language.value) });
  }
  if (row.status === "todo" && row.daysLeft !== null && row.daysLeft >= 0) {
    const working = row.workingLeft === null ? "" : t("tasks.working", { n: row.workingLeft });
    const provisional = row.provisional ? t("tasks.provisional") : "";
    const left =
      row.daysLeft === 0 ? t("tasks.today") : t("tasks.in", { days: days(row.daysLeft) });
    return `${left}${working}${provisional}`;
  }
  return "";
}
