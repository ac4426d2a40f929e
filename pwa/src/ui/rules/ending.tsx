/** A policy ends without one that follows: its last day, what changes then and what holds instead; and letting it go on after all. */
import { useState } from "preact/hooks";
import { addDays, dayAt, isDay } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/ruling";
import { FormDialog } from "../people/parts";
import { Failure, Input, Skeleton, useAnswer } from "../pieces";
import { day } from "./parts";
import { Changes } from "./preview";
import { WithReason } from "./with_reason";

interface Props {
  line: api.PolicyLine;
  close: () => void;
  done: (list: api.PolicyList) => void;
}

export function EndPolicy({ line, close, done }: Props) {
  const today = dayAt(Date.now());
  const [last, setLast] = useState(addDays(today, 30));
  const fits = isDay(last) && last >= today;
  return (
    <>
      <h2 tabIndex={-1}>{t("policies.end.title", { name: say(line.title) })}</h2>
      <p>{t("policies.end.note")}</p>
      <Input
        label={t("policies.end.last")}
        help={t("policies.end.last.help")}
        type="date"
        min={today}
        value={last}
        onInput={setLast}
        error={fits ? null : t("policies.end.last.wrong")}
      />
      {fits && <Ahead key={last} line={line} last={last} done={done} />}
      <p class="after">
        <button type="button" class="btn" onClick={close}>
          {t("cancel")}
        </button>
      </p>
    </>
  );
}

function Ahead({ line, last, done }: { line: api.PolicyLine; last: string; done: Props["done"] }) {
  const found = useAnswer(
    () => api.previewEnding(line.id, last),
    `ending ${line.id} ${last} ${language.value}`,
  );
  if (found.error) return <Failure error={found.error} retry={found.again} />;
  if (found.answer === null) return <Skeleton lines={6} />;
  return (
    <>
      <h3>{t("policies.end.then")}</h3>
      {found.answer.falls_back.length > 0 && (
        <ul>
          {found.answer.falls_back.map((one) => (
            <li key={one.id}>
              {t("name.detail", { name: say(one.title), detail: placed(one.division_name) })}
              {one.shipped && <small> {t("policies.shipped")}</small>}
            </li>
          ))}
        </ul>
      )}
      <p>{t(found.answer.falls_back.length > 0 ? "policies.end.rest" : "policies.end.none")}</p>
      <Changes preview={found.answer} />
      <WithReason
        note={t("policies.end.undo", { last: day(last) })}
        button={t("policies.end.go", { last: day(last) })}
        act={async (reason) => done(await api.endPolicy(line.id, { last_day: last, reason }))}
      />
    </>
  );
}

export function GoOn({ line, close, done }: Props) {
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t("policies.go_on.title", { name: say(line.title) })}
      words={t("policies.go_on")}
      close={close}
      send={async () => done(await api.letPolicyGoOn(line.id, reason))}
    >
      <p>{t("policies.go_on.note", { last: line.valid_to ? day(line.valid_to) : "" })}</p>
      <Input
        label={t("policies.reason")}
        help={t("policies.reason.help")}
        value={reason}
        onInput={setReason}
        maxLength={400}
      />
    </FormDialog>
  );
}
