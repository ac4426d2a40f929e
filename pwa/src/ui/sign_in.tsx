import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { goOnAfterSignIn } from "../acts/sending";
import {
  actor,
  homeOf,
  installation,
  passwordWanted,
  signInByCode,
  signInByPassword,
} from "../acts/session";
import { say, t } from "../messages";
import { Problem } from "../net/client";
import type { DemoCode } from "../net/shapes";
import { Input, Notice, problemWords, Skeleton } from "./pieces";
import { Page } from "./shell";

/** The code in the printed link: behind the #, so that it is never sent in an address. */
function codeFromLink(): string {
  const found = /(?:^#|&)code=([^&]+)/.exec(location.hash);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

export function SignIn() {
  const { route } = useLocation();
  const [way, setWay] = useState<"code" | "password">("code");
  const [code, setCode] = useState(codeFromLink);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [going, setGoing] = useState(false);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    // The code leaves the address bar: nobody photographs it there, and going back does not use it again.
    if (location.hash) history.replaceState(null, "", location.pathname);
  }, []);

  const enter = async (how: () => Promise<void>): Promise<void> => {
    setGoing(true);
    setError(null);
    try {
      await how();
      void goOnAfterSignIn();
      if (passwordWanted.value) route("/app/password", true);
      else if (actor.value) route(homeOf(actor.value.role), true);
    } catch (problem) {
      setError(problem);
      setGoing(false);
    }
  };

  const submit = (event: Event): void => {
    event.preventDefault();
    void enter(() => (way === "code" ? signInByCode(code) : signInByPassword(login, password)));
  };

  if (actor.value === undefined) {
    return (
      <Page title={t("sign.title")}>
        <Skeleton />
      </Page>
    );
  }
  const demo = installation.value?.demo ? installation.value.demo_codes : [];
  return (
    <Page title={t("sign.title")}>
      <form class="narrow" onSubmit={submit}>
        <p class="soft">{t("sign.lead")}</p>
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
            icon={error instanceof Problem ? "act" : "noSignal"}
            title={problemWords(error)}
            live
          />
        )}
        <button type="submit" class="btn main block" disabled={going}>
          {going ? t("sign.going") : t("sign.go")}
        </button>
        <p class="small soft">{t("sign.lost")}</p>
      </form>
      {demo.length > 0 && (
        <DemoCodes
          codes={demo}
          choose={(chosen) => void enter(() => signInByCode(chosen))}
          busy={going}
        />
      )}
      <section>
        <a class="link" href="/">
          {t("sign.public")}
        </a>
      </section>
    </Page>
  );
}

function DemoCodes(props: { codes: DemoCode[]; choose: (code: string) => void; busy: boolean }) {
  return (
    <section aria-labelledby="demo-codes">
      <div class="head">
        <h2 id="demo-codes">{t("sign.demo")}</h2>
        <span class="small">{t("sign.demo.note")}</span>
      </div>
      <ul class="plain-rows">
        {props.codes.map((one) => (
          <li key={one.code}>
            <button
              type="button"
              class="row"
              disabled={props.busy}
              onClick={() => props.choose(one.code)}
            >
              <span>
                <b>{t("sign.demo.as", { role: t(`role.${one.role}`) })}</b>
                <small>
                  {one.name}
                  {one.division_name ? ` · ${say(one.division_name)}` : ""}
                </small>
              </span>
              <code>{one.code}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
