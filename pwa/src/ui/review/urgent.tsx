/** What reviewers read of something that was published before they saw it. */
import { say, t } from "../../messages";
import type { SubmissionLine } from "../../net/shapes";
import { StatusChip, type Tone } from "../pieces";

const TONES: { [state: string]: Tone } = {
  reviewed: "ok",
  overdue: "missing",
  objected: "missing",
};

/** The mark as villagers read it, and why it could not wait. */
export function UrgentNote({ line }: { line: SubmissionLine }) {
  const { urgent } = line;
  if (!urgent) return null;
  const tone = TONES[urgent.state] ?? "late";
  return (
    <section aria-label={t("queue.urgent")}>
      <p>
        <StatusChip icon={tone === "ok" ? "ok" : "warn"} tone={tone} long>
          {say(urgent.text)}
        </StatusChip>
      </p>
      {urgent.reason && <p class="quote">{t("review.urgent.why", { reason: urgent.reason })}</p>}
    </section>
  );
}
