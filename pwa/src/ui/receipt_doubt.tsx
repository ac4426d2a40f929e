/** A receipt that was not believed: try again, or, when the key was changed, believe the new one after asking somebody. */
import { useState } from "preact/hooks";
import { acceptKey, publishedKey, tryAgain } from "../acts/checking";
import type { Posting } from "../keep/outbox";
import { trustedKeys } from "../keep/receipt_keys";
import { t } from "../messages";
import { Dialog, Failure, Input, Skeleton, useAnswer } from "./pieces";

export function ReceiptDoubt({ posting }: { posting: Posting }) {
  const [asking, setAsking] = useState(false);
  const changed = posting.refusal?.slug === "receipt-key-changed";
  return (
    <>
      <button type="button" class="btn main block" onClick={() => void tryAgain([posting.id])}>
        {t("doubt.again")}
      </button>
      {changed && (
        <button type="button" class="btn block" onClick={() => setAsking(true)}>
          {t("doubt.key")}
        </button>
      )}
      {asking && <AcceptKey close={() => setAsking(false)} />}
    </>
  );
}

/** Both keys as they are spelled, what it means to change, and whom one has asked. */
function AcceptKey({ close }: { close: () => void }) {
  const keys = useAnswer(
    async () => ({ known: await trustedKeys(), published: await publishedKey() }),
    "receipt keys",
  );
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const published = keys.answer?.published;
  const accept = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (why.trim() === "" || !published) return;
    close();
    await acceptKey(published.spelled, why.trim());
  };
  return (
    <Dialog title={t("doubt.key.title")} onClose={close}>
      {keys.error ? (
        <Failure error={keys.error} retry={keys.again} />
      ) : keys.answer === null ? (
        <Skeleton lines={5} />
      ) : (
        <form onSubmit={(event) => void accept(event)}>
          <p>{t("doubt.key.note")}</p>
          <dl class="keys-told">
            <dt>{t("doubt.key.known")}</dt>
            <dd>
              <code class="hash">{keys.answer.known[0]?.spelled}</code>
            </dd>
            <dt>{t("doubt.key.published")}</dt>
            <dd>
              <code class="hash">{published?.spelled ?? "—"}</code>
            </dd>
          </dl>
          <Input
            label={t("doubt.key.why")}
            help={t("doubt.key.why.help")}
            value={why}
            rows={2}
            onInput={setWhy}
            error={tried && why.trim() === "" ? t("doubt.key.why.missing") : null}
          />
          <p class="pair">
            <button type="button" class="btn" onClick={close}>
              {t("cancel")}
            </button>
            <button type="submit" class="btn" disabled={!published}>
              {t("doubt.key.accept")}
            </button>
          </p>
        </form>
      )}
    </Dialog>
  );
}
