import { useState } from "preact/hooks";
import { askOverride, changeContent } from "../../acts/drafting";
import { type Finding, REFUSED, REFUSED_BEFORE, soft, twoSides } from "../../core/findings";
import type { Form } from "../../core/form";
import { formatFen } from "../../core/money";
import { valueAt, withValue } from "../../core/pointers";
import { language, say, t } from "../../messages";
import { Input, StatusChip } from "../pieces";
import { usePart, useValueAt } from "./part";

/** The field of a form in which a break is explained; its words are published with the account. */
function explanationPlace(form: Form): string | null {
  const fields = form.steps.flatMap((step) => step.fields);
  return fields.find((field) => field.pointer.endsWith("explanation"))?.pointer ?? null;
}

/** Go to the form's own field for it; on another step the words are asked for right here. */
function explain(place: string, here: () => void): void {
  const field = document.querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (field === null) here();
  else field.focus();
}

interface Taking {
  /** Put the offered text where it belongs; without this it belongs into the content. */
  take?: ((text: string) => void) | undefined;
}

/** A finding under the field that causes it: both numbers, the difference in words, and two ways out. */
export function FindingBox({ finding, id, take }: { finding: Finding; id?: string } & Taking) {
  const form = usePart((draft) => draft.form);
  const here = useValueAt(finding.pointer);
  const place = form && finding.explainable ? explanationPlace(form.form) : null;
  const explained = usePart((draft) => place && valueAt(draft.content, place), [place]);
  const atOnce = usePart((draft) => draft.publish.when === "at_once");
  const [writing, setWriting] = useState(false);
  const words = language.value === "en" ? finding.message.en : finding.message.zh;
  const sides = twoSides(words);
  const { expected, actual } = finding;
  if (!form) return null;
  const typedHere = actual !== null && here === actual;
  const computed = form.form.steps.some((step) =>
    step.fields.some((field) => field.pointer === finding.pointer && field.computed !== undefined),
  );
  const gap = expected !== null && actual !== null ? formatFen(Math.abs(expected - actual)) : "";
  const reason = place ? String(explained ?? "") : "";
  // Where nobody reviews there is no second person to ask.
  const asks = soft(finding) && form.review_required !== false && !atOnce;
  const refused = finding.check === REFUSED || finding.check === REFUSED_BEFORE;
  const grave = finding.severity === "blocking" || refused;
  return (
    <fieldset class={grave ? "find grave" : "find"} aria-label={t("find.name")} id={id}>
      <StatusChip icon={grave ? "act" : "late"} tone={grave ? "missing" : "late"}>
        {refused
          ? t("find.refused")
          : sides
            ? t("find.gap", { gap })
            : grave
              ? t("find.blocking")
              : t(finding.override ? "find.asked" : "find.warning")}
      </StatusChip>
      {sides && !refused ? (
        <div class="sides">
          <p>
            <small>{sides[0].name}</small>
            <b>{sides[0].amount}</b>
          </p>
          <p class="ne">
            <span aria-hidden="true">≠</span>
            <span class="vh">{t("find.unequal")}</span>
          </p>
          <p>
            <small>{sides[1].name}</small>
            <b>{sides[1].amount}</b>
          </p>
        </div>
      ) : (
        <p class="words">{words}</p>
      )}
      <p class="fix">
        {expected !== null && typedHere && !computed && (
          <button
            type="button"
            class="link"
            onClick={() =>
              changeContent((content) => withValue(content, finding.pointer, expected))
            }
          >
            {t("find.take", { amount: formatFen(expected) })}
          </button>
        )}
        {finding.offer != null && (
          <button
            type="button"
            class="link"
            onClick={() => (take ?? takeIntoContent(finding.pointer))(finding.offer ?? "")}
          >
            {finding.offer === ""
              ? t("find.clear")
              : t("find.masked", { text: shortened(finding.offer) })}
          </button>
        )}
        {asks && finding.override == null && (
          <button type="button" class="link" onClick={() => askOverride(finding, "")}>
            {t("find.override")}
          </button>
        )}
        {place && !writing && reason === "" && (
          <button type="button" class="link" onClick={() => explain(place, () => setWriting(true))}>
            {t("find.explain")}
          </button>
        )}
      </p>
      {asks && finding.override != null && (
        <>
          <Input
            label={t("find.override.reason")}
            help={t("find.override.help")}
            value={finding.override}
            rows={2}
            onInput={(text) => askOverride(finding, text)}
          />
          <p class="fix">
            <button type="button" class="link" onClick={() => askOverride(finding, null)}>
              {t("find.override.drop")}
            </button>
          </p>
        </>
      )}
      {place && writing && (
        <Input
          label={t("find.reason")}
          help={t("find.reason.help")}
          value={reason}
          rows={2}
          onInput={(text) =>
            changeContent((content) => withValue(content, place, text === "" ? undefined : text))
          }
        />
      )}
    </fieldset>
  );
}

const takeIntoContent = (pointer: string) => (text: string) =>
  changeContent((content) => withValue(content, pointer, text === "" ? undefined : text));

const shortened = (text: string): string =>
  [...text].length > 16 ? `${[...text].slice(0, 15).join("")}…` : text;

/** Findings of one place, one under the other. */
export function FindingsHere({
  findings,
  id,
  take,
}: { findings: readonly Finding[]; id?: string } & Taking) {
  return (
    <>
      {findings.map((finding, n) => (
        <FindingBox
          key={`${finding.check} ${say(finding.message)}`}
          finding={finding}
          take={take}
          {...(id && n === 0 ? { id } : {})}
        />
      ))}
    </>
  );
}
