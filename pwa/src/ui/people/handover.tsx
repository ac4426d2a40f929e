import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { Dialog, Input, Notice, problemWords } from "../pieces";

interface Props {
  line: AccountLine;
  close: () => void;
  made: (card: Invited) => void;
}

/** A post goes to somebody else: the old account ends, the new person gets a slip for the same role and place. */
export function Handover({ line, close, made }: Props) {
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const needed = (value: string): string | null =>
    tried && value.trim() === "" ? t("accounts.needed") : null;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || login.trim() === "") return;
    try {
      made(await api.handOver(line.id, { id, name: name.trim(), login: login.trim() }));
    } catch (problem) {
      setError(problem);
    }
  };
  const place = line.division_name || line.division;
  return (
    <Dialog title={t("hand.title", { name: line.name })} onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <p class="lead">{t("hand.post", { role: t(`role.${line.role}`), place })}</p>
        <p>{t("hand.note", { name: line.name })}</p>
        <Input label={t("hand.name")} value={name} onInput={setName} error={needed(name)} />
        <Input
          label={t("hand.login")}
          help={t("accounts.login.help")}
          value={login}
          onInput={setLogin}
          error={needed(login)}
        />
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("hand.make")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
