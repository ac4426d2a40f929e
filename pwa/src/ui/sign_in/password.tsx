import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { MadeBefore, makePasskey, NotChosen, noPasskey } from "../../acts/passkeys";
import {
  actor,
  choosePassword,
  deviceName,
  hasPassword,
  homeOf,
  passwordWanted,
} from "../../acts/session";
import { t } from "../../messages";
import { Icon } from "../icons";
import { Input, Notice, problemWords } from "../pieces";
import { Page } from "../shell";
import { noPasskeyWords } from "./no_passkey";

const SHORTEST = 8;

/** How to sign in from now on: right after the first code, or a password later from 'my sign-ins'. */
export function Password() {
  const first = passwordWanted.value;
  const without = noPasskey();
  const [wanted, setWanted] = useState(false);
  if (first && without === null && !wanted) return <FirstPasskey instead={() => setWanted(true)} />;
  return (
    <Page
      title={first || !hasPassword.value ? t("pass.title") : t("pass.change")}
      {...(first ? {} : { back: { href: "/app/me", words: t("nav.me") } })}
    >
      <Form first={first} why={first && without !== null ? noPasskeyWords(without) : null} />
    </Page>
  );
}

/** The first sign-in on a device that has a fingerprint, a face or a screen lock to offer. */
function FirstPasskey({ instead }: { instead: () => void }) {
  const { route } = useLocation();
  const [going, setGoing] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const home = actor.value ? homeOf(actor.value.role) : "/app";
  const make = async (): Promise<void> => {
    setGoing(true);
    setSaid(null);
    try {
      await makePasskey(deviceName(navigator.userAgent));
      passwordWanted.value = false;
      route(home, true);
    } catch (problem) {
      setGoing(false);
      if (problem instanceof MadeBefore) setSaid(t("key.before"));
      else setSaid(problem instanceof NotChosen ? t("key.notmade") : problemWords(problem));
    }
  };
  return (
    <Page title={t("key.first.title")}>
      <section class="narrow">
        <p>{t("key.first.lead")}</p>
        {said !== null && <Notice icon="act" title={said} live />}
        <button type="button" class="btn main block" disabled={going} onClick={() => void make()}>
          <Icon name="key" />
          {going ? t("key.making") : t("key.make")}
        </button>
        <button type="button" class="btn block" disabled={going} onClick={instead}>
          {t("key.instead")}
        </button>
        <a class="link" href={home}>
          {t("pass.later")}
        </a>
      </section>
    </Page>
  );
}

function Form({ first, why }: { first: boolean; why: string | null }) {
  const { route } = useLocation();
  const asksOld = !first && hasPassword.value;
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const short = SHORTEST - [...password].length;
  const home = actor.value ? homeOf(actor.value.role) : "/app";

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (short > 0) return;
    try {
      await choosePassword(password, asksOld ? current : undefined);
      route(first ? home : "/app/me", true);
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <form class="narrow" onSubmit={(event) => void save(event)}>
      {first && <p class="soft">{t("pass.lead")}</p>}
      {asksOld && (
        <Input
          label={t("pass.current")}
          type="password"
          value={current}
          onInput={setCurrent}
          autocomplete="current-password"
          required
        />
      )}
      <Input
        label={t("pass.new")}
        help={t("pass.help")}
        type="password"
        value={password}
        onInput={setPassword}
        autocomplete="new-password"
        error={tried && short > 0 ? t("pass.short", { n: short }) : null}
        name="new-password"
        required
      />
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      <button type="submit" class="btn main block">
        {t("pass.save")}
      </button>
      {first && (
        <a class="link" href={home}>
          {t("pass.later")}
        </a>
      )}
      {why !== null && <p class="small soft">{why}</p>}
    </form>
  );
}
