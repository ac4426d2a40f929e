/** What the administrator's screens share: a list with its head, a form in a dialog, a question before something ends. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../../messages";
import { Problem } from "../../net/client";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Dialog, Failure, Notice, problemWords, Skeleton } from "../pieces";
import type { Place } from "../places";

/** A list as `useAnswer` loads it. */
interface Loaded<Line> {
  answer: { items: Line[] } | null;
  error: unknown;
  again: () => void;
}

interface ListProps<Line> {
  title: string;
  current: Place;
  /** What the button at the head makes, and what it opens; null: whoever sees the list adds nothing to it. */
  add: string | null;
  onAdd: () => void;
  /** What stands between the head and the list. */
  lead: ComponentChildren;
  /** What went wrong with one line. */
  error: unknown;
  list: Loaded<Line>;
  empty: ComponentChildren;
  children: (items: Line[]) => ComponentChildren;
  foot?: ComponentChildren;
  /** The dialogs that are open. */
  over: ComponentChildren;
}

export function ListDesk<Line>(props: ListProps<Line>) {
  const { title, current, add, onAdd, list } = props;
  return (
    <Desk title={title} current={current}>
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{title}</h1>
          {add !== null && (
            <div class="tools">
              <button type="button" class="btn main small" onClick={onAdd}>
                <Icon name="plus" />
                {add}
              </button>
            </div>
          )}
        </div>
        {props.lead}
        {props.error !== null && <Notice icon="act" title={problemWords(props.error)} live />}
        {list.error ? (
          <Failure error={list.error} retry={list.again} />
        ) : list.answer === null ? (
          <Skeleton lines={8} />
        ) : list.answer.items.length === 0 ? (
          props.empty
        ) : (
          props.children(list.answer.items)
        )}
        {props.foot}
      </div>
      {props.over}
    </Desk>
  );
}

interface FormProps {
  title: string;
  /** What the button says that sends it. */
  words: string;
  /** What the button says that does not; by default that it is cancelled. */
  cancel?: string;
  close: () => void;
  /** Leaves it instead of `close` when somebody changed meanwhile what stood here: reads that anew. */
  stale?: (() => void) | undefined;
  /** Sends it; what it throws is said in the dialog, which stays open with everything that was typed. */
  send: () => Promise<void>;
  children: ComponentChildren;
}

export function FormDialog({ title, words, cancel, close, stale, send, children }: FormProps) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setError(null);
    setBusy(true);
    try {
      await send();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const leave = error instanceof Problem && error.status === 412 ? (stale ?? close) : close;
  return (
    <Dialog title={title} onClose={leave}>
      <form onSubmit={(event) => void submit(event)}>
        {children}
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={leave}>
            {cancel ?? t("cancel")}
          </button>
          <button type="submit" class="btn main" disabled={busy}>
            {words}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** Whether a form was tried, and what a field that was left empty says then. */
export function useNeeded(): [() => void, (value: string) => string | null, boolean] {
  const [tried, setTried] = useState(false);
  return [
    () => setTried(true),
    (value) => (tried && value.trim() === "" ? t("accounts.needed") : null),
    tried,
  ];
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; words: string }[];
  choose: (value: Value) => void;
}

export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.choose(event.currentTarget.value as Value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}
