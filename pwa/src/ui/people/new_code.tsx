import { useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { Dialog, Notice, problemWords } from "../pieces";

interface Props {
  line: AccountLine;
  close: () => void;
  made: (card: Invited) => void;
}

/** A new code: for somebody who forgot, or because the phone is gone and must open nothing any more. */
export function NewCode({ line, close, made }: Props) {
  const [lost, setLost] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      made(await (lost ? api.phoneLost(line.id) : api.invite(line.id)));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog title={t("again.choose", { name: line.name })} onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <fieldset class="choices">
          <legend class="vh">{t("again.why")}</legend>
          {(["plain", "lost"] as const).map((kind) => (
            <label key={kind} class="tick">
              <input
                type="radio"
                name="why"
                checked={lost === (kind === "lost")}
                onChange={() => setLost(kind === "lost")}
              />
              <span>
                {t(`again.${kind}`)}
                <small>{t(`again.${kind}.note`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("again.make")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
