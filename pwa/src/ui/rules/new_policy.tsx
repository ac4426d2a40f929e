/** A new policy: as a small form over the values that counties change, or as a file; then the look at what it changes. */
import { useId, useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { addDays, dayAt } from "../../core/dates";
import { type PolicyForm, policyDocument, policyName } from "../../core/ruling";
import { placed, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { PolicyList, PolicyText, Preview } from "../../net/ruling";
import { Icon } from "../icons";
import { Choice, useNeeded } from "../people/parts";
import { Input, useAnswer } from "../pieces";
import { PreviewPolicy } from "./preview";

interface Props {
  list: PolicyList;
  close: () => void;
  done: (list: PolicyList, preview: Preview) => void;
}

const EMPTY: Omit<PolicyForm, "division" | "first"> = {
  title: "",
  last: "",
  about: "cadence:quarterly",
  due: "same",
  dueNumber: "",
  dueUnit: "calendar",
  shown: "",
  shownUnit: "calendar",
  kept: "same",
  keptNumber: "",
  review: "same",
  reply: "",
  replyUnit: "calendar",
  excellent: "",
  good: "",
  passing: "",
  basis: "",
  article: "",
};

export function NewPolicy({ list, close, done }: Props) {
  const [id] = useState(newId);
  const [form, setForm] = useState<PolicyForm>({
    ...EMPTY,
    division: list.division,
    first: addDays(dayAt(Date.now()), 1),
  });
  const [draft, setDraft] = useState<PolicyText | null>(null);
  if (draft !== null) {
    return (
      <PreviewPolicy
        draft={draft}
        list={list}
        change={setDraft}
        back={() => setDraft(null)}
        done={done}
      />
    );
  }
  return (
    <>
      <Upload take={(text, file) => setDraft({ text, file, ends: [] })} />
      <Filling
        list={list}
        form={form}
        set={(part) => setForm((before) => ({ ...before, ...part }))}
        close={close}
        next={() =>
          setDraft({
            text: JSON.stringify(policyDocument(form, policyName(form, id)), null, 2),
            file: "",
            ends: [],
          })
        }
      />
    </>
  );
}

function Upload({ take }: { take: (text: string, file: string) => void }) {
  const id = useId();
  return (
    <div class="taker">
      <label class="btn" for={id}>
        <Icon name="up" />
        {t("policies.upload")}
        <input
          id={id}
          class="vh"
          type="file"
          accept=".json,application/json"
          aria-describedby={`${id}-h`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void file.text().then((text) => take(text, file.name.slice(0, 120)));
            event.currentTarget.value = "";
          }}
        />
      </label>
      <p class="help" id={`${id}-h`}>
        {t("policies.upload.help")}
      </p>
    </div>
  );
}

interface FillingProps {
  list: PolicyList;
  form: PolicyForm;
  set: (part: Partial<PolicyForm>) => void;
  close: () => void;
  next: () => void;
}

const CADENCES = ["monthly", "quarterly", "half_yearly", "yearly", "event"] as const;
const REVIEWS = ["reviewer", "supervisor", "township", "both", "none"] as const;

function Filling({ list, form, set, close, next }: FillingProps) {
  const [tryIt, needed] = useNeeded();
  const below = useAnswer(() => api.divisionPage(list.division), `division ${list.division}`);
  const known = useAnswer(api.everyCategory, "every category");
  const places = below.answer
    ? [below.answer.division, ...below.answer.children]
    : [{ code: list.division, name: placed(list.division_name) }];
  const abouts = [
    { value: "*", words: t("policies.everything") },
    ...CADENCES.map((one) => ({ value: `cadence:${one}`, words: t(`cadence.${one}`) })),
    ...(known.answer?.items ?? []).map((one) => ({ value: one.key, words: say(one.name) })),
  ];
  const submit = (event: Event): void => {
    event.preventDefault();
    tryIt();
    if (form.title.trim() !== "") next();
  };
  return (
    <form class="form" onSubmit={submit}>
      <h2>{t("policies.form")}</h2>
      <Input
        label={t("policies.name")}
        help={t("policies.name.help")}
        value={form.title}
        onInput={(title) => set({ title })}
        error={needed(form.title)}
        maxLength={120}
      />
      <Choice
        label={t("policies.place")}
        value={form.division}
        options={places.map((place) => ({ value: place.code, words: place.name }))}
        choose={(division) => set({ division })}
      />
      <div class="two-fields">
        <Input
          label={t("policies.first")}
          help={t("policies.first.help")}
          type="date"
          value={form.first}
          min={addDays(dayAt(Date.now()), 1)}
          onInput={(first) => set({ first })}
          required
        />
        <Input
          label={t("policies.last")}
          type="date"
          value={form.last}
          onInput={(last) => set({ last })}
        />
      </div>
      <Choice
        label={t("policies.about")}
        value={form.about}
        options={abouts}
        choose={(about) => set({ about })}
      />
      <Due form={form} set={set} />
      <div class="two-fields">
        <Input label={t("policies.shown")} value={form.shown} onInput={(shown) => set({ shown })} />
        {form.shown !== "" && (
          <UnitOf value={form.shownUnit} choose={(shownUnit) => set({ shownUnit })} />
        )}
      </div>
      <Kept form={form} set={set} />
      <Choice
        label={t("policies.review")}
        value={form.review}
        options={[
          { value: "same" as const, words: t("policies.same") },
          ...REVIEWS.map((one) => ({ value: one, words: t(`policies.review.${one}`) })),
        ]}
        choose={(review) => set({ review })}
      />
      <More form={form} set={set} />
      <div class="two-fields">
        <Input
          label={t("policies.basis.title")}
          value={form.basis}
          onInput={(basis) => set({ basis })}
          maxLength={200}
        />
        <Input
          label={t("policies.basis.article")}
          value={form.article}
          onInput={(article) => set({ article })}
          maxLength={60}
        />
      </div>
      <p class="pair">
        <button type="button" class="btn" onClick={close}>
          {t("cancel")}
        </button>
        <button type="submit" class="btn main">
          {t("policies.next")}
        </button>
      </p>
    </form>
  );
}

type PartProps = Pick<FillingProps, "form" | "set">;

function Due({ form, set }: PartProps) {
  return (
    <div class="two-fields">
      <Choice
        label={t("policies.due")}
        value={form.due}
        options={[
          { value: "same" as const, words: t("policies.same") },
          { value: "day_of_month" as const, words: t("policies.due.month") },
          { value: "days_after" as const, words: t("policies.due.after") },
        ]}
        choose={(due) => set({ due })}
      />
      {form.due !== "same" && (
        <Input
          label={t(form.due === "day_of_month" ? "policies.due.day" : "policies.due.days")}
          value={form.dueNumber}
          onInput={(dueNumber) => set({ dueNumber })}
          required
        />
      )}
      {form.due === "days_after" && (
        <UnitOf value={form.dueUnit} choose={(dueUnit) => set({ dueUnit })} />
      )}
    </div>
  );
}

const TERMS = ["same", "months", "days", "forever"] as const;

function Kept({ form, set }: PartProps) {
  const { kept } = form;
  return (
    <div class="two-fields">
      <Choice
        label={t("policies.kept")}
        value={kept}
        options={TERMS.map((one) => ({
          value: one,
          words: t(one === "same" ? "policies.same" : `policies.kept.${one}`),
        }))}
        choose={(chosen) => set({ kept: chosen })}
      />
      {(kept === "months" || kept === "days") && (
        <Input
          label={t(`policies.kept.${kept}.n`)}
          help={t("policies.kept.help")}
          value={form.keptNumber}
          onInput={(keptNumber) => set({ keptNumber })}
          required
        />
      )}
    </div>
  );
}

function More({ form, set }: PartProps) {
  return (
    <details class="raw">
      <summary>{t("policies.more")}</summary>
      <div class="two-fields">
        <Input label={t("policies.reply")} value={form.reply} onInput={(reply) => set({ reply })} />
        {form.reply !== "" && (
          <UnitOf value={form.replyUnit} choose={(replyUnit) => set({ replyUnit })} />
        )}
      </div>
      <div class="two-fields">
        <Input
          label={t("policies.excellent")}
          value={form.excellent}
          onInput={(excellent) => set({ excellent })}
        />
        <Input label={t("policies.good")} value={form.good} onInput={(good) => set({ good })} />
        <Input
          label={t("policies.passing")}
          value={form.passing}
          onInput={(passing) => set({ passing })}
        />
      </div>
    </details>
  );
}

function UnitOf(props: {
  value: PolicyForm["dueUnit"];
  choose: (unit: PolicyForm["dueUnit"]) => void;
}) {
  return (
    <Choice
      label={t("policies.unit")}
      value={props.value}
      options={[
        { value: "calendar" as const, words: t("policies.calendar") },
        { value: "working" as const, words: t("policies.working") },
      ]}
      choose={props.choose}
    />
  );
}
