/** The four ready texts of a notice: to copy, to read out, to print. */
import { useRef, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { language, t } from "../../messages";
import * as api from "../../net/outreach";
import type { OutreachKind, ReadyTexts } from "../../net/outreach_shapes";
import { Icon } from "../icons";
import { Choice } from "../people/parts";
import { Failure, Skeleton, useAnswer } from "../pieces";
import { Page } from "../shell";
import { records } from "./list";

export function Tell() {
  const { params } = useRoute();
  const id = params.id ?? "";
  // Villagers read Chinese, whatever the language of this screen.
  const [written, setWritten] = useState<"zh" | "en">("zh");
  const found = useAnswer(() => api.texts(id, written), `texts ${id} ${written}`);
  return (
    <Page title={t("tell.title")} back={{ href: "/app/outreach", words: t("outreach.title") }}>
      <section class="form">
        <p class="soft">{t("tell.lead")}</p>
        {found.answer && (
          <a class="link" href={`/d/${id}`} rel="external">
            {found.answer.title}
          </a>
        )}
        <Choice
          label={t("tell.language")}
          value={written}
          options={(["zh", "en"] as const).map((value) => ({ value, words: t(`tell.${value}`) }))}
          choose={setWritten}
        />
      </section>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : found.answer === null ? (
        <section>
          <Skeleton lines={8} />
        </section>
      ) : (
        <Texts texts={found.answer} written={written} />
      )}
    </Page>
  );
}

function Texts({ texts, written }: { texts: ReadyTexts; written: "zh" | "en" }) {
  const lang = written === "zh" ? "zh-CN" : "en";
  const { seconds } = texts.script;
  return (
    <>
      {texts.messages.map((one) => {
        const key = one.parts === 1 ? "tell.message" : "tell.message.many";
        return (
          <Ready
            key={`message ${one.parts}`}
            title={t(key, { n: one.parts })}
            text={one.text}
            lang={lang}
            kind="message"
            notice={texts.disclosure_id}
          >
            <p class="small soft">
              {t("tell.count", { units: one.units, room: one.room, parts: one.parts })}
            </p>
            {!one.complete && <p class="small soft">{t("tell.left")}</p>}
          </Ready>
        );
      })}
      <Ready
        title={t("tell.script")}
        text={texts.script.paragraphs.join("\n")}
        lang={lang}
        kind="broadcast"
        notice={texts.disclosure_id}
      >
        <p class="small soft">
          {t("tell.script.time", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
        </p>
      </Ready>
      <section aria-labelledby="letter">
        <div class="head">
          <h2 id="letter">{t("tell.letter")}</h2>
        </div>
        <p class="small soft">{t("tell.letter.note")}</p>
        <a
          class="btn block"
          href={`${texts.letter}?text=${written}`}
          target="_blank"
          rel="noopener external"
        >
          <Icon name="print" />
          {t("tell.letter.open")}
        </a>
        <Recorded kind="letter" notice={texts.disclosure_id} />
      </section>
      <Ready
        title={t("tell.chat")}
        text={texts.chat}
        lang={lang}
        kind="chat"
        notice={texts.disclosure_id}
      />
    </>
  );
}

interface ReadyProps {
  title: string;
  text: string;
  lang: string;
  kind: OutreachKind;
  notice: string;
  children?: preact.ComponentChildren;
}

function Ready({ title, text, lang, kind, notice, children }: ReadyProps) {
  const shown = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState<"" | "tell.copied" | "tell.copy.not">("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("tell.copied");
    } catch {
      // On plain http, or where it is forbidden: it is selected, to be copied by hand.
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      setSaid("tell.copy.not");
    }
  };
  return (
    <section aria-label={title}>
      <div class="head">
        <h2>{title}</h2>
      </div>
      {children}
      <p class="quote typed" lang={lang} ref={shown}>
        {text}
      </p>
      <button type="button" class="btn block" onClick={() => void copy()}>
        <Icon name="copy" />
        {t("tell.copy")}
        <span class="vh"> {title}</span>
      </button>
      <p class="small" role="status">
        {said && t(said)}
      </p>
      <Recorded kind={kind} notice={notice} />
    </section>
  );
}

function Recorded({ kind, notice }: { kind: OutreachKind; notice: string }) {
  if (!records()) return null;
  return (
    <p>
      <a
        class="link"
        href={`/app/outreach/new?kind=${kind}&notice=${notice}`}
        lang={language.value}
      >
        {t("tell.record")}
        <span class="vh"> {t(`outreach.kind.${kind}`)}</span>
        <Icon name="forward" />
      </a>
    </p>
  );
}
