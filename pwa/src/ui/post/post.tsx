/** Writing a posting, step by step: the form's own steps, then photos, then checking and sending. */

import { effect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { busyWith } from "../../acts/busy";
import {
  change,
  current,
  discard,
  holdForForm,
  onDisk,
  open,
  savedAt,
  saveFailed,
  submit,
} from "../../acts/drafting";
import { actor } from "../../acts/session";
import { clockAt } from "../../core/dates";
import { findingsWithin } from "../../core/findings";
import { type Step, stepOf } from "../../core/form";
import { placed, say, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog, Notice, Skeleton } from "../pieces";
import { Page } from "../shell";
import { FormField } from "./fields";
import { clear, type Judged, useJudged } from "./judged";
import { aboveKeyboard } from "./keyboard";
import { Keypad, target } from "./keypad";
import { usePart } from "./part";
import { BoardPhotos } from "./photos";
import { RuleWords } from "./rule";
import { SendStep } from "./send_step";
import { Totals } from "./totals";

const BACK = (): { href: string; words: string } => ({ href: "/app", words: t("nav.tasks") });

export function Post() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const here = usePart((draft) => draft.id);
  const [found, setFound] = useState<boolean | null>(here === id ? true : null);
  useEffect(() => {
    busyWith("writing", true);
    const letPhotosGo = holdForForm();
    const leave = aboveKeyboard();
    void open(id).then(setFound, () => setFound(false));
    return () => {
      busyWith("writing", false);
      letPhotosGo();
      leave();
      target.value = null;
    };
  }, [id]);
  if (found === null) {
    return (
      <Page title={t("post.title")} back={BACK()}>
        <Skeleton lines={8} />
      </Page>
    );
  }
  if (!found || here !== id) {
    return (
      <Page title={t("post.title")} back={BACK()}>
        <Notice icon="pencil" title={t("post.gone")}>
          <p>{t("post.gone.note")}</p>
          <a class="btn" href="/app">
            {t("home")}
          </a>
        </Notice>
      </Page>
    );
  }
  return <Writing />;
}

function Writing() {
  const { route } = useLocation();
  const id = usePart((draft) => draft.id);
  const form = usePart((draft) => draft.form.form);
  const task = usePart((draft) => draft.title);
  // Whoever posts for another place than their own sees for which, on every step.
  const place = usePart((draft) =>
    draft.division === actor.value?.division ? "" : draft.divisionName,
  );
  const step = usePart((draft) => draft.step) ?? 0;
  const top = useRef<HTMLHeadingElement>(null);
  const [tried, setTried] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [seen, setSeen] = useState(step);
  // With the frame that shows the step: a moment later it would take the focus from whoever taps at once.
  useLayoutEffect(() => {
    if (step === seen) return;
    setSeen(step);
    window.scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, [step]);
  const judged = useJudged();
  if (id === null || form === null || task === null) return null;

  const { steps } = form;
  const total = steps.length + 2;
  const at = Math.min(step, total - 1);
  const here = steps[at];
  const name = here ? say(here.title) : at === steps.length ? t("post.photos") : t("post.send");
  const go = (to: number): void => change({ step: Math.max(0, Math.min(total - 1, to)) });
  const goTo = (pointer: string): void => {
    const n = stepOf(form, pointer);
    if (n >= 0) go(n);
  };
  const send = async (): Promise<void> => {
    setTried(true);
    const draft = current.peek();
    if (draft === null) return;
    if (!clear(draft)) {
      document.querySelector<HTMLElement>("[aria-invalid=true], .plain-rows .row")?.focus();
      return;
    }
    await submit();
    route(`/app/sent/${id}`, true);
  };

  const last = at === total - 1;
  const head = (
    <>
      <ol class="steps" aria-label={t("post.where", { n: at + 1, all: total })}>
        {Array.from({ length: total }, (_step, n) => (
          <li
            key={n}
            class={n < at ? "done" : n === at ? "now" : ""}
            aria-current={n === at ? "step" : undefined}
          >
            <button type="button" onClick={() => go(n)}>
              <span class="vh">{t("post.go", { n: n + 1 })}</span>
            </button>
          </li>
        ))}
      </ol>
      <div class="where">
        <h1 ref={top} tabIndex={-1}>
          {name}
        </h1>
        <span class="small soft">{t("post.where", { n: at + 1, all: total })}</span>
      </div>
      <p class="where-what small soft">
        {place && `${placed(place)} · `}
        {say(task)}
      </p>
    </>
  );
  return (
    <Page
      title={name}
      back={BACK()}
      tools={<Saved />}
      head={head}
      thumb={
        <>
          <Totals />
          <Keypad />
          <div class="thumb-row">
            {at > 0 && (
              <button type="button" class="btn" onClick={() => go(at - 1)}>
                <Icon name="back" />
                {t("post.previous")}
              </button>
            )}
            {last ? (
              <button type="button" class="btn main" onClick={() => void send()}>
                {t("post.submit")}
              </button>
            ) : (
              <button type="button" class="btn main" onClick={() => go(at + 1)}>
                {t("post.next")}
              </button>
            )}
          </div>
        </>
      }
    >
      {here ? (
        <StepFields step={here} id={id} judged={judged} />
      ) : at === steps.length ? (
        <BoardPhotos findings={judged.beside} />
      ) : (
        <SendStep judged={judged} tried={tried} goTo={goTo} goToPhotos={() => go(steps.length)} />
      )}
      <section>
        <button type="button" class="link quiet" onClick={() => setDropping(true)}>
          <Icon name="bin" />
          {t("post.drop")}
        </button>
      </section>
      {dropping && (
        <Dialog title={t("post.drop.title")} onClose={() => setDropping(false)}>
          <p>{t("post.drop.note")}</p>
          <p class="pair">
            <button type="button" class="btn" onClick={() => setDropping(false)}>
              {t("post.drop.keep")}
            </button>
            <button
              type="button"
              class="btn"
              onClick={() => void discard(id).then(() => route("/app", true))}
            >
              {t("post.drop.yes")}
            </button>
          </p>
        </Dialog>
      )}
    </Page>
  );
}

/** The fields of one step of the form. */
function StepFields({ step, id, judged }: { step: Step; id: string; judged: Judged }) {
  const findings = judged.findings.value;
  const prepared = usePart((draft) => draft.form.prepared);
  return (
    <section class="form">
      <p class="filler">
        <a class="link" href={`/app/post/${id}/fill`}>
          <Icon name="grid" />
          {prepared ? t("ledger.prepared", { n: prepared.rows }) : t("fill.open")}
        </a>
        <RuleWords />
      </p>
      {step.help && <p class="help">{say(step.help)}</p>}
      {step.fields.map((field) => (
        <FormField
          key={field.pointer}
          field={field}
          base=""
          findings={findingsWithin(findings, field.pointer)}
        />
      ))}
    </section>
  );
}

/** So long may a change be on its way to the disk, typing and all, before the promise is taken back. */
const ON_ITS_WAY_MS = 2000;

/** The quiet promise at the top: kept, and when. It stands still while the disk keeps up, whatever is typed. */
function Saved() {
  const at = savedAt.value;
  const [behind, setBehind] = useState(false);
  useEffect(
    () =>
      effect(() => {
        setBehind(false);
        if (onDisk.value) return;
        const timer = setTimeout(() => setBehind(true), ON_ITS_WAY_MS);
        return () => clearTimeout(timer);
      }),
    [],
  );
  if (saveFailed.value) {
    return (
      <span class="saved bad" role="alert">
        <Icon name="act" />
        {t("post.unsaved")}
      </span>
    );
  }
  if (at === null) return null;
  return (
    <span class={behind ? "saved pending" : "saved"}>
      <Icon name="check" />
      {t("post.saved", { time: clockAt(at) })}
    </span>
  );
}
