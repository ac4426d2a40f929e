/** Who may do what: the administrator makes accounts, gives each its one-time code on paper, and ends them. */

import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Dialog, Failure, Notice, problemWords, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Handover } from "./handover";
import { InvitationCard } from "./invitation_card";
import { NewAccount } from "./new_account";
import { NewCode } from "./new_code";

export function Accounts() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const list = useAnswer(() => api.accounts(q || undefined, cursor), `accounts ${q} ${cursor}`);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<AccountLine | null>(null);
  const [inviting, setInviting] = useState<AccountLine | null>(null);
  const [handing, setHanding] = useState<AccountLine | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);
  const [error, setError] = useState<unknown>(null);

  const show = (card: Invited): void => {
    setMaking(false);
    setInviting(null);
    setHanding(null);
    setInvited(card);
    list.again();
  };
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
            invite={setInviting}
            handOver={setHanding}
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
      {making && <NewAccount close={() => setMaking(false)} made={show} />}
      {inviting && <NewCode line={inviting} close={() => setInviting(null)} made={show} />}
      {handing && <Handover line={handing} close={() => setHanding(null)} made={show} />}
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
  handOver: (line: AccountLine) => void;
  end: (line: AccountLine) => void;
}

/** Where an account stands, in a word. */
function stateOf(line: AccountLine): string {
  if (line.succeeded_by) return t("accounts.handed");
  if (line.disabled_at) return t("accounts.off");
  return line.has_password || line.passkeys > 0 ? t("accounts.on") : t("accounts.invited");
}

function List({ items, invite, handOver, end }: ListProps) {
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
              <th scope="row">
                {line.name}
                {line.succeeded_by && (
                  <small>{t("accounts.to", { name: line.succeeded_by })}</small>
                )}
                {line.succeeds && <small>{t("accounts.from", { name: line.succeeds })}</small>}
              </th>
              <td>{t(`role.${line.role}`)}</td>
              <td>{line.division_name || line.division}</td>
              <td>{line.login}</td>
              <td>
                {stateOf(line)}
                {line.disabled_at && <small>{momentText(line.disabled_at, language.value)}</small>}
              </td>
              <td class="acts-cell">
                {!line.disabled_at && (
                  <>
                    <button type="button" class="btn small" onClick={() => invite(line)}>
                      {t("accounts.invite")}
                      <span class="vh"> {line.name}</span>
                    </button>
                    {line.id !== actor.value?.account_id && (
                      <>
                        <button type="button" class="btn small" onClick={() => handOver(line)}>
                          {t("accounts.hand")}
                          <span class="vh"> {line.name}</span>
                        </button>
                        <button type="button" class="btn small" onClick={() => end(line)}>
                          {t("accounts.end")}
                          <span class="vh"> {line.name}</span>
                        </button>
                      </>
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
