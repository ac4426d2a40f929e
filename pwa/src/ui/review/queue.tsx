/** What waits for the supervisor, oldest due day first; what was decided lately below. */
import { dayAt, daysBetween, momentText, monthOf, partsOf } from "../../core/dates";
import { reviewDay, waitsForReview } from "../../core/review";
import { days, language, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { SubmissionLine } from "../../net/shapes";
import { Icon, type IconName } from "../icons";
import { Failure, Notice, Skeleton, StatusChip, type Tone, useAnswer } from "../pieces";
import { Page } from "../shell";
import { WhoAmI } from "../tasks";
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
  const first = yours[0];
  return (
    <Page
      title={t("nav.review")}
      tools={<WhoAmI />}
      thumb={
        first && (
          <a class="btn main" href={`/app/review/${first.id}`}>
            <span class="one-line">{t("queue.first", { title: first.title })}</span>
          </a>
        )
      }
    >
      {waiting.error ? (
        <Failure error={waiting.error} retry={waiting.again} />
      ) : waiting.answer === null ? (
        <section>
          <Skeleton lines={5} />
        </section>
      ) : yours.length === 0 ? (
        <Notice icon="ok" title={t("queue.empty")}>
          <p>{t("queue.empty.note")}</p>
        </Notice>
      ) : (
        <List name={t("queue.waiting")} items={yours} />
      )}
      {others.length > 0 && <List name={t("queue.others")} items={others} />}
      {rest.length > 0 && <List name={t("queue.decided")} items={rest} />}
    </Page>
  );
}

function List({ name, items }: { name: string; items: SubmissionLine[] }) {
  const today = dayAt(Date.now());
  return (
    <section aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        <span class="small">{t("tasks.count", { n: items.length })}</span>
      </div>
      <ol class="ledger">
        {items.map((line) => {
          const open = waitsForReview(line);
          const [icon, tone] =
            open && line.stage !== "in_review"
              ? URGENT
              : (LOOK[line.stage] ?? (["ok", "ok"] as const));
          const due = open ? reviewDay(line) : line.due_on;
          const left = daysBetween(today, due);
          return (
            <li key={line.id}>
              <p class="day">
                <b>{partsOf(due).date}</b>
                <span>{monthOf(due, language.value)}</span>
              </p>
              <a class="ent" href={`/app/review/${line.id}`}>
                <span class="what">
                  <Icon name="forward" />
                  {line.title}
                </span>
                <span class="two">
                  <StatusChip icon={icon} tone={tone}>
                    {open && line.mine
                      ? t("queue.mine")
                      : line.turn
                        ? turnWho(line.turn)
                        : t(
                            line.stage in LOOK
                              ? `queue.${line.stage as "in_review"}`
                              : "queue.open",
                          )}
                  </StatusChip>
                  {open && (
                    <StatusChip
                      icon={left < 0 ? "missing" : "clock"}
                      tone={left < 0 ? "missing" : "up"}
                    >
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
                  {line.division_name} · {line.submitted_by_name} ·{" "}
                  {momentText(line.received_at, language.value)}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
