/** Ordering a village to put something right, in a dialog of its own. */
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { newId } from "../../acts/digest";
import { say, t } from "../../messages";
import * as api from "../../net/inspecting";
import { Choice, FormDialog } from "../people/parts";
import { Dialog, Failure, Input, Skeleton, useAnswer } from "../pieces";

interface Props {
  /** To whom it can go; without any the server is asked. */
  villages?: readonly { code: string; name: string }[];
  finding?: string;
  inspection?: { draw: string; rank: number };
  /** The notice it is about, which is the village's own. */
  notice?: string;
  /** What is to be done with the order that was given, before it is opened. */
  given?: (id: string) => Promise<void>;
  close: () => void;
}

export function GiveOrder(props: Props) {
  const asked = useAnswer(api.orderingChoices, "ordering");
  if (asked.answer === null) {
    return (
      <Dialog title={t("order.title")} onClose={props.close}>
        {asked.error ? <Failure error={asked.error} retry={asked.again} /> : <Skeleton />}
      </Dialog>
    );
  }
  const { villages, choices } = asked.answer;
  return <OrderForm {...props} villages={props.villages ?? villages} choices={choices} />;
}

interface FormProps extends Omit<Props, "villages"> {
  villages: readonly { code: string; name: string }[];
  choices: {
    measures: { key: string; name: { zh: string; en: string } }[];
    term_days: number;
    most_days: number;
  };
}

export const termOf = (typed: string, most: number): number | null => {
  const n = /^\d{1,3}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  return n >= 1 && n <= most ? n : null;
};

function OrderForm(props: FormProps) {
  const { villages, choices, finding, inspection, notice, close } = props;
  const { route } = useLocation();
  const [id] = useState(newId);
  const [village, setVillage] = useState(villages[0]?.code ?? "");
  const [found, setFound] = useState(finding ?? "");
  const [demand, setDemand] = useState("");
  const [measure, setMeasure] = useState(choices.measures[0]?.key ?? "");
  const [days, setDays] = useState(String(choices.term_days));
  const [tried, setTried] = useState(false);
  const term = termOf(days, choices.most_days);
  const send = async (): Promise<void> => {
    setTried(true);
    if (found.trim() === "" || demand.trim() === "" || term === null) return;
    const page = await api.giveOrder({
      id,
      division: village,
      finding: found.trim(),
      demand: demand.trim(),
      measure,
      days: term,
      ...(inspection ? { inspection } : {}),
      ...(notice ? { disclosure_id: notice } : {}),
    });
    await props.given?.(page.head.id);
    route(`/app/rectifications/${page.head.id}`);
  };
  const missing = (words: string): string | null =>
    tried && words.trim() === "" ? t("order.missing") : null;
  return (
    <FormDialog title={t("order.title")} words={t("order.go")} close={close} send={send}>
      <Choice
        label={t("order.village")}
        value={village}
        options={villages.map(({ code, name }) => ({ value: code, words: name }))}
        choose={setVillage}
      />
      <Input
        label={t("order.finding")}
        value={found}
        rows={3}
        onInput={setFound}
        error={missing(found)}
      />
      <Input
        label={t("order.demand")}
        help={t("order.demand.help")}
        value={demand}
        rows={3}
        onInput={setDemand}
        error={missing(demand)}
      />
      <Choice
        label={t("order.measure")}
        value={measure}
        options={choices.measures.map((one) => ({ value: one.key, words: say(one.name) }))}
        choose={setMeasure}
      />
      <Input
        label={t("order.days")}
        help={t("order.days.help", { most: choices.most_days })}
        value={days}
        maxLength={3}
        onInput={setDays}
        error={tried && term === null ? t("order.days.wrong", { most: choices.most_days }) : null}
      />
    </FormDialog>
  );
}
