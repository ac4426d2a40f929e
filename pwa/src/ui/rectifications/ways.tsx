/** What the township or the county does with an order, each in a dialog of its own. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { parseYuan } from "../../core/money";
import { say, t } from "../../messages";
import * as api from "../../net/inspecting";
import type { OrderPage, Way } from "../../net/inspection_shapes";
import { termOf } from "../inspections/order";
import { Choice, FormDialog } from "../people/parts";
import { Input } from "../pieces";

interface Props {
  way: Exclude<Way, "prove">;
  page: OrderPage;
  etag: string;
  close: () => void;
  again: () => void;
}

const ACTS = { return: "return", escalate: "escalation", close: "closure" } as const;

export function WayDialog({ way, page, etag, close, again }: Props) {
  const { choices } = page;
  const [id] = useState(newId);
  const [words, setWords] = useState("");
  const [days, setDays] = useState(String(choices.term_days));
  const [measure, setMeasure] = useState("");
  const [money, setMoney] = useState("");
  const [tried, setTried] = useState(false);
  const term = termOf(days, choices.most_days);
  const recovered = money.trim() === "" ? 0 : parseYuan(money);
  const wrongMoney = recovered === null || recovered < 0;
  const send = async (): Promise<void> => {
    setTried(true);
    if (words.trim() === "") return;
    if (way === "return" && term === null) return;
    if (way === "close" && wrongMoney) return;
    const more =
      way === "return"
        ? { days: term }
        : way === "close"
          ? { recovered }
          : measure === ""
            ? {}
            : { measure };
    await api.step(page.head.id, ACTS[way], etag, { id, words: words.trim(), ...more });
    close();
    again();
  };
  return (
    <FormDialog
      title={t(`way.${way}`)}
      words={t(`way.${way}`)}
      close={close}
      stale={again}
      send={send}
    >
      {way === "escalate" && <p class="soft">{t("way.escalate.note")}</p>}
      <Input
        label={t(`way.${way}.words`)}
        value={words}
        rows={4}
        onInput={setWords}
        error={tried && words.trim() === "" ? t("order.missing") : null}
      />
      {way === "return" && (
        <Input
          label={t("order.days")}
          help={t("order.days.help", { most: choices.most_days })}
          value={days}
          maxLength={3}
          onInput={setDays}
          error={tried && term === null ? t("order.days.wrong", { most: choices.most_days }) : null}
        />
      )}
      {way === "escalate" && (
        <Choice
          label={t("order.measure")}
          value={measure}
          options={[
            { value: "", words: t("order.measure.same") },
            ...choices.measures.map((one) => ({ value: one.key, words: say(one.name) })),
          ]}
          choose={setMeasure}
        />
      )}
      {way === "close" && (
        <Input
          label={t("way.close.recovered")}
          value={money}
          maxLength={20}
          onInput={setMoney}
          error={tried && wrongMoney ? t("way.close.wrong") : null}
        />
      )}
    </FormDialog>
  );
}
