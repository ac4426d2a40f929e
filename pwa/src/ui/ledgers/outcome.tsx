/** What came of a ledger: which column is which, everything that was found, and what each village would get. */
import { useEffect, useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import type { Match } from "../../core/matching";
import { formatFen } from "../../core/money";
import type { FormTable } from "../../core/tables";
import { language, say, t } from "../../messages";
import type { LedgerFinding, LedgerLoaded, LedgerPreview } from "../../net/ledger_shapes";
import { MatchCard } from "../fill/match_card";
import { Notice } from "../pieces";
import { Scroll } from "../scroll";

interface Props {
  preview: LedgerPreview;
  file: string;
  kind: "notices" | "payments";
  busy: boolean;
  reread: (match: Match) => void;
  bring: () => void;
}

const when = (moment: string): string => momentText(moment, language.value);

export function Outcome({ preview, file, kind, busy, reread, bring }: Props) {
  const { total, rows } = preview;
  const alone = preview.sheets.length === 1;
  const wrong = preview.findings.filter((one) => one.blocking);
  const beside = preview.findings.filter((one) => !one.blocking);
  return (
    <div class="read-list" role="status" lang={language.value}>
      <h2>
        {total === null
          ? t("ledger.read.count", { file, n: rows })
          : t("ledger.read", { file, n: rows, total: formatFen(total) })}
      </h2>
      {preview.earlier && (
        <Notice
          icon="clock"
          title={t(preview.earlier.same ? "ledger.again" : "ledger.before", {
            when: when(preview.earlier.loaded_at),
            name: preview.earlier.loaded_by_name,
          })}
        />
      )}
      <Assumed preview={preview} />
      <Findings
        title={t("ledger.blocking", { n: preview.blocking })}
        icon="act"
        found={wrong}
        count={preview.blocking}
        alone={alone}
      />
      <Findings
        title={t("ledger.warnings", { n: preview.warnings })}
        icon="eye"
        found={beside}
        count={preview.warnings}
        alone={alone}
      />
      <Columns preview={preview} busy={busy} reread={reread} />
      {preview.match && preview.blocking === 0 && rows > 0 && (
        <>
          {preview.warnings === 0 && <p>{t("ledger.clean")}</p>}
          <Parts parts={preview.parts} />
          <p class="help">{t(`ledger.will.${kind}`)}</p>
          <button type="button" class="btn main block" disabled={busy} onClick={bring}>
            {t("ledger.go")}
          </button>
        </>
      )}
    </div>
  );
}

/** How the columns are meant; open while somebody should look at them. */
function Columns({ preview, busy, reread }: Pick<Props, "preview" | "busy" | "reread">) {
  const tables: FormTable[] = preview.tables.map((one) => ({
    ...one,
    columns: one.columns.map((column) => ({ ...column, options: [], under: null, short: [] })),
    inside: [],
    identity: [],
  }));
  const begun: Match = preview.match ?? {
    sheet: 0,
    header: 0,
    table: tables[0]?.key ?? "",
    columns: {},
    unit: "yuan",
  };
  const [match, setMatch] = useState(begun);
  useEffect(() => setMatch(begun), [preview]);
  const words = preview.remembered
    ? "ledger.remembered"
    : preview.match
      ? "ledger.proposed"
      : "ledger.unmatched";
  const changed = JSON.stringify(match) !== JSON.stringify(begun);
  return (
    <details class="ledger-columns" open={!preview.remembered}>
      <summary>{t("ledger.columns")}</summary>
      <p class="help">{t(words)}</p>
      <MatchCard
        n={0}
        match={match}
        sheets={preview.sheets}
        tables={tables}
        change={(next) => setMatch(next ?? begun)}
      />
      {changed && (
        <button type="button" class="btn" disabled={busy} onClick={() => reread(match)}>
          {t("ledger.reread")}
        </button>
      )}
    </details>
  );
}

/** What was taken for granted, to be looked at. */
function Assumed({ preview }: { preview: LedgerPreview }) {
  const { left_out, left_out_count, zeros, rates, later } = preview;
  const words = [
    left_out_count > left_out.length
      ? t("ledger.left.more", { n: left_out_count })
      : left_out_count > 0 && t("ledger.left", { rows: left_out.join(t("ledger.and")) }),
    zeros > 0 && t("ledger.zeros", { n: zeros }),
    rates > 0 && t("ledger.rates", { n: rates }),
    later > 0 && t("ledger.later", { n: later }),
  ].filter((one) => one !== false);
  return (
    <>
      {words.map((one) => (
        <p class="small" key={one}>
          {one}
        </p>
      ))}
    </>
  );
}

interface FindingsProps {
  title: string;
  icon: "act" | "eye";
  found: LedgerFinding[];
  count: number;
  /** The file has one sheet, which need not be named. */
  alone: boolean;
}

function Findings({ title, icon, found, count, alone }: FindingsProps) {
  if (count === 0) return null;
  return (
    <Notice icon={icon} title={title}>
      <ul class="wrong-rows">
        {found.map((one) => (
          <li key={`${one.cell} ${say(one.detail)}`}>
            <b>
              {one.row === null
                ? one.cell
                : t("ledger.row", {
                    row: one.row,
                    cell: alone ? one.cell.replace(/^.*!/, "") : one.cell,
                  })}
            </b>{" "}
            {say(one.detail)}
          </li>
        ))}
      </ul>
      {count > found.length && <p>{t("ledger.more", { n: count - found.length })}</p>}
    </Notice>
  );
}

function Parts({ parts }: { parts: LedgerPreview["parts"] }) {
  return (
    <Scroll class="scroll flat" label={t("ledger.villages")}>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{t("ledger.village")}</th>
            <th scope="col" class="num">
              {t("ledger.rows")}
            </th>
            <th scope="col" class="num">
              {t("ledger.total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.division}>
              <th scope="row">{part.name}</th>
              <td class="num">{part.rows}</td>
              <td class="num">{part.total === null ? "" : formatFen(part.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function Done({ done }: { done: LedgerLoaded }) {
  const title = done.again
    ? t("ledger.done.again", { when: when(done.loaded_at), name: done.loaded_by_name })
    : t("ledger.done", { n: done.rows, villages: done.villages });
  return (
    <Notice icon="ok" title={title} live>
      <p>{t("ledger.done.note")}</p>
      <a class="btn" href="/app/ledgers">
        {t("ledger.list")}
      </a>
    </Notice>
  );
}
