/** When villagers may read it: once approved, on the county's common day, or at a chosen moment; and until when. */
import { change, current } from "../../acts/drafting";
import { addDays, clockAt, dayAt, daysBetween, momentOf, shortDay } from "../../core/dates";
import { type Finding, findingsAt } from "../../core/findings";
import type { Draft } from "../../keep/drafts";
import { days, language, say, t } from "../../messages";
import { Input } from "../pieces";
import { FindingsHere } from "./finding";

const MORNING = "08:00";

interface Props {
  /** Sending was tried without the reason. */
  missing: boolean;
  findings: readonly Finding[];
}

export function When({ missing, findings }: Props) {
  const draft = current.value;
  if (!draft) return null;
  const { publish } = draft;
  const chosen = publish.at ? Date.parse(publish.at) : Number.NaN;
  const today = dayAt(Date.now());
  const day = Number.isFinite(chosen) ? dayAt(chosen) : addDays(today, 1);
  const time = Number.isFinite(chosen) ? clockAt(chosen).padStart(5, "0") : MORNING;
  const common = draft.form.common_day_on ?? null;
  const commonAt = common ? momentOf(common, MORNING) : null;
  // Its morning may be over already.
  const offered = commonAt !== null && Date.parse(commonAt) > Date.now() ? commonAt : null;
  const onCommon = offered !== null && publish.when === "at" && publish.at === offered;
  // Its end, and why it could not wait, are there again when the choice comes back.
  const { at: _at, ...kept } = publish;
  const set = (next: Draft["publish"]): void => change({ publish: { ...kept, ...next } });
  const at = (newDay: string, newTime: string): void => {
    if (newDay && newTime) set({ when: "at", at: momentOf(newDay, newTime) });
  };
  return (
    <section>
      <fieldset class="choices">
        <legend class="grp-legend">{t("when.title")}</legend>
        <label class="tick">
          <input
            type="radio"
            name="when"
            checked={publish.when === "on_approval"}
            onChange={() => set({ when: "on_approval" })}
          />
          <span>{draft.form.review_required === false ? t("when.now") : t("when.approval")}</span>
        </label>
        {offered !== null && common !== null && (
          <label class="tick">
            <input
              type="radio"
              name="when"
              checked={onCommon}
              onChange={() => set({ when: "at", at: offered })}
            />
            <span>
              {t("when.common", { day: shortDay(common, language.value) })}
              <small>{t("when.common.help")}</small>
            </span>
          </label>
        )}
        <label class="tick">
          <input
            type="radio"
            name="when"
            checked={publish.when === "at" && !onCommon}
            onChange={() => at(onCommon ? addDays(today, 1) : day, time)}
          />
          <span>
            {t("when.at")}
            <small>{t("when.at.help")}</small>
          </span>
        </label>
        {publish.when === "at" && !onCommon && (
          <div class="pair">
            <Input
              label={t("when.day")}
              type="date"
              value={day}
              min={today}
              onInput={(value) => at(value, time)}
            />
            <Input
              label={t("when.time")}
              type="time"
              value={time}
              onInput={(value) => at(day, value)}
            />
          </div>
        )}
        <AtOnce missing={missing} findings={findings} />
        {publish.when === "at" && draft.dueOn && day > draft.dueOn && (
          <p class="help" role="status">
            {t("when.late", {
              day: shortDay(draft.dueOn, language.value),
              days: days(daysBetween(draft.dueOn, day)),
            })}
          </p>
        )}
      </fieldset>
      {draft.form.display?.until === "fixed" && <Until draft={draft} />}
    </section>
  );
}

/** What cannot wait: where the rule lets it be published before its review, and why it could not wait. */
function AtOnce({ missing, findings }: Props) {
  const draft = current.value;
  const rule = draft?.form.urgent;
  if (!draft || !rule || draft.corrects !== null) return null;
  const { at: _at, ...rest } = draft.publish;
  const chosen = draft.publish.when === "at_once";
  const why = (reason: string): void => change({ publish: { ...rest, when: "at_once", reason } });
  return (
    <>
      <label class="tick">
        <input
          type="radio"
          name="when"
          checked={chosen}
          onChange={() => why(draft.publish.reason ?? "")}
        />
        <span>
          {t("when.urgent")}
          <small>{t("when.urgent.help", { days: rule.workdays })}</small>
        </span>
      </label>
      {chosen && (
        <div id="urgent">
          <p class="help">{t("when.urgent.rule", { rule: say(rule.source) })}</p>
          <Input
            label={t("when.urgent.why")}
            help={t("when.urgent.why.help")}
            value={draft.publish.reason ?? ""}
            rows={2}
            required
            error={missing ? t("when.urgent.missing") : null}
            onInput={why}
          />
          <FindingsHere findings={findingsAt(findings, "/publish/reason")} take={why} />
        </div>
      )}
    </>
  );
}

/** The end of a display that ends by itself: later than the rule says, never sooner. */
function Until({ draft }: { draft: Draft }) {
  const { until, ...rest } = draft.publish;
  // The end is the midnight after the last day.
  const last = until ? addDays(dayAt(Date.parse(until)), -1) : "";
  return (
    <Input
      label={t("when.until")}
      help={t("when.until.help")}
      type="date"
      value={last}
      min={dayAt(Date.now())}
      onInput={(value) =>
        change({
          publish: value ? { ...rest, until: momentOf(addDays(value, 1), "00:00") } : rest,
        })
      }
    />
  );
}
