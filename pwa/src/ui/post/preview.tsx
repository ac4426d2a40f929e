/** The posting as it will be read: the form's own order, without the boxes. The server draws the final sheet. */

import { longDay } from "../../core/dates";
import type { Field } from "../../core/form";
import { formatFen } from "../../core/money";
import { type Content, type Json, listAt, valueAt } from "../../core/pointers";
import { rowTitle } from "../../core/rows";
import type { Draft } from "../../keep/drafts";
import { language, placed, say, t } from "../../messages";
import { Scroll } from "../scroll";

/** One value in words. */
export function shown(field: Field | null, value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "—";
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (field?.widget === "money" && typeof value === "number") return formatFen(value);
  if (field?.widget === "date" && typeof value === "string") return longDay(value, language.value);
  if (field?.widget === "choice") {
    return say(field.options?.find((option) => option.value === value)?.label ?? String(value));
  }
  return Array.isArray(value) ? String(value.length) : String(value);
}

function ListPreview({ field, content }: { field: Field; content: Content }) {
  const rows = listAt(content, field.pointer);
  if (rows.length === 0) return null;
  const columns = (field.columns ?? []).filter(
    (column) => !["lines", "rows", "photos"].includes(column.widget),
  );
  const money = columns.find((column) => column.pointer === field.value);
  if (field.widget === "lines") {
    return (
      <>
        <h4>{say(field.label)}</h4>
        <dl class="sum-list">
          {rows.map((row, n) => (
            <div key={n}>
              <dt>{say(rowTitle(field, row as Content, n))}</dt>
              <dd>{shown(money ?? null, money ? valueAt(row, money.pointer) : undefined)}</dd>
            </div>
          ))}
        </dl>
      </>
    );
  }
  return (
    <>
      <h4>{say(field.label)}</h4>
      <Scroll label={say(field.label)}>
        <table class="plain">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.pointer} scope="col">
                  {say(column.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>
                {columns.map((column) => (
                  <td key={column.pointer} class={column.widget === "money" ? "num" : ""}>
                    {shown(column, valueAt(row, column.pointer))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

export function Preview({ draft }: { draft: Draft }) {
  return (
    <article class="sheet">
      <h3 class="sheet-title">{say(draft.title)}</h3>
      {draft.divisionName && <p class="small soft">{placed(draft.divisionName)}</p>}
      {draft.form.form.steps
        .flatMap((step) => step.fields)
        .map((field) =>
          field.widget === "lines" || field.widget === "rows" ? (
            <ListPreview key={field.pointer} field={field} content={draft.content} />
          ) : valueAt(draft.content, field.pointer) === undefined ? null : (
            <dl key={field.pointer} class={field.computed ? "sum-list strong" : "sum-list"}>
              <div>
                <dt>{say(field.label)}</dt>
                <dd>{shown(field, valueAt(draft.content, field.pointer))}</dd>
              </div>
            </dl>
          ),
        )}
    </article>
  );
}
