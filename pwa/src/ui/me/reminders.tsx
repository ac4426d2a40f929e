import { useEffect, useState } from "preact/hooks";
import {
  lookAtPush,
  NotSubscribed,
  pushState,
  turnPushOff,
  turnPushOn,
} from "../../acts/reminders";
import { t } from "../../messages";
import type { Role } from "../../net/shapes_people";
import { Notice, problemWords } from "../pieces";

/** What would be said on this device, by what its owner does here. */
const OFF = {
  accountant: "push.off",
  supervisor: "push.off.supervisor",
  auditor: "push.off.auditor",
  editor: "push.off.editor",
  administrator: "push.off",
  examiner: "push.off",
} as const;

/** Reminders on this device: how they stand, and one button. */
export function MyReminders({ role }: { role: Role }) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      await act();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    void attempt(lookAtPush);
  }, []);
  const state = pushState.value;
  return (
    <section aria-labelledby="reminders">
      <div class="head">
        <h2 id="reminders">{t("push.title")}</h2>
      </div>
      {state !== "unknown" && (
        <p class="soft" role="status">
          {t(state === "off" ? OFF[role] : `push.${state}`)}
        </p>
      )}
      {(state === "on" || state === "off") && (
        <button
          type="button"
          class="btn"
          disabled={busy}
          onClick={() => void attempt(state === "on" ? turnPushOff : turnPushOn)}
        >
          {t(state === "on" ? "push.turn.off" : "push.turn.on")}
        </button>
      )}
      {error !== null && (
        <Notice
          icon="act"
          title={error instanceof NotSubscribed ? t("push.failed") : problemWords(error)}
          live
        />
      )}
    </section>
  );
}
