/** A new account for somebody, and with it the slip of paper. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { Invited, Role } from "../../net/shapes";
import { Dialog, Input, Notice, problemWords } from "../pieces";
import { DivisionPicker } from "./division_picker";

const LEVELS: { [role in Role]: string } = {
  accountant: "village",
  supervisor: "village",
  auditor: "township",
  editor: "township",
  administrator: "county",
};

export function NewAccount({ close, made }: { close: () => void; made: (card: Invited) => void }) {
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<Role>("accountant");
  const [division, setDivision] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const needed = (value: string): string | null =>
    tried && value.trim() === "" ? t("accounts.needed") : null;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || login.trim() === "" || division === "") return;
    try {
      made(await api.createAccount({ id, name: name.trim(), login: login.trim(), role, division }));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog title={t("accounts.new")} onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <Input label={t("accounts.name")} value={name} onInput={setName} error={needed(name)} />
        <Input
          label={t("accounts.login")}
          help={t("accounts.login.help")}
          value={login}
          onInput={setLogin}
          error={needed(login)}
        />
        <div class="field">
          <label for="new-role">{t("accounts.role")}</label>
          <select
            id="new-role"
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
          >
            {(Object.keys(LEVELS) as Role[]).map((one) => (
              <option key={one} value={one}>
                {t(`role.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <DivisionPicker
          from={actor.value?.division ?? ""}
          level={LEVELS[role]}
          choose={(code) => setDivision(code)}
        />
        {tried && division === "" && <p class="error">{t("accounts.place.needed")}</p>}
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("accounts.make")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
