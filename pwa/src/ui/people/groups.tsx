/** Which chat groups get a place's reminders: add one, try it, see whether what was sent arrived, end it. */

import { useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { GroupLine, GroupSent, Tried } from "../../net/reminder_shapes";
import { Input, Notice, StatusChip, useAnswer } from "../pieces";
import { NewGroup } from "./new_group";
import { Choice, FormDialog, ListDesk } from "./parts";

const FEW = 5;
const ORDERS = ["name", "trouble", "place"] as const;
type Order = (typeof ORDERS)[number];

/** The groups that hold what is looked for, in the order that is wanted; those in trouble have failures or were stopped. */
export function inOrder(items: readonly GroupLine[], wanted: string, order: Order): GroupLine[] {
  const words = wanted.trim().toLowerCase();
  const trouble = (line: GroupLine): number => (line.stopped_at !== null ? 1e6 : 0) + line.failed;
  const byName = (a: GroupLine, b: GroupLine): number => a.name.localeCompare(b.name, "zh");
  return items
    .filter((line) =>
      `${line.name} ${placed(line.division_name)} ${line.host}`.toLowerCase().includes(words),
    )
    .sort((a, b) => {
      if (order === "trouble") return trouble(b) - trouble(a) || byName(a, b);
      if (order === "place") return a.division.localeCompare(b.division) || byName(a, b);
      return byName(a, b);
    });
}

export function Groups() {
  const [words, setWords] = useState("");
  const [order, setOrder] = useState<Order>("name");
  const list = useAnswer(api.groups, "groups");
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<GroupLine | null>(null);
  const [trying, setTrying] = useState<string | null>(null);
  const [tried, setTried] = useState<{ line: GroupLine; answer: Tried } | null>(null);
  const [error, setError] = useState<unknown>(null);

  const tryOut = async (line: GroupLine): Promise<void> => {
    setError(null);
    setTried(null);
    setTrying(line.id);
    try {
      setTried({ line, answer: await api.tryGroup(line.id) });
    } catch (problem) {
      setError(problem);
    } finally {
      setTrying(null);
    }
  };
  return (
    <ListDesk
      title={t("groups.title")}
      current="groups"
      add={t("groups.new")}
      onAdd={() => setMaking(true)}
      lead={<p class="soft">{t("groups.lead")}</p>}
      error={error}
      list={list}
      empty={
        <Notice icon="people" title={t("groups.none")}>
          <p>{t("groups.none.note")}</p>
        </Notice>
      }
      over={
        <>
          {making && (
            <NewGroup
              close={() => setMaking(false)}
              made={() => {
                setMaking(false);
                list.again();
              }}
            />
          )}
          {ending && (
            <FormDialog
              title={t("groups.remove.title", { name: ending.name })}
              words={t("groups.remove")}
              close={() => setEnding(null)}
              send={async () => {
                await api.removeGroup(ending.id);
                setEnding(null);
                list.again();
              }}
            >
              <p>{t("groups.remove.note")}</p>
            </FormDialog>
          )}
        </>
      }
    >
      {(items) => (
        <>
          {tried && <TriedNotice name={tried.line.name} answer={tried.answer} />}
          {items.length > FEW && (
            <div class="two-fields">
              <Input label={t("groups.search")} value={words} onInput={setWords} />
              <Choice
                label={t("groups.order")}
                value={order}
                options={ORDERS.map((one) => ({ value: one, words: t(`groups.order.${one}`) }))}
                choose={setOrder}
              />
            </div>
          )}
          {inOrder(items, words, order).length === 0 && (
            <Notice icon="search" title={t("groups.search.none")} />
          )}
          <ul class="plain-rows groups">
            {inOrder(items, words, order).map((line) => (
              <li key={line.id}>
                <Group
                  line={line}
                  busy={trying === line.id}
                  tryOut={() => void tryOut(line)}
                  end={() => setEnding(line)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </ListDesk>
  );
}

const numbered = (code: number | null): string => (code === null ? "" : t("groups.code", { code }));

function TriedNotice({ name, answer }: { name: string; answer: Tried }) {
  const why = `${say(answer.why)}${numbered(answer.code)}`;
  return answer.arrived ? (
    <Notice icon="ok" title={t("groups.tried", { name })} live />
  ) : (
    <Notice icon="act" title={t("groups.not.tried", { name, why })} live />
  );
}

interface GroupProps {
  line: GroupLine;
  busy: boolean;
  tryOut: () => void;
  end: () => void;
}

function Group({ line, busy, tryOut, end }: GroupProps) {
  const kind = line.signed
    ? `${t(`robot.${line.robot}`)} · ${t("groups.signed")}`
    : t(`robot.${line.robot}`);
  return (
    <div class="chat-group">
      <div>
        <h2>{line.name}</h2>
        <p class="small">
          {placed(line.division_name || line.division)} · {kind}
        </p>
        <p class="small soft">
          {line.host} …{line.ends_in}
        </p>
      </div>
      <div>
        <p class="two">
          {line.sent > 0 && (
            <StatusChip icon="ok" tone="ok">
              {t("groups.lately", { sent: line.sent })}
            </StatusChip>
          )}
          {line.failed > 0 && (
            <StatusChip icon="missing" tone="missing">
              {t("groups.failed", { failed: line.failed })}
            </StatusChip>
          )}
        </p>
        {line.stopped_at !== null && (
          <p class="small">
            {t("groups.stopped", {
              when: momentText(line.stopped_at, language.value),
              why: say(line.stopped_why),
            })}
          </p>
        )}
        <ul class="small chat-sent">
          {line.newest.map((sent) => (
            <li key={`${sent.at} ${sent.kind}`}>{sentWords(sent)}</li>
          ))}
        </ul>
      </div>
      <p class="pair">
        <button type="button" class="btn small" disabled={busy} onClick={tryOut}>
          {t("groups.try")}
          <span class="vh"> {line.name}</span>
        </button>
        <button type="button" class="btn small" onClick={end}>
          {t("groups.remove")}
          <span class="vh"> {line.name}</span>
        </button>
      </p>
    </div>
  );
}

function sentWords(sent: GroupSent): string {
  const when = momentText(sent.at, language.value);
  if (sent.state === "sent") return t("groups.sent.at", { when });
  const why = `${say(sent.why)}${numbered(sent.code)}`;
  if (sent.state === "failed") return t("groups.failed.at", { when, why });
  if (sent.attempts === 0) return `${when} ${t("groups.waiting")}`;
  return `${when} ${t("groups.again", { n: sent.attempts })}${why ? ` · ${why}` : ""}`;
}
