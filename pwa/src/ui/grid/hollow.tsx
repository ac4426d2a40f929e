/** What was published in time and tells little, for somebody to look at: each sign with both numbers. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { byName } from "../../core/looking";
import { quarterFrom, quarterOf } from "../../core/periods";
import { language, placed, say, t } from "../../messages";
import { address } from "../../net/client";
import type { HollowPosting } from "../../net/compliance";
import * as api from "../../net/compliance";
import { Desk } from "../desk";
import { useLooking } from "../finder";
import { Icon } from "../icons";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { Failure, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";
import { QuarterStep } from "./quarter_step";

export function HollowScreen() {
  const division = actor.value?.division ?? "";
  const today = dayAt(Date.now());
  const [quarter, setQuarter] = useState(() => quarterFrom(quarterOf(today), -1));
  const found = useDeskAnswer("hollow", `hollow ${division} ${quarter.key} ${language.value}`, () =>
    api.hollow(division, quarter.start ?? today, quarter.end ?? today, language.value),
  );
  const looking = useLooking<HollowPosting>({
    label: t("hollow.find"),
    words: (one) => [one.village, one.title, ...one.findings.map(({ text }) => say(text))],
    orders: [
      [t("list.usual")],
      [t("list.sort.place"), byName((one) => one.village)],
      [t("list.most"), (one, other) => other.findings.length - one.findings.length],
    ],
    file: address("/compliance/hollow.csv", {
      division,
      first: quarter.start ?? today,
      last: quarter.end ?? today,
      lang: language.value,
    }),
  });
  const items = looking.of(found.answer?.items ?? []);
  return (
    <Desk title={t("hollow.title")} current="grid">
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("hollow.title")}</h1>
          {found.answer && (
            <p class="sum">
              {t("hollow.sum", { n: found.answer.items.length, all: found.answer.looked_at })}
            </p>
          )}
          <div class="tools">
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
          </div>
        </div>
        <form class="grid-bar" onSubmit={(event) => event.preventDefault()}>
          <QuarterStep quarter={quarter} go={setQuarter} />
        </form>
        <KeptNote at={found.keptAt} again={found.again} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : found.answer.items.length === 0 ? (
          <Notice icon="check" title={t("hollow.none")} />
        ) : (
          <>
            {looking.bar}
            {items.length === 0 ? looking.nothing : <List items={items} />}
          </>
        )}
        <p class="small soft">{t("hollow.note")}</p>
      </div>
    </Desk>
  );
}

function List({ items }: { items: HollowPosting[] }) {
  return (
    <Scroll class="grid-scroll" label={t("hollow.title")}>
      <table class="grid overview">
        <thead>
          <tr class="r2 alone">
            <th class="v" scope="col">
              {t("grid.village")}
            </th>
            <th scope="col">{t("warnings.what")}</th>
            <th scope="col">{t("hollow.signs")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.disclosure_id}>
              <th scope="row" class="v">
                {placed(one.village)}
              </th>
              <td class="what">
                <a href={`/d/${one.disclosure_id}`} target="_blank" rel="noreferrer">
                  {one.title}
                </a>
              </td>
              <td>
                {one.findings.map((finding) => (
                  <p key={finding.kind}>{say(finding.text)}</p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
