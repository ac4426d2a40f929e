import { useState } from "preact/hooks";
import { MadeBefore, makePasskey, NotChosen, noPasskey } from "../../acts/passkeys";
import { deviceName, hasPassword } from "../../acts/session";
import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import { Problem } from "../../net/client";
import * as api from "../../net/questions";
import type { PasskeyLine } from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog, Failure, Input, Notice, problemWords, Skeleton, useAnswer } from "../pieces";
import { noPasskeyWords } from "../sign_in/no_passkey";

/** The passkeys of this person: register this device, call one something else, remove one. */
export function Passkeys() {
  const list = useAnswer(api.passkeys, "passkeys");
  const [naming, setNaming] = useState<PasskeyLine | null>(null);
  const [removing, setRemoving] = useState<PasskeyLine | null>(null);
  const [said, setSaid] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const without = noPasskey();
  const items = list.answer?.items ?? [];

  const attempt = async (act: () => Promise<string>): Promise<void> => {
    setWrong(null);
    setSaid("");
    try {
      setSaid(await act());
      list.again();
    } catch (problem) {
      if (problem instanceof MadeBefore) setWrong(t("key.before"));
      else setWrong(problem instanceof NotChosen ? t("key.notmade") : problemWords(problem));
      if (problem instanceof Problem && problem.status === 412) list.again();
    }
  };
  const add = async (): Promise<string> => {
    const made = await makePasskey(deviceName(navigator.userAgent));
    return t("keys.added", { name: made.name });
  };
  return (
    <section aria-labelledby="passkeys">
      <div class="head">
        <h2 id="passkeys">{t("keys.title")}</h2>
      </div>
      <p class="soft">{t("keys.lead")}</p>
      <p class={said ? "done" : "vh"} role="status">
        {said}
      </p>
      {list.error ? (
        <Failure error={list.error} retry={list.again} />
      ) : list.answer === null ? (
        <Skeleton lines={2} />
      ) : items.length === 0 ? (
        <p>{t("keys.none")}</p>
      ) : (
        <ul class="plain-rows">
          {items.map((line) => (
            <li key={line.id} class="device">
              <Icon name="key" />
              <span>
                <b>{line.name}</b>
                <small>
                  {t("keys.made", { when: momentText(line.created_at, language.value) })}
                </small>
                <small>
                  {line.last_used_at
                    ? t("keys.used", { when: momentText(line.last_used_at, language.value) })
                    : t("keys.unused")}
                </small>
              </span>
              <span class="two">
                <button
                  type="button"
                  class="btn small"
                  aria-label={t("keys.rename.of", { name: line.name })}
                  onClick={() => setNaming(line)}
                >
                  {t("keys.rename")}
                </button>
                <button
                  type="button"
                  class="btn small"
                  aria-label={t("keys.remove.of", { name: line.name })}
                  onClick={() => setRemoving(line)}
                >
                  {t("keys.remove")}
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {wrong !== null && <Notice icon="act" title={wrong} live />}
      {without === null ? (
        <button type="button" class="btn" onClick={() => void attempt(add)}>
          <Icon name="plus" />
          {t("keys.add")}
        </button>
      ) : (
        <p class="small soft">{noPasskeyWords(without)}</p>
      )}
      {naming && (
        <Naming
          line={naming}
          close={() => setNaming(null)}
          save={(name) => {
            const line = naming;
            setNaming(null);
            void attempt(async () => {
              await api.renamePasskey(line, name);
              return "";
            });
          }}
        />
      )}
      {removing && (
        <Dialog
          title={t("keys.remove.title", { name: removing.name })}
          onClose={() => setRemoving(null)}
        >
          <p>{t("keys.remove.note")}</p>
          {items.length === 1 && !hasPassword.value && <p>{t("keys.remove.only")}</p>}
          <p class="pair">
            <button type="button" class="btn" onClick={() => setRemoving(null)}>
              {t("cancel")}
            </button>
            <button
              type="button"
              class="btn main"
              onClick={() => {
                const { id, name } = removing;
                setRemoving(null);
                void attempt(async () => {
                  await api.removePasskey(id);
                  return t("keys.removed", { name });
                });
              }}
            >
              {t("keys.remove")}
            </button>
          </p>
        </Dialog>
      )}
    </section>
  );
}

interface NamingProps {
  line: PasskeyLine;
  close: () => void;
  save: (name: string) => void;
}

function Naming({ line, close, save }: NamingProps) {
  const [name, setName] = useState(line.name);
  return (
    <Dialog title={t("keys.rename.of", { name: line.name })} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") save(name.trim().slice(0, 60));
        }}
      >
        <Input label={t("keys.name")} value={name} onInput={setName} name="passkey-name" required />
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("keys.save")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
