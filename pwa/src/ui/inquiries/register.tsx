/** What somebody asks at the counter or by telephone: it is written down where villagers write, in their village. */
import { useState } from "preact/hooks";
import { placed, t } from "../../messages";
import * as api from "../../net/inspecting";
import { Choice } from "../people/parts";
import { Dialog, Failure, Skeleton, useAnswer } from "../pieces";

export function Register({ close }: { close: () => void }) {
  const asked = useAnswer(api.orderingChoices, "ordering");
  const [chosen, setChosen] = useState("");
  const villages = asked.answer?.villages ?? [];
  const village = chosen || (villages[0]?.code ?? "");
  return (
    <Dialog title={t("register.title")} onClose={close}>
      <p class="soft">{t("register.note")}</p>
      {asked.error ? (
        <Failure error={asked.error} retry={asked.again} />
      ) : asked.answer === null ? (
        <Skeleton />
      ) : (
        <>
          <Choice
            label={t("order.village")}
            value={village}
            options={villages.map(({ code, name }) => ({ value: code, words: placed(name) }))}
            choose={setChosen}
          />
          <p class="pair">
            <button type="button" class="btn" onClick={close}>
              {t("cancel")}
            </button>
            <a
              class="btn main"
              href={`/v/${village}/ask`}
              target="_blank"
              rel="noopener external"
              onClick={close}
            >
              {t("register.go")}
            </a>
          </p>
        </>
      )}
    </Dialog>
  );
}
