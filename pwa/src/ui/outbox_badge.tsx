import { useState } from "preact/hooks";
import { outbox, wake } from "../acts/sending";
import { type Commitment, held, type Progress, progressOf, unsent } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import { days, t } from "../messages";
import { Icon } from "./icons";

/** What is going on with a posting that is being sent: its commitment, or which photo and how far. */
export function sendingWords(at: { commitment: Commitment | null; progress: Progress }): string {
  if (at.commitment === null) return t("status.registering");
  const { n, all, percent } = at.progress;
  return percent === 100 ? t("status.sending") : t("status.sending.n", { n, all, percent });
}

/** That the server knows of it, and whether that was in time. */
export function registeredWords({ on_time, days_late }: Commitment): string {
  return on_time
    ? t("status.registered.on_time")
    : t("status.registered.late", { days: days(days_late) });
}

/** Where an unsent posting stands, in a few words. */
export function standing(posting: Posting): string {
  if (posting.signInNeeded) return t("status.sign_in");
  if (posting.state === "sending") {
    return sendingWords({ commitment: posting.commitment, progress: progressOf(posting) });
  }
  if (posting.state === "registered" && posting.commitment)
    return registeredWords(posting.commitment);
  return t(`status.${posting.state}`);
}

/** One mark for each photo; the words beside it say the same. */
export function PhotoBar({ n, all, percent }: Progress) {
  if (all === 0) return null;
  const arrived = percent === 100 ? all : n - 1;
  return (
    <span class="prog" aria-hidden="true">
      {Array.from({ length: all }, (_photo, at) => (
        <i key={at} class={at < arrived ? "full" : ""} />
      ))}
    </span>
  );
}

/** How many postings wait in the phone, in fair words, and a way to try at once. */
export function OutboxBadge() {
  const [trying, setTrying] = useState(false);
  const n = held(outbox.value);
  if (n === 0) return null;
  const going = outbox.value.filter((p) => unsent(p.state));
  const sending = going.some((p) => p.state === "sending");
  const signIn = going.every((p) => p.signInNeeded);
  const registered = going.every((p) => p.commitment !== null);
  const tryNow = async (): Promise<void> => {
    setTrying(true);
    await wake();
    setTrying(false);
  };
  const words = signIn
    ? t("outbox.sign_in", { n })
    : sending
      ? t("outbox.sending", { n })
      : registered
        ? t("outbox.registered", { n })
        : t("outbox.held", { n });
  return (
    <p class="net" role="status">
      <Icon name={signIn ? "lock" : sending ? "send" : registered ? "clock" : "noSignal"} />
      <span>
        <b>{words}</b>
        <small>{signIn ? t("again.note") : t("outbox.safe")}</small>
      </span>
      {!sending && !signIn && (
        <button type="button" class="btn small" disabled={trying} onClick={() => void tryNow()}>
          {t("outbox.now")}
        </button>
      )}
    </p>
  );
}
