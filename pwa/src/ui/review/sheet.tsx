/** The review: five questions, the computed fact beside each, the sheet itself, and one of two endings. */

import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { busyWith } from "../../acts/busy";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { dayAt, daysBetween, momentText, shortDay } from "../../core/dates";
import { formatFen } from "../../core/money";
import { isList, POINTS, reviewDay, reviewFacts, waitsForReview } from "../../core/review";
import { days, language, placed, say, t } from "../../messages";
import { Problem } from "../../net/client";
import * as api from "../../net/questions";
import type { Note, SubmissionPage } from "../../net/shapes";
import { Icon } from "../icons";
import {
  Dialog,
  Failure,
  Input,
  Notice,
  problemWords,
  Skeleton,
  StatusChip,
  useAnswer,
} from "../pieces";
import { SheetView } from "../sheet";
import { cellText } from "../sheet_parts";
import { Page } from "../shell";
import { FivePoints, type Marks } from "./five_points";
import { NoteList, Notes } from "./notes";
import { keyOf, Overrides, overridesIn } from "./overrides";
import { Photos } from "./photos";
import { turnWords } from "./turn";
import { UrgentNote } from "./urgent";

const BACK = (): { href: string; words: string } => ({
  href: "/app/review",
  words: t("nav.review"),
});

export function Review() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const page = useAnswer(() => api.submission(id), `review ${id} ${language.value}`);
  if (page.answer === null) {
    return (
      <Page title={t("review.title")} back={BACK()}>
        <section>
          {page.error ? <Failure error={page.error} retry={page.again} /> : <Skeleton lines={9} />}
        </section>
      </Page>
    );
  }
  return (
    <Judging
      key={page.answer.body.revision}
      page={page.answer.body}
      etag={page.answer.etag ?? ""}
      again={page.again}
    />
  );
}

function Judging({ page, etag, again }: { page: SubmissionPage; etag: string; again: () => void }) {
  const { route } = useLocation();
  const [marks, setMarks] = useState<Marks>({});
  const [returning, setReturning] = useState(false);
  const [reason, setReason] = useState("");
  const [notes, setNotes] = useState<Note[]>([]);
  const [noting, setNoting] = useState(false);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [id] = useState(newId);
  const { line } = page;
  const done = POINTS.filter((point) => marks[point] !== undefined).length;
  const against = POINTS.filter((point) => marks[point] === false);
  const may = page.may_review;
  // It is public already: the review follows.
  const later = line.stage !== "in_review" && waitsForReview(line);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const overrides = overridesIn(page);
  const unticked = overrides.filter((finding) => !ticked.has(keyOf(finding)));
  const tick = (key: string, yes: boolean): void => {
    const kept = [...ticked].filter((one) => one !== key);
    setTicked(new Set(yes ? [...kept, key] : kept));
  };

  const decide = async (decision: "approve" | "return"): Promise<void> => {
    setSending(true);
    setError(null);
    busyWith("reviewing", true);
    const points = Object.fromEntries(
      POINTS.map((point) => [point, marks[point] ?? decision === "approve"]),
    );
    try {
      const words = reason.trim();
      await api.review(line.id, etag, {
        id,
        decision,
        points,
        ...(words ? { reason: words } : {}),
        ...(notes.length > 0 ? { notes } : {}),
        ...(decision === "approve" && overrides.length > 0
          ? {
              confirmed: overrides.map(({ place, kind }) => ({
                pointer: place ?? "",
                kind: kind ?? "",
              })),
            }
          : {}),
      });
      setReturning(false);
      route("/app/review");
    } catch (problem) {
      setError(problem);
      if (problem instanceof Problem && problem.status === 412) again();
    } finally {
      setSending(false);
      busyWith("reviewing", false);
    }
  };
  const approve = (): void => {
    setTried(true);
    if (unticked.length > 0) {
      document.querySelector<HTMLElement>(".tick input:not(:checked)")?.focus();
      return;
    }
    if (done < POINTS.length || against.length > 0) {
      document.querySelector<HTMLElement>(".pt input:not(:checked)")?.focus();
      return;
    }
    void decide("approve");
  };
  const giveBack = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== "") void decide("return");
  };

  return (
    <Page
      title={line.title}
      back={BACK()}
      tools={
        <span class="small">
          {t("review.me", {
            name: actor.value?.name ?? "",
            role: t(`role.${actor.value?.role ?? "supervisor"}`),
          })}
        </span>
      }
      head={<Head page={page} />}
      thumb={
        may && (
          <div class="thumb-row">
            <button type="button" class="btn" disabled={sending} onClick={() => setReturning(true)}>
              <Icon name="back2" />
              {t(later ? "review.object" : "review.return")}
            </button>
            <button type="button" class="btn main" disabled={sending} onClick={approve}>
              {t(later ? "review.agree" : "review.approve")}
            </button>
          </div>
        )
      }
    >
      {error !== null && !returning && <Notice icon="act" title={problemWords(error)} live />}
      <UrgentNote line={line} />
      <Account page={page} />
      <Overrides page={page} ticked={ticked} tick={tick} tried={tried} />
      {may && (
        <section aria-labelledby="five">
          <div class="head">
            <h2 id="five">{t("review.five")}</h2>
            <span class="small">{t("review.done", { n: done })}</span>
          </div>
          {tried && done < POINTS.length && <p class="error">{t("review.all")}</p>}
          {tried && done === POINTS.length && against.length > 0 && (
            <p class="error">{t("review.against")}</p>
          )}
          <FivePoints
            page={page}
            marks={marks}
            mark={(point, yes) => setMarks({ ...marks, [point]: yes })}
          />
          <button
            type="button"
            class="link"
            aria-expanded={noting}
            onClick={() => setNoting(!noting)}
          >
            {t("note.open")}
            {notes.length > 0 && ` · ${t("note.count", { n: notes.length })}`}
            <Icon name={noting ? "up" : "down"} />
          </button>
          {noting && <Notes sheet={page.sheet} notes={notes} change={setNotes} />}
        </section>
      )}
      <Signatures page={page} />
      {returning && (
        <Dialog
          title={t(later ? "review.object.title" : "review.return.title")}
          onClose={() => setReturning(false)}
        >
          <form onSubmit={giveBack}>
            <Input
              label={t(later ? "review.object.reason" : "review.return.reason")}
              help={t(later ? "review.object.help" : "review.return.help")}
              value={reason}
              rows={3}
              onInput={setReason}
              error={tried && reason.trim() === "" ? t("review.return.missing") : null}
            />
            <Notes sheet={page.sheet} notes={notes} change={setNotes} />
            {error !== null && <Notice icon="act" title={problemWords(error)} live />}
            <p class="pair">
              <button type="button" class="btn" onClick={() => setReturning(false)}>
                {t("cancel")}
              </button>
              <button type="submit" class="btn" disabled={sending}>
                {t(later ? "review.object.go" : "review.return.go")}
              </button>
            </p>
          </form>
        </Dialog>
      )}
    </Page>
  );
}

function Head({ page }: { page: SubmissionPage }) {
  const { line } = page;
  const due = waitsForReview(line) ? reviewDay(line) : line.due_on;
  const left = daysBetween(dayAt(Date.now()), due);
  return (
    <>
      <div class="title">
        <p class="small soft">
          {t("review.by", {
            name: line.submitted_by_name,
            when: momentText(line.received_at, language.value),
          })}
          {` · ${placed(line.division_name)}`}
        </p>
        <h1>{line.title}</h1>
        <p class="small soft">
          {t(due === line.due_on ? "review.due" : "review.due.after", {
            day: shortDay(due, language.value),
          })}
          {left > 0
            ? t("review.left", { days: days(left) })
            : left === 0
              ? t("review.today")
              : t("review.over", { days: days(-left) })}
        </p>
      </div>
      <hr class="ww" />
    </>
  );
}

/** The account at a glance, and all of it one tap away. */
function Account({ page }: { page: SubmissionPage }) {
  const [open, setOpen] = useState(!page.may_review);
  const findings = page.findings.filter((finding) => finding.override == null);
  return (
    <section aria-label={t("review.account")}>
      {page.figures.length > 0 && (
        <dl class="figs">
          {page.figures.slice(0, 3).map((figure) => (
            <div key={figure.label.zh}>
              <dt>{say(figure.label)}</dt>
              <dd>{formatFen(figure.amount)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="facts">
        <StatusChip
          icon={findings.length === 0 ? "ok" : "late"}
          tone={findings.length === 0 ? "ok" : "late"}
        >
          {findings.length === 0 ? t("review.clear") : t("review.found", { n: findings.length })}
        </StatusChip>
        <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(isList(reviewFacts(page)) ? "review.look.list" : "review.look")}
          <Icon name={open ? "up" : "down"} />
        </button>
      </p>
      {findings.length > 0 && (
        <ul class="errors">
          {findings.map((finding) => (
            <li key={finding.check + finding.pointer}>{say(finding.message)}</li>
          ))}
        </ul>
      )}
      {page.reason && (
        <p class="quote">
          <b>{t("review.correction")}</b> {page.reason}
        </p>
      )}
      {page.changes.length > 0 && (
        <dl class="diff">
          {page.changes.slice(0, 40).map((change) => (
            <div key={change.pointer}>
              <dt>{change.label ? say(change.label) : change.pointer}</dt>
              <dd>
                <del>{cellText(change.before, change.type)}</del>{" "}
                <ins>{cellText(change.after, change.type)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {open && (
        <>
          {page.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <SheetView sheet={page.sheet} />
          <Photos photos={page.photos} />
        </>
      )}
    </section>
  );
}

/** The empty dashed place until somebody signs; then who signed, when, and what they said. */
function Signatures({ page }: { page: SubmissionPage }) {
  return (
    <section aria-label={t("review.signatures")}>
      {page.reviews.map((review) => (
        <div class="signed" key={review.decided_at}>
          <StatusChip
            icon={review.decision === "approve" ? "ok" : "back2"}
            tone={review.decision === "approve" ? "ok" : "late"}
          >
            {t(review.decision === "approve" ? "review.approved" : "review.returned")}
          </StatusChip>
          <div>
            <p>
              <b>{review.reviewer_name}</b>
              {` · ${review.post ?? say(review.body)}`}
            </p>
            <p class="small soft">
              {momentText(review.decided_at, language.value)}
              {review.reason ? ` · ${review.reason}` : ""}
            </p>
            <NoteList sheet={page.sheet} notes={review.notes} />
          </div>
        </div>
      ))}
      {waitsForReview(page.line) && (
        <div class="signed">
          <div class="place" aria-hidden="true">
            <span>{t("review.unsigned")}</span>
          </div>
          <div>
            <p>
              <b>
                {!page.may_review
                  ? t("review.cannot")
                  : page.turn && page.turn.given + 1 < page.turn.needed
                    ? t("review.sign.more")
                    : t("review.sign")}
              </b>
            </p>
            {page.turn && <p>{turnWords(page.turn)}</p>}
            <p class="small soft">{page.may_review ? t("review.sign.note") : say(page.why_not)}</p>
          </div>
        </div>
      )}
    </section>
  );
}
