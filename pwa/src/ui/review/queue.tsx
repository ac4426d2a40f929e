/** What waits for the supervisor, oldest due day first; what was decided lately below. */
import { dayAt, daysBetween, momentText } from "../../core/dates";
import { reviewDay, waitsForReview } from "../../core/review";
import { days, language, placed, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { SubmissionLine } from "../../net/shapes";
import type { IconName } from "../icons";
import { SiteNotices } from "../notices/strip";
import { StatusChip, type Tone, useAnswer } from "../pieces";
import { Entry, QueuePage } from "../queue";
import { turnRest, turnWho } from "./turn";

const LOOK: { [stage: string]: [IconName, Tone] } = {
  in_review: ["eye", "up"],
  returned: ["back2", "late"],
  scheduled: ["calendar", "up"],
  withdrawn: ["withdrawn", "up"],
};

const URGENT: [IconName, Tone] = ["warn", "late"];

export function Queue() {
  const waiting = useAnswer(() => api.submissions("in_review"), `queue ${language.value}`);
  const decided = useAnswer(() => api.submissions(), `all ${language.value}`);
  const items = [...(waiting.answer?.items ?? [])].sort((a, b) =>
    reviewDay(a).localeCompare(reviewDay(b)),
  );
  const rest = (decided.answer?.items ?? []).filter((line) => !waitsForReview(line)).slice(0, 12);
  const yours = items.filter((line) => line.yours);
  const others = items.filter((line) => !line.yours);
  return (
    <QueuePage
      title={t("nav.review")}
      lead={<SiteNotices />}
      asked={waiting}
      yours={{ name: t("queue.waiting"), items: yours }}
      rest={[
        { name: t("queue.others"), items: others },
        { name: t("queue.decided"), items: rest },
      ]}
      empty={{ title: t("queue.empty"), note: t("queue.empty.note") }}
      first={({ id, title }) => ({
        href: `/app/review/${id}`,
        words: <span class="one-line">{t("queue.first", { title })}</span>,
      })}
      entry={(line) => <Posted line={line} />}
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
