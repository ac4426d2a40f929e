/** Asking for an exemption or another deadline: for one obligation, or for a category or everything over a span. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { periodsSpan } from "../../core/exemptions";
import { language, say, t } from "../../messages";
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
  const noDay = kind === "deadline" && (due === "" || due < today);
  const backwards = first === "" || last === "" || last < first;
  const send = async (): Promise<void> => {
    setTried(true);
    if (reason.trim() === "" || noDay || (!about && backwards)) return;
    const span = about ? spanOf(about.cell) : { valid_from: first, valid_to: last };
    const one = about
      ? { division: about.row.division, category: about.cell.category, period: about.cell.period }
      : { division: place, ...(category === "" ? {} : { category }) };
    const day = kind === "deadline" ? { due_on: due } : {};
    await api.ask({ id, ...one, ...span, ...day, reason: reason.trim() });
    done();
  };
  return (
    <FormDialog title={t("ask.exempt.title")} words={t("ask.exempt.go")} close={close} send={send}>
      {about ? (
        <p>{t("ask.exempt.one", { village: about.row.name })}</p>
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
      <Choice
        label={t("ask.exempt.kind")}
        value={kind}
        options={(["exempt", "deadline"] as const).map((value) => ({
          value,
          words: t(`ask.exempt.kind.${value}`),
        }))}
        choose={setKind}
      />
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

/** The span that holds one obligation: its period is named, so the days only have to be around it. */
function spanOf(cell: GridCell): { valid_from: string; valid_to: string } {
  return { valid_from: "1970-01-01", valid_to: cell.due_on };
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
          { value: own, words: t("ask.exempt.whole", { place: who?.division_name ?? "" }) },
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
