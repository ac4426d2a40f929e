/** A list of lines or rows: what it is and its amount in one row of the ledger; everything else opens below. */
import { useState } from "preact/hooks";
import { changeContent, current } from "../../acts/drafting";
import { type Finding, findingsAt, findingsWithin } from "../../core/findings";
import { carriedRows, emptyRow, type Field, type Option } from "../../core/form";
import { type Content, join, listAt, valueAt, withMoved, withValue } from "../../core/pointers";
import { copyRow, rowsFromBefore, rowTitle } from "../../core/rows";
import { say, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog } from "../pieces";
import { FormField } from "./fields";
import { FindingsHere } from "./finding";
import { MoneyField } from "./money_field";

interface Props {
  field: Field;
  base: string;
  findings: readonly Finding[];
}

const asRow = (value: unknown): Content =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Content) : {};

export function Lines({ field, base, findings }: Props) {
  const [opened, setOpened] = useState<number | null>(null);
  const [choosing, setChoosing] = useState(false);
  const draft = current.value;
  if (!draft) return null;
  const pointer = join(base, field.pointer);
  const columns = field.columns ?? [];
  const kind = columns.find(
    (column) => column.widget === "choice" && (column.options?.length ?? 0) > 1,
  );
  const rows = listAt(draft.content, pointer).map(asRow);
  const before = base === "" ? listAt(draft.form.previous ?? {}, pointer).map(asRow) : [];
  const offerBefore = rows.length === 0 && before.length > 0;

  const add = (row: Content): void => {
    changeContent((content) => withValue(content, join(pointer, "-"), row));
    if (!kind || field.widget === "rows") setOpened(rows.length);
  };
  const addOne = (): void => {
    if (kind && field.widget === "lines") setChoosing(true);
    else add(emptyRow(columns));
  };
  const takeBefore = (): void => {
    const list = field.carry?.fields
      ? carriedRows(field.carry, draft.form.previous ?? {})
      : rowsFromBefore(field, before);
    changeContent((content) => withValue(content, pointer, list));
  };

  return (
    <section class="lines" aria-label={say(field.label)}>
      <div class="grp">
        <h2>{say(field.label)}</h2>
        <span>{rows.length === 0 ? t("lines.none") : t("lines.count", { n: rows.length })}</span>
      </div>
      {field.help && <p class="help">{say(field.help)}</p>}
      <FindingsHere findings={findingsAt(findings, pointer)} />
      {rows.length > 0 && (
        <ol class="line-list">
          {rows.map((row, n) => (
            // Rows have no name of their own; their place is what identifies them.
            <li key={n}>
              <Line
                field={field}
                at={join(pointer, n)}
                row={row}
                n={n}
                last={n === rows.length - 1}
                findings={findingsWithin(findings, join(pointer, n))}
                opened={opened === n}
                toggle={() => setOpened(opened === n ? null : n)}
                move={(by) => {
                  changeContent((content) => withMoved(content, pointer, n, by));
                  setOpened(n + by);
                }}
                copy={() => {
                  changeContent((content) => withValue(content, pointer, copyRow(rows, n)));
                  setOpened(n + 1);
                }}
                remove={() => {
                  const gone =
                    rows.length === 1 && pointer.lastIndexOf("/") > 0 ? pointer : join(pointer, n);
                  changeContent((content) => withValue(content, gone, undefined));
                  setOpened(null);
                }}
              />
            </li>
          ))}
        </ol>
      )}
      <p class="adders">
        <button type="button" class="link" onClick={addOne}>
          <Icon name="plus" />
          {base === "" ? t("lines.add") : t("lines.add.entry")}
        </button>
        {offerBefore && (
          <button type="button" class="link" onClick={takeBefore}>
            <Icon name="copy" />
            {t("lines.before", { n: before.length })}
          </button>
        )}
      </p>
      {choosing && kind && (
        <ChooseKind
          title={say(field.label)}
          options={kind.options ?? []}
          used={rows.map((row) => String(valueAt(row, kind.pointer) ?? ""))}
          onClose={() => setChoosing(false)}
          choose={(value) => {
            setChoosing(false);
            add(withValue(emptyRow(columns), kind.pointer, value));
          }}
        />
      )}
    </section>
  );
}

interface LineProps {
  field: Field;
  at: string;
  row: Content;
  n: number;
  last: boolean;
  findings: Finding[];
  opened: boolean;
  toggle: () => void;
  move: (by: number) => void;
  copy: () => void;
  remove: () => void;
}

function Line({
  field,
  at,
  row,
  n,
  last,
  findings,
  opened,
  toggle,
  move,
  copy,
  remove,
}: LineProps) {
  const columns = field.columns ?? [];
  const money = columns.find(
    (column) => column.pointer === field.value && column.widget === "money" && !column.computed,
  );
  const inner = columns.filter((column) => column !== money);
  const title = rowTitle(field, row, n);
  const words = say(title);
  const amountAt = money ? join(at, money.pointer) : "";
  const amount = money ? valueAt(row, money.pointer) : undefined;
  const onAmount = money ? findingsAt(findings, amountAt) : [];
  const inside = findings.length - onAmount.length;
  const heading = (
    <button type="button" class="line-name" aria-expanded={opened} onClick={toggle}>
      <Icon name={opened ? "up" : "down"} />
      <span>
        {words}
        {inside > 0 && !opened && <small class="bad">{t("lines.found", { n: inside })}</small>}
      </span>
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
            changeContent((content) => withValue(content, amountAt, fen ?? undefined))
          }
        />
      ) : (
        <div class="fld">{heading}</div>
      )}
      <FindingsHere findings={onAmount} />
      {opened && (
        <div class="line-body">
          {inner.map((column) => (
            <FormField key={column.pointer} field={column} base={at} findings={findings} />
          ))}
          <p class="line-tools">
            <button type="button" class="tool" onClick={copy}>
              <Icon name="copy" />
              {t("lines.copy")}
            </button>
            <button type="button" class="tool" disabled={n === 0} onClick={() => move(-1)}>
              <Icon name="up" />
              {t("lines.up")}
            </button>
            <button type="button" class="tool" disabled={last} onClick={() => move(1)}>
              <Icon name="down" />
              {t("lines.down")}
            </button>
            <button type="button" class="tool" onClick={remove}>
              <Icon name="bin" />
              {t("lines.remove")}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

interface ChooseProps {
  title: string;
  options: Option[];
  used: string[];
  choose: (value: Option["value"]) => void;
  onClose: () => void;
}

function ChooseKind({ title, options, used, choose, onClose }: ChooseProps) {
  const groups = [...new Set(options.map((option) => say(option.group ?? null)))];
  const within = (group: string): Option[] =>
    options.filter((option) => say(option.group ?? null) === group);
  return (
    <Dialog title={title} onClose={onClose} kind="slide">
      {groups.map((group) => (
        <section key={group} aria-label={group || title}>
          {group && within(group).length > 1 && <h3 class="kind-group">{group}</h3>}
          <ul class="plain-rows">
            {within(group).map((option) => (
              <li key={String(option.value)}>
                <button type="button" class="row" onClick={() => choose(option.value)}>
                  <span>{say(option.label)}</span>
                  {used.includes(String(option.value)) && <small>{t("lines.used")}</small>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
