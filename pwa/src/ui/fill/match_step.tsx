/** Which column of theirs is which of ours: a proposal beside their own rows, changed by choosing. */
import { filling, type Matching, readHidden } from "../../acts/filling";
import type { Form } from "../../core/form";
import type { Match } from "../../core/matching";
import type { CellError } from "../../core/table_reading";
import { type FormTable, tablesOf } from "../../core/tables";
import { listed, say, t } from "../../messages";
import type { HiddenPart } from "../../net/spreadsheet_shapes";
import { Icon } from "../icons";
import { Notice } from "../pieces";
import { FoundSingles } from "./found_singles";
import { MatchCard } from "./match_card";

const LISTED = 30;

const put = (matching: Matching): void => {
  filling.value = matching;
};

const hiddenWords = ({ kind, sheet, places }: HiddenPart): string =>
  t(`fill.hidden.${kind}`, { sheet, places: listed(places) });

export function MatchStep({ matching, form }: { matching: Matching; form: Form }) {
  const tables = tablesOf(form);
  const { matches, sheets, singles, hidden, errors } = matching;
  const note = singles.length > 0 ? "fill.none.lists" : "fill.none";
  const change = (n: number, match: Match | null): void =>
    put({
      ...matching,
      matches: matches.flatMap((one, at) => (at !== n ? [one] : match ? [match] : [])),
    });
  const add = (): void => {
    const free = tables.find((table) => !matches.some((match) => match.table === table.key));
    const sheet = sheets.findIndex((one) => one.rows > 0);
    if (!free || sheet < 0) return;
    put({
      ...matching,
      matches: [...matches, { sheet, header: 0, table: free.key, columns: {}, unit: "yuan" }],
    });
  };
  return (
    <>
      {errors.length > 0 && <Errors matching={matching} tables={tables} />}
      <section>
        <p class="help">{t(matches.length > 0 ? "fill.match.note" : note)}</p>
        {hidden.length > 0 && (
          <div class="notice">
            <Icon name="eye" />
            <div>
              <p class="lead">{t("fill.hidden")}</p>
              <ul>
                {hidden.map((part) => (
                  <li key={hiddenWords(part)}>{hiddenWords(part)}</li>
                ))}
              </ul>
              <label class="tick">
                <input
                  type="checkbox"
                  checked={matching.readHidden}
                  onChange={(event) => void readHidden(matching, event.currentTarget.checked)}
                />
                <span>{t("fill.hidden.read")}</span>
              </label>
            </div>
          </div>
        )}
      </section>
      <FoundSingles matching={matching} form={form} />
      {matches.map((match, n) => (
        <MatchCard
          // A match has no name of its own; its place is what identifies it.
          key={n}
          n={n}
          match={match}
          sheets={sheets}
          tables={tables}
          change={(changed) => change(n, changed)}
        />
      ))}
      {("file" in matching.source || matches.length === 0) && (
        <section>
          <p class="adders">
            <button type="button" class="link" onClick={add}>
              <Icon name="plus" />
              {t("fill.more")}
            </button>
          </p>
        </section>
      )}
    </>
  );
}

/** What stood in the way, and for words that are none of our choices the question what they mean. */
function Errors({ matching, tables }: { matching: Matching; tables: FormTable[] }) {
  const { errors, count, words } = matching;
  const asked = errors.filter(
    (error, n) =>
      error.word !== undefined &&
      errors.findIndex((e) => e.word === error.word && e.column === error.column) === n,
  );
  return (
    <Notice icon="act" title={t("fill.errors", { n: count })} live>
      <p>{t("fill.errors.note")}</p>
      <ul class="errors">
        {errors.slice(0, LISTED).map((error) => (
          <li key={`${error.cell} ${say(error.detail)}`}>
            <b>{error.cell}</b> {say(error.detail)}
          </li>
        ))}
      </ul>
      {count > LISTED && <p>{t("fill.errors.more", { n: count - LISTED })}</p>}
      {asked.map((error) => (
        <WordField
          key={`${error.column} ${error.word}`}
          error={error}
          tables={tables}
          value={words[`${error.table} ${error.column}`]?.[error.word ?? ""]}
          choose={(value) => {
            const place = `${error.table} ${error.column}`;
            const { [error.word ?? ""]: _old, ...others } = words[place] ?? {};
            put({
              ...matching,
              words: {
                ...words,
                [place]: value === undefined ? others : { ...others, [error.word ?? ""]: value },
              },
            });
          }}
        />
      ))}
    </Notice>
  );
}

function WordField(props: {
  error: CellError;
  tables: FormTable[];
  value: string | number | boolean | undefined;
  choose: (value: string | number | boolean | undefined) => void;
}) {
  const { error, tables, value, choose } = props;
  const column = tables
    .find((table) => table.key === error.table)
    ?.columns.find((one) => one.pointer === error.column);
  const id = `word-${error.column}-${error.word}`.replace(/[^\w\u4e00-\u9fff-]/g, "_");
  if (!column) return null;
  return (
    <div class="field">
      <label for={id}>{t("fill.word", { word: error.word ?? "" })}</label>
      <select
        id={id}
        value={value === undefined ? "" : String(value)}
        onChange={(event) =>
          choose(
            column.options.find((option) => String(option.value) === event.currentTarget.value)
              ?.value,
          )
        }
      >
        <option value="">{t("post.choose")}</option>
        {column.options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {say(option.label)}
          </option>
        ))}
      </select>
    </div>
  );
}
