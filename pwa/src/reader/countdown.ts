import { daysLeft } from "@/core/keeping";
import { all, one, say } from "./page";

/** A page left open over midnight still says the right number of days. */
export function countdown(): void {
  const counters = all("[data-until]");
  if (counters.length === 0) return;
  const refresh = (): void => {
    for (const counter of counters) {
      const until = Date.parse(counter.dataset.until ?? "");
      if (Number.isNaN(until)) continue;
      const left = daysLeft(until, Date.now());
      const number = one(".n", counter);
      if (left === 0) counter.textContent = say("ended");
      else if (left === 1) counter.textContent = counter.dataset.last ?? "";
      else if (number) number.textContent = String(left);
    }
  };
  document.addEventListener("visibilitychange", refresh);
  setInterval(refresh, 60_000);
}
