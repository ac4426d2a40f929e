import { useState } from "preact/hooks";
import { t } from "../../messages";
import { Dialog, Input, Notice, problemWords } from "../pieces";

interface Props {
  kind: "refuse" | "return";
  error: unknown;
  sending: boolean;
  close: () => void;
  send: (reason: string) => void;
}

/** Why something is not taken up, or what must be put right: never without words. */
export function ReasonDialog({ kind, error, sending, close, send }: Props) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== "") send(reason.trim());
  };
  return (
    <Dialog title={t(`asked.${kind}.title`)} onClose={close}>
      <form onSubmit={submit}>
        <Input
          label={t(`asked.${kind}.reason`)}
          help={t(`asked.${kind}.help`)}
          value={reason}
          rows={3}
          onInput={setReason}
          error={tried && reason.trim() === "" ? t("asked.reason.missing") : null}
        />
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn" disabled={sending}>
            {t(kind === "refuse" ? "asked.refuse.go" : "asked.return")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
