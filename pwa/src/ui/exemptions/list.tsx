/** Exemptions and other deadlines: what waits for a decision, and what was decided, to look through. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, dayText, momentText } from "../../core/dates";
import { looked, ORDERS, type Order } from "../../core/exemptions";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/exempting";
import type { ExemptionLine, ExemptionState } from "../../net/exemption_shapes";
import { Desk } from "../desk";
import { Icon, type IconName } from "../icons";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { AskExemption } from "./ask";
import { type Act, Decide } from "./decide";

const STATES: readonly ExemptionState[] = ["asked", "approved", "refused", "ended"];
const FACES: { [state in ExemptionState]: { icon: IconName; face: string } } = {
  asked: { icon: "clock", face: "due_soon" },
  approved: { icon: "tick", face: "on_time" },
  refused: { icon: "cross", face: "missing" },
  ended: { icon: "struckRing", face: "exempt" },
};

export function Exemptions() {
  const list = useAnswer(api.exemptions, `exemptions ${language.value}`);
  const [state, setState] = useState<ExemptionState | null>(null);
  const [typed, setTyped] = useState("");
  const [order, setOrder] = useState<Order>("newest");
  const [asking, setAsking] = useState(false);
  const [doing, setDoing] = useState<{ act: Act; line: ExemptionLine } | null>(null);
  const all = list.answer?.items ?? [];
  const items = looked(all, state, typed, order);
  const role = actor.value?.role;
  const again = (): void => {
    setAsking(false);
    setDoing(null);
    list.again();
  };
  return (
    <Desk title={t("exemptions.title")} current="grid">
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("exemptions.title")}</h1>
          {(list.answer?.waiting ?? 0) > 0 && (
            <p class="sum">
              <b>{t("exemptions.waiting", { n: list.answer?.waiting ?? 0 })}</b>
            </p>
          )}
          <div class="tools">
            {(role === "auditor" || role === "editor") && (
              <button type="button" class="btn main small" onClick={() => setAsking(true)}>
                <Icon name="plus" />
                {t("exemptions.ask")}
              </button>
            )}
            <a class="btn small" href={api.exemptionsCsvAddress(language.value)} download>
              <Icon name="download" />
              {t("exemptions.csv")}
            </a>
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
          </div>
        </div>
        <p class="small soft">{t("exemptions.lead")}</p>
        {list.error ? (
          <Failure error={list.error} retry={list.again} />
        ) : list.answer === null ? (
          <Skeleton lines={8} />
        ) : all.length === 0 ? (
          <Notice icon="act" title={t("exemptions.none")}>
            <p>{t("exemptions.none.note")}</p>
          </Notice>
        ) : (
          <>
            <form
              class="grid-bar"
              aria-label={t("grid.filters")}
              onSubmit={(event) => event.preventDefault()}
            >
              <fieldset class="group filters many" aria-label={t("grid.only")}>
                <button type="button" aria-pressed={state === null} onClick={() => setState(null)}>
                  {t("exemptions.all")} <b>{all.length}</b>
                </button>
                {STATES.map((one) => (
                  <button
                    type="button"
                    key={one}
                    aria-pressed={state === one}
                    onClick={() => setState(one)}
                  >
                    {t(`exemptions.state.${one}`)}{" "}
                    <b>{all.filter((line) => line.state === one).length}</b>
                  </button>
                ))}
              </fieldset>
              <fieldset class="group filters" aria-label={t("exemptions.order")}>
                {ORDERS.map((one) => (
                  <button
                    type="button"
                    key={one}
                    aria-pressed={order === one}
                    onClick={() => setOrder(one)}
                  >
                    {t(`exemptions.order.${one}`)}
                  </button>
                ))}
              </fieldset>
              <input
                class="find-village"
                type="search"
                value={typed}
                placeholder={t("exemptions.find")}
                aria-label={t("exemptions.find")}
                onInput={(event) => setTyped(event.currentTarget.value)}
              />
            </form>
            {items.length === 0 ? (
              <Notice icon="filter" title={t("exemptions.nothing")}>
                <button
                  type="button"
                  class="btn"
                  onClick={() => {
                    setState(null);
                    setTyped("");
                  }}
                >
                  {t("grid.show.all")}
                </button>
              </Notice>
            ) : (
              <Table items={items} open={(act, line) => setDoing({ act, line })} />
            )}
            {list.answer.more && (
              <p class="small soft">{t("exemptions.more", { n: all.length })}</p>
            )}
          </>
        )}
      </div>
      {asking && <AskExemption close={() => setAsking(false)} done={again} />}
      {doing && (
        <Decide act={doing.act} line={doing.line} close={() => setDoing(null)} done={again} />
      )}
    </Desk>
  );
}

interface TableProps {
  items: readonly ExemptionLine[];
  open: (act: Act, line: ExemptionLine) => void;
}

function Table({ items, open }: TableProps) {
  return (
    <Scroll class="grid-scroll" label={t("exemptions.title")}>
      <table class="grid overview exemptions">
        <thead>
          <tr class="r2 alone">
            <th class="v" scope="col">
              {t("exemptions.where")}
            </th>
            <th scope="col">{t("exemptions.stands")}</th>
            <th scope="col">{t("exemptions.what")}</th>
            <th scope="col">{t("exemptions.why")}</th>
            <th scope="col">{t("exemptions.do")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.id}>
              <th scope="row" class="v">
                {placed(line.division_name)}
              </th>
              <td>
                <span class={`cell ${FACES[line.state].face}`}>
                  <Icon name={FACES[line.state].icon} />
                  {say(line.state_name)}
                </span>
              </td>
              <td class="what">
                {say(line.category_name)}
                <small>{spanWords(line)}</small>
                <small>
                  <b>{askedFor(line)}</b>
                </small>
              </td>
              <td class="what">
                {line.reason}
                <Who line={line} />
              </td>
              <td>
                {line.ways.includes("decide") && (
                  <span class="acts">
                    <button
                      type="button"
                      class="btn small main"
                      onClick={() => open("approve", line)}
                    >
                      {t("exemptions.approve")}
                    </button>
                    <button type="button" class="btn small" onClick={() => open("refuse", line)}>
                      {t("exemptions.refuse")}
                    </button>
                  </span>
                )}
                {line.ways.includes("end") && (
                  <span class="acts">
                    <button type="button" class="btn small" onClick={() => open("end", line)}>
                      {t("exemptions.end")}
                    </button>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const day = (on: string): string => dayText(on, language.value, 0);

function spanWords(line: ExemptionLine): string {
  if (line.period_name) return say(line.period_name);
  if (line.valid_to === null) return t("exemptions.always");
  if (line.valid_from === null) return t("exemptions.open", { last: day(line.valid_to) });
  return t("exemptions.span", { first: day(line.valid_from), last: day(line.valid_to) });
}

export const askedFor = (line: ExemptionLine): string =>
  line.due_on === null
    ? t("exemptions.kind.exempt")
    : t("exemptions.kind.deadline", { day: day(line.due_on) });

/** Who asked, who decided and who ended it, each with the moment. */
function Who({ line }: { line: ExemptionLine }) {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const when = (moment: string): string => momentText(moment, language.value, year);
  return (
    <>
      {line.asked_by_name !== "" && (
        <small>
          {t("exemptions.asked", { name: line.asked_by_name, when: when(line.asked_at) })}
        </small>
      )}
      {line.decided_at && (
        <small>
          {line.post.zh === ""
            ? t("exemptions.decided.unknown", {
                name: line.decided_by_name,
                when: when(line.decided_at),
              })
            : t("exemptions.decided", {
                name: line.decided_by_name,
                post: say(line.post),
                when: when(line.decided_at),
              })}
          {line.decision !== "" && ` · ${line.decision}`}
        </small>
      )}
      {line.ended_at && (
        <small>
          {t("exemptions.ended", {
            name: line.ended_by_name,
            when: when(line.ended_at),
            reason: line.ended_reason,
          })}
        </small>
      )}
    </>
  );
}
