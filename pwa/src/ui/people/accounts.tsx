/** Who may do what: the administrator makes accounts, gives each its one-time code on paper, and ends them. */

import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited, Role } from "../../net/shapes";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Dialog, Failure, Input, Notice, problemWords, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { DivisionPicker } from "./division_picker";
import { InvitationCard } from "./invitation_card";

export function Accounts() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const list = useAnswer(() => api.accounts(q || undefined, cursor), `accounts ${q} ${cursor}`);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<AccountLine | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const [error, setError] = useState<unknown>(null);

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await act();
      list.again();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Desk title={t("accounts.title")} current="accounts">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("accounts.title")}</h1>
          <div class="tools">
            <button type="button" class="btn main small" onClick={() => setMaking(true)}>
              <Icon name="plus" />
              {t("accounts.new")}
            </button>
          </div>
        </div>
        <form
          class="search"
          aria-label={t("accounts.find")}
          onSubmit={(event) => {
            event.preventDefault();
            setCursors([]);
            setQ(typed.trim());
          }}
        >
          <input
            type="search"
            value={typed}
            aria-label={t("accounts.find")}
            placeholder={t("accounts.find")}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="btn small">
            {t("accounts.search")}
          </button>
        </form>
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        {list.error ? (
          <Failure error={list.error} retry={list.again} />
        ) : list.answer === null ? (
          <Skeleton lines={8} />
        ) : list.answer.items.length === 0 ? (
          <Notice icon="people" title={t("accounts.none")} />
        ) : (
          <List
            items={list.answer.items}
            invite={(line) => void attempt(async () => setInvited(await api.invite(line.id)))}
            end={setEnding}
          />
        )}
        <p class="pair">
          {cursors.length > 0 && (
            <button
              type="button"
              class="btn small"
              onClick={() => setCursors(cursors.slice(0, -1))}
            >
              {t("accounts.before")}
            </button>
          )}
          {list.answer?.next && (
            <button
              type="button"
              class="btn small"
              onClick={() => setCursors([...cursors, list.answer?.next ?? ""])}
            >
              {t("accounts.more")}
            </button>
          )}
        </p>
      </div>
      {making && (
        <NewAccount
          close={() => setMaking(false)}
          made={(card) => {
            setMaking(false);
            setInvited(card);
            list.again();
          }}
        />
      )}
      {ending && (
        <Dialog
          title={t("accounts.end.title", { name: ending.name })}
          onClose={() => setEnding(null)}
        >
          <p>{t("accounts.end.note")}</p>
          <p class="pair">
            <button type="button" class="btn" onClick={() => setEnding(null)}>
              {t("cancel")}
            </button>
            <button
              type="button"
              class="btn main"
              onClick={() => {
                const { id } = ending;
                setEnding(null);
                void attempt(() => api.disable(id));
              }}
            >
              {t("accounts.end")}
            </button>
          </p>
        </Dialog>
      )}
      {invited && <InvitationCard card={invited} close={() => setInvited(null)} />}
    </Desk>
  );
}

interface ListProps {
  items: AccountLine[];
  invite: (line: AccountLine) => void;
  end: (line: AccountLine) => void;
}

function List({ items, invite, end }: ListProps) {
  return (
    <Scroll class="scroll flat" label={t("accounts.title")}>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{t("accounts.name")}</th>
            <th scope="col">{t("accounts.role")}</th>
            <th scope="col">{t("accounts.place")}</th>
            <th scope="col">{t("accounts.login")}</th>
            <th scope="col">{t("accounts.state")}</th>
            <th scope="col">
              <span class="vh">{t("accounts.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.id} class={line.disabled_at ? "off" : ""}>
              <th scope="row">{line.name}</th>
              <td>{t(`role.${line.role}`)}</td>
              <td>{line.division_name || line.division}</td>
              <td>{line.login}</td>
              <td>
                {line.disabled_at
                  ? t("accounts.off")
                  : line.has_password
                    ? t("accounts.on")
                    : t("accounts.invited")}
              </td>
              <td class="acts-cell">
                {!line.disabled_at && (
                  <>
                    <button type="button" class="btn small" onClick={() => invite(line)}>
                      {t("accounts.invite")}
                      <span class="vh"> {line.name}</span>
                    </button>
                    {line.id !== actor.value?.account_id && (
                      <button type="button" class="btn small" onClick={() => end(line)}>
                        {t("accounts.end")}
                        <span class="vh"> {line.name}</span>
                      </button>
                    )}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const LEVELS: { [role in Role]: string } = {
  accountant: "village",
  supervisor: "village",
  auditor: "township",
  editor: "township",
  administrator: "county",
};

function NewAccount({ close, made }: { close: () => void; made: (card: Invited) => void }) {
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
