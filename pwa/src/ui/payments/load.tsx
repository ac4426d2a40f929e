/** Loading a list: which village, of what, paid when; then the file, what it would do, and the one button that does it. */
import { useEffect, useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { formatFen } from "../../core/money";
import { language, say, t } from "../../messages";
import type { ListAsked, Loaded, PaymentChoices, PaymentPreview } from "../../net/payment_shapes";
import * as api from "../../net/questions";
import { DivisionPicker } from "../people/division_picker";
import { Choice } from "../people/parts";
import { Failure, Input, Notice } from "../pieces";
import { type Chosen, SheetTaker } from "../sheet_taker";
import { Page } from "../shell";
import { Beside } from "./lists";

export function LoadPayments() {
  const [village, setVillage] = useState("");
  const [choices, setChoices] = useState<PaymentChoices | null>(null);
  const [category, setCategory] = useState("subsidy_list");
  const [period, setPeriod] = useState("");
  const [purpose, setPurpose] = useState("");
  const [paidOn, setPaidOn] = useState(dayAt(Date.now()));
  const [file, setFile] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<PaymentPreview | null>(null);
  const [done, setDone] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const ready = village !== "" && purpose.trim() !== "" && paidOn !== "";
  const asked: ListAsked = {
    division: village,
    category,
    purpose: purpose.trim(),
    paid_on: paidOn,
    ...(period ? { period } : {}),
  };
  useEffect(() => {
    setChoices(null);
    setPeriod("");
    if (village === "") return;
    let here = true;
    api.paymentChoices(village).then(
      (found) => here && setChoices(found),
      (problem: unknown) => here && setError(problem),
    );
    return () => {
      here = false;
    };
  }, [village]);
  // What was read was read for other answers: the file is asked for again.
  useEffect(() => {
    setPreview(null);
    setFile(null);
    setDone(null);
  }, [village, category, period, purpose, paidOn]);

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
  const read = (chosen: Chosen): Promise<void> =>
    during(async () => {
      setPreview(null);
      setDone(null);
      setFile(chosen);
      setPreview(await api.previewPayments(asked, chosen.data));
    });
  const load = (): Promise<void> =>
    during(async () => {
      if (file === null) return;
      setDone(await api.loadPayments(asked, file.data));
      setPreview(null);
      setFile(null);
    });

  const notices = choices?.categories.find((one) => one.key === category)?.notices ?? [];
  return (
    <Page title={t("load.title")} back={{ href: "/app/payments", words: t("pay.title") }}>
      <section>
        <h2>{t("load.village")}</h2>
        <DivisionPicker
          from={actor.value?.division ?? ""}
          levels={["village"]}
          choose={(code) => setVillage(code)}
        />
        {choices && (
          <>
            <Choice
              label={t("load.category")}
              value={category}
              options={choices.categories.map((one) => ({
                value: one.key,
                words: say(one.name),
              }))}
              choose={(key) => {
                setCategory(key);
                setPeriod("");
              }}
            />
            <Choice
              label={t("load.notice")}
              value={period}
              options={[
                { value: "", words: t("load.notice.none") },
                ...notices.map((one) => ({ value: one.period, words: one.title })),
              ]}
              choose={setPeriod}
            />
          </>
        )}
        <Input
          label={t("load.purpose")}
          help={t("load.purpose.help")}
          value={purpose}
          onInput={setPurpose}
          maxLength={60}
        />
        <Input
          label={t("load.paid")}
          help={t("load.paid.help")}
          type="date"
          value={paidOn}
          max={dayAt(Date.now())}
          onInput={setPaidOn}
        />
      </section>
      <section>
        <SheetTaker
          id="payment-file"
          words={busy ? t("load.reading") : t("load.file")}
          help={ready ? t("load.file.help") : t("load.first")}
          off={!ready || busy}
          take={(chosen) => void read(chosen)}
        />
        {error !== null && <Failure error={error} />}
        {preview && file && (
          <Preview preview={preview} file={file.name} busy={busy} load={() => void load()} />
        )}
        {done && (
          <Notice icon="ok" title={t(`load.done.${done.outcome}`, { n: done.rows })} live>
            <p>{t("load.done.note")}</p>
            <a class="btn" href="/app/payments">
              {t("load.list")}
            </a>
          </Notice>
        )}
      </section>
    </Page>
  );
}

interface PreviewProps {
  preview: PaymentPreview;
  file: string;
  busy: boolean;
  load: () => void;
}

/** What came of the file: wrong rows by their numbers, or what loading it would do. */
function Preview({ preview, file, busy, load }: PreviewProps) {
  const { would, wrong } = preview;
  const beyond = preview.wrong_count - wrong.length;
  return (
    <div class="read-list" role="status" lang={language.value}>
      <h2>{t("load.read", { file, n: preview.rows, total: formatFen(preview.total) })}</h2>
      {preview.skipped > 0 && <p class="small">{t("load.skipped", { n: preview.skipped })}</p>}
      {wrong.length > 0 && (
        <Notice icon="act" title={t("load.wrong", { n: preview.wrong_count })}>
          <ul class="wrong-rows">
            {wrong.map((one) => (
              <li key={`${one.row} ${one.column}`}>
                <b>{t("load.wrong.row", { row: one.row, column: one.column })}</b> {say(one.detail)}
              </li>
            ))}
          </ul>
          {beyond > 0 && <p>{t("load.wrong.more", { n: beyond })}</p>}
        </Notice>
      )}
      {would && (
        <>
          <p>
            <Beside line={preview} />
          </p>
          <p>
            {t(`load.would.${would.outcome}`, {
              added: would.added,
              removed: would.removed,
              kept: would.kept,
            })}
          </p>
          {would.unasked > 0 && <p class="small">{t("pay.unasked", { n: would.unasked })}</p>}
          {would.outcome !== "unchanged" && (
            <button type="button" class="btn main block" disabled={busy} onClick={load}>
              {t("load.go")}
            </button>
          )}
        </>
      )}
    </div>
  );
}
