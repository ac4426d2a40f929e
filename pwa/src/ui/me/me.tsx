/** Where and how this person signs in: devices, passkeys, password, a shared phone's PIN. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { outbox } from "../../acts/sending";
import { actor, hasPassword, homeOf, signOut } from "../../acts/session";
import { held } from "../../core/outbox";
import { placed, t } from "../../messages";
import { Icon } from "../icons";
import { Notice, problemWords } from "../pieces";
import { Page } from "../shell";
import { Storage } from "../storage";
import { Devices } from "./devices";
import { MyPost } from "./my_post";
import { Passkeys } from "./passkeys";
import { MyReminders } from "./reminders";
import { SharedPhone } from "./shared_phone";

export function Me() {
  const { route } = useLocation();
  const who = actor.value;
  const [error, setError] = useState<unknown>(null);
  const leave = async (): Promise<void> => {
    const n = held(outbox.value);
    if (n > 0 && !window.confirm(t("me.out.held", { n }))) return;
    setError(null);
    try {
      await signOut();
      route("/app/sign-in", true);
    } catch (problem) {
      setError(problem);
    }
  };

  if (!who) return null;
  return (
    <Page title={t("me.title")} back={{ href: homeOf(who.role), words: t("home") }}>
      <section>
        <p class="lead">
          {who.name} · {t(`role.${who.role}`)}
        </p>
        {who.division_name && <p class="soft">{placed(who.division_name)}</p>}
        <p>
          <a class="link" href="/app/password">
            {hasPassword.value ? t("pass.change") : t("pass.title")}
          </a>
        </p>
        <p>
          <a class="link" href="/app/roles">
            {t("roles.open")}
          </a>
        </p>
      </section>
      {who.role === "accountant" && <MyPost who={who} />}
      <Devices />
      <Passkeys />
      <SharedPhone />
      {who.role !== "administrator" && who.role !== "examiner" && <MyReminders role={who.role} />}
      <Storage />
      <section>
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <button type="button" class="btn block" onClick={() => void leave()}>
          <Icon name="out" />
          {t("me.out")}
        </button>
      </section>
    </Page>
  );
}
