/** What the desk decides, each in a dialog of its own: taken up, refused, referred, heard of, put off. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { dayAt, longDay } from "../../core/dates";
import { language, say, t } from "../../messages";
import type { InquiryPage, Option } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { Dialog, Input, Notice, problemWords } from "../pieces";

export type Step = "accept" | "classify" | "refuse" | "refer" | "report" | "take_back" | "extend";

export interface StepProps {
  step: Step;
  page: InquiryPage;
  etag: string;
  error: unknown;
  sending: boolean;
  close: () => void;
  /** Sends it; a failure is shown in the dialog and nothing typed is lost. */
  act: (send: () => Promise<void>) => void;
}

export function StepDialog(props: StepProps) {
  switch (props.step) {
    case "accept":
    case "classify":
      return <Classify {...props} />;
    case "refuse":
      return <Refuse {...props} />;
    case "refer":
      return <Refer {...props} />;
    case "extend":
      return <Extend {...props} />;
    default:
      return <EndReferral {...props} />;
  }
}

interface FrameProps extends StepProps {
  /** Nothing is missing that was asked for. */
  ready: boolean;
  send: () => Promise<void>;
  tried: (tried: boolean) => void;
  children: ComponentChildren;
}

function Frame({ step, error, sending, close, act, ready, send, tried, children }: FrameProps) {
  const submit = (event: Event): void => {
    event.preventDefault();
    tried(true);
    if (ready) act(send);
  };
  return (
    <Dialog title={t(`step.${step}.title`)} onClose={close}>
      <form onSubmit={submit}>
        {children}
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn" disabled={sending}>
            {t(`step.${step}.go`)}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

interface SelectProps {
  label: string;
  help?: string;
  value: string;
  options: readonly Option[];
  /** Said first, when nothing is chosen yet. */
  none?: string;
  error?: string | null;
  choose: (key: string) => void;
}

function Select({ label, help, value, options, none, error, choose }: SelectProps) {
  const id = useId();
  const described = [help ? `${id}-h` : "", error ? `${id}-e` : ""].join(" ").trim();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && (
        <p class="help" id={`${id}-h`}>
          {help}
        </p>
      )}
      <select
        id={id}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.key} value={option.key}>
            {say(option.name)}
          </option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${id}-e`}>
          <Icon name="act" />
          {error}
        </p>
      )}
    </div>
  );
}

const missing = (is: boolean): string | null => (is ? t("step.choose") : null);
/** What is missing, in the words of its own field. */
const unsaid = (
  is: boolean,
  field: "asked.reason" | "step.refuse.words" | "step.note" | "step.reported",
): string | null => (is ? t(`${field}.missing`) : null);

function Classify(props: StepProps) {
  const { head, handling } = props.page;
  const [kind, setKind] = useState<string>(head.kind);
  const [subject, setSubject] = useState(handling.subject ?? "");
  const [about, setAbout] = useState(handling.about ?? "");
  const [tried, setTried] = useState(false);
  const body = {
    kind,
    subject,
    ...(kind === "report" && about !== "" ? { about } : {}),
  };
  const send = (): Promise<void> =>
    (props.step === "accept" ? api.acceptInquiry : api.classifyInquiry)(head.id, props.etag, body);
  return (
    <Frame {...props} ready={subject !== ""} send={send} tried={setTried}>
      {props.step === "accept" && <p class="soft">{t("step.accept.note")}</p>}
      <Select
        label={t("step.kind")}
        {...(kind === "report" && head.kind !== "report" ? { help: t("step.kind.report") } : {})}
        value={kind}
        options={handling.choices.kinds}
        choose={setKind}
      />
      <Select
        label={t("step.subject")}
        value={subject}
        none={t("step.none")}
        options={handling.choices.subjects}
        error={missing(tried && subject === "")}
        choose={setSubject}
      />
      {kind === "report" && (
        <Select
          label={t("step.about")}
          help={t("step.about.help")}
          value={about}
          none={t("step.about.none")}
          options={handling.choices.about}
          choose={setAbout}
        />
      )}
    </Frame>
  );
}

function Refuse(props: StepProps) {
  const { head, handling } = props.page;
  const [ground, setGround] = useState("");
  const [words, setWords] = useState("");
  const [turnTo, setTurnTo] = useState("");
  const [tried, setTried] = useState(false);
  const choose = (key: string): void => {
    const before = handling.choices.grounds.find((one) => one.key === ground)?.turn_to;
    const after = handling.choices.grounds.find((one) => one.key === key)?.turn_to;
    // What somebody wrote themselves stays.
    if (turnTo === "" || (before && turnTo === before.zh)) setTurnTo(after?.zh ?? "");
    setGround(key);
  };
  const send = (): Promise<void> =>
    api.refuseInquiry(head.id, props.etag, { ground, words: words.trim(), turn_to: turnTo.trim() });
  return (
    <Frame {...props} ready={ground !== "" && words.trim() !== ""} send={send} tried={setTried}>
      <p class="soft">{t("step.refuse.note")}</p>
      <Select
        label={t("step.ground")}
        value={ground}
        none={t("step.none")}
        options={handling.choices.grounds}
        error={missing(tried && ground === "")}
        choose={choose}
      />
      <Input
        label={t("step.refuse.words")}
        value={words}
        rows={3}
        onInput={setWords}
        error={unsaid(tried && words.trim() === "", "step.refuse.words")}
      />
      <Input
        label={t("step.turn_to")}
        help={t("step.turn_to.help")}
        value={turnTo}
        rows={3}
        onInput={setTurnTo}
      />
    </Frame>
  );
}

function Refer(props: StepProps) {
  const { head, handling } = props.page;
  const offices = handling.choices.offices;
  const [id] = useState(newId);
  const [office, setOffice] = useState("");
  const [name, setName] = useState("");
  const [dueOn, setDueOn] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const today = dayAt(Date.now());
  const last = [head.due.on, today].sort()[1] as string;
  const named = office === "department" || office === "discipline";
  const ready =
    office !== "" && dueOn !== "" && note.trim() !== "" && (!named || name.trim() !== "");
  const send = (): Promise<void> =>
    api.referInquiry(head.id, props.etag, {
      id,
      office,
      name: named ? name.trim() : "",
      due_on: dueOn,
      note: note.trim(),
    });
  return (
    <Frame {...props} ready={ready} send={send} tried={setTried}>
      {head.kind === "report" && <p class="soft">{t("step.refer.report")}</p>}
      <Select
        label={t("step.office")}
        value={office}
        none={t("step.none")}
        options={offices}
        error={missing(tried && office === "")}
        choose={setOffice}
      />
      {office === "village" && <p class="soft">{t("step.office.village")}</p>}
      {office === "supervisor" && <p class="soft">{t("step.office.supervisor")}</p>}
      {named && (
        <Input
          label={t("step.name")}
          help={t("step.name.help")}
          value={name}
          maxLength={60}
          onInput={setName}
          error={tried && name.trim() === "" ? t("step.name.missing") : null}
        />
      )}
      <Input
        label={t("step.due_on")}
        help={t("step.due_on.help", { day: longDay(last, language.value) })}
        type="date"
        value={dueOn}
        min={today}
        max={last}
        onInput={setDueOn}
        error={tried && dueOn === "" ? t("step.due_on.missing") : null}
      />
      <Input
        label={t("step.note")}
        help={t("step.note.help")}
        value={note}
        rows={3}
        onInput={setNote}
        error={unsaid(tried && note.trim() === "", "step.note")}
      />
    </Frame>
  );
}

function EndReferral(props: StepProps) {
  const outcome = props.step === "report" ? "reported" : "taken_back";
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const send = (): Promise<void> =>
    api.endReferral(props.page.head.id, props.etag, { outcome, words: words.trim() });
  return (
    <Frame {...props} ready={words.trim() !== ""} send={send} tried={setTried}>
      <Input
        label={t(`step.${outcome}.words`)}
        help={t(`step.${outcome}.help`)}
        value={words}
        rows={5}
        onInput={setWords}
        error={unsaid(
          tried && words.trim() === "",
          outcome === "reported" ? "step.reported" : "asked.reason",
        )}
      />
    </Frame>
  );
}

function Extend(props: StepProps) {
  const { head, handling } = props.page;
  const most = handling.choices.most_extension;
  const [days, setDays] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const n = /^\d{1,3}$/.test(days.trim()) ? Number(days.trim()) : 0;
  const fits = n >= 1 && n <= most;
  const send = (): Promise<void> =>
    api.extendInquiry(head.id, props.etag, { days: n, reason: reason.trim() });
  return (
    <Frame {...props} ready={fits && reason.trim() !== ""} send={send} tried={setTried}>
      <p class="soft">{t("step.extend.note", { day: longDay(head.due.on, language.value) })}</p>
      <Input
        label={t("step.days")}
        help={t("step.days.help", {
          most,
          unit: t(`step.unit.${handling.choices.extension_unit}`),
        })}
        value={days}
        maxLength={3}
        onInput={setDays}
        error={tried && !fits ? t("step.days.wrong", { most, days: days.trim() || "—" }) : null}
      />
      <Input
        label={t("step.extend.reason")}
        help={t("step.extend.help")}
        value={reason}
        rows={3}
        onInput={setReason}
        error={unsaid(tried && reason.trim() === "", "asked.reason")}
      />
    </Frame>
  );
}
