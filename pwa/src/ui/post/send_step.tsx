/** The last step: what is still missing, what does not fit, when it opens, how it will look, and sending. */
import { useEffect, useState } from "preact/hooks";
import { askBefore, current } from "../../acts/drafting";
import { outOfOffice } from "../../acts/session";
import { knowsAll } from "../../core/checks";
import { type Finding, REFUSED } from "../../core/findings";
import { placeName } from "../../core/form";
import { language, say, sentence, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog, Notice, StatusChip } from "../pieces";
import { Correction } from "./correction";
import { type Judged, missingIn } from "./judged";
import { PreviewPages } from "./preview_pages";
import { When } from "./when";

interface Props {
  judged: Judged;
  /** Sending was tried already. */
  tried: boolean;
  goTo: (pointer: string) => void;
  goToPhotos: () => void;
}

export function SendStep({ judged, tried, goTo, goToPhotos }: Props) {
  const draft = current.value;
  const [looking, setLooking] = useState(false);
  const whole = draft !== null && judged.gaps.value.length === 0;
  useEffect(() => {
    // Nobody waits for it: what the server sees stands there once it has answered.
    if (whole) void askBefore().catch(() => undefined);
  }, [whole, draft?.content]);
  if (!draft) return null;
  const gaps = judged.gaps.value;
  const beside = judged.beside.value;
  const missing = missingIn(draft);
  const all = [...judged.findings.value, ...beside];
  // What the server would not take stops nobody: it judges again, and this phone may have heard it long ago.
  const refused = all.some((f) => f.check === REFUSED);
  const grave = (f: Finding): boolean => f.severity === "blocking" || f.check === REFUSED;
  const blocking = all.filter(grave);
  const warnings = all.filter((f) => !grave(f));
  const clear = gaps.length === 0 && blocking.length === 0 && !missing.photo;
  const form = draft.form.form;
  const place = (pointer: string): string =>
    placeName(form, pointer, language.value === "en" ? "en" : "zh");
  const go = (finding: Finding): void => {
    if (!beside.includes(finding)) goTo(finding.pointer);
    else if (finding.pointer === "/reason") document.getElementById("correction")?.scrollIntoView();
    else if (finding.pointer === "/publish/reason")
      document.getElementById("urgent")?.scrollIntoView();
    else goToPhotos();
  };
  const line = (finding: Finding) => (
    <li key={`${finding.check} ${finding.pointer}`}>
      <button type="button" class="row" onClick={() => go(finding)}>
        <span>
          <StatusChip
            icon={grave(finding) ? "act" : "late"}
            tone={grave(finding) ? "missing" : "late"}
            long
          >
            {place(finding.pointer) || t("find.name")}
          </StatusChip>
          <small class="words">{say(finding.message)}</small>
        </span>
        <Icon name="forward" />
      </button>
    </li>
  );
  return (
    <>
      {outOfOffice.value && <Notice icon="clock" title={sentence(outOfOffice.value)} />}
      <section aria-labelledby="before">
        <div class="grp">
          <h2 id="before">{t("send.before")}</h2>
          <span>
            {clear
              ? ""
              : t("send.left", { n: gaps.length + blocking.length + (missing.photo ? 1 : 0) })}
          </span>
        </div>
        {clear && (
          <p class="facts">
            <StatusChip icon="ok" tone="ok" long>
              {t(knowsAll(draft.form.checks ?? []) ? "send.clear" : "send.filled")}
            </StatusChip>
          </p>
        )}
        <ul class="plain-rows">
          {missing.photo && (
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
                  {place(gap.pointer) !== say(gap.label) && <small>{place(gap.pointer)}</small>}
                </span>
                <Icon name="forward" />
              </button>
            </li>
          ))}
          {blocking.map(line)}
        </ul>
        {refused && <p class="help">{t("send.refused")}</p>}
      </section>
      {warnings.length > 0 && (
        <section aria-labelledby="again">
          <div class="grp">
            <h2 id="again">{t("find.warning")}</h2>
            <span>{t("diff.count", { n: warnings.length })}</span>
          </div>
          <ul class="plain-rows">{warnings.map(line)}</ul>
          <p class="help">{t("send.warnings")}</p>
        </section>
      )}
      {draft.corrects && <Correction missing={tried && missing.reason} findings={beside} />}
      <When missing={tried && missing.urgent} findings={beside} />
      <section>
        <button type="button" class="btn block" onClick={() => setLooking(true)}>
          <Icon name="eye" />
          {t("send.preview")}
        </button>
      </section>
      {looking && (
        <Dialog title={t("send.preview.title")} kind="slide" onClose={() => setLooking(false)}>
          <PreviewPages draft={draft} />
        </Dialog>
      )}
    </>
  );
}
