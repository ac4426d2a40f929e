import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { outbox } from "../acts/sending";
import { actor, homeOf, signOut } from "../acts/session";
import { momentText } from "../core/dates";
import { held } from "../core/outbox";
import { language, t } from "../messages";
import * as api from "../net/questions";
import type { SessionLine } from "../net/shapes";
import { Icon } from "./icons";
import { Failure, Notice, problemWords, Skeleton, useAnswer } from "./pieces";
import { Page } from "./shell";

/** Where this person is signed in, with a way out for each: a lost phone is signed out from another one. */
export function Me() {
  const { route } = useLocation();
  const who = actor.value;
  const list = useAnswer(api.sessions, "sessions");
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>(null);

  const end = async (line: SessionLine): Promise<void> => {
    setError(null);
    try {
      await api.endSession(line.id);
      setSaid(t("me.ended", { device: line.device }));
      list.again();
    } catch (problem) {
      setError(problem);
    }
  };
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
        {who.division_name && <p class="soft">{who.division_name}</p>}
        <p>
          <a class="link" href="/app/password">
            {t("pass.change")}
          </a>
        </p>
      </section>
      <section aria-labelledby="devices">
        <div class="head">
          <h2 id="devices">{t("me.devices")}</h2>
        </div>
        <p class="vh" role="status">
          {said}
        </p>
        {list.error ? (
          <Failure error={list.error} retry={list.again} />
        ) : list.answer === null ? (
          <Skeleton />
        ) : (
          <ul class="plain-rows">
            {list.answer.items.map((line) => (
              <li key={line.id} class="device">
                <Icon name="phone" />
                <span>
                  <b>{line.device || "—"}</b>
                  {line.here && <em>{t("me.this")}</em>}
                  <small>
                    {t("me.seen", { when: momentText(line.last_seen_at, language.value) })}
                  </small>
                  <small>
                    {t("me.since", { when: momentText(line.created_at, language.value) })}
                  </small>
                </span>
                {!line.here && (
                  <button
                    type="button"
                    class="btn small"
                    aria-label={t("me.end.name", { device: line.device })}
                    onClick={() => void end(line)}
                  >
                    {t("me.end")}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      </section>
      <Storage />
      <section>
        <button type="button" class="btn block" onClick={() => void leave()}>
          <Icon name="out" />
          {t("me.out")}
        </button>
      </section>
    </Page>
  );
}

/** Whether the browser promised not to wipe drafts, and a way to ask it. */
function Storage() {
  const [kept, setKept] = useState<boolean | null>(null);
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setKept, () => undefined);
  }, []);
  if (kept === null) return null;
  return (
    <section aria-labelledby="storage">
      <div class="head">
        <h2 id="storage">{t("me.storage")}</h2>
      </div>
      <p class="soft">{kept ? t("me.storage.kept") : t("me.storage.may")}</p>
      {!kept && (
        <button
          type="button"
          class="btn"
          onClick={() => void navigator.storage.persist().then(setKept, () => undefined)}
        >
          {t("me.storage.ask")}
        </button>
      )}
    </section>
  );
}
