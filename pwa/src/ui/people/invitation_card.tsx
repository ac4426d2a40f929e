/** The slip of paper with the one-time code: said once, printed, handed over. In both languages, whoever prints it. */
import { useEffect, useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { both, type Message, t } from "../../messages";
import type { Invited } from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog } from "../pieces";

type Paper = "a6" | "a4";
const STEPS: Message[] = ["slip.one", "slip.two", "slip.three"];

export function InvitationCard({ card, close }: { card: Invited; close: () => void }) {
  const [paper, setPaper] = useState<Paper>("a6");
  useEffect(() => {
    // On paper stands the slip and nothing of the screen behind it.
    document.body.classList.add("printing-slip");
    return () => document.body.classList.remove("printing-slip");
  }, []);
  return (
    <>
      <Dialog title={t("invite.title")} onClose={close}>
        <Slip card={card} />
        <p class="soft">{t("invite.once")}</p>
        <fieldset class="seg two-ways">
          <legend class="vh">{t("invite.paper")}</legend>
          {(["a6", "a4"] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="paper"
                checked={paper === one}
                onChange={() => setPaper(one)}
              />
              <span>{t(`invite.${one}`)}</span>
            </label>
          ))}
        </fieldset>
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
      {/* Paper knows no size inside a dialog: what is printed stands beside it. */}
      <div class={`paper ${paper}`} aria-hidden="true">
        <Slip card={card} />
      </div>
    </>
  );
}

function Slip({ card }: { card: Invited }) {
  const until = {
    zh: both("slip.until", { when: momentText(card.expires_at, "zh-CN") }).zh,
    en: both("slip.until", { when: momentText(card.expires_at, "en") }).en,
  };
  return (
    <div class="slip">
      <div class="slip-head">
        <p class="slip-site">
          {both("site").zh} <span lang="en">{both("site").en}</span>
        </p>
        <p class="slip-name">
          <b>{card.name}</b> · {card.login}
        </p>
        <img
          class="slip-qr"
          alt={t("invite.qr", { name: card.name })}
          src={`data:image/svg+xml,${encodeURIComponent(card.qr)}`}
        />
        <p class="slip-code">{card.code}</p>
      </div>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>
            <Pair words={both(step)} />
          </li>
        ))}
      </ol>
      <p class="slip-link">{card.link.split("#")[0]}</p>
      <p class="slip-note">
        <Pair words={until} />
      </p>
      <p class="slip-note">
        <Pair words={both("slip.lost")} />
      </p>
    </div>
  );
}

function Pair({ words }: { words: { zh: string; en: string } }) {
  return (
    <>
      <span lang="zh-CN">{words.zh}</span>
      <span lang="en" class="slip-en">
        {words.en}
      </span>
    </>
  );
}
