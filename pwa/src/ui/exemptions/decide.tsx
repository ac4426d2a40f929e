/** Approving, refusing or ending early what somebody asked for: each asks once and says what will happen. */
import { useState } from "preact/hooks";
import { placed, say, t } from "../../messages";
import * as api from "../../net/exempting";
import type { ExemptionLine } from "../../net/exemption_shapes";
import { FormDialog } from "../people/parts";
import { Input } from "../pieces";
import { askedFor } from "./list";

export type Act = "approve" | "refuse" | "end";

interface Props {
  act: Act;
  line: ExemptionLine;
  close: () => void;
  done: () => void;
}

export function Decide({ act, line, close, done }: Props) {
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const needed = act !== "approve";
  const send = async (): Promise<void> => {
    setTried(true);
    if (needed && words.trim() === "") return;
    if (act === "end") await api.end(line, words.trim());
    else await api.decide(line, act === "approve", words.trim());
    done();
  };
  return (
    <FormDialog
      title={t(`exemptions.${act}`)}
      words={t(`exemptions.${act}`)}
      close={close}
      stale={done}
      send={send}
    >
      <p>
        <b>
          {placed(line.division_name)} · {say(line.category_name)} · {askedFor(line)}
        </b>
      </p>
      <p>{line.reason}</p>
      <p class="soft">{t(`exemptions.${act}.note`)}</p>
      <Input
        label={t(needed ? "exemptions.reason" : "exemptions.words")}
        value={words}
        rows={3}
        onInput={setWords}
        error={tried && needed && words.trim() === "" ? t("exemptions.missing") : null}
      />
    </FormDialog>
  );
}
