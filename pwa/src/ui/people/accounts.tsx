/** Who may do what: the administrator makes accounts, gives each its one-time code on paper, and ends them. */

import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, momentText } from "../../core/dates";
import { language, placed, t } from "../../messages";
import { type AccountSort, accountsCsvAddress } from "../../net/batches";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { AsFile, Pager, Search, usePlace } from "../finder";
import { Icon } from "../icons";
import { Notice, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { ArrangedHandover } from "./arranged";
import { ChangePost } from "./change_post";
import { ChangeTerm, lastDay } from "./change_term";
import { dayOf, Handover } from "./handover";
import { InvitationCard } from "./invitation_card";
import { NewAccount } from "./new_account";
import { NewCode } from "./new_code";
import { Choice, FormDialog, ListDesk } from "./parts";

/** What can be done with an account, in the order of the buttons; and what with one's own. */
const ACTS = ["code", "post", "term", "hand", "end"] as const;
const SORTS: readonly AccountSort[] = ["login", "place", "newest"];
const OWN: readonly Act[] = ["code", "post"];
type Act = (typeof ACTS)[number];
/** Which dialog is open. */
type Open = { act: "new" } | { act: Act; line: AccountLine };

export function Accounts() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [sort, setSort] = useState<AccountSort>("login");
  const place = usePlace<string>(`${q} ${sort}`);
  const list = useAnswer(
    () => api.accounts(q || undefined, place.cursor, sort),
    `accounts ${q} ${place.cursor} ${sort}`,
  );
  const [open, setOpen] = useState<Open | null>(null);
  const [invited, setInvited] = useState<Invited | null>(null);

  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    list.again();
  };
  const show = (card: Invited): void => {
    setInvited(card);
    done();
  };
  return (
    <ListDesk
      title={t("accounts.title")}
      current="accounts"
      add={t("accounts.new")}
      onAdd={() => setOpen({ act: "new" })}
      lead={
        <>
          <p class="pair">
            <a class="btn small" href="/app/accounts/batch">
              <Icon name="people" />
              {t("batch.open")}
            </a>
            <AsFile href={accountsCsvAddress(q, sort, language.value)} />
            <a class="btn small" href="/app/roles">
              {t("roles.open")}
            </a>
          </p>
          <div class="finding">
            <Search
              label={t("accounts.find")}
              typed={typed}
              type={setTyped}
              find={(sought) => {
                setQ(sought);
              }}
            />
            <Choice
              label={t("list.sort")}
              value={sort}
              options={SORTS.map((value) => ({ value, words: t(`accounts.sort.${value}`) }))}
              choose={(chosen) => {
                setSort(chosen);
              }}
            />
          </div>
        </>
      }
      error={null}
      list={list}
      empty={<Notice icon="people" title={t("accounts.none")} />}
      foot={<Pager place={place} next={list.answer?.next} />}
      over={
        <>
          {open?.act === "new" && <NewAccount close={close} made={show} />}
          {open?.act === "code" && <NewCode line={open.line} close={close} made={show} />}
          {open?.act === "hand" &&
            (isArranged(open.line) ? (
              <ArrangedHandover line={open.line} close={close} done={done} />
            ) : (
              <Handover line={open.line} close={close} made={show} />
            ))}
          {open?.act === "post" && <ChangePost line={open.line} close={close} done={done} />}
          {open?.act === "term" && <ChangeTerm line={open.line} close={close} done={done} />}
          {open?.act === "end" && (
            <FormDialog
              title={t("accounts.end.title", { name: open.line.name })}
              words={t("accounts.end")}
              close={close}
              send={async () => {
                await api.disable(open.line.id);
                done();
              }}
            >
              <p>{t("accounts.end.note")}</p>
            </FormDialog>
          )}
          {invited && <InvitationCard card={invited} close={() => setInvited(null)} />}
        </>
      }
    >
      {(items) => <List items={items} open={(act, line) => setOpen({ act, line })} />}
    </ListDesk>
  );
}

interface ListProps {
  items: AccountLine[];
  open: (act: Act, line: AccountLine) => void;
}

/** Whether somebody is to take over on a day that is still to come. */
function isArranged<Line extends AccountLine>(
  line: Line,
): line is Line & { ends_on: string; succeeded_by: string } {
  return line.arranged && line.ends_on !== null && line.succeeded_by !== null;
}

const isHanded = (line: AccountLine): boolean => line.succeeded_by !== null && !line.arranged;

/** The first day is still to come. */
const isToCome = ({ starts_on }: AccountLine): boolean =>
  starts_on !== null && starts_on > dayAt(Date.now());

/** What can be done with this account: a post that went on is not handed over again, nor one that is still to come. */
function actsWith(line: AccountLine): readonly Act[] {
  if (line.disabled_at) return [];
  // An outside auditor has a last day, and nobody to hand over to.
  if (line.role === "examiner") return ACTS.filter((act) => act !== "hand");
  const acts = ACTS.filter((act) => act !== "term");
  if (isHanded(line)) return ["end"];
  if (isToCome(line)) return acts.filter((act) => act !== "hand");
  return line.id === actor.value?.account_id ? OWN : acts;
}

/** Where an account stands, in a word. */
function stateOf(line: AccountLine): string {
  if (isHanded(line)) return t("accounts.handed");
  if (!line.disabled_at && line.starts_on && isToCome(line))
    return t("hand.starts", { day: dayOf(line.starts_on) });
  if (line.disabled_at) return t("accounts.off");
  const last = lastDay(line);
  if (last) return last < dayAt(Date.now()) ? t("accounts.over") : until(line, last);
  return line.has_password || line.passkeys > 0 ? t("accounts.on") : t("accounts.invited");
}

function until(line: AccountLine, last: string): string {
  const day = t("accounts.until", { day: dayOf(last) });
  return line.has_password || line.passkeys > 0 ? day : `${t("accounts.invited")} · ${day}`;
}

function List({ items, open }: ListProps) {
  return (
    <Scroll class="scroll flat" label={t("accounts.title")}>
      <table class="plain stacks">
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
                {isArranged(line) ? (
                  <small>
                    {t("hand.arranged", {
                      day: dayOf(line.ends_on),
                      name: line.succeeded_by,
                    })}
                  </small>
                ) : (
                  line.succeeded_by && (
                    <small>{t("accounts.to", { name: line.succeeded_by })}</small>
                  )
                )}
                {line.succeeds && <small>{t("accounts.from", { name: line.succeeds })}</small>}
              </th>
              <td data-label={t("accounts.role")}>
                {t(`role.${line.role}`)}
                {line.post && <small>{line.post}</small>}
              </td>
              <td data-label={t("accounts.place")}>
                {placed(line.division_name || line.division)}
              </td>
              <td data-label={t("accounts.login")}>{line.login}</td>
              <td data-label={t("accounts.state")}>
                {stateOf(line)}
                {line.disabled_at && <small>{momentText(line.disabled_at, language.value)}</small>}
              </td>
              <td class="acts-cell">
                {actsWith(line).map((act) => (
                  <button key={act} type="button" class="btn small" onClick={() => open(act, line)}>
                    {t(`accounts.${act}`)}
                    <span class="vh"> {line.name}</span>
                  </button>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
