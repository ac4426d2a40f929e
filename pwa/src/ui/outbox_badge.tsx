import { useState } from "preact/hooks";
import { outbox, wake } from "../acts/sending";
import { held } from "../core/outbox";
import { t } from "../messages";
import { Icon } from "./icons";

/** How many postings wait in the phone, in fair words, and a way to try at once. */
export function OutboxBadge() {
  const [trying, setTrying] = useState(false);
  const n = held(outbox.value);
  if (n === 0) return null;
  const sending = outbox.value.some((p) => p.state === "sending");
  const tryNow = async (): Promise<void> => {
    setTrying(true);
    await wake();
    setTrying(false);
  };
  return (
    <p class="net" role="status">
      <Icon name={sending ? "send" : "noSignal"} />
      <span>
        <b>{sending ? t("outbox.sending", { n }) : t("outbox.held", { n })}</b>
        <small>{t("outbox.safe")}</small>
      </span>
      {!sending && (
        <button type="button" class="btn small" disabled={trying} onClick={() => void tryNow()}>
          {t("outbox.now")}
        </button>
      )}
    </p>
  );
}
