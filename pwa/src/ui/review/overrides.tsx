/** What looks personal and is to be published all the same: the second person ticks each place, or returns it. */
import type { Finding } from "../../core/findings";
import { valueAt } from "../../core/pointers";
import { say, t } from "../../messages";
import type { SubmissionPage } from "../../net/shapes";

export const overridesIn = (page: SubmissionPage): Finding[] =>
  page.findings.filter((finding) => finding.override != null);

export const keyOf = (finding: Finding): string => `${finding.kind} ${finding.place}`;

/** The very words that would be published. */
function wordsAt(page: SubmissionPage, finding: Finding): string {
  const place = finding.place ?? "";
  const value = place.startsWith("/content/")
    ? valueAt(page.content, place.slice("/content".length))
    : valueAt(
        { reason: page.reason, photos: page.photos.map(({ caption }) => ({ caption })) },
        place,
      );
  return typeof value === "string" ? value : "";
}

export function Overrides(props: {
  page: SubmissionPage;
  ticked: ReadonlySet<string>;
  tick: (key: string, yes: boolean) => void;
  tried: boolean;
}) {
  const { page, ticked, tick, tried } = props;
  const asked = overridesIn(page);
  if (asked.length === 0) return null;
  const left = asked.filter((finding) => !ticked.has(keyOf(finding))).length;
  return (
    <section aria-labelledby="overrides">
      <div class="head">
        <h2 id="overrides">{t("override.title")}</h2>
      </div>
      <p class="help">{t("override.note")}</p>
      {tried && left > 0 && <p class="error">{t("override.left", { n: left })}</p>}
      {asked.map((finding) => (
        <fieldset class="find grave" key={keyOf(finding)}>
          <legend class="vh">{say(finding.message)}</legend>
          <p class="words">{say(finding.message)}</p>
          <p>
            <b>{t("override.words")}</b> {wordsAt(page, finding)}
          </p>
          <p>
            <b>{t("override.why")}</b> {finding.override}
          </p>
          {page.may_review && (
            <label class="tick">
              <input
                type="checkbox"
                checked={ticked.has(keyOf(finding))}
                onChange={(event) => tick(keyOf(finding), event.currentTarget.checked)}
              />
              <span>{t("override.tick")}</span>
            </label>
          )}
        </fieldset>
      ))}
    </section>
  );
}
