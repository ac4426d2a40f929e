/** A notice in the order in which it is read aloud. */
import { formatFen } from "../../core/money";
import { t } from "../../messages/kiosk";
import type { Notice } from "../../net/kiosk";
import type { CellValue, SheetSection, ValueType } from "../../net/sheet_shapes";
import { cellText } from "../sheet_parts";

export function spokenParts(page: Notice): string[] {
  const sections = page.sheet?.sections ?? [];
  return [
    page.card.title,
    page.division.name,
    ...page.sentences,
    ...sections.flatMap((section) => [section.heading, ...linesOf(section)]),
    ...(page.sheet?.notes ?? []),
  ];
}

function linesOf(section: SheetSection): string[] {
  if (section.kind === "facts") {
    return section.items.map(({ label, value, type }) => said(label, value, type));
  }
  if (section.kind === "sum") {
    return section.rows.map(({ label, amount }) =>
      t("said.yuan", { label, amount: formatFen(amount) }),
    );
  }
  return section.rows.map(({ cells }) =>
    section.columns
      .map(({ label, type }, n) => said(label, cells[n] ?? null, type))
      .filter(Boolean)
      .join(", "),
  );
}

/** Nothing is said of an empty cell. */
function said(label: string, value: CellValue, type: ValueType): string {
  return value === null || value === "" ? "" : t("said", { label, words: cellText(value, type) });
}
