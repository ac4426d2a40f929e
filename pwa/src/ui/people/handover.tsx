import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { addDays, type Day, dayAt, dayText } from "../../core/dates";
import { language, placed, t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { Input } from "../pieces";
import { Choice, FormDialog, useNeeded } from "./parts";

/** A handover may be arranged for so many days ahead; the server judges. */
const FARTHEST = 366;
type When = "now" | "day";
/** Whose post it is. */
export type Leaving = Pick<
  AccountLine,
  "id" | "name" | "role" | "post" | "division" | "division_name"
>;

interface Props {
  line: Leaving;
  /** My own post: from a day on only, for somebody has to see the code. */
  own?: boolean;
  close: () => void;
  made: (card: Invited) => void;
}

/** A post goes to somebody else, now or from a day on; the new person gets a slip for the same role and place. */
export function Handover({ line, own = false, close, made }: Props) {
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [when, setWhen] = useState<When>(own ? "day" : "now");
  const [day, setDay] = useState("");
  const [tryIt, needed] = useNeeded();
  const send = async (): Promise<void> => {
    tryIt();
    if ([name, login, ...(when === "day" ? [day] : [])].some((one) => one.trim() === "")) return;
    const successor = { id, name: name.trim(), login: login.trim() };
    made(await api.handOver(line.id, when === "day" ? { ...successor, on: day } : successor));
  };
  const place = placed(line.division_name || line.division);
  const role = line.post ? `${t(`role.${line.role}`)} · ${line.post}` : t(`role.${line.role}`);
  return (
    <FormDialog
      title={own ? t("hand.mine") : t("hand.title", { name: line.name })}
      words={when === "day" ? t("hand.make.day") : t("hand.make")}
      close={close}
      send={send}
    >
      <p class="lead">{t("hand.post", { role, place })}</p>
      {!own && line.role !== "administrator" && (
        <Choice<When>
          label={t("hand.when")}
          value={when}
          options={[
            { value: "now", words: t("hand.when.now") },
            { value: "day", words: t("hand.when.day") },
          ]}
          choose={setWhen}
        />
      )}
      <p>
        {t(when === "day" ? "hand.note.day" : "hand.note", {
          name: own ? t("hand.you") : line.name,
        })}
      </p>
      {when === "day" && <FirstDay value={day} onInput={setDay} error={needed(day)} />}
      <Input label={t("hand.name")} value={name} onInput={setName} error={needed(name)} />
      <Input
        label={t("hand.login")}
        help={t("accounts.login.help")}
        value={login}
        onInput={setLogin}
        error={needed(login)}
      />
    </FormDialog>
  );
}

/** A day of a handover as it is said: with its year, when that is not this one. */
export const dayOf = (day: Day): string =>
  dayText(day, language.value, Number(dayAt(Date.now()).slice(0, 4)));

interface DayProps {
  value: string;
  onInput: (day: string) => void;
  error: string | null;
}

/** From which day on the successor acts. */
export function FirstDay({ value, onInput, error }: DayProps) {
  const today = dayAt(Date.now());
  return (
    <Input
      type="date"
      label={t("hand.day")}
      help={t("hand.day.help")}
      min={addDays(today, 1)}
      max={addDays(today, FARTHEST)}
      value={value}
      onInput={onInput}
      error={error}
    />
  );
}
