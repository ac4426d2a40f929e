/** One matched table: which sheet, which row of headings, which column for each of ours, and a few of its rows. */
import { useId } from "preact/hooks";
import { columnsUnder, headings, letters, type Match, unitOf } from "../../core/matching";
import type { FormTable, TableColumn } from "../../core/tables";
import { listed, say, t } from "../../messages";
import type { SheetView } from "../../net/spreadsheet_shapes";
import { Icon } from "../icons";

const SAMPLES = 3;

interface Props {
  n: number;
  match: Match;
  sheets: SheetView[];
  tables: FormTable[];
  change: (match: Match | null) => void;
}

export function MatchCard({ n, match, sheets, tables, change }: Props) {
  const table = tables.find((one) => one.key === match.table);
  const sheet = sheets[match.sheet];
  if (!table || !sheet) return null;
  const grid = sheet.top;
  const asked = table.columns.filter((column) => !column.computed);
  const typed = [...asked.filter((c) => c.required), ...asked.filter((c) => !c.required)];
  const money = typed.some((column) => column.widget === "money");
  /** What a new table or a new row of headings proposes. */
  const proposed = (next: Match): Match => {
    const to = tables.find((one) => one.key === next.table);
    const top = sheets[next.sheet]?.top ?? [];
    if (!to || next.header < 0) return next;
    const { columns } = columnsUnder(to, headings(top, next.header));
    return { ...next, columns, unit: unitOf(top, next.header, columns, to) };
  };
  const rows = grid.slice(match.header + 1, match.header + 1 + SAMPLES);
  const rowWords = (row: readonly string[]): string =>
    row
      .filter((cell) => cell !== "")
      .slice(0, 4)
      .join("｜");
  return (
    <section class="match" aria-label={say(table.label)}>
      <div class="grp">
        <h2>{sheet.name || t("fill.pasted")}</h2>
        <button type="button" class="link quiet" onClick={() => change(null)}>
          {t("fill.remove")}
          <span class="vh">{say(table.label)}</span>
        </button>
      </div>
      <div class="match-head">
        {sheets.length > 1 && (
          <Choice
            label={t("fill.sheet")}
            value={match.sheet}
            options={sheets.map((one, at) => [at, one.name])}
            choose={(at) => change(proposed({ ...match, sheet: Number(at), header: 0 }))}
          />
        )}
        <Choice
          label={t("fill.to")}
          value={match.table}
          options={tables.map((one) => [one.key, say(one.label)])}
          choose={(key) => change(proposed({ ...match, table: key }))}
        />
        <Choice
          label={t("fill.header")}
          value={match.header}
          options={[
            [-1, t("fill.header.none")],
            ...grid
              .map((row, at): [number, string] => [at, rowWords(row)])
              .filter(([, words]) => words !== "")
              .map(([at, words]): [number, string] => [
                at,
                t("fill.header.row", { n: at + 1, words }),
              ]),
          ]}
          choose={(at) => change(proposed({ ...match, header: Number(at) }))}
        />
        {money && (
          <Choice
            label={t("fill.unit")}
            value={match.unit}
            options={[
              ["yuan", t("fill.unit.yuan")],
              ["wan", t("fill.unit.wan")],
            ]}
            choose={(unit) => change({ ...match, unit: unit === "wan" ? "wan" : "yuan" })}
          />
        )}
      </div>
      <ul class="pairs-list">
        {typed.map((column) => (
          <ColumnRow
            key={`${n} ${column.pointer}`}
            column={column}
            position={match.columns[column.pointer]}
            heads={match.header >= 0 ? (grid[match.header] ?? []) : []}
            width={sheet.columns}
            samples={rows}
            choose={(position) => {
              const { [column.pointer]: _old, ...others } = match.columns;
              change({
                ...match,
                columns: position === null ? others : { ...others, [column.pointer]: position },
              });
            }}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  column: TableColumn;
  position: number | undefined;
  heads: readonly string[];
  width: number;
  samples: readonly (readonly string[])[];
  choose: (position: number | null) => void;
}

function ColumnRow({ column, position, heads, width, samples, choose }: RowProps) {
  const options = Array.from({ length: Math.min(width, 60) }, (_one, at): [number, string] => [
    at,
    t("fill.column", { letter: letters(at), words: heads[at] ?? "" }),
  ]);
  const seen = position === undefined ? [] : samples.map((row) => row[position] ?? "");
  const missing = position === undefined && column.required;
  return (
    <li class={missing ? "missing" : ""}>
      <Choice
        label={say(column.label)}
        optional={!column.required}
        value={position ?? ""}
        options={[["", t("fill.column.none")], ...options]}
        choose={(at) => choose(at === "" ? null : Number(at))}
      />
      <p class="samples">
        {listed(seen.filter((words) => words !== "")) || (missing ? <Icon name="late" /> : "")}
      </p>
    </li>
  );
}

function Choice(props: {
  label: string;
  optional?: boolean;
  value: string | number;
  options: [string | number, string][];
  choose: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {props.label}
        {props.optional && <small>{t("post.optional")}</small>}
      </label>
      <select
        id={id}
        value={String(props.value)}
        onChange={(event) => props.choose(event.currentTarget.value)}
      >
        {props.options.map(([value, words]) => (
          <option key={value} value={String(value)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
