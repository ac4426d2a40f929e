import { useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import * as api from "../../net/questions";
import type { SessionLine } from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog, Failure, Notice, problemWords, Skeleton, useAnswer } from "../pieces";

/** The devices this person is signed in on, with a way out for each: a lost phone is signed out from another one. */
export function Devices() {
  const list = useAnswer(api.sessions, "sessions");
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>(null);
  const attempt = async (act: () => Promise<void>, words: string): Promise<void> => {
    setError(null);
    try {
      await act();
      setSaid(words);
      list.again();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section aria-labelledby="devices">
      <div class="head">
        <h2 id="devices">{t("me.devices")}</h2>
      </div>
      <p class={said ? "done" : "vh"} role="status">
        {said}
      </p>
      {list.error ? (
        <Failure error={list.error} retry={list.again} />
      ) : list.answer === null ? (
        <Skeleton />
      ) : (
        <>
          <ul class="plain-rows">
            {list.answer.items.map((line) => (
              <Device
                key={line.id}
                line={line}
                end={() =>
                  void attempt(
                    () => api.endSession(line.id),
                    t("me.ended", { device: line.device }),
                  )
                }
              />
            ))}
          </ul>
          {list.answer.items.length > 1 && (
            <button type="button" class="btn" onClick={() => setAsking(true)}>
              {t("me.others")}
            </button>
          )}
        </>
      )}
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      {asking && (
        <Dialog title={t("me.others.title")} onClose={() => setAsking(false)}>
          <p>{t("me.others.note")}</p>
          <p class="pair">
            <button type="button" class="btn" onClick={() => setAsking(false)}>
              {t("cancel")}
            </button>
            <button
              type="button"
              class="btn main"
              onClick={() => {
                setAsking(false);
                void attempt(api.endOtherSessions, t("me.others.done"));
              }}
            >
              {t("me.others")}
            </button>
          </p>
        </Dialog>
      )}
    </section>
  );
}

function Device({ line, end }: { line: SessionLine; end: () => void }) {
  return (
    <li class="device">
      <Icon name="phone" />
      <span>
        <b>{line.device || "—"}</b>
        {line.here && <em>{t("me.this")}</em>}
        {line.waits && <small>{t("me.waits")}</small>}
        <small>{t("me.seen", { when: momentText(line.last_seen_at, language.value) })}</small>
        <small>{t("me.since", { when: momentText(line.created_at, language.value) })}</small>
      </span>
      {!line.here && (
        <button
          type="button"
          class="btn small"
          aria-label={t("me.end.name", { device: line.device })}
          onClick={end}
        >
          {t("me.end")}
        </button>
      )}
    </li>
  );
}
