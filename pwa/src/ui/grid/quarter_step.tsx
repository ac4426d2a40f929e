/** A quarter and the two beside it; those that have not begun are not asked for. */
import { dayAt } from "../../core/dates";
import { type Period, periodLabel, quarterFrom } from "../../core/periods";
import { language, t } from "../../messages";
import { Icon } from "../icons";

interface Props {
  quarter: Period;
  go: (quarter: Period) => void;
  /** What is said of it, where that is not its name. */
  words?: string;
}

export function QuarterStep({ quarter, go, words }: Props) {
  return (
    <div class="group">
      <button
        type="button"
        aria-label={t("grid.quarter.before")}
        onClick={() => go(quarterFrom(quarter, -1))}
      >
        <Icon name="back" />
      </button>
      <span class="cur">{words ?? periodLabel(quarter.key, language.value)}</span>
      <button
        type="button"
        aria-label={t("grid.quarter.after")}
        disabled={(quarter.end ?? "") >= dayAt(Date.now())}
        onClick={() => go(quarterFrom(quarter, 1))}
      >
        <Icon name="forward" />
      </button>
    </div>
  );
}
