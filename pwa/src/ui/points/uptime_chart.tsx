/** A month of a query point as bars, with the numbers behind a button: what was heard, and what was only claimed. */
import { shortDay } from "../../core/dates";
import { barOf, percentHeard } from "../../core/query_points";
import { days as daysWords, language, t } from "../../messages";
import type { Uptime } from "../../net/point_shapes";
import { Scroll } from "../scroll";

const MOST_DAYS = 31;
const STEP = 10;
const WIDTH = 8;
const HEIGHT = 40;

export function UptimeChart({ name, days }: { name: string; days: readonly Uptime[] }) {
  const percent = percentHeard(days);
  if (percent === null) return <p class="small soft">{t("points.uptime.none")}</p>;
  const words = t("points.uptime", { days: daysWords(days.length), n: percent });
  // The newest day stands at the right edge, however many there are.
  const from = MOST_DAYS - days.length;
  return (
    <figure class="uptime">
      <figcaption class="small">{words}</figcaption>
      <svg viewBox={`0 0 ${MOST_DAYS * STEP} ${HEIGHT}`} role="img" aria-label={words}>
        {days.map((day, n) => {
          const x = (from + n) * STEP;
          const { heard, claimed } = barOf(day);
          const top = HEIGHT * (1 - heard);
          return (
            <g key={day.day}>
              <rect class="due" x={x} y={0} width={WIDTH} height={HEIGHT} />
              <rect class="heard" x={x} y={top} width={WIDTH} height={HEIGHT * heard} />
              <rect
                class="claimed"
                x={x + 0.5}
                y={top - HEIGHT * claimed}
                width={WIDTH - 1}
                height={HEIGHT * claimed}
              />
            </g>
          );
        })}
      </svg>
      <p class="small soft uptime-keys">
        <span class="heard">{t("points.key.heard")}</span>
        <span class="claimed">{t("points.key.claimed")}</span>
      </p>
      <details>
        <summary>
          {t("points.table")}
          <span class="vh"> {name}</span>
        </summary>
        <Scroll label={`${name} ${words}`} class="scroll flat">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">{t("points.day")}</th>
                <th scope="col" class="num">
                  {t("points.of")}
                </th>
                <th scope="col" class="num">
                  {t("points.key.heard")}
                </th>
                <th scope="col" class="num">
                  {t("points.key.claimed")}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{shortDay(day.day, language.value)}</th>
                  <td class="num">{day.of}</td>
                  <td class="num">{day.heard}</td>
                  <td class="num">{day.claimed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </figure>
  );
}
