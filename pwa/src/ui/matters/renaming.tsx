/** Put right what people call a matter; whoever renamed it meanwhile is not overruled unseen. */
import { useState } from "preact/hooks";
import { t } from "../../messages";
import type { Matter } from "../../net/matter_shapes";
import * as api from "../../net/questions";
import { FormDialog } from "../people/parts";
import { Input } from "../pieces";
import { LONGEST_NAME } from "./linking";

interface Props {
  matter: Matter;
  close: (renamed: boolean) => void;
}

export function Renaming({ matter, close }: Props) {
  const [name, setName] = useState(matter.name);
  const [tried, setTried] = useState(false);
  const send = async (): Promise<void> => {
    setTried(true);
    if (name.trim() === "") return;
    await api.renameMatter(matter, name.trim());
    close(true);
  };
  return (
    <FormDialog
      title={t("mat.rename.of", { name: matter.name })}
      words={t("mat.rename.go")}
      close={() => close(false)}
      send={send}
    >
      <Input
        label={t("mat.name")}
        help={t("mat.name.help")}
        value={name}
        onInput={setName}
        maxLength={LONGEST_NAME}
        error={tried && name.trim() === "" ? t("mat.name.missing") : null}
      />
    </FormDialog>
  );
}
