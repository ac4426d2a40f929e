/**
 * The posting as villagers and as the wall will show it: drawn by the server's own press, shown in a frame in which
 * no script runs. Without a signal the phone shows its own list and says so.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { previewOf } from "../../acts/previewing";
import { momentText } from "../../core/dates";
import type { Draft } from "../../keep/drafts";
import { language, t } from "../../messages";
import { Problem } from "../../net/client";
import type { PreviewShape } from "../../net/shapes";
import { Notice, problemWords, Skeleton } from "../pieces";
import { Preview } from "./preview";

const SHAPES: PreviewShape[] = ["page", "poster"];
/** An A4 page at 96 dots an inch. */
const A4 = { width: 794, height: 1123 };

export function PreviewPages({ draft }: { draft: Draft }) {
  const [shape, setShape] = useState<PreviewShape>("page");
  const [seen, setSeen] = useState<{ shape: PreviewShape; html: string; opensAt: string } | null>(
    null,
  );
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let here = true;
    let done = (): void => undefined;
    setError(null);
    previewOf(draft, shape).then(
      ({ html, opensAt, release }) => {
        done = release;
        if (here) setSeen({ shape, html, opensAt });
        else release();
      },
      (problem: unknown) => here && setError(problem),
    );
    return () => {
      here = false;
      done();
    };
  }, [shape]);
  const ready = seen !== null && seen.shape === shape;
  return (
    <>
      <fieldset class="preview-shapes">
        <legend class="vh">{t("send.preview.title")}</legend>
        {SHAPES.map((one) => (
          <label key={one} class="tick">
            <input
              type="radio"
              name="shape"
              checked={shape === one}
              onChange={() => setShape(one)}
            />
            <span>{t(`preview.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {error !== null ? (
        <>
          <Notice
            icon={error instanceof Problem ? "act" : "noSignal"}
            title={t("preview.own")}
            live
          >
            <p>{error instanceof Problem ? problemWords(error) : t("preview.offline")}</p>
          </Notice>
          <Preview draft={draft} />
        </>
      ) : ready ? (
        <>
          <p class="small soft" role="status">
            {t("preview.at", { when: momentText(seen.opensAt, language.value) })}
          </p>
          {shape === "poster" ? (
            <Sheet html={seen.html} />
          ) : (
            <Frame html={seen.html} name={t("preview.page")} class="preview-page" />
          )}
        </>
      ) : (
        <Skeleton lines={8} />
      )}
    </>
  );
}

interface FrameProps {
  html: string;
  name: string;
  class: string;
  style?: string;
}

/** Scripts do not run in it, and its links lead nowhere: it is a picture that scrolls. */
function Frame({ html, name, ...look }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const still = (): void => {
    frame.current?.contentDocument?.addEventListener("click", (event) => {
      if ((event.target as Element | null)?.closest?.("a, button")) event.preventDefault();
    });
  };
  return (
    <iframe
      ref={frame}
      title={name}
      sandbox="allow-same-origin"
      srcdoc={html}
      onLoad={still}
      {...look}
    />
  );
}

/** The A4 sheet, made as small as the screen is narrow. */
function Sheet({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const fit = (): void =>
      setScale(Math.min(1, (box.current?.clientWidth ?? A4.width) / A4.width));
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, []);
  return (
    <div ref={box} class="preview-sheet" style={`height:${Math.ceil(A4.height * scale)}px`}>
      <Frame
        html={html}
        name={t("preview.poster")}
        class="preview-a4"
        style={`transform:scale(${scale})`}
      />
    </div>
  );
}
