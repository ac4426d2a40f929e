/** How often households were looked up, by day and village, and the latest times. Nobody's name is known. */
import { longDay, momentText } from "../../core/dates";
import { byName } from "../../core/looking";
import { language, placed, t } from "../../messages";
import type { HouseholdLog } from "../../net/payment_shapes";
import * as api from "../../net/questions";
import { useLooking } from "../finder";
import { Failure, Skeleton, StatusChip, useAnswer } from "../pieces";
import { Scroll } from "../scroll";

type Day = HouseholdLog["days"][number];
// So many lines are seen at one look.
const FEW = 8;

export function Log() {
  const log = useAnswer(api.householdLog, "household-log");
  const looking = useLooking<Day>({
    label: t("log.find"),
    words: (day) => [placed(day.division_name), longDay(day.day, language.value)],
    orders: [
      [t("list.sort.newest")],
      [t("list.sort.place"), byName((day) => day.division_name)],
      [t("log.most"), (one, other) => other.unknown + other.limited - one.unknown - one.limited],
    ],
    file: null,
  });
  const days = looking.of(log.answer?.days ?? []);
  return (
    <section class="lookups" aria-labelledby="log-title">
      <h2 id="log-title">{t("log.title")}</h2>
      {log.error ? (
        <Failure error={log.error} retry={log.again} />
      ) : log.answer === null ? (
        <Skeleton />
      ) : log.answer.days.length === 0 ? (
        <p class="soft">{t("log.none")}</p>
      ) : (
        <>
          {log.answer.days.length > FEW && looking.bar}
          {days.length === 0 && looking.nothing}
          <Scroll class="scroll flat" label={t("log.title")}>
            <table class="plain stacks">
              <thead>
                <tr>
                  <th scope="col">{t("log.day")}</th>
                  <th scope="col">{t("pay.village")}</th>
                  <th scope="col" class="num">
                    {t("log.known")}
                  </th>
                  <th scope="col" class="num">
                    {t("log.unknown")}
                  </th>
                  <th scope="col" class="num">
                    {t("log.limited")}
                  </th>
                  <th scope="col">
                    <span class="vh">{t("log.guessing")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {days.map((day) => (
                  <tr key={`${day.day} ${day.division}`}>
                    <td>{longDay(day.day, language.value)}</td>
                    <th scope="row">{placed(day.division_name)}</th>
                    <td class="num" data-label={t("log.known")}>
                      {day.known}
                    </td>
                    <td class="num" data-label={t("log.unknown")}>
                      {day.unknown}
                    </td>
                    <td class="num" data-label={t("log.limited")}>
                      {day.limited}
                    </td>
                    <td>
                      {day.guessing && (
                        <StatusChip icon="missing" tone="missing">
                          {t("log.guessing")}
                        </StatusChip>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <details>
            <summary>{t("log.newest")}</summary>
            <ul class="plain-rows">
              {log.answer.newest.map((one, number) => (
                <li key={`${one.at} ${number}`}>
                  {momentText(one.at, language.value)} · {placed(one.division_name)} ·{" "}
                  {t(`log.${one.outcome}`)}
                  {one.many > 1 && ` · ${t("log.many", { n: one.many })}`}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}
