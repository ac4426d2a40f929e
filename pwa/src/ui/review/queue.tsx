/** What waits for the supervisor, oldest due day first; what was decided lately below. */
import { useState } from "preact/hooks";
import { dayAt, daysBetween, momentText } from "../../core/dates";
import { byName } from "../../core/looking";
import { reviewDay, waitsForReview } from "../../core/review";
import { days, language, placed, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { SubmissionLine } from "../../net/shapes";
import { useLooking } from "../finder";
import type { IconName } from "../icons";
import { SiteNotices } from "../notices/strip";
import { onceEach, ShowMore, usePages } from "../pages";
import { StatusChip, type Tone } from "../pieces";
import { Entry, QueuePage } from "../queue";
import { turnRest, turnWho } from "./turn";

const LOOK: { [stage: string]: [IconName, Tone] } = {
  in_review: ["eye", "up"],
  returned: ["back2", "late"],
  scheduled: ["calendar", "up"],
  withdrawn: ["withdrawn", "up"],
};

const URGENT: [IconName, Tone] = ["warn", "late"];

/** So many pages of what waits are read at once: what falls due first may be the oldest, on the last of them. */
const AT_ONCE = 10;
/** So many are seen without looking for one. */
const A_GLANCE = 5;
/** So many that were decided are shown at first, and so many more each time. */
const FEW = 12;
const MORE = 50;

/** What waits, from a cursor on. */
async function readWaiting(
  cursor?: string,
): Promise<{ items: SubmissionLine[]; next: string | null }> {
  const found = await api.submissions("in_review", cursor);
  const items = [...found.items];
  let next = found.next;
  for (let read = 1; next !== null && read < AT_ONCE; read += 1) {
    const page = await api.submissions("in_review", next);
    items.push(...page.items);
    next = page.next;
  }
  return { items, next };
}

export function Queue() {
  const looking = useLooking<SubmissionLine>({
    label: t("queue.find"),
    words: (line) => [line.title, line.division_name, line.submitted_by_name],
    orders: [
      [t("list.sort.due"), (a, b) => reviewDay(a).localeCompare(reviewDay(b))],
      [t("list.sort.place"), byName((line) => line.division_name)],
    ],
    file: null,
  });
  const waiting = usePages(readWaiting, `queue ${language.value}`);
  const decided = usePages((cursor) => api.submissions(undefined, cursor), `all ${language.value}`);
  const [shown, setShown] = useState(FEW);
  const items = looking.of(onceEach(waiting.pages.flatMap((page) => page.items)));
  const over = onceEach(decided.pages.flatMap((page) => page.items)).filter(
    (line) => !waitsForReview(line),
  );
  const rest = over.slice(0, shown);
  const older = async (): Promise<void> => {
    if (over.length < shown + MORE) await decided.more?.();
    setShown(shown + MORE);
  };
  const yours = items.filter((line) => line.yours);
  const others = items.filter((line) => !line.yours);
  return (
    <QueuePage
      title={t("nav.review")}
      lead={<SiteNotices />}
      asked={waiting}
      {...(waiting.pages.some((page) => page.items.length > A_GLANCE) && { finding: looking })}
      yours={{ name: t("queue.waiting"), items: yours }}
      rest={[
        { name: t("queue.others"), items: others },
        { name: t("queue.decided"), items: looking.sought ? [] : rest },
      ]}
      empty={{ title: t("queue.empty"), note: t("queue.empty.note") }}
      first={({ id, title }) => ({
        href: `/app/review/${id}`,
        words: <span class="one-line">{t("queue.first", { title })}</span>,
      })}
      entry={(line) => <Posted line={line} />}
      foot={
        waiting.more ? (
          <ShowMore more={waiting.more} />
        ) : (
          <ShowMore more={over.length > shown || decided.more ? older : null} />
        )
      }
    />
  );
}

function Posted({ line }: { line: SubmissionLine }) {
  const open = waitsForReview(line);
  const [icon, tone] =
    open && line.stage !== "in_review" ? URGENT : (LOOK[line.stage] ?? (["ok", "ok"] as const));
  const due = open ? reviewDay(line) : line.due_on;
  const left = daysBetween(dayAt(Date.now()), due);
  return (
    <Entry day={due} href={`/app/review/${line.id}`} what={line.title}>
      <span class="two">
        <StatusChip icon={icon} tone={tone}>
          {open && line.mine
            ? t("queue.mine")
            : line.turn
              ? turnWho(line.turn)
              : t(line.stage in LOOK ? `queue.${line.stage as "in_review"}` : "queue.open")}
        </StatusChip>
        {open && (
          <StatusChip icon={left < 0 ? "missing" : "clock"} tone={left < 0 ? "missing" : "up"}>
            {left < 0
              ? t("tasks.late", { days: days(-left) })
              : left === 0
                ? t("tasks.last.day")
                : t("tasks.in", { days: days(left) })}
          </StatusChip>
        )}
      </span>
      {line.urgent && <span class="say">{say(line.urgent.text)}</span>}
      {line.turn && <span class="say">{turnRest(line.turn)}</span>}
      <span class="say">
        {placed(line.division_name)} · {line.submitted_by_name} ·{" "}
        {momentText(line.received_at, language.value)}
      </span>
    </Entry>
  );
}
