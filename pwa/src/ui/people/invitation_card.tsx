import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import type { Invited } from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog } from "../pieces";

/** The slip of paper with the one-time code: said once, printed, handed over. */
export function InvitationCard({ card, close }: { card: Invited; close: () => void }) {
  const link = `${location.origin}/app/sign-in#code=${encodeURIComponent(card.code)}`;
  return (
    <Dialog title={t("invite.title")} onClose={close}>
      <div class="slip">
        <p class="slip-site">{t("site")}</p>
        <p>
          <b>{card.name}</b> · {card.login}
        </p>
        <p class="slip-code">{card.code}</p>
        <p class="small">{t("invite.how")}</p>
        <p class="small slip-link">{link}</p>
        <p class="small">
          {t("invite.until", { when: momentText(card.expires_at, language.value) })}
        </p>
      </div>
      <p class="soft">{t("invite.once")}</p>
      <p class="pair">
        <button type="button" class="btn" onClick={close}>
          {t("invite.done")}
        </button>
        <button type="button" class="btn main" onClick={() => window.print()}>
          <Icon name="print" />
          {t("invite.print")}
        </button>
      </p>
    </Dialog>
  );
}
