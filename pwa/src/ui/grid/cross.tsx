/** What lists say beside each other that somebody should look at: hints with their notices, and what was said of them. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, longDay } from "../../core/dates";
import { byName } from "../../core/looking";
import { language, placed, say, t } from "../../messages";
import { address } from "../../net/client";
import type { CrossLine } from "../../net/compliance";
import * as api from "../../net/compliance";
import { Desk } from "../desk";
import { useLooking } from "../finder";
import { Icon } from "../icons";
import { GiveOrder } from "../inspections/order";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { FormDialog } from "../people/parts";
import { Failure, Input, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";

/** Whoever may order something to be put right says what is to be thought of a finding. */
const mayJudge = (): boolean => ["auditor", "editor"].includes(actor.value?.role ?? "");

export function CrossScreen() {
  const division = actor.value?.division ?? "";
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [fine, setFine] = useState<CrossLine | null>(null);
  const [order, setOrder] = useState<CrossLine | null>(null);
  const found = useDeskAnswer("cross", `cross ${division} ${language.value}`, () =>
    api.crossLists(division, language.value),
  );
  const all = found.answer?.items ?? [];
  const looking = useLooking<CrossLine>({
    label: t("cross.find"),
    words: (one) => [one.village, say(one.text), ...one.notices.map(({ title }) => title)],
    orders: [[t("list.usual")], [t("list.sort.place"), byName((one) => one.village)]],
    file: address("/compliance/cross-lists.csv", { division, lang: language.value }),
  });
  const items = looking.of(all.filter((one) => !onlyOpen || one.judgement === null));
  return (
    <Desk title={t("cross.title")} current="grid">
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("cross.title")}</h1>
          {found.answer && (
            <p class="sum">
              {t("cross.sum", { n: found.answer.open, all: found.answer.looked_at })}
            </p>
          )}
          <div class="tools">
            <a class="btn small" href="/app/grid/warnings">
              {t("warnings.title")}
            </a>
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
          </div>
        </div>
        <KeptNote at={found.keptAt} again={found.again} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : (
          <>
            <form class="grid-bar" onSubmit={(event) => event.preventDefault()}>
              <fieldset class="group filters" aria-label={t("grid.only")}>
                {[true, false].map((open) => (
                  <button
                    type="button"
                    key={String(open)}
                    aria-pressed={onlyOpen === open}
                    onClick={() => setOnlyOpen(open)}
                  >
                    {t(open ? "cross.open" : "filter.all")}{" "}
                    <b>{open ? found.answer?.open : all.length}</b>
                  </button>
                ))}
              </fieldset>
            </form>
            {all.length > 0 && looking.bar}
            {items.length === 0 && looking.sought ? (
              looking.nothing
            ) : items.length === 0 ? (
              <Notice icon="check" title={t("cross.none")} />
            ) : (
              <List items={items} fine={setFine} order={setOrder} />
            )}
          </>
        )}
        <p class="small soft">{t("cross.note")}</p>
      </div>
      {fine && (
        <Fine
          line={fine}
          close={() => setFine(null)}
          done={() => {
            setFine(null);
            found.again();
          }}
        />
      )}
      {order && (
        <GiveOrder
          villages={[{ code: order.division, name: placed(order.village) }]}
          finding={say(order.text)}
          {...(order.notices[0] && { notice: order.notices[0].disclosure_id })}
          close={() => setOrder(null)}
          given={(rectification_id) =>
            api.judgeCross({
              finding: order.key,
              division: order.division,
              decision: "ordered",
              words: "",
              rectification_id,
            })
          }
        />
      )}
    </Desk>
  );
}

interface ListProps {
  items: CrossLine[];
  fine: (line: CrossLine) => void;
  order: (line: CrossLine) => void;
}

function List({ items, fine, order }: ListProps) {
  return (
    <Scroll class="grid-scroll read" label={t("cross.title")}>
      <table class="grid overview stacks">
        <thead>
          <tr class="r2 alone">
            <th class="v" scope="col">
              {t("grid.village")}
            </th>
            <th scope="col">{t("cross.what")}</th>
            <th scope="col">{t("cross.notices")}</th>
            <th scope="col">{t("cross.judgement")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.key}>
              <th scope="row" class="v">
                {placed(one.village)}
              </th>
              <td class="what">{say(one.text)}</td>
              <td class="what">
                {one.notices.map((notice) => (
                  <p key={notice.disclosure_id}>
                    <a href={`/d/${notice.disclosure_id}`} target="_blank" rel="noreferrer">
                      {notice.title}
                    </a>
                  </p>
                ))}
              </td>
              <td class="what">
                <Judgement line={one} />
                {mayJudge() && (
                  <p class="judge">
                    <button type="button" class="link" onClick={() => fine(one)}>
                      {t("cross.fine")}
                    </button>
                    <button type="button" class="link" onClick={() => order(one)}>
                      {t("cross.order")}
                    </button>
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Judgement({ line }: { line: CrossLine }) {
  const { judgement } = line;
  if (judgement === null) return <p>{t("cross.nobody")}</p>;
  const by = t("cross.by", {
    name: judgement.by_name,
    day: longDay(dayAt(Date.parse(judgement.at)), language.value),
  });
  return (
    <p>
      {judgement.rectification_id ? (
        <a href={`/app/rectifications/${judgement.rectification_id}`}>{t("cross.ordered")}</a>
      ) : (
        t("cross.was.fine", { words: judgement.words })
      )}
      <small>{by}</small>
    </p>
  );
}

function Fine(props: { line: CrossLine; close: () => void; done: () => void }) {
  const { line } = props;
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const send = async (): Promise<void> => {
    setTried(true);
    if (words.trim() === "") return;
    await api.judgeCross({
      finding: line.key,
      division: line.division,
      decision: "fine",
      words: words.trim(),
      rectification_id: null,
    });
    props.done();
  };
  return (
    <FormDialog title={t("cross.fine")} words={t("cross.fine.go")} close={props.close} send={send}>
      <p>{say(line.text)}</p>
      <Input
        label={t("cross.why")}
        help={t("cross.why.help")}
        value={words}
        rows={3}
        maxLength={1000}
        onInput={setWords}
        error={tried && words.trim() === "" ? t("cross.why.missing") : null}
      />
    </FormDialog>
  );
}
