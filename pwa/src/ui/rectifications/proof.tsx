/** The village's proof: kept on the phone while it is written, sent once there is a signal. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import {
  changePaper,
  loadPapers,
  paperFailed,
  paperOf,
  papers,
  proofKey,
  sendPapers,
} from "../../acts/papers";
import { say, t } from "../../messages";
import type { OrderPage } from "../../net/inspection_shapes";
import { PaperPhotos } from "../inspections/photos";
import { Choice } from "../people/parts";
import { Input, Notice } from "../pieces";

/** The order whose proof somebody tried to send without a word. */
const tried = signal<string | null>(null);

export function Proof({ page }: { page: OrderPage }) {
  const { id, division } = page.head;
  const key = proofKey(id);
  useEffect(() => {
    if (papers.value === null) void loadPapers();
    return () => {
      tried.value = null;
    };
  }, []);
  const paper = paperOf(key);
  const fields = paper?.fields ?? {};
  const put = (field: string, value: string): void =>
    void changePaper(key, division, { fields: { [field]: value }, refusal: null });
  return (
    <>
      {paper?.refusal && (
        <Notice icon="act" title={t("visit.refused", { why: say(paper.refusal) })} live />
      )}
      {paper?.waiting && <Notice icon="noSignal" title={t("visit.sent")} live />}
      <section class="form" aria-labelledby="proof">
        <div class="head">
          <h2 id="proof">{t("proof.title")}</h2>
        </div>
        <Input
          label={t("proof.words")}
          help={t("proof.words.help")}
          value={fields.words ?? ""}
          rows={4}
          onInput={(typed) => put("words", typed)}
          error={
            tried.value === id && (fields.words ?? "").trim() === ""
              ? t("proof.words.missing")
              : null
          }
        />
        <Choice
          label={t("proof.notice")}
          value={fields.disclosure ?? ""}
          options={[
            { value: "", words: t("proof.notice.none") },
            ...page.notices.map((one) => ({ value: one.id, words: one.title })),
          ]}
          choose={(chosen) => put("disclosure", chosen)}
        />
        <p class={paperFailed.value ? "error" : "small soft"} role="status">
          {paperFailed.value ? t("visit.keep.failed") : paper ? t("visit.kept") : ""}
        </p>
      </section>
      <PaperPhotos
        name={t("proof.photos")}
        label={t("proof.photo.take")}
        words={(n) => t("one.photo.n", { n })}
        paperKey={key}
        division={division}
      />
    </>
  );
}

export function SendProof({ page, etag }: { page: OrderPage; etag: string }) {
  const { id, division } = page.head;
  const paper = paperOf(proofKey(id));
  const send = (): void => {
    tried.value = id;
    if ((paper?.fields.words ?? "").trim() === "") return;
    void changePaper(proofKey(id), division, { waiting: true, refusal: null, etag }).then(
      sendPapers,
    );
  };
  return (
    <button type="button" class="btn main" onClick={send}>
      {t(paper?.waiting ? "visit.again" : "proof.send")}
    </button>
  );
}
