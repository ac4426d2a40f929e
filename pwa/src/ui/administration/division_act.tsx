/** One act on one division: chosen, looked at before it is done, and one question. */
import { useState } from "preact/hooks";
import { dayAt, isDay } from "../../core/dates";
import { type ActKind, actsFor, beginningOf, codeOf, digitsOf } from "../../core/division_acts";
import { t } from "../../messages";
import * as api from "../../net/divisions";
import { Choice, FormDialog } from "../people/parts";
import { Input, useAnswer } from "../pieces";

interface Props {
  line: api.DivisionLife;
  close: () => void;
  /** It was changed: here, with what is said of it, or meanwhile by somebody else. */
  done: (said: string | null) => void;
}

interface Looked {
  code: string;
  body: api.DivisionAct;
  found: api.DivisionActPreview;
}

export function DivisionActDialog({ line, close, done }: Props) {
  const today = dayAt(Date.now());
  const kinds = actsFor(line);
  const [act, setAct] = useState<ActKind>(kinds[0] ?? "take_back");
  const [on, setOn] = useState(today);
  const [name, setName] = useState("");
  const [digits, setDigits] = useState("");
  const [into, setInto] = useState("");
  const [tried, setTried] = useState(false);
  const [looked, setLooked] = useState<Looked | null>(null);
  const code = act === "add" ? codeOf(line, digits) : line.code;
  const named = act === "rename" || act === "add";
  const noDay = act !== "take_back" && (!isDay(on) || on > today);

  const look = async (): Promise<void> => {
    setTried(true);
    if (code === null || noDay || (named && name.trim() === "")) return;
    if (act === "merge" && into === "") return;
    const body: api.DivisionAct = {
      act,
      ...(act === "take_back" ? {} : { on }),
      ...(named ? { name: name.trim() } : {}),
      ...(act === "merge" ? { successor: into } : {}),
    };
    setLooked({ code, body, found: await api.previewAct(code, body) });
  };
  const change = async ({ code: of, body, found }: Looked): Promise<void> => {
    await api.doAct(of, body, found.revision);
    done(t("lives.act.done", { act: t(`lives.act.${body.act}`), name: found.name }));
  };
  if (looked) {
    return (
      <FormDialog
        key="ask"
        title={t(`lives.act.ask.${looked.body.act}`, { name: looked.found.name })}
        words={t(`lives.act.do.${looked.body.act}`)}
        close={close}
        stale={() => done(null)}
        send={() => change(looked)}
      >
        <p>{t("lives.act.will")}</p>
        <ul class="plain-rows">
          {looked.found.effects.map((said) => (
            <li key={said}>{said}</li>
          ))}
        </ul>
        <button type="button" class="btn small" onClick={() => setLooked(null)}>
          {t("lives.act.again")}
        </button>
      </FormDialog>
    );
  }
  return (
    <FormDialog
      key="choose"
      title={t("lives.act.title", { name: line.name })}
      words={t("lives.act.look")}
      close={close}
      send={look}
    >
      <p class="soft">
        {line.code} · {line.parent_name || line.name}
      </p>
      <Choice
        label={t("lives.act")}
        value={act}
        options={kinds.map((value) => ({ value, words: t(`lives.act.${value}`) }))}
        choose={setAct}
      />
      <p class="help">{t(`lives.act.${act}.help`)}</p>
      {act === "add" && (
        <Input
          label={t(line.level === "village" ? "lives.act.code.group" : "lives.act.code")}
          help={t(line.level === "village" ? "lives.act.code.group.help" : "lives.act.code.help", {
            begins: beginningOf(line),
          })}
          value={digits}
          maxLength={digitsOf(line)}
          onInput={setDigits}
          error={
            tried && code === null
              ? t(line.level === "village" ? "lives.act.code.group.wrong" : "lives.act.code.wrong")
              : null
          }
        />
      )}
      {named && (
        <Input
          label={t("lives.act.name")}
          help={t(
            line.level === "group" || (act === "add" && line.level === "village")
              ? "lives.act.name.group.help"
              : "lives.act.name.help",
          )}
          value={name}
          maxLength={60}
          onInput={setName}
          error={tried && name.trim() === "" ? t("lives.act.name.missing") : null}
        />
      )}
      {act === "merge" && (
        <Successor
          gone={line}
          into={into}
          choose={setInto}
          error={tried && into === "" ? t("lives.act.into.missing") : null}
        />
      )}
      {act !== "take_back" && (
        <Input
          label={t("lives.on")}
          help={t("lives.on.help")}
          type="date"
          value={on}
          max={today}
          onInput={setOn}
          error={tried && noDay ? t("lives.on.wrong") : null}
        />
      )}
    </FormDialog>
  );
}

interface SuccessorProps {
  gone: api.DivisionLife;
  into: string;
  choose: (code: string) => void;
  error: string | null;
}

/** Which village, or group, it is merged into: found by a part of its name, then chosen. */
function Successor({ gone, into, choose, error }: SuccessorProps) {
  const [typed, setTyped] = useState("");
  const found = useAnswer(
    () => api.lives({ q: typed.trim(), state: "open", sort: "name" }, 0),
    `successor ${typed.trim()}`,
  );
  const villages = (found.answer?.items ?? []).filter(
    (one) => one.level === gone.level && one.code !== gone.code,
  );
  return (
    <>
      <Input
        label={t("lives.act.into.find")}
        value={typed}
        maxLength={60}
        onInput={(words) => {
          choose("");
          setTyped(words);
        }}
        error={error}
      />
      <Choice
        label={t("lives.act.into")}
        value={into}
        options={[
          { value: "", words: t("lives.act.into.choose", { n: villages.length }) },
          ...villages.map((one) => ({
            value: one.code,
            words: `${one.parent_name} ${one.name} (${one.code})`,
          })),
        ]}
        choose={choose}
      />
    </>
  );
}
