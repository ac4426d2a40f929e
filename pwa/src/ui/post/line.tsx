/** One row of a list: what it is and its amount in one line of the ledger; everything else opens below. */
import { Component } from "preact";
import { typeContent } from "../../acts/drafting";
import { type Finding, findingsAt, sameFindings } from "../../core/findings";
import type { Field } from "../../core/form";
import { formatFen } from "../../core/money";
import { type Content, join, valueAt, withValue } from "../../core/pointers";
import { rowTitle } from "../../core/rows";
import { say, t } from "../../messages";
import { Icon, type IconName } from "../icons";
import { FormField } from "./fields";
import { FindingsHere } from "./finding";
import { MoneyField } from "./money_field";

export type Tool = "copy" | "move-up" | "move-down" | "remove";

/** What a list does for its rows; `from` is what was used to move one and keeps the focus. */
export interface LineActs {
  toggle: (n: number) => void;
  move: (n: number, by: -1 | 1, from: "name" | Tool) => void;
  copy: (n: number) => void;
  remove: (n: number) => void;
}

interface LineProps {
  field: Field;
  at: string;
  row: Content;
  n: number;
  last: boolean;
  findings: readonly Finding[];
  opened: boolean;
  /** The same object for as long as the list is on the page. */
  acts: LineActs;
}

/** Drawn again when something about this row is another than before, and not for every key in another row. */
export class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    const { findings, ...before } = this.props;
    const { findings: found, ...after } = next;
    const keys = Object.keys(after) as (keyof typeof after)[];
    return keys.some((key) => after[key] !== before[key]) || !sameFindings(findings, found);
  }

  override render(props: LineProps) {
    return <Row {...props} />;
  }
}

function Row({ field, at, row, n, last, findings, opened, acts }: LineProps) {
  const columns = field.columns ?? [];
  const money = columns.find(
    (column) => column.pointer === field.value && column.widget === "money" && !column.computed,
  );
  // What the row adds up by itself stands beside its name, while it is closed.
  const added = field.value && !money ? valueAt(row, field.value) : undefined;
  const sum = typeof added === "number" && isMoney(columns, field.value) ? added : null;
  const inner = columns.filter((column) => column !== money);
  const words = say(rowTitle(field, row, n));
  const amountAt = money ? join(at, money.pointer) : "";
  const amount = money ? valueAt(row, money.pointer) : undefined;
  const onAmount = money ? findingsAt(findings, amountAt) : [];
  const inside = findings.length - onAmount.length;
  const heading = (
    <button
      type="button"
      class="line-name"
      aria-expanded={opened}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
      onClick={() => acts.toggle(n)}
      onKeyDown={(event) => {
        const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
        if (by === null || !event.altKey) return;
        event.preventDefault();
        acts.move(n, by, "name");
      }}
    >
      <span>
        {words}
        {inside > 0 && !opened && <small class="bad">{t("lines.found", { n: inside })}</small>}
      </span>
    </button>
  );
  const tool = (name: Tool, icon: IconName, label: string, act: () => void, idle = false) => (
    <button type="button" class="tool" data-tool={name} disabled={idle} onClick={act}>
      <Icon name={icon} />
      {label}
      <span class="vh">{words}</span>
    </button>
  );
  return (
    <div class={opened ? "line open" : "line"}>
      {money ? (
        <MoneyField
          label={words}
          heading={heading}
          value={typeof amount === "number" ? amount : null}
          bad={onAmount.length > 0}
          onChange={(fen) =>
            typeContent((content) => withValue(content, amountAt, fen ?? undefined))
          }
        />
      ) : (
        <div class="fld">
          {heading}
          {!opened && sum !== null && <output aria-label={words}>{formatFen(sum)}</output>}
        </div>
      )}
      <FindingsHere findings={onAmount} />
      {opened && (
        <div class="line-body">
          {inner.map((column) => (
            <FormField key={column.pointer} field={column} base={at} findings={findings} />
          ))}
          <p class="line-tools">
            {tool("copy", "copy", t("lines.copy"), () => acts.copy(n))}
            {tool("move-up", "up", t("lines.up"), () => acts.move(n, -1, "move-up"), n === 0)}
            {tool("move-down", "down", t("lines.down"), () => acts.move(n, 1, "move-down"), last)}
            {tool("remove", "bin", t("lines.remove"), () => acts.remove(n))}
          </p>
        </div>
      )}
    </div>
  );
}

function isMoney(columns: readonly Field[], pointer: string | undefined): boolean {
  return columns.some((column) => column.pointer === pointer && column.widget === "money");
}
