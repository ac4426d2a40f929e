/** The evidence behind one cell: the verdict in words, days on show, clocks, the rule in force, editions, photos. */
import { useEffect, useRef, useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { longDay, momentText, partsOf, shortDay } from "../../core/dates";
import { faceOf } from "../../core/grid";
import type { Period } from "../../core/periods";
import { language, say, t } from "../../messages";
import * as api from "../../net/questions";
import type {
  Evidence,
  EvidenceCommitment,
  EvidenceEdition,
  GridCell,
  GridRow,
} from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog, Failure, Input, Notice, problemWords, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { CellFace } from "./face";

interface Props {
  row: GridRow;
  cell: GridCell;
  asOf: string | undefined;
  period: Period;
  close: () => void;
  changed: () => void;
}

export function Drawer({ row, cell, asOf, period, close, changed }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [exempting, setExempting] = useState(false);
  const evidence = useAnswer(
    () => api.evidence(row.division, cell.category, cell.period, asOf),
    `${row.division} ${cell.category} ${cell.period} ${asOf} ${language.value}`,
  );
  const back = useRef<Element | null>(document.activeElement);
  useEffect(() => {
    heading.current?.focus();
    return () => {
      if (back.current instanceof HTMLElement) back.current.focus();
    };
  }, []);
  const shown = evidence.answer;
  const mayExempt = actor.value?.role === "auditor" && cell.state !== "exempt";
  return (
    <aside
      class="drawer"
      aria-label={t("drawer.name")}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <div class="drawer-head">
        <button type="button" class="tool" aria-label={t("close")} onClick={close}>
          <Icon name="close" />
        </button>
        <p>{row.name}</p>
        <h2 ref={heading} tabIndex={-1}>
          {shown?.title ?? row.name}
        </h2>
        <p class={`cell big ${faceOf(cell).face}${cell.needs_person ? " wants" : ""}`}>
          <CellFace cell={cell} />
        </p>
      </div>
      <Scroll class="drawer-body" label={t("drawer.name")}>
        {evidence.error ? (
          <Failure error={evidence.error} retry={evidence.again} />
        ) : shown === null ? (
          <Skeleton lines={8} />
        ) : (
          <Shown evidence={shown} />
        )}
      </Scroll>
      <div class="drawer-acts">
        {shown?.disclosure_id && cell.edition_id && (
          <a class="btn main" href={`/d/${shown.disclosure_id}`} target="_blank" rel="noreferrer">
            {t("drawer.public")}
          </a>
        )}
        {mayExempt && (
          <button type="button" class="btn" onClick={() => setExempting(true)}>
            {t("drawer.exempt")}
          </button>
        )}
      </div>
      {exempting && (
        <Exempt
          row={row}
          cell={cell}
          period={period}
          close={() => setExempting(false)}
          done={changed}
        />
      )}
    </aside>
  );
}

function Shown({ evidence }: { evidence: Evidence }) {
  const newest = evidence.editions[evidence.editions.length - 1] ?? null;
  return (
    <>
      <section>
        <h3>
          {t("drawer.verdict")}{" "}
          <span>{t("drawer.as_of", { when: momentText(evidence.as_of, language.value) })}</span>
        </h3>
        <ul class="verdict">
          <li>{t("drawer.due", { day: longDay(evidence.due_on, language.value) })}</li>
          {evidence.findings.map((finding) => (
            <li key={finding.zh}>{say(finding)}</li>
          ))}
          {evidence.urgent?.reason && (
            <li>{t("drawer.urgent.why", { reason: evidence.urgent.reason })}</li>
          )}
          {evidence.exempt_reason && (
            <li>{t("drawer.exempt.why", { reason: evidence.exempt_reason })}</li>
          )}
        </ul>
        {evidence.display.length > 0 && <Days evidence={evidence} />}
      </section>
      {newest && (
        <section>
          <h3>
            {t("drawer.clocks")}{" "}
            <span>{newest.number === null ? "" : t("drawer.edition", { n: newest.number })}</span>
          </h3>
          <Clocks edition={newest} />
        </section>
      )}
      <section>
        <h3>
          {t("drawer.rule")} <span>{t("drawer.version", { n: evidence.rule_version })}</span>
        </h3>
        <p>{say(evidence.rule)}</p>
      </section>
      {evidence.commitments.length > 0 && (
        <section>
          <h3>{t("drawer.commitments")}</h3>
          <ul class="verdict">
            {evidence.commitments.map((one) => (
              <li key={one.id}>
                <b>
                  {t("drawer.registered", {
                    when: momentText(one.received_at, language.value),
                    name: one.committed_by_name,
                  })}
                </b>{" "}
                {commitmentWords(one)}{" "}
                <small class="soft">
                  {t("drawer.fixed", { n: one.photos })}{" "}
                  <code class="hash">{one.content_hash}</code>
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.editions.length > 0 && (
        <section>
          <h3>{t("drawer.editions")}</h3>
          <ul class="verdict">
            {evidence.editions.map((edition) => (
              <li key={edition.id}>
                <b>
                  {edition.number === null
                    ? t("drawer.unnumbered")
                    : t("drawer.edition", { n: edition.number })}
                </b>{" "}
                {t("drawer.people", {
                  author: edition.submitted_by_name,
                  reviewer: edition.reviewed_by_name ?? t("drawer.nobody"),
                })}
                {edition.reason && ` · ${edition.reason}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {newest && newest.boards.length > 0 && (
        <section>
          <h3>
            {t("photo.boards")} <span>{t("photo.count", { n: newest.boards.length })}</span>
          </h3>
          <ul class="thumbs">
            {newest.boards.map((sha256, n) => (
              <li key={sha256}>
                <img
                  src={api.photoAddress(sha256, 320)}
                  alt={t("photo.board.n", { n: n + 1 })}
                  loading="lazy"
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.events.length > 0 && (
        <section>
          <h3>{t("drawer.events")}</h3>
          <ol class="events">
            {evidence.events.map((event) => (
              <li key={event.at + event.action}>
                <time>{momentText(event.at, language.value)}</time> {eventWords(event.action)}{" "}
                {event.actor_name}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

const FATES = ["pending", "completed", "lapsed", "replaced"] as const;

/** What became of a registration, with the moment until which its content had to follow. */
function commitmentWords({ state, lapses_at }: EvidenceCommitment): string {
  const known = FATES.find((one) => one === state);
  return known
    ? t(`drawer.fate.${known}`, { until: momentText(lapses_at, language.value) })
    : state;
}

const EVENTS = [
  "posting.committed",
  "posting.replaced",
  "edition.submitted",
  "edition.published_first",
  "edition.signed",
  "edition.reviewed_after",
  "edition.objected",
  "edition.approved",
  "edition.returned",
  "disclosure.withdrawn",
] as const;

function eventWords(action: string): string {
  const known = EVENTS.find((one) => one === action);
  return known ? t(`event.${known}`) : action;
}

/** The minimum display day by day: shown, taken down early, still to come. */
function Days({ evidence }: { evidence: Evidence }) {
  const shown = evidence.display.filter((day) => day.state === "shown").length;
  return (
    <>
      <ol class="day-strip" aria-label={t("days.name", { n: shown, all: evidence.display.length })}>
        {evidence.display.map((day) => (
          <li
            key={day.on}
            class={day.state}
            title={`${shortDay(day.on, language.value)} ${t(`days.${day.state}`)}`}
          >
            <i />
            <span>{partsOf(day.on).date}</span>
          </li>
        ))}
      </ol>
      <p class="small soft">{t("days.key")}</p>
    </>
  );
}

/** Two clocks claim, two judge; where a posting was registered first, that clock judges for its arrival. */
function Clocks({ edition }: { edition: EvidenceEdition }) {
  const registered = edition.clocks.some((one) => one.name === "committed");
  const names = (["composed", "captured", "committed", "received", "published"] as const).filter(
    (name) => registered || name !== "committed",
  );
  const unjudged = (name: string): string =>
    t(registered && name === "received" ? "clock.complete" : "clock.claims");
  return (
    <table class="clocks">
      <tbody>
        {names.map((name) => {
          const clock = edition.clocks.find((one) => one.name === name);
          return (
            <tr key={name} class={clock?.judges ? "j" : ""}>
              <th scope="row">{t(`clock.${name}`)}</th>
              <td>{clock?.at ? momentText(clock.at, language.value) : "—"}</td>
              <td>{clock?.judges ? t("clock.judges") : unjudged(name)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Exempt(props: {
  row: GridRow;
  cell: GridCell;
  period: Period;
  close: () => void;
  done: () => void;
}) {
  const { row, cell, period } = props;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [id] = useState(newId);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    try {
      await api.exempt({
        id,
        division: row.division,
        category: cell.category,
        period: cell.period,
        reason: reason.trim(),
        valid_from: period.start ?? cell.due_on,
        valid_to: cell.due_on > (period.end ?? "") ? cell.due_on : (period.end ?? cell.due_on),
      });
      props.done();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog title={t("exempt.title")} onClose={props.close}>
      <form onSubmit={(event) => void send(event)}>
        <p>{t("exempt.note", { village: row.name })}</p>
        <Input
          label={t("exempt.reason")}
          value={reason}
          rows={3}
          onInput={setReason}
          error={tried && reason.trim() === "" ? t("exempt.missing") : null}
        />
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={props.close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("exempt.go")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
