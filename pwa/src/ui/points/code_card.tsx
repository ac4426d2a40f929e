/** The pairing code, large enough to be read across a room; said once. */
import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import type { PairingCode } from "../../net/point_shapes";
import { Dialog } from "../pieces";

/** Where a device is made a query point. */
export function kioskAddress(): string {
  return `${location.host}/kiosk`;
}

export function CodeCard({ card, close }: { card: PairingCode; close: () => void }) {
  const when = momentText(card.expires_at, language.value);
  return (
    <Dialog title={t("points.code.title", { name: card.name })} onClose={close}>
      <p>{t("points.code.steps", { address: kioskAddress() })}</p>
      <p class="pairing-code">{card.code}</p>
      <p class="soft">{t("points.code.until", { when })}</p>
      <p class="pair">
        <button type="button" class="btn main" onClick={close}>
          {t("points.code.done")}
        </button>
      </p>
    </Dialog>
  );
}
