/** Asking for an exemption or another deadline: for one obligation, or for a category or everything over a span. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { periodsSpan } from "../../core/exemptions";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/exempting";
import * as inspecting from "../../net/inspecting";
import { categories } from "../../net/questions";
import type { GridCell, GridRow } from "../../net/shapes";
import { Choice, FormDialog } from "../people/parts";
import { Input, useAnswer } from "../pieces";

interface Props {
  /** The obligation it is about; none: a place, a category and a span are chosen. */
  about?: { row: GridRow; cell: GridCell };
  close: () => void;
  done: () => void;
}

type Kind = "exempt" | "deadline";

export function AskExemption({ about, close, done }: Props) {
  const who = actor.value;
  const today = dayAt(Date.now());
  const quarter = periodsSpan(today);
  const [id] = useState(newId);
  const [kind, setKind] = useState<Kind>("exempt");
  const [due, setDue] = useState("");
  const [place, setPlace] = useState(who?.division ?? "");
  const [category, setCategory] = useState("");
  const [first, setFirst] = useState(quarter.first);
  const [last, setLast] = useState(quarter.last);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  // A village that was closed: nobody can post by a later day, and whoever lifts one item mostly means all of them.
  const gone = about?.row.last_day ?? null;
  const [every, setEvery] = useState<"one" | "all">("one");
  const noDay = kind === "deadline" && (due === "" || due < today);
  const backwards = first === "" || last === "" || last < first;
  const send = async (): Promise<void> => {
    setTried(true);
    if (reason.trim() === "" || noDay || (!about && backwards)) return;
    const { span, one } = about
      ? aboutOne(about.row, about.cell, every === "all")
      : {
          span: { valid_from: first, valid_to: last },
          one: { division: place, ...(category === "" ? {} : { category }) },
        };
    const day = kind === "deadline" ? { due_on: due } : {};
    await api.ask({ id, ...one, ...span, ...day, reason: reason.trim() });
    done();
  };
  return (
    <FormDialog title={t("ask.exempt.title")} words={t("ask.exempt.go")} close={close} send={send}>
      {about ? (
        <p>{t(gone ? "ask.exempt.closed" : "ask.exempt.one", { village: about.row.name })}</p>
      ) : (
        <Where place={place} setPlace={setPlace} category={category} setCategory={setCategory} />
      )}
      {!about && (
        <>
          <Input
            label={t("ask.exempt.first")}
            type="date"
            value={first}
            onInput={setFirst}
            required
          />
          <Input
            label={t("ask.exempt.last")}
            type="date"
            value={last}
            onInput={setLast}
            required
            error={tried && backwards ? t("ask.exempt.backwards") : null}
          />
        </>
      )}
      {gone ? (
        <Choice
          label={t("ask.exempt.closed.what")}
          value={every}
          options={(["one", "all"] as const).map((value) => ({
            value,
            words: t(`ask.exempt.closed.${value}`),
          }))}
          choose={setEvery}
        />
      ) : (
        <Choice
          label={t("ask.exempt.kind")}
          value={kind}
          options={(["exempt", "deadline"] as const).map((value) => ({
            value,
            words: t(`ask.exempt.kind.${value}`),
          }))}
          choose={setKind}
        />
      )}
      {kind === "deadline" && (
        <Input
          label={t("ask.exempt.due")}
          type="date"
          min={today}
          value={due}
          onInput={setDue}
          error={tried && noDay ? t("ask.exempt.due.missing") : null}
        />
      )}
      <Input
        label={t("ask.exempt.why")}
        help={t("ask.exempt.note")}
        value={reason}
        rows={3}
        onInput={setReason}
        error={tried && reason.trim() === "" ? t("exemptions.missing") : null}
      />
    </FormDialog>
  );
}

/** One obligation, or everything of its village. A named period's days only have to be around it. */
function aboutOne(row: GridRow, cell: GridCell, every: boolean) {
  const { division } = row;
  if (every && row.last_day) return { span: { valid_to: row.last_day }, one: { division } };
  const { category, period, due_on } = cell;
  return {
    span: { valid_from: "1970-01-01", valid_to: due_on },
    one: { division, category, period },
  };
}

/** Where, and what: one's own place with all its villages or one of them; one category or every one. */
function Where(props: {
  place: string;
  setPlace: (code: string) => void;
  category: string;
  setCategory: (key: string) => void;
}) {
  const who = actor.value;
  const own = who?.division ?? "";
  const places = useAnswer(inspecting.orderingChoices, `ordering ${own}`);
  const kinds = useAnswer(() => categories(own), `categories ${own} ${language.value}`);
  return (
    <>
      <Choice
        label={t("ask.exempt.where")}
        value={props.place}
        options={[
          { value: own, words: t("ask.exempt.whole", { place: placed(who?.division_name ?? "") }) },
          ...(places.answer?.villages ?? []).map(({ code, name }) => ({
            value: code,
            words: name,
          })),
        ]}
        choose={props.setPlace}
      />
      <Choice
        label={t("ask.exempt.what")}
        value={props.category}
        options={[
          { value: "", words: t("ask.exempt.every") },
          ...(kinds.answer?.items ?? []).map((one) => ({ value: one.key, words: say(one.name) })),
        ]}
        choose={props.setCategory}
      />
    </>
  );
}
