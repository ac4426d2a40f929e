/** One posting after it was sent: where it stands, its receipt, and what can still be done with it. */

import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { newId } from "../acts/digest";
import { draftFrom, reopen } from "../acts/drafting";
import { follow } from "../acts/following";
import { loadOutbox, outbox, wake } from "../acts/sending";
import { actor } from "../acts/session";
import { momentText } from "../core/dates";
import { placeName } from "../core/form";
import { doubted, progressOf, unsent } from "../core/outbox";
import { inContent } from "../core/pointers";
import { keptAnswer } from "../keep/answers";
import type { Posting } from "../keep/outbox";
import { language, say, t } from "../messages";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { FormAnswer, SubmissionPage } from "../net/shapes";
import { Icon } from "./icons";
import { Matters } from "./matters/panel";
import { PhotoBar, standing } from "./outbox_badge";
import {
  Dialog,
  Failure,
  Input,
  Notice,
  problemWords,
  Skeleton,
  type Tone,
  useAnswer,
} from "./pieces";
import { ReceiptView, when } from "./receipt";
import { ReceiptDoubt } from "./receipt_doubt";
import { NoteList } from "./review/notes";
import { turnWords } from "./review/turn";
import { SheetView } from "./sheet";
import { Page } from "./shell";

// What its review let through: open, about to be, or over.
const LINKABLE = ["scheduled", "open", "archived", "hidden", "expired", "withdrawn"];

export function Sent() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const { route } = useLocation();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    void loadOutbox();
  }, [id]);
  const posting = outbox.value.find((one) => one.id === id) ?? null;
  const onServer = posting === null || posting.receipt !== null;
  const page = useAnswer(
    async () => (onServer ? (await api.submission(id)).body : null),
    `${id} ${onServer} ${language.value}`,
  );
  const line = page.answer?.line ?? null;
  useEffect(() => {
    // What the server says now is what the list says without a signal later.
    if (posting && page.answer) void follow(posting, page.answer);
  }, [page.answer]);
  const title = line?.title ?? say(posting?.title) ?? "";

  const again = async (how: () => Promise<string>): Promise<void> => {
    setError(null);
    try {
      route(`/app/post/${await how()}`);
    } catch (problem) {
      setError(problem);
    }
  };
  const stage = posting && !onServer ? posting.state : (line?.stage ?? posting?.state ?? "");
  const mine = actor.value?.role === "accountant" || actor.value?.role === "editor";
  return (
    <Page title={title || t("sent.title")} back={{ href: "/app", words: t("nav.tasks") }}>
      {error !== null && <Failure error={error} />}
      {posting?.state === "needs_attention" && <Refused posting={posting} />}
      <ReceiptView posting={posting} page={page.answer} />
      {line === null && page.error === null && onServer && <Skeleton lines={5} />}
      {page.error !== null && onServer && <Failure error={page.error} retry={page.again} />}
      <Track stage={stage} page={page.answer} posting={posting} />
      {page.answer && <Noted page={page.answer} />}
      {page.answer && <Contents page={page.answer} />}
      {mine && line && LINKABLE.includes(line.stage) && <Matters disclosure={line.disclosure_id} />}
      {mine && (
        <section class="actions">
          {posting?.signInNeeded && unsent(posting.state) ? (
            <a class="btn main block" href="/app/sign-in">
              {t("again.go")}
            </a>
          ) : (
            (posting?.state === "waiting" || posting?.state === "registered") && (
              <button type="button" class="btn main block" onClick={() => void wake()}>
                {t("outbox.now")}
              </button>
            )
          )}
          {posting?.state === "needs_attention" && doubted(posting.refusal) && (
            <ReceiptDoubt posting={posting} />
          )}
          {posting?.state === "needs_attention" && !doubted(posting.refusal) && (
            <button
              type="button"
              class="btn main block"
              onClick={() => void again(() => reopen(posting))}
            >
              {t("sent.repair")}
            </button>
          )}
          {page.answer && stage === "returned" && (
            <PageAction
              page={page.answer}
              correcting={false}
              again={again}
              words={t("sent.repair")}
              main
            />
          )}
          {page.answer && ["open", "archived", "scheduled"].includes(stage) && (
            <>
              <PageAction page={page.answer} correcting again={again} words={t("sent.correct")} />
              <Withdrawal page={page.answer} done={page.again} />
            </>
          )}
        </section>
      )}
    </Page>
  );
}

interface ActionProps {
  page: SubmissionPage;
  correcting: boolean;
  again: (how: () => Promise<string>) => Promise<void>;
  words: string;
  main?: boolean;
}

function PageAction({ page, correcting, again, words, main }: ActionProps) {
  return (
    <button
      type="button"
      class={main ? "btn main block" : "btn block"}
      onClick={() => void again(() => draftFrom(page, correcting))}
    >
      <Icon name="pencil" />
      {words}
    </button>
  );
}

/** What the server would not take, in its own words, with the places. */
function Refused({ posting }: { posting: Posting }) {
  const { refusal, submission } = posting;
  const key = `form ${submission.category} ${submission.division} ${submission.event_on ?? submission.period}`;
  const form = useAnswer(() => keptAnswer<FormAnswer>(key), key);
  if (!refusal) return null;
  const place = (pointer: string): string =>
    form.answer
      ? placeName(form.answer.body.form, inContent(pointer), language.value === "en" ? "en" : "zh")
      : "";
  return (
    <Notice icon="act" title={say(refusal.title) || t("status.needs_attention")} live>
      <p>{say(refusal.detail)}</p>
      {refusal.errors.length > 0 && (
        <ul class="errors">
          {refusal.errors.map((one) => (
            <li key={one.pointer + say(one.detail)}>
              {place(one.pointer) && <b>{place(one.pointer)}</b>} {say(one.detail)}
            </li>
          ))}
        </ul>
      )}
      {!doubted(refusal) && <p class="small soft">{t("sent.nothing.lost")}</p>}
    </Notice>
  );
}

const STEPS = ["sent", "review", "open"] as const;

/** The way of a posting in three steps, and where it is now. */
function Track(props: { stage: string; page: SubmissionPage | null; posting: Posting | null }) {
  const { stage, page, posting } = props;
  if (stage === "") return null;
  const here = posting !== null && (unsent(posting.state) || posting.state === "needs_attention");
  const at = here ? 0 : ["in_review", "returned"].includes(stage) ? 1 : 2;
  const returned = [...(page?.reviews ?? [])]
    .reverse()
    .find((review) => review.decision === "return");
  const notes = [
    posting?.receipt || page
      ? when(posting?.receipt?.received_at ?? page?.line.received_at)
      : posting
        ? standing(posting)
        : t("status.waiting"),
    stage === "in_review"
      ? page?.turn
        ? turnWords(page.turn)
        : t("track.review.now")
      : stage === "returned"
        ? t("track.returned", {
            name: returned?.reviewer_name ?? "",
            reason: returned?.reason ?? posting?.reason ?? "",
          })
        : at === 2
          ? reviewed(page)
          : "",
    stage === "scheduled"
      ? t("track.scheduled", { when: when(page?.line.opens_at) })
      : stage === "withdrawn" || stage === "hidden"
        ? t(stage === "hidden" ? "track.over" : "status.withdrawn")
        : stage === "expired"
          ? t("track.expired", { when: when(page?.line.expired_at) })
          : at === 2
            ? when(page?.line.opens_at)
            : "",
  ];
  // Public already, and its review still to come or not agreed: that step is not behind it.
  const open = ["waiting", "overdue", "objected"].includes(page?.line.urgent?.state ?? "");
  const done = (n: number): boolean => n < at && !(open && STEPS[n] === "review");
  const tone: Tone =
    stage === "returned" ? "late" : stage === "needs_attention" ? "missing" : "ink";
  return (
    <section aria-label={t("track.name")}>
      <ol class="track">
        {STEPS.map((step, n) => (
          <li
            key={step}
            class={done(n) ? "done" : n === at ? "now" : ""}
            aria-current={n === at ? "step" : undefined}
          >
            <span class="dot">{done(n) && <Icon name="check" />}</span>
            <div>
              <b class={n === at ? tone : ""}>{t(`track.${step}`)}</b>
              {notes[n] && <small>{notes[n]}</small>}
              {n === 0 && here && posting.state !== "needs_attention" && (
                <>
                  {!posting.signInNeeded && <small>{t("outbox.safe")}</small>}
                  <PhotoBar {...progressOf(posting)} />
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
      {page && ["open", "archived"].includes(stage) && (
        <>
          <a class="link" href={`/d/${page.line.disclosure_id}`} target="_blank" rel="noreferrer">
            {t("sent.public")}
            <Icon name="forward" />
          </a>
          <a
            class="link"
            href={`/d/${page.line.disclosure_id}/poster`}
            target="_blank"
            rel="noreferrer"
          >
            {t("sent.poster")}
            <Icon name="forward" />
          </a>
          <a class="link" href={`/app/tell/${page.line.disclosure_id}`}>
            {t("tell.title")}
            <Icon name="forward" />
          </a>
        </>
      )}
      {page && stage === "scheduled" && (
        <a
          class="link"
          href={`/api/v1/submissions/${page.line.id}/poster`}
          target="_blank"
          rel="noreferrer"
        >
          {t("sent.poster.ahead")}
          <Icon name="forward" />
        </a>
      )}
    </section>
  );
}

/** What those who reviewed it wrote beside single lines. */
function Noted({ page }: { page: SubmissionPage }) {
  const noted = page.reviews.filter((review) => review.notes.length > 0);
  if (noted.length === 0) return null;
  return (
    <section aria-labelledby="noted">
      <div class="head">
        <h2 id="noted">{t("sent.notes")}</h2>
      </div>
      {noted.map((review) => (
        <div key={review.decided_at}>
          <p class="small soft">
            {review.reviewer_name} · {review.post ?? say(review.body)} ·{" "}
            {momentText(review.decided_at, language.value)}
          </p>
          <NoteList sheet={page.sheet} notes={review.notes} />
        </div>
      ))}
    </section>
  );
}

/** What became of the review of something public: agreed before, or how it stands where it comes after. */
function reviewed(page: SubmissionPage | null): string {
  const urgent = page?.line.urgent;
  if (!page || !urgent) return t("track.review.done");
  return page.turn
    ? `${say(urgent.text)}${t("track.stop")}${turnWords(page.turn)}`
    : say(urgent.text);
}

function Contents({ page }: { page: SubmissionPage }) {
  const [open, setOpen] = useState(false);
  return (
    <section>
      <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? "up" : "down"} />
        {t("sent.contents")}
      </button>
      {open && <SheetView sheet={page.sheet} />}
    </section>
  );
}

/** Take a disclosure off the public page; its place keeps saying that it was there, and why it went. */
function Withdrawal({ page, done }: { page: SubmissionPage; done: () => void }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [id] = useState(newId);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    try {
      await api.withdraw(page.line.disclosure_id, { id, reason: reason.trim() });
      setAsking(false);
      done();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <button type="button" class="link quiet" onClick={() => setAsking(true)}>
        <Icon name="withdrawn" />
        {t("withdraw.ask")}
      </button>
      {asking && (
        <Dialog title={t("withdraw.title")} onClose={() => setAsking(false)}>
          <form onSubmit={(event) => void send(event)}>
            <p>{t("withdraw.note")}</p>
            <Input
              label={t("withdraw.reason")}
              value={reason}
              rows={3}
              onInput={setReason}
              error={tried && reason.trim() === "" ? t("withdraw.missing") : null}
            />
            {error !== null && (
              <Notice
                icon={error instanceof Problem ? "act" : "noSignal"}
                title={problemWords(error)}
                live
              />
            )}
            <p class="pair">
              <button type="button" class="btn" onClick={() => setAsking(false)}>
                {t("cancel")}
              </button>
              <button type="submit" class="btn">
                {t("withdraw.yes")}
              </button>
            </p>
          </form>
        </Dialog>
      )}
    </>
  );
}
