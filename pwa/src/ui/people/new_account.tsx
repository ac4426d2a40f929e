/** A new account for somebody, and with it the slip of paper. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { dayAt, isDay } from "../../core/dates";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { Invited, Role } from "../../net/shapes";
import { Input } from "../pieces";
import { DivisionPicker } from "./division_picker";
import { Choice, FormDialog, useNeeded } from "./parts";
import { PostField } from "./post_field";

const ABOVE_VILLAGES = ["province", "city", "county", "township"];
/** Where each role may be: who keeps and who checks a village's accounts belongs to that village. */
const LEVELS: { [role in Role]: readonly string[] } = {
  accountant: ["village"],
  supervisor: ["village"],
  auditor: ABOVE_VILLAGES,
  editor: ABOVE_VILLAGES,
  administrator: ABOVE_VILLAGES,
  examiner: ABOVE_VILLAGES,
};

export function NewAccount({ close, made }: { close: () => void; made: (card: Invited) => void }) {
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<Role>("accountant");
  const [division, setDivision] = useState("");
  const [post, setPost] = useState("");
  const [last, setLast] = useState("");
  const forAWhile = role === "examiner";
  const [tryIt, needed, tried] = useNeeded();
  const send = async (): Promise<void> => {
    tryIt();
    if (name.trim() === "" || login.trim() === "" || division === "") return;
    if (forAWhile && !isDay(last)) return;
    const account = { id, name: name.trim(), login: login.trim(), role, division };
    const signs = post.trim() ? { post: post.trim() } : {};
    made(await api.createAccount({ ...account, ...(forAWhile ? { last_day: last } : signs) }));
  };
  return (
    <FormDialog title={t("accounts.new")} words={t("accounts.make")} close={close} send={send}>
      <Input label={t("accounts.name")} value={name} onInput={setName} error={needed(name)} />
      <Input
        label={t("accounts.login")}
        help={t("accounts.login.help")}
        value={login}
        onInput={setLogin}
        error={needed(login)}
      />
      <Choice
        label={t("accounts.role")}
        value={role}
        options={(Object.keys(LEVELS) as Role[]).map((one) => ({
          value: one,
          words: t(`role.${one}`),
        }))}
        choose={setRole}
      />
      <DivisionPicker
        from={actor.value?.division ?? ""}
        levels={LEVELS[role]}
        choose={setDivision}
      />
      {tried && division === "" && <p class="error">{t("accounts.place.needed")}</p>}
      {forAWhile && (
        <Input
          label={t("accounts.last_day")}
          help={t("accounts.last_day.help")}
          type="date"
          value={last}
          min={dayAt(Date.now())}
          onInput={setLast}
          error={needed(last)}
        />
      )}
      {/* Whoever only looks signs nothing. */}
      {!forAWhile && <PostField role={role} division={division} value={post} onInput={setPost} />}
    </FormDialog>
  );
}
