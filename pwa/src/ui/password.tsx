import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { actor, choosePassword, homeOf, passwordWanted } from "../acts/session";
import { t } from "../messages";
import { Input, Notice, problemWords } from "./pieces";
import { Page } from "./shell";

const SHORTEST = 8;

/** Choose a password: right after the first code, or later from 'my sign-ins'. */
export function Password() {
  const { route } = useLocation();
  const first = passwordWanted.value;
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
      await choosePassword(password, first ? undefined : current);
      route(first ? home : "/app/me", true);
    } catch (problem) {
      setError(problem);
    }
  };

  return (
    <Page
      title={first ? t("pass.title") : t("pass.change")}
      {...(first ? {} : { back: { href: "/app/me", words: t("nav.me") } })}
    >
      <form class="narrow" onSubmit={(event) => void save(event)}>
        {first && <p class="soft">{t("pass.lead")}</p>}
        {!first && (
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
      </form>
    </Page>
  );
}
