import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { Input } from "../pieces";
import { FormDialog, useNeeded } from "./parts";

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
  const [tryIt, needed] = useNeeded();
  const send = async (): Promise<void> => {
    tryIt();
    if (name.trim() === "" || login.trim() === "") return;
    made(await api.handOver(line.id, { id, name: name.trim(), login: login.trim() }));
  };
  const place = line.division_name || line.division;
  const role = line.post ? `${t(`role.${line.role}`)} · ${line.post}` : t(`role.${line.role}`);
  return (
    <FormDialog
      title={t("hand.title", { name: line.name })}
      words={t("hand.make")}
      close={close}
      send={send}
    >
      <p class="lead">{t("hand.post", { role, place })}</p>
      <p>{t("hand.note", { name: line.name })}</p>
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
