/** The telephone of an office: by which villagers reach it, on their pages, on posters and on query points. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { say, t } from "../../messages";
import { Problem } from "../../net/client";
import * as api from "../../net/site_notices";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input, Skeleton, useAnswer } from "../pieces";

const MOST = 24;

export function OfficePhone({ close, done }: { close: () => void; done: (words: string) => void }) {
  const [code, setCode] = useState(actor.value?.division ?? "");
  // What was typed for a place; what stands there until then.
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const places = useAnswer(api.places, `notice places ${actor.value?.division}`);
  const place = places.answer?.find((one) => one.code === code);
  const phone = typed ?? place?.phone ?? "";
  return (
    <FormDialog
      title={t("notices.phone")}
      words={t("notices.phone.go")}
      close={close}
      send={async () => {
        if (place === undefined) return;
        setWrong(null);
        try {
          await api.setPhone(code, phone.trim());
        } catch (error) {
          const about = error instanceof Problem ? error.errors[0] : undefined;
          if (about?.pointer !== "/phone") throw error;
          setWrong(say(about.detail));
          return;
        }
        done(t(phone.trim() ? "notices.phone.done" : "notices.phone.gone", { place: place.name }));
      }}
    >
      {places.error ? (
        <Failure error={places.error} retry={places.again} />
      ) : places.answer === null ? (
        <Skeleton lines={4} />
      ) : (
        <>
          <p class="soft">{t("notices.phone.lead")}</p>
          <Choice
            label={t("notices.phone.place")}
            value={code}
            options={places.answer.map((one) => ({
              value: one.code,
              words: one.phone ? `${one.name} ${one.phone}` : one.name,
            }))}
            choose={(next) => {
              setCode(next);
              setTyped(null);
              setWrong(null);
            }}
          />
          <Input
            label={t("notices.phone.number")}
            help={t("notices.phone.help")}
            value={phone}
            maxLength={MOST}
            onInput={setTyped}
            error={wrong}
          />
        </>
      )}
    </FormDialog>
  );
}
