/** One query point: how it stands, what it said last, and the days of a month. */
import { momentText } from "../../core/dates";
import { clockOf, shown } from "../../core/query_points";
import { language, placed, t } from "../../messages";
import type { PointLine, PointSaid } from "../../net/point_shapes";
import type { IconName } from "../icons";
import { StatusChip, type Tone } from "../pieces";
import { UptimeChart } from "./uptime_chart";

const CHIPS: { [state in PointLine["state"]]: [IconName, Tone] } = {
  unpaired: ["dashedRing", "up"],
  heard: ["ok", "ok"],
  silent: ["noSignal", "missing"],
  retired: ["withdrawn", "up"],
};

interface Acts {
  pair: () => void;
  change: () => void;
  retire: () => void;
}

const when = (moment: string): string => momentText(moment, language.value);

export function Point({ line, acts }: { line: PointLine; acts: Acts | null }) {
  const [icon, tone] = CHIPS[line.state];
  return (
    <div class="point">
      <div>
        <h2>{line.name}</h2>
        <p class="small">
          {placed(line.division_name || line.division)} · {t(`point.${line.kind}`)}
        </p>
        <p class="small soft">{line.place}</p>
        <p class="two">
          <StatusChip icon={icon} tone={tone}>
            {t(`point.${line.state}`)}
          </StatusChip>
        </p>
        <Why line={line} />
      </div>
      <div>
        {line.last ? (
          <Said said={line.last} />
        ) : (
          line.paired_at && <p class="small soft">{t("points.never")}</p>
        )}
        {line.paired_at && <UptimeChart name={line.name} days={line.uptime} />}
      </div>
      {acts && (
        <p class="pair">
          <Act
            words={line.paired_at ? t("points.again") : t("points.pair")}
            line={line}
            go={acts.pair}
          />
          <Act words={t("points.change")} line={line} go={acts.change} />
          <Act words={t("points.retire")} line={line} go={acts.retire} />
        </p>
      )}
    </div>
  );
}

function Act({ words, line, go }: { words: string; line: PointLine; go: () => void }) {
  return (
    <button type="button" class="btn small" onClick={go}>
      {words}
      <span class="vh"> {line.name}</span>
    </button>
  );
}

/** What the chip means in words, and what is to be done. */
function Why({ line }: { line: PointLine }) {
  const words: string[] = [];
  if (line.silent_since) words.push(t("points.silent.since", { when: when(line.silent_since) }));
  if (line.code_until) words.push(t("points.code.open", { when: when(line.code_until) }));
  if (line.retired_at) words.push(t("points.retired.at", { when: when(line.retired_at) }));
  return words.length === 0 ? null : <p class="small">{words.join(" ")}</p>;
}

function Said({ said }: { said: PointSaid }) {
  const clock = clockOf(said.skew_ms);
  const words = t(`shown.${shown(said.on_screen)}`);
  // What a device shows by itself has no address for others.
  const readable = /^\/[vdqCcSs]\//.test(said.on_screen);
  return (
    <dl class="small point-facts">
      <div>
        <dt>{t("points.heard")}</dt>
        <dd>{when(said.received_at)}</dd>
      </div>
      <div>
        <dt>{t("points.shows")}</dt>
        <dd>{readable ? <a href={said.on_screen}>{words}</a> : words}</dd>
      </div>
      <div>
        <dt>{t("points.asof")}</dt>
        <dd>{said.contents_as_of ? when(said.contents_as_of) : t("points.asof.none")}</dd>
      </div>
      <div>
        <dt>{t("points.clock")}</dt>
        <dd>{t(`clock.${clock.is}`, { n: clock.minutes })}</dd>
      </div>
      <div>
        <dt>{t("points.power")}</dt>
        <dd>{power(said.battery)}</dd>
      </div>
    </dl>
  );
}

function power(battery: PointSaid["battery"]): string {
  if (battery === null) return t("points.mains");
  const n = Math.round(battery.level * 100);
  return t(battery.charging ? "points.charging" : "points.battery", { n });
}
