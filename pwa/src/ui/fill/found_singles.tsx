/** The single values that were found in somebody's own sheet: each with its cell, taken or left by the person. */
import { isSame, type Matching, take } from "../../acts/filling";
import type { Text } from "../../core/findings";
import type { Form } from "../../core/form";
import { formatFen } from "../../core/money";
import type { FoundSingle } from "../../core/singles_search";
import { singlesOf, type TableColumn } from "../../core/tables";
import { say, t } from "../../messages";
import { Icon } from "../icons";

export function FoundSingles({ matching, form }: { matching: Matching; form: Form }) {
  const { singles } = matching;
  const asked = singlesOf(form);
  const columns = asked.columns.filter(({ pointer }) =>
    singles.some((one) => one.pointer === pointer),
  );
  if (columns.length === 0) return null;
  return (
    <section class="singles" aria-label={t("fill.singles")}>
      <div class="grp">
        <h2>{t("fill.singles")}</h2>
      </div>
      <p class="help">{t("fill.singles.note")}</p>
      <div class="found">
        {columns.map((column) => (
          <OneValue
            key={column.pointer}
            column={column}
            over={asked.headings.find(({ key }) => key === column.under)?.label ?? null}
            matching={matching}
          />
        ))}
      </div>
    </section>
  );
}

interface OneProps {
  column: TableColumn;
  /** The heading it stands under in people's own sheets. */
  over: Text | null;
  matching: Matching;
}

function OneValue({ column, over, matching }: OneProps) {
  const found = matching.singles.filter((one) => one.pointer === column.pointer);
  const readable = found.filter((one) => one.value !== null);
  const taken = matching.taken.find((one) => one.pointer === column.pointer) ?? null;
  const [first] = readable;
  const choose = (one: FoundSingle | null): void => take(matching, column.pointer, one);
  return (
    <fieldset>
      <legend class="grp-legend">
        {say(column.label)}
        {over && <small>{say(over)}</small>}
      </legend>
      {readable.length > 1 && (
        <p class="help">
          <Icon name="late" /> {t("fill.singles.several", { n: readable.length })}
        </p>
      )}
      {readable.length === 1 && first && (
        <label class="tick">
          <input
            type="checkbox"
            checked={taken !== null}
            onChange={(event) => choose(event.currentTarget.checked ? first : null)}
          />
          <Value column={column} one={first} matching={matching} />
        </label>
      )}
      {readable.length > 1 &&
        readable.map((one) => (
          <label class="tick" key={`${one.sheet} ${one.cell} ${one.value}`}>
            <input
              type="radio"
              name={column.pointer}
              checked={taken !== null && isSame(taken, one)}
              onChange={() => choose(one)}
            />
            <Value column={column} one={one} matching={matching} />
          </label>
        ))}
      {readable.length > 1 && (
        <label class="tick">
          <input
            type="radio"
            name={column.pointer}
            checked={taken === null}
            onChange={() => choose(null)}
          />
          <span>{t("fill.singles.none")}</span>
        </label>
      )}
      {found
        .filter((one) => one.value === null)
        .map((one) => (
          <p class="error" key={`${one.sheet} ${one.cell}`}>
            <Icon name="late" />
            {t("fill.singles.unread", { cell: placeOf(one, matching), shown: one.shown })}
          </p>
        ))}
    </fieldset>
  );
}

const placeOf = (one: FoundSingle, matching: Matching): string =>
  `${matching.sheets[one.sheet]?.name ?? ""} ${one.cell}`.trim();

function Value(props: { column: TableColumn; one: FoundSingle; matching: Matching }) {
  const { column, one, matching } = props;
  const { value } = one;
  const words =
    column.widget === "money" && typeof value === "number"
      ? t("fill.singles.yuan", { amount: formatFen(value) })
      : say(column.options.find((option) => option.value === value)?.label ?? null) || value;
  return (
    <span>
      <b>{String(words)}</b>
      <small>
        {t("fill.singles.place", { cell: placeOf(one, matching), words: one.words })}
        {!one.sure && matching.singles.filter((s) => s.pointer === one.pointer).length === 1
          ? t("fill.singles.unsure")
          : ""}
      </small>
    </span>
  );
}
