/** The parts of a record's form that name places: villages with their groups, and the notices that it is about. */
import { useEffect } from "preact/hooks";
import { type Fields, faults, listed } from "../../core/outreach";
import { t } from "../../messages";
import type { OutreachChoices } from "../../net/outreach_shapes";
import { Input } from "../pieces";

interface PartProps {
  choices: OutreachChoices;
  fields: Fields;
  put: (part: { [field: string]: string }) => void;
}

/** What is ticked of a list, kept as codes apart by blanks. */
const toggled = (chosen: string[], one: string): string =>
  (chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join(" ");

export function Villages({ choices, fields, put, tried }: PartProps & { tried: boolean }) {
  const chosen = listed(fields.villages);
  const one = choices.villages.length === 1;
  const wrong = faults(fields);
  const groups = choices.villages
    .filter(({ code }) => chosen.includes(code))
    .map(({ code, name, groups: registered = [] }) => (
      <div key={code}>
        <Input
          label={t("outreach.groups", { name })}
          help={
            registered.length > 0
              ? t("outreach.groups.known", { names: registered.join(" ") })
              : t("outreach.groups.help")
          }
          value={fields[`groups ${code}`] ?? ""}
          onInput={(typed) => put({ [`groups ${code}`]: typed })}
        />
        {registered.length === 0 && (
          <Input
            label={t("outreach.total", { name })}
            value={fields[`total ${code}`] ?? ""}
            maxLength={2}
            onInput={(typed) => put({ [`total ${code}`]: typed })}
            error={tried && wrong[`total ${code}`] ? t("outreach.total.wrong") : null}
          />
        )}
      </div>
    ));
  const all = chosen.length === choices.villages.length;
  return (
    <section class="form" aria-label={t("outreach.villages")}>
      {!one && (
        <fieldset class="choices">
          <legend>{t("outreach.villages")}</legend>
          <button
            type="button"
            class="link"
            onClick={() =>
              put({ villages: all ? "" : choices.villages.map((v) => v.code).join(" ") })
            }
          >
            {t(all ? "outreach.villages.none" : "outreach.villages.all")}
          </button>
          {choices.villages.map(({ code, name }) => (
            <label class="tick" key={code}>
              <input
                type="checkbox"
                checked={chosen.includes(code)}
                onChange={() => put({ villages: toggled(chosen, code) })}
              />
              <span>{name}</span>
            </label>
          ))}
          {tried && wrong.villages && <p class="error">{t("outreach.villages.missing")}</p>}
        </fieldset>
      )}
      {one || groups.length === 0 ? (
        groups
      ) : (
        <details>
          <summary>{t("outreach.groups.more")}</summary>
          {groups}
        </details>
      )}
    </section>
  );
}

export function Notices({ choices, fields, put }: PartProps) {
  const villages = listed(fields.villages);
  const chosen = listed(fields.notices);
  const offered = choices.notices.filter((one) => villages.includes(one.division));
  const names = new Map(choices.villages.map(({ code, name }) => [code, name]));
  // A notice whose village is no longer ticked goes with it.
  const standing = chosen.filter(
    (id) => !choices.notices.some((one) => one.id === id && !villages.includes(one.division)),
  );
  useEffect(() => {
    if (standing.length !== chosen.length) put({ notices: standing.join(" ") });
  }, [standing.length, chosen.length]);
  if (offered.length === 0) return null;
  return (
    <section class="form" aria-label={t("outreach.notices")}>
      <details open={standing.length > 0}>
        <summary>{t("outreach.notices")}</summary>
        <fieldset class="choices">
          <legend class="vh">{t("outreach.notices")}</legend>
          {offered.map((one) => (
            <label class="tick" key={one.id}>
              <input
                type="checkbox"
                checked={standing.includes(one.id)}
                onChange={() => put({ notices: toggled(standing, one.id) })}
              />
              <span>
                {villages.length > 1 && `${names.get(one.division) ?? ""} `}
                {one.title}
              </span>
            </label>
          ))}
        </fieldset>
      </details>
    </section>
  );
}
