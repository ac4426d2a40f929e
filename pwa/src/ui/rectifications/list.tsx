/** What is to be put right: first what waits for me, then what waits for others, then what is closed. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { days, language, placed, say, t, workdays } from "../../messages";
import * as api from "../../net/inspecting";
import type { OrderLine } from "../../net/inspection_shapes";
import { useFinding } from "../finder";
import { GiveOrder } from "../inspections/order";
import { onceEach, ShowMore, usePages } from "../pages";
import { Notice, StatusChip } from "../pieces";
import { Entry, QueuePage } from "../queue";

export function Rectifications() {
  const [ordering, setOrdering] = useState(false);
  const finding = useFinding("queue", "/rectifications", t("orders.find"));
  const asked = usePages(
    (cursor) => api.orders(finding.wanted, cursor),
    `orders ${language.value} ${JSON.stringify(finding.wanted)}`,
  );
  const open = onceEach(asked.pages.flatMap((page) => page.open));
  const closed = onceEach(asked.pages.flatMap((page) => page.closed));
  const overdue = asked.pages[0]?.overdue ?? 0;
  const role = actor.value?.role;
  return (
    <>
      <QueuePage
        title={t("nav.rectifications")}
        asked={asked}
        finding={finding}
        yours={{ name: t("orders.yours"), items: open.filter((line) => line.mine) }}
        rest={[
          { name: t("orders.others"), items: open.filter((line) => !line.mine) },
          { name: t("orders.closed"), items: closed },
        ]}
        empty={{ title: t("orders.empty"), note: t("orders.empty.note") }}
        first={({ id, excerpt }) => ({
          href: `/app/rectifications/${id}`,
          words: <span class="one-line">{t("orders.first", { what: excerpt })}</span>,
        })}
        entry={(line) => <Line line={line} />}
        foot={
          <>
            {overdue > 0 && <Notice icon="missing" title={t("orders.overdue", { n: overdue })} />}
            <ShowMore more={asked.more} />
            {(role === "auditor" || role === "editor") && (
              <section aria-label={t("orders.new")}>
                <p class="handling-ways">
                  <button type="button" class="btn" onClick={() => setOrdering(true)}>
                    {t("orders.new")}
                  </button>
                  <a class="btn" href="/app/inspections">
                    {t("draw.title")}
                  </a>
                </p>
              </section>
            )}
          </>
        }
      />
      {ordering && <GiveOrder close={() => setOrdering(false)} />}
    </>
  );
}

function Line({ line }: { line: OrderLine }) {
  return (
    <Entry day={line.due_on} href={`/app/rectifications/${line.id}`} what={line.excerpt}>
      <span class="two">
        <Standing line={line} />
        <TermChip line={line} />
        {line.level === "county" && (
          <StatusChip icon="up" tone="late">
            {t("orders.county")}
          </StatusChip>
        )}
      </span>
      <span class="say">
        {placed(line.division_name)} · {say(line.measure_name)}
      </span>
    </Entry>
  );
}

export function Standing({ line }: { line: OrderLine }) {
  const icon = line.state === "closed" ? "ok" : line.state === "proved" ? "eye" : "pencil";
  return (
    <StatusChip icon={icon} tone={line.state === "closed" ? "ok" : "up"}>
      {say(line.state_name)}
    </StatusChip>
  );
}

/** How long there is; once proof came, only whether it was late. */
export function TermChip({ line }: { line: OrderLine }) {
  if (line.overdue) {
    return (
      <StatusChip icon="missing" tone="missing">
        {t("orders.late", { days: days(line.days_late) })}
      </StatusChip>
    );
  }
  if (line.state !== "open") {
    return line.days_late > 0 ? (
      <StatusChip icon="late" tone="late">
        {t("orders.was.late", { days: days(line.days_late) })}
      </StatusChip>
    ) : null;
  }
  return (
    <StatusChip icon="clock" tone={line.days_left <= 1 ? "late" : "up"}>
      {line.days_left === 0 ? t("orders.last") : t("tasks.in", { days: workdays(line.days_left) })}
    </StatusChip>
  );
}
