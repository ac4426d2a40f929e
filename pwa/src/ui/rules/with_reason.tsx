/** The last step of a change to a county's rules: why, what follows, and the button that does it. */
import { useState } from "preact/hooks";
import { t } from "../../messages";
import { Input, Notice, problemWords } from "../pieces";

interface Props {
  /** What follows from it, above the button. */
  note: string;
  button: string;
  /** Do it for this reason; what it throws is said in the form, and nothing typed is lost. */
  act: (reason: string) => Promise<void>;
}

export function WithReason({ note, button, act }: Props) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setError(null);
    setBusy(true);
    try {
      await act(reason);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="form" onSubmit={(event) => void send(event)}>
      <Input
        label={t("policies.reason")}
        help={t("policies.reason.help")}
        value={reason}
        onInput={setReason}
        maxLength={400}
        rows={2}
      />
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      <p class="soft">{note}</p>
      <button type="submit" class="btn main" disabled={busy}>
        {button}
      </button>
    </form>
  );
}
