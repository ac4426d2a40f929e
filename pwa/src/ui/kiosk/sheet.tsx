/** A notice's sheet, whole: nothing opens and nothing is hidden, for nobody knows here what can be pressed. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { large } from "../../acts/kiosk/running";
import { shortDay } from "../../core/dates";
import { formatFen } from "../../core/money";
import { t } from "../../messages/kiosk";
import { language } from "../../messages/language";
import type { Sheet } from "../../net/kiosk";
import type {
  CellValue,
  SheetEntry,
  SheetSection,
  SumRow,
  ValueType,
} from "../../net/sheet_shapes";
import { Scroll } from "../scroll";
import { cellText, Facts, Frame, isNumber, SIGNS, signedBy, Totals } from "../sheet_parts";

const SHORT = 8;

/** Nobody scrolls a table sideways here if it can be helped: one that is too wide is written smaller, down to this. */
const SMALLEST_PX = 18;

function fit(box: HTMLElement): void {
  const table = box.querySelector("table");
  if (table === null) return;
  table.style.fontSize = "";
  for (let n = 0; n < 3 && box.scrollWidth > box.clientWidth; n += 1) {
    const now = Number.parseFloat(getComputedStyle(table).fontSize);
    const less = Math.max(SMALLEST_PX, Math.floor(now * (box.clientWidth / box.scrollWidth)) - 0.5);
    table.style.fontSize = `${less}px`;
  }
}

export function SheetView({ sheet }: { sheet: Sheet }) {
  const paper = useRef<HTMLDivElement>(null);
  const size = large.value;
  useLayoutEffect(() => {
    for (const box of paper.current?.querySelectorAll<HTMLElement>(".wide") ?? []) fit(box);
  }, [sheet, size]);
  return (
    <div class="sheet" ref={paper}>
      <Frame
        sheet={sheet}
        head={(section) => (
          <h2>
            {section.heading}
            {section.kind === "sum" && <small>{t("sheet.yuan")}</small>}
          </h2>
        )}
        body={(section) => <Section section={section} />}
        note="note"
      />
    </div>
  );
}

function Section({ section }: { section: SheetSection }) {
  if (section.kind === "sum") return <Sum rows={section.rows} />;
  if (section.kind === "facts") return <Facts section={section} each="piece" />;
  return (
    <Scroll label={section.heading} class="wide">
      <table class={section.columns.length > 5 ? "many" : ""}>
        <thead class="piece leads">
          <tr>
            {section.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={isNumber(column.type) ? "num short" : shortness(column.label)}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row) => (
            <tr key={row.pointer} class="piece">
              {section.columns.map((column, n) => (
                <Cell key={column.key} value={row.cells[n] ?? null} type={column.type} />
              ))}
            </tr>
          ))}
        </tbody>
        <Totals section={section} each="piece" />
      </table>
    </Scroll>
  );
}

/** Words of a few signs stand on one line; what is longer is broken where it must. */
const shortness = (words: string): string => (words.length <= SHORT ? "short" : "");

function Cell({ value, type }: { value: CellValue; type: ValueType }) {
  const words = cellText(value, type);
  return <td class={isNumber(type) ? "num" : shortness(words)}>{words}</td>;
}

/** The account as one sum, with every entry beneath its line. */
function Sum({ rows }: { rows: SumRow[] }) {
  const before = rows.some((row) => row.previous !== null);
  return (
    <table class="sum">
      <thead>
        <tr class="piece leads">
          <th scope="col">{t("sheet.item")}</th>
          <th scope="col" class="num">
            {t("sheet.now")}
          </th>
          {before && (
            <th scope="col" class="num">
              {t("sheet.before")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SumLine key={row.id} row={row} before={before} />
        ))}
      </tbody>
    </table>
  );
}

function SumLine({ row, before }: { row: SumRow; before: boolean }) {
  return (
    <>
      <tr class={`piece ${row.level}`}>
        <th scope="row">
          {row.sign && <span class="sign">{SIGNS[row.sign]}</span>}
          {row.label}
        </th>
        <td class="num">{formatFen(row.amount)}</td>
        {before && <td class="num">{row.previous === null ? "—" : formatFen(row.previous)}</td>}
      </tr>
      {row.entries.map((entry, n) => (
        <tr key={n} class="piece entry">
          <td>
            {entry.summary}
            <small>{signatures(entry)}</small>
          </td>
          <td class="num">{formatFen(entry.amount)}</td>
          {before && <td />}
        </tr>
      ))}
    </>
  );
}

function signatures(entry: SheetEntry): string {
  return [shortDay(entry.date, language.value), entry.voucher, entry.party, ...signedBy(entry)]
    .filter(Boolean)
    .join(" · ");
}
