/** A table that is sorted by what one chooses and turned page by page; on a phone a row stands as a card, without heads. */
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { t } from "../../messages";
import { Choice } from "../people/parts";
import { Scroll } from "../scroll";

const ROWS = 25;

export interface Column<Line> {
  key: string;
  label: string;
  num?: boolean;
  /** By what the column sorts. */
  of: (line: Line) => number | string;
  cell: (line: Line) => ComponentChild;
}

interface Props<Line> {
  label: string;
  lines: readonly Line[];
  columns: readonly Column<Line>[];
  id: (line: Line) => string;
  /** What is said where there is no line. */
  nothing: string;
}

export function SortedTable<Line>({ label, lines, columns, id, nothing }: Props<Line>) {
  const [by, setBy] = useState({ key: columns[0]?.key ?? "", down: false });
  const [turned, setTurned] = useState(0);
  const column = columns.find((one) => one.key === by.key);
  const sorted = column ? [...lines].sort(ordering(column, by.down)) : lines;
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS));
  const page = Math.min(turned, pages - 1);
  if (lines.length === 0) return <p class="soft">{nothing}</p>;
  return (
    <>
      <div class="span-form">
        <Choice
          label={t("coverage.sort")}
          value={by.key}
          options={columns.map((one) => ({ value: one.key, words: one.label }))}
          choose={(key) => setBy({ ...by, key })}
        />
        <Choice
          label={t("coverage.order")}
          value={by.down ? "down" : "up"}
          options={(["up", "down"] as const).map((value) => ({
            value,
            words: t(`coverage.order.${value}`),
          }))}
          choose={(order) => setBy({ ...by, down: order === "down" })}
        />
      </div>
      <Scroll class="scroll flat" label={label}>
        <table class="plain stacks">
          <thead>
            <tr>
              {columns.map((one) => (
                <th
                  key={one.key}
                  scope="col"
                  class={one.num ? "num" : undefined}
                  aria-sort={
                    one.key === by.key ? (by.down ? "descending" : "ascending") : undefined
                  }
                >
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(page * ROWS, (page + 1) * ROWS).map((line) => (
              <tr key={id(line)}>
                {columns.map((one, n) =>
                  n === 0 ? (
                    <th key={one.key} scope="row">
                      {one.cell(line)}
                    </th>
                  ) : (
                    <td key={one.key} class={one.num ? "num" : undefined} data-label={one.label}>
                      {one.cell(line)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {pages > 1 && (
        <p class="pair">
          <button
            type="button"
            class="btn"
            disabled={page === 0}
            onClick={() => setTurned(page - 1)}
          >
            {t("coverage.earlier")}
          </button>
          <span role="status">{t("coverage.page", { n: page + 1, all: pages })}</span>
          <button
            type="button"
            class="btn"
            disabled={page === pages - 1}
            onClick={() => setTurned(page + 1)}
          >
            {t("coverage.later")}
          </button>
        </p>
      )}
    </>
  );
}

function ordering<Line>({ of }: Column<Line>, down: boolean) {
  return (one: Line, other: Line): number => {
    const [a, b] = [of(one), of(other)];
    const order = a < b ? -1 : a > b ? 1 : 0;
    return down ? -order : order;
  };
}
