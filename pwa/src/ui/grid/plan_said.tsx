/** What the yearly plan asked of a disclosure: until when, of which office, and whether it came by then. */
import { dayAt, longDay } from "../../core/dates";
import { days, language, t } from "../../messages";
import * as api from "../../net/compliance";
import { useAnswer } from "../pieces";

interface Props {
  division: string;
  disclosure: string;
  /** When it was published, or was to be: the plan of that year is asked. */
  day: string;
  asOf: string | undefined;
}

/** Nothing where no line of a plan is answered by it, or the plan cannot be asked: what stands beside it is the verdict. */
export function PlanSaid({ division, disclosure, day, asOf }: Props) {
  const year = Number(day.slice(0, 4));
  const plan = useAnswer(
    () => api.planLines(division, year, language.value, asOf),
    `plan of ${disclosure} ${year} ${asOf} ${language.value}`,
  );
  const lines = (plan.answer?.lines ?? []).flatMap((line) =>
    line.villages
      .filter((place) => place.disclosure_id === disclosure)
      .map((place) => ({ line, place })),
  );
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>
        {t("plan.name")} <a href="/app/grid/plan">{t("plan.title")}</a>
      </h3>
      <ul class="verdict">
        {lines.map(({ line, place }) => (
          <li key={`${line.matter} ${line.by}`}>
            {t(place.state === "late" ? "plan.said.late" : "plan.said", {
              day: longDay(line.by, language.value),
              matter: line.matter,
              office: line.office,
              days: days(place.days),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The day in the village on which something was published, or else was due. */
export const planDay = (judged: string | null, due: string): string =>
  judged === null ? due : dayAt(Date.parse(judged));
