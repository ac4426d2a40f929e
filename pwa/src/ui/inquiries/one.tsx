/** One inquiry: what was asked and how to reach whoever asked, every answer, and the one thing to do now. */
import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import {
  beginAnswer,
  changeAnswer,
  endAnswer,
  keepFailed,
  keptAt,
  writing,
} from "../../acts/answering";
import { busyWith } from "../../acts/busy";
import { clockAt, longDay, momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import { Problem } from "../../net/client";
import type { InquiryAnswer, InquiryPage } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { Failure, Input, Notice, problemWords, Skeleton, StatusChip, useAnswer } from "../pieces";
import { Page } from "../shell";
import { Contact } from "./contact";
import { Handling } from "./handling";
import { DueChip, State } from "./list";
import { PhotoChoice, Photos } from "./photos";
import { ReasonDialog } from "./reason";
import { type Step, StepDialog } from "./steps";

const BACK = (): { href: string; words: string } => ({
  href: "/app/inquiries",
  words: t("nav.inquiries"),
});

export function Inquiry() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const page = useAnswer(() => api.inquiry(id), `inquiry ${id} ${language.value}`);
  if (page.answer === null) {
    return (
      <Page title={t("nav.inquiries")} back={BACK()}>
        <section>
          {page.error ? <Failure error={page.error} retry={page.again} /> : <Skeleton lines={7} />}
        </section>
      </Page>
    );
  }
  return (
    <AtDesk
      key={page.answer.body.revision}
      page={page.answer.body}
      etag={page.answer.etag ?? ""}
      again={page.again}
    />
  );
}

interface Props {
  page: InquiryPage;
  etag: string;
  again: () => void;
}

function AtDesk({ page, etag, again }: Props) {
  const { route } = useLocation();
  const { head } = page;
  const draft = writing.value?.inquiry === head.id ? writing.value : null;
  const text = draft?.text ?? "";
  const takesUp = head.signing?.joined ? true : (draft?.takesUp ?? null);
  const [shown, setShown] = useState(page.shown_text ?? page.text);
  const [forAll, setForAll] = useState<readonly number[]>([]);
  const [refusing, setRefusing] = useState(false);
  const [step, setStep] = useState<Step | null>(null);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const topic = head.kind === "topic";
  const sent = page.answers.map((each) => each.id).join();
  useEffect(() => {
    if (head.turn === "answer") void beginAnswer(head.id, sent.split(","));
    else if (["published", "refused"].includes(head.state)) void endAnswer(head.id);
  }, [head.id, head.turn, head.state, sent]);

  const act = async (send: () => Promise<void>): Promise<void> => {
    setSending(true);
    setError(null);
    busyWith("answering", true);
    try {
      await send();
      route("/app/inquiries");
    } catch (problem) {
      setError(problem);
      if (problem instanceof Problem && problem.status === 412) again();
    } finally {
      setSending(false);
      busyWith("answering", false);
    }
  };
  const answer = (): void => {
    setTried(true);
    if (draft === null || text.trim() === "" || (topic && takesUp === null)) return;
    void act(async () => {
      await api.answerInquiry(head.id, etag, {
        id: draft.id,
        text: text.trim(),
        ...(topic ? { takes_up: takesUp === true } : {}),
      });
      await endAnswer(head.id);
    });
  };
  const approve = (): void => {
    const reworded = shown.trim() !== "" && shown.trim() !== page.text;
    void act(() =>
      api.reviewAnswer(head.id, etag, {
        decision: "approve",
        ...(reworded ? { shown_text: shown.trim() } : {}),
        ...(forAll.length > 0 ? { shown_photos: [...forAll] } : {}),
      }),
    );
  };
  const refuse = (reason: string): void => {
    void act(() =>
      head.turn === "look"
        ? api.lookAtInquiry(head.id, etag, { decision: "refuse", reason })
        : api.reviewAnswer(head.id, etag, { decision: "return", reason }),
    );
  };
  const go = (words: string, tap: () => void) => (
    <button type="button" class="btn main" disabled={sending} onClick={tap}>
      {words}
    </button>
  );
  const other = (words: string) => (
    <button type="button" class="btn" disabled={sending} onClick={() => setRefusing(true)}>
      {words}
    </button>
  );
  const thumb =
    head.turn === "answer" ? (
      go(t("asked.send"), answer)
    ) : head.turn === "look" ? (
      <div class="thumb-row">
        {other(t("asked.look.refuse"))}
        {go(t("asked.look.through"), () =>
          act(() => api.lookAtInquiry(head.id, etag, { decision: "let_through" })),
        )}
      </div>
    ) : head.turn === "accept" ? (
      <div class="thumb-row">
        {page.handling.ways.includes("refuse") && (
          <button type="button" class="btn" onClick={() => setStep("refuse")}>
            {t("step.refuse")}
          </button>
        )}
        {go(t("step.accept"), () => setStep("accept"))}
      </div>
    ) : head.turn === "report" ? (
      go(t("step.report"), () => setStep("report"))
    ) : head.turn === "review" ? (
      <div class="thumb-row">
        {other(t("asked.return"))}
        {go(t("asked.approve"), approve)}
      </div>
    ) : null;

  return (
    <Page
      title={t("asked.number", { kind: say(head.kind_name), number: head.number })}
      back={BACK()}
      head={<Head page={page} />}
      thumb={thumb}
    >
      {error !== null && !refusing && step === null && (
        <Notice icon="act" title={problemWords(error)} live />
      )}
      <section aria-labelledby="asked">
        <div class="head">
          <h2 id="asked">{t("asked.text")}</h2>
        </div>
        <p class="quote typed">{page.text}</p>
        <Photos page={page} />
        {head.turn === "look" && !page.proved && <p class="small soft">{t("asked.unproved")}</p>}
        <dl class="asked-of">
          {(page.notice || head.line) && (
            <>
              <dt>{t("asked.about")}</dt>
              <dd>
                {page.notice && page.disclosure_id && (
                  <a class="link" href={`/d/${page.disclosure_id}`} rel="external">
                    {page.notice}
                  </a>
                )}
                {head.line && <p>{head.line}</p>}
              </dd>
            </>
          )}
          <dt>{t("asked.contact")}</dt>
          <dd>
            <Contact page={page} />
          </dd>
        </dl>
        {page.refused_reason && <p>{t("asked.refused", { reason: page.refused_reason })}</p>}
      </section>
      <Handling
        page={page}
        open={(chosen) => {
          setError(null);
          setStep(chosen);
        }}
      />
      {page.answers.length > 0 && (
        <section aria-labelledby="answers">
          <div class="head">
            <h2 id="answers">{t("asked.answers")}</h2>
          </div>
          {page.answers.map((one) => (
            <Answer key={one.id} answer={one} />
          ))}
        </section>
      )}
      {head.turn === "answer" && (
        <section class="form">
          {topic && (
            <fieldset class="choices">
              <legend>{t("asked.takes_up")}</legend>
              {([true, false] as const).map((yes) => (
                <label key={String(yes)} class="tick">
                  <input
                    type="radio"
                    name="takes_up"
                    disabled={!yes && head.signing?.joined === true}
                    checked={takesUp === yes}
                    onChange={() => changeAnswer({ takesUp: yes })}
                  />
                  <span>{t(yes ? "asked.takes_up.yes" : "asked.takes_up.no")}</span>
                </label>
              ))}
              {tried && takesUp === null && <p class="error">{t("asked.takes_up.missing")}</p>}
            </fieldset>
          )}
          <Input
            label={t("asked.write")}
            help={t("asked.write.help")}
            value={text}
            rows={6}
            onInput={(typed) => changeAnswer({ text: typed })}
            error={tried && text.trim() === "" ? t("asked.write.missing") : null}
          />
          <Kept />
        </section>
      )}
      {head.turn === "review" && (
        <section class="form">
          <Input
            label={t("asked.shown")}
            help={t("asked.shown.help")}
            value={shown}
            rows={4}
            onInput={setShown}
          />
          <PhotoChoice page={page} chosen={forAll} choose={setForAll} />
        </section>
      )}
      {step !== null && (
        <StepDialog
          step={step}
          page={page}
          etag={etag}
          error={error}
          sending={sending}
          close={() => setStep(null)}
          act={(send) => void act(send)}
        />
      )}
      {refusing && (
        <ReasonDialog
          kind={head.turn === "look" ? "refuse" : "return"}
          error={error}
          sending={sending}
          close={() => setRefusing(false)}
          send={refuse}
        />
      )}
    </Page>
  );
}

/** The same quiet promise as beside a posting: kept, and when. */
function Kept() {
  if (keepFailed.value) {
    return (
      <p class="saved bad" role="alert">
        <Icon name="act" />
        {t("post.unsaved")}
      </p>
    );
  }
  if (keptAt.value === null) return null;
  return (
    <p class="saved">
      <Icon name="check" />
      {t("post.saved", { time: clockAt(keptAt.value) })}
    </p>
  );
}

function Head({ page: { head } }: { page: InquiryPage }) {
  return (
    <>
      <div class="title">
        <p class="small soft">
          {placed(head.division_name)} ·{" "}
          {t("asked.when", { when: momentText(head.asked_at, language.value) })}
        </p>
        <h1>{t("asked.number", { kind: say(head.kind_name), number: head.number })}</h1>
        <p class="small soft">
          {t("asked.due", { day: longDay(head.due.on, language.value), term: say(head.due.term) })}
          {head.due.provisional && ` ${t("asked.due.provisional")}`}
        </p>
        <p class="facts">
          <State line={head} />
          <DueChip line={head} />
        </p>
        {head.signing && (
          <p class="small">
            {head.signing.joined
              ? t("asked.joined")
              : t("asked.signatures", {
                  n: head.signing.signatures,
                  needed: head.signing.needed,
                })}
          </p>
        )}
      </div>
      <hr class="ww" />
    </>
  );
}

function Answer({ answer }: { answer: InquiryAnswer }) {
  const name = answer.decided_by_name ?? "";
  return (
    <div class="one-answer">
      {answer.decision === "approve" ? (
        <StatusChip icon="ok" tone="ok">
          {t("asked.answer.approved", {
            name,
            when: answer.decided_at ? momentText(answer.decided_at, language.value) : "",
          })}
        </StatusChip>
      ) : answer.decision === "return" ? (
        <StatusChip icon="back2" tone="late" long>
          {t("asked.answer.returned", { name, reason: answer.reason ?? "" })}
        </StatusChip>
      ) : (
        <StatusChip icon="eye" tone="up">
          {t("asked.answer.waiting")}
        </StatusChip>
      )}
      {answer.takes_up !== null && (
        <p>
          <b>{t(answer.takes_up ? "asked.takes_up.yes" : "asked.takes_up.no")}</b>
        </p>
      )}
      <p class="typed">{answer.text}</p>
      <p class="small soft">
        {t("asked.answer.by", {
          name: answer.answered_by_name,
          when: momentText(answer.answered_at, language.value),
        })}
      </p>
    </div>
  );
}
