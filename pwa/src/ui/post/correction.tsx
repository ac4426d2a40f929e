/** A correction: what it changes in the words villagers will read, and the reason they will read with it. */
import { useMemo, useState } from "preact/hooks";
import { change, current } from "../../acts/drafting";
import { longDay } from "../../core/dates";
import { type Change, difference, type Shown } from "../../core/difference";
import { type Finding, findingsAt } from "../../core/findings";
import { formatFen } from "../../core/money";
import { language, say, t } from "../../messages";
import { Input } from "../pieces";
import { FindingsHere } from "./finding";

const FEW = 40;

interface Props {
  missing: boolean;
  findings: readonly Finding[];
}

export function Correction({ missing, findings }: Props) {
  const draft = current.value;
  const [all, setAll] = useState(false);
  const changes = useMemo(
    () => (draft?.before ? difference(draft.before, draft.content, draft.form.form) : []),
    [draft?.before, draft?.content, draft?.form.form],
  );
  if (!draft) return null;
  const shown = all ? changes : changes.slice(0, FEW);
  return (
    <section aria-labelledby="correction">
      <div class="grp">
        <h2 id="correction">{t("diff.title")}</h2>
        <span>{t("diff.count", { n: changes.length })}</span>
      </div>
      {changes.length === 0 ? (
        <p class="soft">{t("diff.same")}</p>
      ) : (
        <>
          <p class="help">{t("diff.public")}</p>
          <dl class="diff">
            {shown.map((one) => (
              <div key={`${one.kind} ${one.pointer}`}>
                <dt>{say(one.label) || one.pointer}</dt>
                <dd>
                  {one.kind !== "added" && <del>{words(one, one.before)}</del>}{" "}
                  {one.kind === "removed" ? (
                    <span>{t("diff.removed")}</span>
                  ) : (
                    <ins>{words(one, one.after)}</ins>
                  )}
                  {one.kind === "added" && <span> {t("diff.added")}</span>}
                </dd>
              </div>
            ))}
          </dl>
          {shown.length < changes.length && (
            <button type="button" class="btn block" onClick={() => setAll(true)}>
              {t("diff.all", { n: changes.length })}
            </button>
          )}
        </>
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

function words(one: Change, value: Shown): string {
  if (value === null) return t("diff.nothing");
  if (typeof value === "object") return say(value);
  if (one.type === "money" && typeof value === "number") return formatFen(value);
  if (one.type === "photos") return t("diff.photos", { n: String(value) });
  if (one.type === "date" && typeof value === "string") return longDay(value, language.value);
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  return String(value);
}
