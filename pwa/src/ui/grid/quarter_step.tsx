/** A quarter, or another span, and the two beside it; those that have not begun are not asked for. */
import { dayAt } from "../../core/dates";
import { isSpan, type Period, periodLabel, spanOf } from "../../core/periods";
import { language, t } from "../../messages";
import { Icon } from "../icons";

interface Props {
  quarter: Period;
  go: (quarter: Period) => void;
  /** What is said of it, where that is not its name. */
  words?: string;
}

export function QuarterStep({ quarter, go, words }: Props) {
  const { cadence, start, end } = quarter;
  const beside = (steps: number): Period =>
    spanOf(isSpan(cadence) ? cadence : "quarterly", start ?? dayAt(Date.now()), steps);
  const quarterly = cadence === "quarterly";
  return (
    <div class="group">
      <button
        type="button"
        aria-label={t(quarterly ? "grid.quarter.before" : "grid.span.before")}
        onClick={() => go(beside(-1))}
      >
        <Icon name="back" />
      </button>
      <span class="cur">{words ?? periodLabel(quarter.key, language.value)}</span>
      <button
        type="button"
        aria-label={t(quarterly ? "grid.quarter.after" : "grid.span.after")}
        disabled={(end ?? "") >= dayAt(Date.now())}
        onClick={() => go(beside(1))}
      >
        <Icon name="forward" />
      </button>
    </div>
  );
}
