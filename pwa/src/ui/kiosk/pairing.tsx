/** A device that is no query point yet: eight digits from the township make it one. */
import { useState } from "preact/hooks";
import { canPair, join, point, wasRetired } from "../../acts/kiosk/point";
import { pairing } from "../../acts/kiosk/running";
import { OTHER, t } from "../../messages/kiosk";
import { chooseLanguage, language, say } from "../../messages/language";
import { Problem } from "../../net/client";
import { Icon } from "../icons";
import { Brand } from "./frame";
import { Keypad } from "./keypad";

const LENGTH = 8;

export function Pairing() {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await join(code);
      pairing.value = false;
    } catch (error) {
      setCode("");
      setRefused(error instanceof Problem ? say(error.detail) : t("pair.offline"));
    } finally {
      setBusy(false);
    }
  };
  const other = language.value === "en" ? "zh-CN" : "en";
  return (
    <div class="frame pairing">
      <header>
        <Brand />
        <button type="button" class="language" lang={other} onClick={() => chooseLanguage(other)}>
          {OTHER[language.value]}
        </button>
        {point.value && (
          <button
            type="button"
            class="language"
            onClick={() => {
              pairing.value = false;
            }}
          >
            {t("back")}
          </button>
        )}
      </header>
      <main>
        <div class="say">
          <h1>{t("pair.title")}</h1>
          {wasRetired.value && (
            <p class="retired" role="status">
              <Icon name="warn" />
              {t("pair.retired")}
            </p>
          )}
          <p>{t(canPair() ? "pair.note" : "pair.https")}</p>
          <p class="code" aria-live="polite">
            <span class="vh">{`${t("pair.code")} ${[...code].join(" ")}`}</span>
            {Array.from({ length: LENGTH }, (_, n) => (
              <i key={n} aria-hidden="true" class={n === code.length ? "next" : ""}>
                {code[n] ?? ""}
              </i>
            ))}
          </p>
          {refused !== null && (
            <p class="refused" role="alert">
              <Icon name="warn" />
              {refused}
            </p>
          )}
        </div>
        {canPair() && (
          <div class="pad">
            <Keypad kind="digits" typed={code} most={LENGTH} onType={setCode} />
            <button
              type="button"
              class="main"
              disabled={busy || code.length < LENGTH}
              onClick={() => void go()}
            >
              {t(busy ? "pair.busy" : "pair.go")}
            </button>
          </div>
        )}
      </main>
    </div>
  );
}
