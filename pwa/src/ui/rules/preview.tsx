/** What a policy would change, before anybody puts it in force: in words, category by category, due day by due day. */
import { useState } from "preact/hooks";
import { couldEnd } from "../../core/ruling";
import { language, listed, placed, say, t } from "../../messages";
import * as api from "../../net/ruling";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { MovedDays } from "./moved_days";
import { day, daysWords, sideWords, Values } from "./parts";
import { WithReason } from "./with_reason";

interface Props {
  draft: api.PolicyText;
  list: api.PolicyList;
  change: (draft: api.PolicyText) => void;
  /** Back to what was filled in. */
  back: () => void;
  done: (list: api.PolicyList, preview: api.Preview) => void;
}

export function PreviewPolicy({ draft, list, change, back, done }: Props) {
  const found = useAnswer(
    () => api.previewPolicy(draft),
    `preview ${JSON.stringify(draft)} ${language.value}`,
  );
  const preview = found.answer;
  const older = couldEnd(list.items, draft.text);
  const toggle = (id: string): void => {
    const ends = draft.ends.includes(id)
      ? draft.ends.filter((one) => one !== id)
      : [...draft.ends, id];
    change({ ...draft, ends });
  };
  return (
    <>
      <h2 tabIndex={-1}>{t("policies.preview")}</h2>
      {older.length > 0 && (
        <fieldset class="endings">
          <legend>{t("policies.ends")}</legend>
          {older.map((line) => (
            <label class="tick" key={line.id}>
              <input
                type="checkbox"
                checked={draft.ends.includes(line.id)}
                onChange={() => toggle(line.id)}
              />{" "}
              {t("name.detail", {
                name: say(line.title),
                detail: listed([line.id, daysWords(line.valid_from, line.valid_to)], "list.then"),
              })}
            </label>
          ))}
        </fieldset>
      )}
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : preview === null ? (
        <Skeleton lines={8} />
      ) : (
        <>
          <Seen preview={preview} />
          <WithReason
            note={t("policies.put.note", { first: day(preview.valid_from) })}
            button={t("policies.put")}
            act={async (reason) => done(await api.putPolicy({ ...draft, reason }), preview)}
          />
        </>
      )}
      <p class="after">
        <button type="button" class="btn" onClick={back}>
          {t("policies.edit")}
        </button>
      </p>
    </>
  );
}

function Seen({ preview }: { preview: api.Preview }) {
  return (
    <>
      <p>
        <strong>{say(preview.title)}</strong> · {placed(preview.division_name)} ·{" "}
        {daysWords(preview.valid_from, preview.valid_to)}
      </p>
      <Values values={preview.values} />
      {preview.ends.map((one) => (
        <p key={one.id}>
          {t("policies.ends.last", { name: say(one.title), last: day(one.last_day) })}
        </p>
      ))}
      {preview.warnings.length > 0 && (
        <Notice icon="act" title={t("policies.look")}>
          <ul>
            {preview.warnings.map((one) => (
              <li key={one.en}>{say(one)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Changes preview={preview} />
    </>
  );
}

/** The same for whatever changes rules: counts, rules, coming due days. */
export function Changes({ preview }: { preview: api.Preview }) {
  const first = day(preview.valid_from);
  return (
    <>
      <p>
        {t("policies.counts", {
          who: t(preview.groups > 0 ? "policies.who.groups" : "policies.who", {
            villages: preview.villages,
            groups: preview.groups,
          }),
          until: day(preview.looked_until),
          cells: preview.cells,
          changed: preview.changed,
          moved: preview.moved,
          fresh: preview.newly_owed,
          gone: preview.no_longer,
          first,
          state: preview.state_changed,
        })}
      </p>
      <p class="soft">{t("policies.past", { first })}</p>
      {preview.hidden > 0 && <p>{t("policies.hidden", { first, n: preview.hidden })}</p>}
      {preview.rules.length > 0 && <Rules preview={preview} />}
      {preview.dues.length > 0 ? (
        <Dues preview={preview} />
      ) : (
        preview.rules.length === 0 && <p>{t("policies.no_change")}</p>
      )}
    </>
  );
}

function Rules({ preview }: { preview: api.Preview }) {
  const example = (change: api.RuleChange, side: api.Side): string[] =>
    change.event && side.in_use && side.due_on
      ? [t("policies.example", { first: day(preview.valid_from), due: day(side.due_on) })]
      : [];
  return (
    <>
      <h3>{t("policies.changes")}</h3>
      <Scroll class="scroll flat" label={t("policies.changes")}>
        <table class="plain stacks wraps">
          <thead>
            <tr>
              <th scope="col">{t("policies.category")}</th>
              <th scope="col">{t("policies.before")}</th>
              <th scope="col">{t("policies.after")}</th>
            </tr>
          </thead>
          <tbody>
            {preview.rules.map((change) => (
              <tr key={change.category}>
                <th scope="row">{say(change.name)}</th>
                <td data-label={t("policies.before")}>
                  <Lines
                    lines={[
                      ...sideWords(change.before, change.after),
                      ...example(change, change.before),
                    ]}
                  />
                </td>
                <td data-label={t("policies.after")}>
                  <Lines
                    lines={[
                      ...sideWords(change.after, change.before),
                      ...example(change, change.after),
                    ]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

const Lines = ({ lines }: { lines: string[] }) => (
  <span>
    {lines.map((line) => (
      <span class="row-line" key={line}>
        {line}
      </span>
    ))}
  </span>
);

const FEW = 8;

function Dues({ preview }: { preview: api.Preview }) {
  const [all, setAll] = useState(preview.dues.length <= FEW + 2);
  const lines = all ? preview.dues : preview.dues.slice(0, FEW);
  const due = (side: api.Side | null): string =>
    side?.due_on ? day(side.due_on) : t("policies.not_owed");
  return (
    <>
      <h3>{t("policies.dues")}</h3>
      <MovedDays
        lines={lines}
        before={(one) => due(one.before)}
        after={(one) => due(one.after)}
        beside={(one) =>
          one.villages < (one.owner === "group" ? preview.groups : preview.villages) && (
            <small> {t("policies.one", { name: one.example })}</small>
          )
        }
      />
      {!all && (
        <button type="button" class="btn small" onClick={() => setAll(true)}>
          {t("policies.dues.all", { n: preview.dues.length })}
        </button>
      )}
      {all && preview.more && <p class="soft">{t("policies.dues.more")}</p>}
    </>
  );
}
