/** One field of a form, whatever its widget; everything is drawn from form.json. */
import { useId } from "preact/hooks";
import { changeContent, typeContent } from "../../acts/drafting";
import { type Finding, findingsAt } from "../../core/findings";
import type { Field } from "../../core/form";
import { formatFen } from "../../core/money";
import { parsePeriod } from "../../core/periods";
import { type Json, join, valueAt, withValue } from "../../core/pointers";
import { say, t } from "../../messages";
import { FindingsHere } from "./finding";
import { Lines } from "./lines";
import { MoneyField } from "./money_field";
import { usePart, useValueAt } from "./part";
import { VoucherPhotos } from "./photos";

export interface FieldProps {
  field: Field;
  /** Where the field's own pointer starts: "" in a step, the row's pointer in a list. */
  base: string;
  findings: readonly Finding[];
}

export function FormField({ field, base, findings }: FieldProps) {
  const id = useId();
  const pointer = join(base, field.pointer);
  const value = useValueAt(pointer);
  const previous = usePart((draft) => draft.form.previous);
  const here = findingsAt(findings, pointer);
  const set = (next: Json | undefined): void =>
    changeContent((content) => withValue(content, pointer, next));
  const type = (next: Json | undefined): void =>
    typeContent((content) => withValue(content, pointer, next));
  const found = <FindingsHere findings={here} id={`${id}-f`} />;
  const described = here.length > 0 ? `${id}-f` : undefined;
  const label = say(field.label);
  const help = field.help ? say(field.help) : undefined;

  if (field.widget === "lines" || field.widget === "rows") {
    return <Lines field={field} base={base} findings={findings} />;
  }
  if (field.widget === "photos") {
    return <VoucherPhotos pointer={pointer} label={label} help={help} />;
  }
  if (field.computed) {
    return (
      <>
        <div class={here.length > 0 ? "fld sum bad" : "fld sum"}>
          <span id={`${id}-l`}>{label}</span>
          <output aria-labelledby={`${id}-l`} aria-describedby={described}>
            {typeof value !== "number" ? "—" : field.widget === "int" ? value : formatFen(value)}
          </output>
        </div>
        {found}
      </>
    );
  }
  if (field.widget === "money") {
    // What stands there because the last period ended with it says so, for as long as it is that amount.
    const before = field.carry ? valueAt(previous ?? {}, field.carry.from) : undefined;
    const taken = typeof value === "number" && value === before ? t("money.carried") : undefined;
    return (
      <>
        <MoneyField
          label={label}
          value={typeof value === "number" ? value : null}
          onChange={(fen) => type(fen ?? undefined)}
          describedBy={described}
          bad={here.length > 0}
          note={taken}
          {...(help ? { help } : {})}
        />
        {found}
      </>
    );
  }
  if (field.widget === "checkbox") {
    return (
      <>
        <label class="tick">
          <input
            type="checkbox"
            checked={value === true}
            aria-describedby={described}
            onChange={(event) => set(event.currentTarget.checked ? true : undefined)}
          />
          <span>
            {label}
            {help && <small>{help}</small>}
          </span>
        </label>
        {found}
      </>
    );
  }
  return (
    <>
      <div class={here.length > 0 ? "field bad" : "field"}>
        <label for={id}>
          {label}
          {!field.required && <small>{t("post.optional")}</small>}
        </label>
        {help && (
          <p class="help" id={`${id}-h`}>
            {help}
          </p>
        )}
        <Control
          id={id}
          place={pointer}
          field={field}
          value={value}
          set={set}
          type={type}
          describedBy={[described, help ? `${id}-h` : ""].filter(Boolean).join(" ") || undefined}
          bad={here.length > 0}
        />
      </div>
      {found}
    </>
  );
}

interface ControlProps {
  id: string;
  place: string;
  field: Field;
  value: Json | undefined;
  /** What was chosen; and what was typed, which the field shows by itself. */
  set: (value: Json | undefined) => void;
  type: (value: Json | undefined) => void;
  describedBy: string | undefined;
  bad: boolean;
}

function Control({ id, place, field, value, set, type, describedBy, bad }: ControlProps) {
  const common = {
    id,
    "data-place": place,
    "aria-describedby": describedBy,
    "aria-invalid": bad || undefined,
  };
  const period = parsePeriod(usePart((draft) => draft.period) ?? "");
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (field.widget === "choice") {
    return (
      <select
        {...common}
        value={typeof value === "boolean" ? String(value) : text}
        onChange={(event) =>
          set(
            field.options?.find((option) => String(option.value) === event.currentTarget.value)
              ?.value,
          )
        }
      >
        <option value="">{t("post.choose")}</option>
        {(field.options ?? []).map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {say(option.label)}
          </option>
        ))}
      </select>
    );
  }
  if (field.widget === "longtext") {
    return (
      <textarea
        {...common}
        rows={3}
        value={text}
        onInput={(event) => type(event.currentTarget.value || undefined)}
      />
    );
  }
  if (field.widget === "month") {
    return (
      <input
        {...common}
        type="month"
        value={text}
        onInput={(event) => set(event.currentTarget.value || undefined)}
      />
    );
  }
  if (field.widget === "date") {
    // Entries belong to the period; the field offers only its days, the check says why another one is odd.
    const inPeriod =
      /\/entries\//.test(field.pointer) || field.pointer === "/date" || field.pointer === "date";
    const range =
      inPeriod && period?.start && period.end ? { min: period.start, max: period.end } : {};
    return (
      <input
        {...common}
        {...range}
        type="date"
        value={text}
        onInput={(event) => set(event.currentTarget.value || undefined)}
      />
    );
  }
  if (field.widget === "int") {
    return (
      <input
        {...common}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={text}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/[^\d]/g, "").slice(0, 9);
          event.currentTarget.value = digits;
          type(digits === "" ? undefined : Number(digits));
        }}
      />
    );
  }
  const offered = field.suggestions ?? [];
  return (
    <>
      <input
        {...common}
        type="text"
        autocomplete="off"
        list={offered.length > 0 ? `${id}-s` : undefined}
        value={text}
        onInput={(event) => type(event.currentTarget.value || undefined)}
      />
      {offered.length > 0 && (
        <datalist id={`${id}-s`}>
          {offered.map((words) => (
            <option key={words.zh} value={say(words)} />
          ))}
        </datalist>
      )}
    </>
  );
}
