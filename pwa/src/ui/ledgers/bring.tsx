/** Importing a ledger: of what, the file, which column is which, what is wrong, what each village gets, and one button. */
import { useEffect, useState } from "preact/hooks";
import { dayAt } from "../../core/dates";
import type { Match } from "../../core/matching";
import { say, t } from "../../messages";
import type {
  LedgerAsked,
  LedgerChoices,
  LedgerLoaded,
  LedgerPreview,
} from "../../net/ledger_shapes";
import * as api from "../../net/ledgers";
import { Choice } from "../people/parts";
import { Failure, Input, Skeleton, useAnswer } from "../pieces";
import { type Chosen, SheetTaker } from "../sheet_taker";
import { Page } from "../shell";
import { Done, Outcome } from "./outcome";

/** What a person says of the file before it is read. */
interface Said {
  category: string;
  kind: "notices" | "payments";
  whole: string;
  purpose: string;
  paidOn: string;
}

const LONGEST_NAME = 120;

const askedOf = (said: Said, name: string, matching?: Match): LedgerAsked => ({
  category: said.category,
  kind: said.kind,
  name: name.slice(-LONGEST_NAME),
  ...(said.whole ? { whole: said.whole } : {}),
  ...(said.kind === "payments" ? { purpose: said.purpose.trim(), paid_on: said.paidOn } : {}),
  ...(matching ? { matching } : {}),
});

const isReady = (said: Said): boolean =>
  said.category !== "" &&
  (said.kind === "notices" || (said.purpose.trim() !== "" && said.paidOn !== ""));

export function ImportLedger() {
  const choices = useAnswer(api.ledgerChoices, "ledger-choices");
  return (
    <Page title={t("ledger.new")} back={{ href: "/app/ledgers", words: t("ledger.title") }}>
      {choices.error ? (
        <Failure error={choices.error} retry={choices.again} />
      ) : choices.answer === null ? (
        <Skeleton lines={6} />
      ) : (
        <Importing choices={choices.answer} />
      )}
    </Page>
  );
}

function Importing({ choices }: { choices: LedgerChoices }) {
  const [said, setSaid] = useState<Said>({
    category:
      choices.kinds.find((one) => one.key === "subsidy_list")?.key ?? choices.kinds[0]?.key ?? "",
    kind: "notices",
    whole: "",
    purpose: "",
    paidOn: dayAt(Date.now()),
  });
  const [file, setFile] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<LedgerPreview | null>(null);
  const [done, setDone] = useState<LedgerLoaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // What was read was read for other answers: the file is asked for again.
  useEffect(() => {
    setPreview(null);
    setFile(null);
    setDone(null);
    setError(null);
  }, [said]);

  const during = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const read = (chosen: Chosen, matching?: Match): Promise<void> =>
    during(async () => {
      setDone(null);
      setFile(chosen);
      if (!matching) setPreview(null);
      setPreview(await api.previewLedger(askedOf(said, chosen.name, matching), chosen.data));
    });
  const bring = (): Promise<void> =>
    during(async () => {
      if (file === null || !preview?.match) return;
      setDone(await api.importLedger(askedOf(said, file.name, preview.match), file.data));
      setPreview(null);
      setFile(null);
    });
  return (
    <>
      <Questions choices={choices} said={said} change={setSaid} />
      <section>
        <SheetTaker
          id="ledger-file"
          words={busy ? t("ledger.reading") : t("ledger.choose")}
          help={isReady(said) ? t("ledger.choose.help") : t("ledger.first")}
          off={!isReady(said) || busy}
          take={(chosen) => void read(chosen)}
        />
        {error !== null && <Failure error={error} />}
        {preview && file && (
          <Outcome
            preview={preview}
            file={file.name}
            kind={said.kind}
            busy={busy}
            reread={(match) => void read(file, match)}
            bring={() => void bring()}
          />
        )}
        {done && <Done done={done} />}
      </section>
    </>
  );
}

interface QuestionProps {
  choices: LedgerChoices;
  said: Said;
  change: (said: Said) => void;
}

function Questions({ choices, said, change }: QuestionProps) {
  const kind = choices.kinds.find((one) => one.key === said.category);
  return (
    <section>
      <Choice
        label={t("ledger.category")}
        value={said.category}
        options={choices.kinds.map((one) => ({ value: one.key, words: say(one.name) }))}
        choose={(category) => change({ ...said, category, kind: "notices" })}
      />
      {kind?.payments && (
        <Choice
          label={t("ledger.kind")}
          value={said.kind}
          options={(["notices", "payments"] as const).map((value) => ({
            value,
            words: t(`ledger.kind.${value}`),
          }))}
          choose={(value) => change({ ...said, kind: value })}
        />
      )}
      {said.kind === "payments" && (
        <>
          <Input
            label={t("load.purpose")}
            help={t("load.purpose.help")}
            value={said.purpose}
            onInput={(purpose) => change({ ...said, purpose })}
            maxLength={60}
          />
          <Input
            label={t("load.paid")}
            help={t("load.paid.help")}
            type="date"
            value={said.paidOn}
            max={dayAt(Date.now())}
            onInput={(paidOn) => change({ ...said, paidOn })}
          />
        </>
      )}
      <Choice
        label={t("ledger.whole")}
        value={said.whole}
        options={[
          { value: "", words: t("ledger.whole.split") },
          ...choices.villages.map((one) => ({ value: one.code, words: one.name })),
        ]}
        choose={(whole) => change({ ...said, whole })}
      />
    </section>
  );
}
