/** The last step: what is still missing, what does not fit, when it opens, how it will look, and sending. */
import { useState } from "preact/hooks";
import { change, current } from "../../acts/drafting";
import { knowsAll } from "../../core/checks";
import { addDays, clockAt, dayAt, momentOf } from "../../core/dates";
import { difference } from "../../core/difference";
import { type Finding, findingsAt } from "../../core/findings";
import { type Gap, placeName } from "../../core/form";
import { formatFen } from "../../core/money";
import type { Json } from "../../core/pointers";
import { language, say, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog, Input, StatusChip } from "../pieces";
import { FindingsHere } from "./finding";
import { Preview } from "./preview";

interface Props {
  gaps: Gap[];
  findings: Finding[];
  /** What the gate sees in captions and in the reason. */
  beside: Finding[];
  photoMissing: boolean;
  reasonMissing: boolean;
  tried: boolean;
  goTo: (pointer: string) => void;
  goToPhotos: () => void;
}

export function SendStep({
  gaps,
  findings,
  beside,
  photoMissing,
  reasonMissing,
  tried,
  goTo,
  goToPhotos,
}: Props) {
  const draft = current.value;
  const [looking, setLooking] = useState(false);
  if (!draft) return null;
  const all = [...findings, ...beside];
  const blocking = all.filter((f) => f.severity === "blocking");
  const warnings = all.filter((f) => f.severity === "warning");
  const clear = gaps.length === 0 && blocking.length === 0 && !photoMissing;
  const form = draft.form.form;
  const place = (pointer: string): string =>
    placeName(form, pointer, language.value === "en" ? "en" : "zh");
  const go = (finding: Finding): void => {
    if (!beside.includes(finding)) goTo(finding.pointer);
    else if (finding.pointer === "/reason") document.getElementById("correction")?.scrollIntoView();
    else goToPhotos();
  };
  return (
    <>
      <section aria-labelledby="before">
        <div class="grp">
          <h2 id="before">{t("send.before")}</h2>
          <span>
            {clear
              ? ""
              : t("send.left", { n: gaps.length + blocking.length + (photoMissing ? 1 : 0) })}
          </span>
        </div>
        {clear && (
          <p class="facts">
            <StatusChip icon="ok" tone="ok">
              {t(knowsAll(draft.form.checks ?? []) ? "send.clear" : "send.filled")}
            </StatusChip>
          </p>
        )}
        <ul class="plain-rows">
          {photoMissing && (
            <li>
              <button type="button" class="row" onClick={goToPhotos}>
                <span>
                  <b>{t("send.photo")}</b>
                  <small>{t("send.photo.why")}</small>
                </span>
                <Icon name="forward" />
              </button>
            </li>
          )}
          {gaps.slice(0, 8).map((gap) => (
            <li key={gap.pointer}>
              <button type="button" class="row" onClick={() => goTo(gap.pointer)}>
                <span>
                  <b>{t("send.gap", { label: say(gap.label) })}</b>
                  <small>{place(gap.pointer)}</small>
                </span>
                <Icon name="forward" />
              </button>
            </li>
          ))}
          {[...blocking, ...warnings].map((finding) => (
            <li key={`${finding.check} ${finding.pointer}`}>
              <button type="button" class="row" onClick={() => go(finding)}>
                <span>
                  <StatusChip
                    icon={finding.severity === "blocking" ? "act" : "late"}
                    tone={finding.severity === "blocking" ? "missing" : "late"}
                  >
                    {finding.severity === "blocking" ? t("find.blocking") : t("find.warning")}
                  </StatusChip>
                  <small class="words">{say(finding.message)}</small>
                </span>
                <Icon name="forward" />
              </button>
            </li>
          ))}
        </ul>
        {warnings.length > 0 && clear && <p class="help">{t("send.warnings")}</p>}
      </section>
      {draft.corrects && <Correction missing={tried && reasonMissing} findings={beside} />}
      <When />
      <section>
        <button type="button" class="btn block" onClick={() => setLooking(true)}>
          <Icon name="eye" />
          {t("send.preview")}
        </button>
      </section>
      {looking && (
        <Dialog title={t("send.preview.title")} kind="slide" onClose={() => setLooking(false)}>
          <Preview draft={draft} />
        </Dialog>
      )}
    </>
  );
}

/** A correction says why, and shows what it changes before it is sent. */
function Correction({ missing, findings }: { missing: boolean; findings: Finding[] }) {
  const draft = current.value;
  if (!draft) return null;
  const form = draft.form.form;
  const changes = draft.before ? difference(draft.before, draft.content) : [];
  const words = (value: Json | undefined): string =>
    value === undefined || value === null
      ? t("diff.nothing")
      : typeof value === "number"
        ? formatFen(value)
        : String(value);
  return (
    <section aria-labelledby="correction">
      <div class="grp">
        <h2 id="correction">{t("diff.title")}</h2>
        <span>{t("diff.count", { n: changes.length })}</span>
      </div>
      {changes.length === 0 ? (
        <p class="soft">{t("diff.same")}</p>
      ) : (
        <dl class="diff">
          {changes.slice(0, 40).map((one) => (
            <div key={one.pointer}>
              <dt>
                {placeName(form, one.pointer, language.value === "en" ? "en" : "zh") || one.pointer}
              </dt>
              <dd>
                <del>{words(one.before)}</del> <ins>{words(one.after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Input
        label={t("diff.reason")}
        help={t("diff.reason.help")}
        value={draft.reason}
        rows={2}
        required
        error={missing ? t("diff.reason.missing") : null}
        onInput={(reason) => change({ reason })}
      />
      <FindingsHere
        findings={findingsAt(findings, "/reason")}
        take={(reason) => change({ reason })}
      />
    </section>
  );
}

/** When villagers may read it. */
function When() {
  const draft = current.value;
  if (!draft) return null;
  const { publish } = draft;
  const chosen = publish.at ? Date.parse(publish.at) : Number.NaN;
  const today = dayAt(Date.now());
  const day = Number.isFinite(chosen) ? dayAt(chosen) : addDays(today, 1);
  const time = Number.isFinite(chosen) ? clockAt(chosen).padStart(5, "0") : "08:00";
  const at = (newDay: string, newTime: string): void => {
    if (newDay && newTime) change({ publish: { when: "at", at: momentOf(newDay, newTime) } });
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
            onChange={() => change({ publish: { when: "on_approval" } })}
          />
          <span>{draft.form.review_required === false ? t("when.now") : t("when.approval")}</span>
        </label>
        <label class="tick">
          <input
            type="radio"
            name="when"
            checked={publish.when === "at"}
            onChange={() => at(day, time)}
          />
          <span>
            {t("when.at")}
            <small>{t("when.at.help")}</small>
          </span>
        </label>
        {publish.when === "at" && (
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
      </fieldset>
    </section>
  );
}
