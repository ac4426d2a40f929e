/** The policies that touch a place: what each sets, between which days, how it came to be; a new one, and taking one back. */
import { useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { POLICY_ORDERS, type PolicyOrder, policiesInOrder } from "../../core/ruling";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/ruling";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input, Notice, Skeleton, StatusChip, type Tone, useAnswer } from "../pieces";
import { EndPolicy, GoOn } from "./ending";
import { RulesNav } from "./nav";
import { NewPolicy } from "./new_policy";
import { day, daysWords, Values } from "./parts";

type Shown = api.PolicyState | "all";
const STATES: api.PolicyState[] = ["coming", "in_force", "over", "taken_back"];
const TONES: { [state in api.PolicyState]: Tone } = {
  coming: "up",
  in_force: "ok",
  over: "ink",
  taken_back: "ink",
};

export function Policies() {
  const found = useAnswer(api.policies, `policies ${language.value}`);
  const [newer, setNewer] = useState<api.PolicyList | null>(null);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<api.PolicyLine | null>(null);
  const [done, setDone] = useState<api.Preview | null>(null);
  const list = newer ?? found.answer;
  return (
    <Desk title={t("policies.title")} current="policies">
      <div class="desk-page rules">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("policies.title")}</h1>
          {!making && ending === null && (
            <div class="tools">
              {list?.may_manage && (
                <button type="button" class="btn main small" onClick={() => setMaking(true)}>
                  <Icon name="plus" />
                  {t("policies.new")}
                </button>
              )}
              <a class="btn small" href={api.policiesCsvAddress(language.value)} download>
                <Icon name="download" />
                {t("policies.csv")}
              </a>
            </div>
          )}
        </div>
        <RulesNav here="policies" />
        {done && !making && ending === null && (
          <Notice
            icon="ok"
            title={t("policies.done", { name: say(done.title), first: day(done.valid_from) })}
            live
          />
        )}
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : list === null ? (
          <Skeleton lines={8} />
        ) : making ? (
          <NewPolicy
            list={list}
            close={() => setMaking(false)}
            done={(after, preview) => {
              setNewer(after);
              setDone(preview);
              setMaking(false);
            }}
          />
        ) : ending !== null ? (
          <EndPolicy
            line={ending}
            close={() => setEnding(null)}
            done={(after) => {
              setNewer(after);
              setDone(null);
              setEnding(null);
            }}
          />
        ) : (
          <List list={list} changed={setNewer} end={setEnding} />
        )}
      </div>
    </Desk>
  );
}

interface ListProps {
  list: api.PolicyList;
  changed: (list: api.PolicyList) => void;
  end: (line: api.PolicyLine) => void;
}

function List(props: ListProps) {
  const [wanted, setWanted] = useState("");
  const [state, setState] = useState<Shown>("all");
  const [order, setOrder] = useState<PolicyOrder>("state");
  const [asking, setAsking] = useState<api.PolicyLine | null>(null);
  const words = wanted.trim().toLowerCase();
  const items = policiesInOrder(props.list.items, order).filter(
    (line) =>
      (state === "all" || line.state === state) &&
      `${say(line.title)} ${line.id} ${placed(line.division_name)} ${line.division}`
        .toLowerCase()
        .includes(words),
  );
  const Asked = asking?.may_go_on ? GoOn : TakeBack;
  const answered = (list: api.PolicyList): void => {
    setAsking(null);
    props.changed(list);
  };
  return (
    <>
      <p class="soft">{t("policies.lead")}</p>
      <div class="two-fields">
        <Input label={t("policies.search")} value={wanted} onInput={setWanted} />
        <Choice
          label={t("policies.state")}
          value={state}
          options={[
            { value: "all" as const, words: t("policies.all") },
            ...STATES.map((one) => ({ value: one, words: t(`policies.${one}`) })),
          ]}
          choose={setState}
        />
        <Choice
          label={t("policies.order")}
          value={order}
          options={POLICY_ORDERS.map((value) => ({ value, words: t(`policies.order.${value}`) }))}
          choose={setOrder}
        />
      </div>
      {items.length === 0 && <Notice icon="act" title={t("policies.none")} />}
      <ul class="plain-rows">
        {items.map((line) => (
          <li key={line.id}>
            <Policy line={line} ask={() => setAsking(line)} end={() => props.end(line)} />
          </li>
        ))}
      </ul>
      {asking && <Asked line={asking} close={() => setAsking(null)} done={answered} />}
    </>
  );
}

const ICONS = {
  coming: "soon",
  in_force: "ok",
  over: "withdrawn",
  taken_back: "withdrawn",
} as const;

interface PolicyProps {
  line: api.PolicyLine;
  /** Take it back, or let it go on: whichever can be done. */
  ask: () => void;
  end: () => void;
}

function Policy({ line, ask, end }: PolicyProps) {
  return (
    <article>
      <h2>{say(line.title)}</h2>
      <p class="small">
        <StatusChip icon={ICONS[line.state]} tone={TONES[line.state]}>
          {t(`policies.${line.state}`)}
        </StatusChip>{" "}
        {placed(line.division_name)} · {daysWords(line.valid_from, line.valid_to)} ·{" "}
        <code>{line.id}</code>
      </p>
      <Values values={line.values} />
      {line.legal_basis.length > 0 && (
        <details class="raw">
          <summary>{t("policies.basis")}</summary>
          <ul class="small">
            {line.legal_basis.map((one) => (
              <li key={`${one.title.en} ${one.article}`}>
                {say(one.title)} {one.article && t("policies.article", { n: one.article })}
                {!one.verified && <small> {t("policies.unverified")}</small>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details class="raw">
        <summary>{t("policies.history")}</summary>
        <ul class="small">
          {line.shipped && <li>{t("policies.shipped")}</li>}
          {line.history.map((step) => (
            <li key={`${step.at} ${step.what}`}>{stepWords(step)}</li>
          ))}
        </ul>
      </details>
      <p class="pair">
        {!line.shipped && (
          <a class="btn small" href={api.policyFile(line.id)} download>
            <Icon name="download" />
            {t("policies.file")}
            <span class="vh"> {say(line.title)}</span>
          </a>
        )}
        {line.may_end && (
          <button type="button" class="btn small" onClick={end}>
            {t("policies.end")}
            <span class="vh"> {say(line.title)}</span>
          </button>
        )}
        {(line.may_take_back || line.may_go_on) && (
          <button type="button" class="btn small" onClick={ask}>
            {t(line.may_go_on ? "policies.go_on" : "policies.take_back")}
            <span class="vh"> {say(line.title)}</span>
          </button>
        )}
      </p>
    </article>
  );
}

function stepWords(step: api.PolicyStep): string {
  const what = {
    recorded: () => t("policies.recorded"),
    ended: () => t("policies.ended", { last: step.valid_to ? day(step.valid_to) : "" }),
    end_set: () => t("policies.end_set", { last: step.valid_to ? day(step.valid_to) : "" }),
    goes_on: () => t("policies.goes_on"),
    restored: () => t("policies.restored"),
    taken_back: () => t("policies.withdrawn"),
  }[step.what]();
  const who = step.name || t("policies.terminal");
  const why = step.reason === "" ? "" : ` · ${step.reason}`;
  return `${momentText(step.at, language.value)} · ${who} · ${what}${why}`;
}

interface TakeBackProps {
  line: api.PolicyLine;
  close: () => void;
  done: (list: api.PolicyList) => void;
}

function TakeBack({ line, close, done }: TakeBackProps) {
  const [reason, setReason] = useState("");
  return (
    <FormDialog
      title={t("policies.take_back.title", { name: say(line.title) })}
      words={t("policies.take_back")}
      close={close}
      send={async () => done(await api.takePolicyBack(line.id, reason))}
    >
      <p>{t("policies.take_back.note", { first: day(line.valid_from) })}</p>
      <Input
        label={t("policies.reason")}
        help={t("policies.reason.help")}
        value={reason}
        onInput={setReason}
        maxLength={400}
      />
    </FormDialog>
  );
}
