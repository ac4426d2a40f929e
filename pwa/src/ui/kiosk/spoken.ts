/** A notice in the order in which it is read aloud. */
import { formatFen } from "../../core/money";
import { t } from "../../messages/kiosk";
import type { Notice } from "../../net/kiosk";
import { cellText } from "./sheet";

export function spokenParts(page: Notice): string[] {
  const parts = [page.card.title, page.division.name, ...page.sentences];
  for (const section of page.sheet?.sections ?? []) {
    parts.push(section.heading);
    if (section.kind === "sum") {
      for (const row of section.rows)
        parts.push(t("said.yuan", { label: row.label, amount: formatFen(row.amount) }));
    } else if (section.kind === "facts") {
      for (const { label, value, type } of section.items)
        parts.push(t("said", { label, words: cellText(value, type) }));
    } else {
      for (const { cells } of section.rows) {
        const said = section.columns.map(({ label, type }, n) =>
          cells[n] === null || cells[n] === undefined || cells[n] === ""
            ? ""
            : t("said", { label, words: cellText(cells[n] ?? null, type) }),
        );
        parts.push(said.filter(Boolean).join(", "));
      }
    }
  }
  return [...parts, ...(page.sheet?.notes ?? [])];
}
