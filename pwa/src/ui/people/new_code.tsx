import { useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine, Invited } from "../../net/shapes";
import { FormDialog } from "./parts";

interface Props {
  line: AccountLine;
  close: () => void;
  made: (card: Invited) => void;
}

/** A new code: for somebody who forgot, or because the phone is gone and must open nothing any more. */
export function NewCode({ line, close, made }: Props) {
  const [lost, setLost] = useState(false);
  const send = async (): Promise<void> =>
    made(await (lost ? api.phoneLost(line.id) : api.invite(line.id)));
  return (
    <FormDialog
      title={t("again.choose", { name: line.name })}
      words={t("again.make")}
      close={close}
      send={send}
    >
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
    </FormDialog>
  );
}
