import { useState } from "preact/hooks";
import { addDays, dayAt, isDay } from "../../core/dates";
import { t } from "../../messages";
import * as api from "../../net/administration";
import type { AccountLine } from "../../net/shapes";
import { Input } from "../pieces";
import { FormDialog } from "./parts";

interface Props {
  line: AccountLine;
  close: () => void;
  done: () => void;
}

/** The last day of an account that was given for a while; null for one that was not. */
export const lastDay = (line: AccountLine): string | null =>
  line.role === "examiner" && line.ends_on ? addDays(line.ends_on, -1) : null;

/** Another last day for an outside auditor. */
export function ChangeTerm({ line, close, done }: Props) {
  const [day, setDay] = useState(lastDay(line) ?? "");
  const send = async (): Promise<void> => {
    if (!isDay(day)) return;
    await api.changeLastDay(line, day);
    done();
  };
  return (
    <FormDialog
      title={t("accounts.term.title", { name: line.name })}
      words={t("accounts.term")}
      close={close}
      stale={done}
      send={send}
    >
      <Input
        label={t("accounts.last_day")}
        help={t("accounts.last_day.help")}
        type="date"
        value={day}
        min={dayAt(Date.now())}
        onInput={setDay}
        error={isDay(day) ? null : t("accounts.needed")}
      />
    </FormDialog>
  );
}
