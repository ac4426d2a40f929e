/** A handover that is still to come: another day, or not at all. */
import { useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import { dayOf, FirstDay } from "./handover";
import { FormDialog, useNeeded } from "./parts";

interface Props {
  /** Whose post it is, until when, and who comes. */
  line: { id: string; name: string; ends_on: string; succeeded_by: string; revision: number };
  close: () => void;
  done: () => void;
}

export function ArrangedHandover({ line, close, done }: Props) {
  const [day, setDay] = useState(line.ends_on);
  const [off, setOff] = useState(false);
  const [tryIt, needed] = useNeeded();
  const name = line.succeeded_by;
  if (off) {
    return (
      <FormDialog
        title={t("hand.off")}
        words={t("hand.off")}
        close={close}
        stale={done}
        send={async () => {
          await api.callOffHandover(line);
          done();
        }}
      >
        <p>{t("hand.off.note", { name })}</p>
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={t("hand.title", { name: line.name })}
      words={t("hand.move")}
      close={close}
      stale={done}
      send={async () => {
        tryIt();
        if (day === "") return;
        await api.moveHandover(line, day);
        done();
      }}
    >
      <p>{t("hand.arranged.lead", { day: dayOf(line.ends_on), name })}</p>
      <FirstDay value={day} onInput={setDay} error={needed(day)} />
      <p>
        <button type="button" class="link" onClick={() => setOff(true)}>
          {t("hand.off.open")}
        </button>
      </p>
    </FormDialog>
  );
}
