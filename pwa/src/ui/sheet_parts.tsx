/** What every painted sheet has in common: its frame, what a cell says, who signed an entry. */
import type { ComponentChildren } from "preact";
import { longDay } from "../core/dates";
import { formatFen } from "../core/money";
import { language } from "../messages/language";
import { t } from "../messages/sheet";
import type { CellValue, Sheet, SheetEntry, SheetSection, ValueType } from "../net/sheet_shapes";

export type Table = Extract<SheetSection, { kind: "table" }>;

export const SIGNS: { [sign: string]: string } = { "+": "＋", "-": "－", "=": "＝", "": "" };

export const isNumber = (type: ValueType): boolean => type === "money" || type === "int";

export function cellText(value: CellValue | boolean, type: ValueType | string): string {
  if (value === null || value === "") return "—";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (type === "money" && typeof value === "number") return formatFen(value);
  if (type === "date" && typeof value === "string") return longDay(value, language.value);
  return String(value);
}

/** Who handled, witnessed and approved an entry, as far as it says. */
export function signedBy(entry: SheetEntry): string[] {
  return [
    entry.handler && t("sheet.handler", { name: entry.handler }),
    entry.witness && t("sheet.witness", { name: entry.witness }),
    entry.approver && t("sheet.approver", { name: entry.approver }),
  ].filter(Boolean);
}

/** A sheet's sections, each below its head, and its notes. */
export function Frame(props: {
  sheet: Sheet;
  head: (section: SheetSection) => ComponentChildren;
  body: (section: SheetSection) => ComponentChildren;
  note: string;
}) {
  return (
    <>
      {props.sheet.sections.map((section) => (
        <section key={section.id}>
          {props.head(section)}
          {props.body(section)}
        </section>
      ))}
      {props.sheet.notes.map((note) => (
        <p class={props.note} key={note}>
          {note}
        </p>
      ))}
    </>
  );
}

/** A label and its value, one below the other. */
export function Facts(props: {
  section: Extract<SheetSection, { kind: "facts" }>;
  class?: string;
  each?: string;
}) {
  return (
    <dl class={props.class}>
      {props.section.items.map((item) => (
        <div key={item.pointer || item.label} class={props.each}>
          <dt>{item.label}</dt>
          <dd>{cellText(item.value, item.type)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The last row of a table that has one; what is not added up stays empty. */
export function Totals(props: { section: Table; each?: string }) {
  const { columns, totals } = props.section;
  if (totals === null) return null;
  return (
    <tfoot>
      <tr class={props.each}>
        {columns.map((column, n) => {
          const total = totals[n] ?? null;
          return (
            <td key={column.key} class={isNumber(column.type) ? "num" : ""}>
              {total === null ? "" : cellText(total, column.type)}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}
