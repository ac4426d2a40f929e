import { useEffect } from "preact/hooks";
import { showCount } from "../acts/reminders";
import { shortDay } from "../core/dates";
import type { Row } from "../core/tasks";
import { days, language, say, t } from "../messages";
import { Icon } from "./icons";

/** What is reminded of today, above the list; the same days as the messages to groups and phones. */
export function TodaysReminders({
  rows,
  open,
}: {
  rows: readonly Row[];
  open: (row: Row) => Promise<void>;
}) {
  const today = rows.filter((row) => row.group === "yours" && row.task?.reminder);
  useEffect(() => showCount(today.length), [today.length]);
  if (today.length === 0) return null;
  return (
    <section class="remind" aria-labelledby="remind">
      <h2 id="remind">
        <Icon name="clock" />
        {t("remind.today")}
      </h2>
      <ul>
        {today.map((row) => (
          <li key={row.key}>
            <button type="button" class="link" onClick={() => void open(row)}>
              {words(row)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function words(row: Row): string {
  const title = say(row.title);
  const left = row.daysLeft ?? 0;
  if (left === 0) return t("remind.due", { title });
  if (left < 0) return t("remind.after", { title, days: days(-left) });
  const day = row.dueOn ? shortDay(row.dueOn, language.value) : "";
  return t("remind.before", { title, day, days: days(left) });
}
