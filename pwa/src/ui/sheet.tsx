/** The server's sheet, painted: one sum down the page, tables that scroll inside themselves, facts. */

import { useState } from "preact/hooks";
import { shortDay } from "../core/dates";
import { formatFen } from "../core/money";
import { language, t } from "../messages";
import type { Sheet, SheetEntry, SheetSection, SumRow } from "../net/shapes";
import { Icon } from "./icons";
import { KeptPhoto } from "./post/photos";
import { Scroll } from "./scroll";
import { cellText, Facts, Frame, isNumber, SIGNS, signedBy, Totals } from "./sheet_parts";

export function SheetView({ sheet }: { sheet: Sheet }) {
  return (
    <div class="sheet-view">
      <Frame
        sheet={sheet}
        head={(section) => (
          <div class="grp">
            <h2>{section.heading}</h2>
            <span>{section.kind === "sum" ? t("unit.yuan") : ""}</span>
          </div>
        )}
        body={(section) => <SectionView section={section} />}
        note="small soft"
      />
    </div>
  );
}

function SectionView({ section }: { section: SheetSection }) {
  if (section.kind === "sum") return <MoneyTable section={section} />;
  if (section.kind === "facts") return <Facts section={section} class="sum-list" />;
  return (
    <Scroll label={section.heading}>
      <table class="plain">
        <thead>
          <tr>
            {section.columns.map((column) => (
              <th key={column.key} scope="col" class={isNumber(column.type) ? "num" : ""}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row) => (
            <tr key={row.pointer}>
              {section.columns.map((column, n) => (
                <td key={column.key} class={isNumber(column.type) ? "num" : ""}>
                  {cellText(row.cells[n] ?? null, column.type)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <Totals section={section} />
      </table>
    </Scroll>
  );
}

/** The account as one sum; a line with entries opens to show them. The previous period stands beside it. */
function MoneyTable({ section }: { section: Extract<SheetSection, { kind: "sum" }> }) {
  const [open, setOpen] = useState<string | null>(null);
  const before = section.rows.some((row) => row.previous !== null);
  return (
    <Scroll label={section.heading}>
      <table class="money">
        <thead>
          <tr>
            <th scope="col">{t("sheet.item")}</th>
            <th scope="col">{t("sheet.now")}</th>
            {before && <th scope="col">{t("sheet.before")}</th>}
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row) => (
            <MoneyRow
              key={row.id}
              row={row}
              before={before}
              open={open === row.id}
              toggle={() => setOpen(open === row.id ? null : row.id)}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const LEVEL: { [level: string]: string } = { total: "t", group: "g", line: "s", sub: "s sub" };

function MoneyRow(props: { row: SumRow; before: boolean; open: boolean; toggle: () => void }) {
  const { row, before, open, toggle } = props;
  return (
    <>
      <tr class={`${LEVEL[row.level] ?? ""}${open ? " on" : ""}`}>
        <th scope="row">
          {row.entries.length > 0 ? (
            <button type="button" aria-expanded={open} onClick={toggle}>
              <span>{row.label}</span>
              <Icon name={open ? "up" : "down"} />
            </button>
          ) : (
            <>
              {row.sign && <span class="sign">{SIGNS[row.sign]}</span>}
              {row.label}
            </>
          )}
        </th>
        <td>{formatFen(row.amount)}</td>
        {before && <td>{row.previous === null ? "—" : formatFen(row.previous)}</td>}
      </tr>
      {open && (
        <tr class="panel">
          <td colSpan={before ? 3 : 2}>
            <ul class="in">
              {row.entries.map((entry, n) => (
                <Entry key={n} entry={entry} />
              ))}
            </ul>
          </td>
        </tr>
      )}
    </>
  );
}

function Entry({ entry }: { entry: SheetEntry }) {
  return (
    <li class="entry">
      <p class="entry-head">
        <span>{entry.summary}</span>
        <b>{formatFen(entry.amount)}</b>
      </p>
      <p class="small soft">
        {[shortDay(entry.date, language.value), entry.voucher, entry.party, ...signedBy(entry)]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {entry.photos.length > 0 && (
        <ul class="thumbs">
          {entry.photos.map((sha256, n) => (
            <li key={sha256}>
              <KeptPhoto sha256={sha256} words={t("photo.voucher.n", { n: n + 1 })} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
