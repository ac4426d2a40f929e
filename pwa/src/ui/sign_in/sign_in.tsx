/**
 * The way in. On a shared phone its people first; otherwise what unlocks this device, where it was registered before;
 * otherwise the code from the slip of paper, or a password.
 */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { madeHere, NotChosen, noPasskey, openByPasskey } from "../../acts/passkeys";
import { loadSharers, sharers } from "../../acts/phone";
import { goOnAfterSignIn } from "../../acts/sending";
import {
  actor,
  arrived,
  ended,
  homeOf,
  installation,
  passwordWanted,
  signInByCode,
  signInByPassword,
} from "../../acts/session";
import { say, t } from "../../messages";
import { Problem } from "../../net/client";
import { Icon } from "../icons";
import { Input, Notice, problemWords, Skeleton } from "../pieces";
import { Page } from "../shell";
import { DemoCodes } from "./demo_codes";
import { noPasskeyWords } from "./no_passkey";
import { People } from "./people";

/** The code in the printed link: behind the #, so that it is never sent in an address. */
function codeFromLink(): string {
  const found = /(?:^#|&)code=([^&]+)/.exec(location.hash);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

export function SignIn() {
  const { route } = useLocation();
  const [code, setCode] = useState(codeFromLink);
  const [others, setOthers] = useState(code !== "");

  useEffect(() => {
    const take = (): void => {
      const found = codeFromLink();
      if (found) {
        setCode(found);
        setOthers(true);
      }
      // The code leaves the address bar: nobody photographs it there, and going back does not use it again.
      if (location.hash) history.replaceState(null, "", location.pathname);
    };
    take();
    // A slip that is scanned while this screen is open changes nothing but what stands behind the #.
    window.addEventListener("hashchange", take);
    void loadSharers().catch(() => {
      sharers.value = [];
    });
    return () => window.removeEventListener("hashchange", take);
  }, []);

  const goOn = (): void => {
    void goOnAfterSignIn();
    if (passwordWanted.value) route("/app/password", true);
    else if (actor.value) route(homeOf(actor.value.role), true);
  };

  if (actor.value === undefined || sharers.value === null) {
    return (
      <Page title={t("sign.title")}>
        <section>
          <Skeleton />
        </section>
      </Page>
    );
  }
  if (sharers.value.length > 0 && !others) {
    return (
      <Page title={t("who.title")}>
        <Ended />
        <People people={sharers.value} other={() => setOthers(true)} />
      </Page>
    );
  }
  return (
    <Page title={t("sign.title")}>
      <Ended />
      <Ways code={code} setCode={setCode} goOn={goOn} />
      {sharers.value.length > 0 && (
        <section>
          <button type="button" class="link" onClick={() => setOthers(false)}>
            {t("who.back")}
          </button>
        </section>
      )}
      <section>
        <a class="link" href="/">
          {t("sign.public")}
        </a>
      </section>
    </Page>
  );
}

/** Somebody else signed this device out: who, and that nothing is lost. */
function Ended() {
  if (ended.value === null) return null;
  return (
    <section>
      <Notice icon="lock" title={t("ended.title")} live>
        <p>{say(ended.value)}</p>
      </Notice>
    </section>
  );
}

interface WaysProps {
  code: string;
  setCode: (code: string) => void;
  goOn: () => void;
}

function Ways({ code, setCode, goOn }: WaysProps) {
  const [way, setWay] = useState<"code" | "password">("code");
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [going, setGoing] = useState<"no" | "key" | "form">("no");
  const [error, setError] = useState<unknown>(null);
  const without = noPasskey();
  // Whoever comes with a slip of paper has nothing registered yet.
  const keyFirst = without === null && madeHere() && code === "";

  const enter = async (by: "key" | "form", how: () => Promise<void>): Promise<void> => {
    setGoing(by);
    setError(null);
    try {
      await how();
      goOn();
    } catch (problem) {
      setError(problem);
      setGoing("no");
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void enter("form", () =>
      way === "code" ? signInByCode(code) : signInByPassword(login, password),
    );
  };
  const byKey = (
    <button
      type="button"
      class={keyFirst ? "btn main block" : "btn block"}
      disabled={going !== "no"}
      onClick={() => void enter("key", async () => arrived(await openByPasskey()))}
    >
      <Icon name="key" />
      {going === "key" ? t("key.going") : t("key.go")}
    </button>
  );
  const demo = installation.value?.demo ? installation.value.demo_codes : [];
  return (
    <>
      <form class="narrow" onSubmit={submit}>
        <p class="soft">{t("sign.lead")}</p>
        {keyFirst && byKey}
        {keyFirst && <p class="or">{t("key.or")}</p>}
        <fieldset class="seg two-ways">
          <legend class="vh">{t("sign.how")}</legend>
          {(["code", "password"] as const).map((kind) => (
            <label key={kind}>
              <input type="radio" name="way" checked={way === kind} onChange={() => setWay(kind)} />
              <span>{t(`sign.by.${kind}`)}</span>
            </label>
          ))}
        </fieldset>
        {way === "code" ? (
          <Input
            label={t("sign.code")}
            help={t("sign.code.help")}
            value={code}
            onInput={setCode}
            autocomplete="one-time-code"
            name="code"
            required
          />
        ) : (
          <>
            <Input
              label={t("sign.login")}
              value={login}
              onInput={setLogin}
              autocomplete="username"
              name="login"
              required
            />
            <Input
              label={t("sign.password")}
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete="current-password"
              name="password"
              required
            />
          </>
        )}
        {error !== null && (
          <Notice
            icon={error instanceof Problem || error instanceof NotChosen ? "act" : "noSignal"}
            title={error instanceof NotChosen ? t("key.cancelled") : problemWords(error)}
            live
          />
        )}
        <button
          type="submit"
          class={keyFirst ? "btn block" : "btn main block"}
          disabled={going !== "no"}
        >
          {going === "form" ? t("sign.going") : t("sign.go")}
        </button>
        {without === null && !keyFirst && code === "" && byKey}
        <p class="small soft">{t("sign.lost")}</p>
        {without !== null && <p class="small soft">{noPasskeyWords(without)}</p>}
      </form>
      {demo.length > 0 && (
        <DemoCodes
          codes={demo}
          choose={(chosen) => void enter("form", () => signInByCode(chosen))}
          busy={going !== "no"}
        />
      )}
    </>
  );
}
