/** Small pieces that several screens share: states of waiting and failing, dialogs, fields. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { firstSentence } from "../core/sentences";
import { say, t } from "../messages";
import { NeverSeen, Problem } from "../net/client";
import { Icon, type IconName } from "./icons";

export type Tone = "ok" | "late" | "missing" | "up" | "ink";

/** Shape + word + colour: none of them alone. */
export function StatusChip({
  icon,
  tone,
  long = false,
  children,
}: {
  icon: IconName;
  tone: Tone;
  /** A sentence that may take two lines. */
  long?: boolean;
  children: ComponentChildren;
}) {
  return (
    <span class={long ? `st ${tone} long` : `st ${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}

/** Lines where words will be; nothing for the first third of a second, so that a fast answer does not flicker. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div class="skeleton" role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_line, n) => (
        <i key={n} />
      ))}
    </div>
  );
}

/** An empty or failed place: what it means and the next step. */
export function Notice(props: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
  live?: boolean;
}) {
  return (
    <div class="notice" role={props.live ? "alert" : undefined}>
      <Icon name={props.icon} />
      <div>
        <p class="lead">{props.title}</p>
        {props.children}
      </div>
    </div>
  );
}

/** What a failure means to a person: the server's own words, or that it was not reached. */
export function problemWords(error: unknown): string {
  if (error instanceof Problem) {
    // The server says what there is not, and sends villagers to their village's page.
    if (error.slug === "not-found") return firstSentence(say(error.detail)) + t("missing.here");
    const whole = say(error.detail) || say(error.title);
    // A refusal about one place often says it all; the place's own words would say it twice.
    const places = error.errors.map((e) => say(e.detail)).filter((words) => !whole.includes(words));
    return [whole, ...places.slice(0, 3)].join(" ");
  }
  return t(error instanceof NeverSeen ? "offline.never" : "offline.note");
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const refused = error instanceof Problem;
  const forbidden = refused && error.status === 403;
  const missing = refused && error.slug === "not-found";
  const title = forbidden
    ? t("forbidden.title")
    : missing
      ? t("missing.what")
      : refused
        ? t("problem.title")
        : t("offline.title");
  return (
    <Notice icon={forbidden ? "lock" : refused ? "act" : "noSignal"} title={title} live>
      <p>{problemWords(error)}</p>
      {forbidden || missing ? (
        <a class="btn" href="/app">
          {t("home")}
        </a>
      ) : (
        retry && (
          <button type="button" class="btn" onClick={retry}>
            {t("retry")}
          </button>
        )
      )}
    </Notice>
  );
}

/** Load something when the screen opens or `key` changes; null while it is on its way. */
export function useAnswer<T>(
  ask: () => Promise<T>,
  key: string,
): { answer: T | null; error: unknown; again: () => void } {
  const [state, setState] = useState<{ key: string; answer: T | null; error: unknown }>({
    key,
    answer: null,
    error: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    ask().then(
      (answer) => here && setState({ key, answer, error: null }),
      (error: unknown) => here && setState({ key, answer: null, error }),
    );
    return () => {
      here = false;
    };
  }, [key, turn]);
  const fits = state.key === key;
  return {
    answer: fits ? state.answer : null,
    error: fits ? state.error : null,
    again: () => {
      setState({ key, answer: null, error: null });
      setTurn((n) => n + 1);
    },
  };
}

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** A drawer stands at the edge; a dialog in the middle. */
  kind?: "slide" | "dialog";
}

/** A modal. Escape and the close button both leave it; the focus goes back to where it was. */
export function Dialog({ title, onClose, children, kind = "dialog" }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // Unless what was chosen has put it somewhere else by now.
      const nowhere = document.activeElement === null || document.activeElement === document.body;
      if (nowhere && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={kind}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={name}>{title}</h2>
        <button type="button" class="tool" aria-label={t("close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}

interface InputProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  help?: string;
  error?: string | null;
  type?: "text" | "password" | "date" | "time";
  autocomplete?: "off" | "username" | "current-password" | "new-password" | "one-time-code";
  required?: boolean;
  rows?: number;
  min?: string;
  max?: string;
  name?: string;
  maxLength?: number;
  /** What is offered while one types; anything else may be typed too. */
  options?: readonly string[];
}

/** A labelled field with its help and its error, tied together for a screen reader. */
export function Input(props: InputProps) {
  const id = useId();
  const described = [props.help ? `${id}-h` : "", props.error ? `${id}-e` : ""].join(" ").trim();
  const common = {
    id,
    name: props.name,
    value: props.value,
    required: props.required,
    "aria-invalid": props.error ? true : undefined,
    "aria-describedby": described || undefined,
    onInput: (event: { currentTarget: { value: string } }) =>
      props.onInput(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.help && (
        <p class="help" id={`${id}-h`}>
          {props.help}
        </p>
      )}
      {props.rows ? (
        <textarea {...common} rows={props.rows} />
      ) : (
        <input
          {...common}
          // One field for four kinds: the attribute is right for each, the type knows only one at a time.
          type={(props.type ?? "text") as "text"}
          autocomplete={props.autocomplete ?? "off"}
          min={props.min}
          max={props.max}
          maxLength={props.maxLength}
          list={props.options ? `${id}-o` : undefined}
        />
      )}
      {props.options && (
        <datalist id={`${id}-o`}>
          {props.options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {props.error && (
        <p class="error" id={`${id}-e`}>
          <Icon name="act" />
          {props.error}
        </p>
      )}
    </div>
  );
}

interface PinProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  help?: string;
  name: string;
}

/** Four to six digits, hidden, with the number keys on the phone; never offered to the browser's password store. */
export function PinInput(props: PinProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.help && (
        <p class="help" id={`${id}-h`}>
          {props.help}
        </p>
      )}
      <input
        id={id}
        name={props.name}
        class="pin"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={6}
        value={props.value}
        aria-describedby={props.help ? `${id}-h` : undefined}
        onInput={(event) => props.onInput(event.currentTarget.value.replace(/[^0-9]/g, ""))}
      />
    </div>
  );
}
