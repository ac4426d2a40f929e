/** A list of divisions by file: read, what it would change, and one question before it does. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, isDay } from "../../core/dates";
import { t } from "../../messages";
import * as api from "../../net/divisions";
import { Icon } from "../icons";
import { FormDialog } from "../people/parts";
import { Failure, Input, Notice } from "../pieces";

interface Chosen {
  name: string;
  data: ArrayBuffer;
}

export function DivisionImport({ done }: { done: () => void }) {
  const [on, setOn] = useState(dayAt(Date.now()));
  const [file, setFile] = useState<Chosen | null>(null);
  const [seen, setSeen] = useState<api.DivisionChanges | null>(null);
  const [made, setMade] = useState<api.DivisionChanges | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const division = actor.value?.division ?? "";

  const read = async (chosen: Chosen): Promise<void> => {
    setError(null);
    setSeen(null);
    setMade(null);
    setFile(chosen);
    setBusy(true);
    try {
      setSeen(await api.previewDivisions(division, on, chosen.data));
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const change = async (): Promise<void> => {
    if (file === null || seen === null) return;
    setMade(await api.importDivisions(division, seen.on, file.data));
    setAsking(false);
    setSeen(null);
    setFile(null);
    done();
  };
  return (
    <details class="unfolds">
      <summary>{t("lives.import")}</summary>
      <p>{t("lives.import.lead")}</p>
      <Input
        label={t("lives.on")}
        help={t("lives.on.help")}
        type="date"
        value={on}
        max={dayAt(Date.now())}
        onInput={(day) => {
          // What was read was read for another day.
          setSeen(null);
          setOn(day);
        }}
      />
      <div class="taker">
        <label class={busy || !isDay(on) ? "btn off" : "btn"} for="division-file">
          <Icon name="grid" />
          {busy ? t("lives.reading") : t("lives.file")}
          <input
            id="division-file"
            class="vh"
            type="file"
            accept=".xlsx,.csv,text/csv"
            disabled={busy || !isDay(on)}
            aria-describedby="division-file-help"
            onChange={(event) => {
              const input = event.currentTarget;
              const chosen = input.files?.[0];
              if (chosen) {
                void chosen.arrayBuffer().then((data) => read({ name: chosen.name, data }));
              }
              input.value = "";
            }}
          />
        </label>
      </div>
      <p class="help" id="division-file-help">
        {t("lives.file.help")}
      </p>
      {error !== null && <Failure error={error} />}
      {seen && file && <Seen seen={seen} file={file.name} change={() => setAsking(true)} />}
      {made && <Notice icon="ok" title={t("lives.done", counts(made))} live />}
      {asking && seen && (
        <FormDialog
          title={t("lives.ask")}
          words={t("lives.do")}
          close={() => setAsking(false)}
          send={change}
        >
          <p>{t("lives.ask.note", { day: seen.on, ...counts(seen) })}</p>
        </FormDialog>
      )}
    </details>
  );
}

const counts = ({ added, renamed, closed }: api.DivisionChanges) => ({ added, renamed, closed });

interface SeenProps {
  seen: api.DivisionChanges;
  file: string;
  change: () => void;
}

function Seen({ seen, file, change }: SeenProps) {
  const n = seen.added + seen.renamed + seen.moved + seen.closed;
  if (n === 0) return <Notice icon="ok" title={t("lives.same", { file })} live />;
  return (
    <div class="read-list" role="status">
      <h2>{t("lives.would", { file, n })}</h2>
      <p>{t("lives.from", { day: seen.on })}</p>
      <Kind
        title={t("lives.added", { n: seen.added })}
        count={seen.added}
        lines={seen.additions.map((one) => `${one.code} ${one.name}`)}
      />
      <Kind
        title={t("lives.renamed", { n: seen.renamed })}
        count={seen.renamed}
        lines={seen.renamings.map((one) => `${one.code} ${one.old} → ${one.new}`)}
      />
      <Kind
        title={t("lives.moved", { n: seen.moved })}
        count={seen.moved}
        lines={seen.moves.map((one) => `${one.code} ${one.name} → ${one.to_code ?? one.to_parent}`)}
      />
      <Kind
        title={t("lives.gone", { n: seen.closed })}
        count={seen.closed}
        lines={seen.closings.map((one) => `${one.code} ${one.name}`)}
      />
      <p>{t("lives.stay", { notices: seen.notices, accounts: seen.accounts })}</p>
      <button type="button" class="btn main block" onClick={change}>
        {t("lives.do")}
      </button>
    </div>
  );
}

function Kind(props: { title: string; count: number; lines: string[] }) {
  const { title, count, lines } = props;
  if (count === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="plain-rows">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {lines.length > 0 && count > lines.length && (
          <li>{t("lives.beyond", { n: count - lines.length })}</li>
        )}
      </ul>
    </>
  );
}
