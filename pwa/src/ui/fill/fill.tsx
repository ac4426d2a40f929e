/** Filling a draft from a spreadsheet: choose or paste, match the columns, look, fill. Nothing is sent by it. */
import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { current, open } from "../../acts/drafting";
import { applyFilling, filling, readMatched, startFilling } from "../../acts/filling";
import { stepOf } from "../../core/form";
import { t } from "../../messages";
import { Skeleton } from "../pieces";
import { Page } from "../shell";
import { Choose } from "./choose";
import { MatchStep } from "./match_step";
import { firstList, Ready } from "./ready";

export function Fill() {
  const { params } = useRoute();
  const { route } = useLocation();
  const id = params.id ?? "";
  const [here, setHere] = useState(current.value?.id === id);
  useEffect(() => {
    const opened = current.value?.id === id ? Promise.resolve(true) : open(id);
    void opened.then((found) => {
      if (!found) route(`/app/post/${id}`, true);
      else void startFilling().finally(() => setHere(true));
    });
  }, [id]);
  const back = { href: `/app/post/${id}`, words: t("fill.open") };
  const draft = current.value;
  const state = filling.value;
  const waiting = !here || draft === null || state.at === "reading";
  const apply = (): void => {
    if (state.at !== "ready" || draft === null) return;
    const step = stepOf(draft.form.form, firstList(state.content));
    applyFilling(state.content);
    if (step >= 0 && current.value) current.value = { ...current.value, step };
    route(`/app/post/${id}`, true);
  };
  return (
    <Page
      title={t(state.at === "match" ? "fill.match" : "fill.title")}
      back={{ ...back, words: t("post.title") }}
      thumb={
        waiting ? undefined : state.at === "match" ? (
          <div class="thumb-row">
            <button type="button" class="btn" onClick={() => void startFilling()}>
              {t("fill.back")}
            </button>
            <button
              type="button"
              class="btn main"
              disabled={state.matches.length + state.taken.length === 0}
              onClick={() => void readMatched(state)}
            >
              {t(state.errors.length > 0 ? "fill.again" : "fill.read")}
            </button>
          </div>
        ) : state.at === "ready" ? (
          <div class="thumb-row">
            <button
              type="button"
              class="btn"
              onClick={() => {
                if (state.back === null) void startFilling();
                else filling.value = state.back;
              }}
            >
              {t("fill.match")}
            </button>
            <button
              type="button"
              class="btn main"
              disabled={Object.keys(state.content).length === 0}
              onClick={apply}
            >
              {t("fill.apply")}
            </button>
          </div>
        ) : undefined
      }
    >
      {waiting ? (
        <section>
          <p role="status">{t("fill.reading")}</p>
          <Skeleton lines={5} />
        </section>
      ) : state.at === "match" ? (
        <MatchStep matching={state} form={draft.form.form} />
      ) : state.at === "ready" ? (
        <Ready draft={draft} ready={state} />
      ) : (
        <Choose draft={draft} waiting={state.waiting} refused={state.refused} />
      )}
    </Page>
  );
}
