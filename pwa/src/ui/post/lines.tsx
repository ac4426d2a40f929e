/** A list of lines or rows: what may be done with it. Its rows are drawn by `line_group.tsx` and `line.tsx`. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { changeContent, current } from "../../acts/drafting";
import { type Finding, findingsAt, findingsByRow } from "../../core/findings";
import { carriedRows, emptyRow, type Field, type Option } from "../../core/form";
import { type Content, join, listAt, valueAt, withMoved, withValue } from "../../core/pointers";
import { copyRow, rowsFromBefore, rowTitle } from "../../core/rows";
import { say, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog } from "../pieces";
import { FindingsHere } from "./finding";
import type { LineActs, Tool } from "./line";
import { LineGroup, TOGETHER } from "./line_group";
import { usePart, useValueAt } from "./part";

interface Props {
  field: Field;
  base: string;
  findings: readonly Finding[];
}

const EMPTY: Content = {};
const NONE: readonly Finding[] = [];
const asRow = (value: unknown): Content =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Content) : EMPTY;

/** Where the focus goes once the list is drawn again: a row's name, its amount, or one of its tools. */
interface Goal {
  n: number;
  what: "name" | "amount" | Tool;
}

export function Lines({ field, base, findings }: Props) {
  const [opened, setOpened] = useState<number | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [said, setSaid] = useState("");
  const [gone, setGone] = useState<{ n: number; row: Content; words: string } | null>(null);
  const list = useRef<HTMLElement>(null);
  const undo = useRef<HTMLButtonElement>(null);
  const goal = useRef<Goal | null>(null);
  // The rows hold on to this one object, so that a row is drawn again only when it changed itself.
  const acts = useRef({} as LineActs).current;
  useLayoutEffect(() => {
    if (goal.current && reach(list.current, goal.current)) goal.current = null;
  });
  useLayoutEffect(() => undo.current?.focus(), [gone]);
  const pointer = join(base, field.pointer);
  const written = useValueAt(pointer);
  const previous = usePart((draft) => draft.form.previous);
  const columns = field.columns ?? [];
  const kind = columns.find(
    (column) => column.widget === "choice" && (column.options?.length ?? 0) > 1,
  );
  const rows = (Array.isArray(written) ? written : []).map(asRow);
  const before = base === "" ? listAt(previous ?? {}, pointer).map(asRow) : [];
  const offerBefore = rows.length === 0 && before.length > 0;
  // What an act changes is the newest: what stands here may be a sign behind, for one frame.
  const rowsOf = (content: Content): Content[] => listAt(content, pointer).map(asRow);
  const name = (n: number): string => say(rowTitle(field, rows[n] ?? {}, n));

  const done = (to: Goal, open: number | null, words = ""): void => {
    goal.current = to;
    setOpened(open);
    setSaid(words);
    setGone(null);
  };
  const add = (row: Content): void => {
    changeContent((content) => withValue(content, join(pointer, "-"), row));
    const opens = !kind || field.widget === "rows";
    done({ n: rows.length, what: opens ? "name" : "amount" }, opens ? rows.length : opened);
  };
  const addOne = (): void => {
    if (kind && field.widget === "lines") setChoosing(true);
    else add(emptyRow(columns));
  };
  const takeBefore = (): void => {
    const taken = field.carry?.fields
      ? carriedRows(field.carry, previous ?? {})
      : rowsFromBefore(field, before);
    changeContent((content) => withValue(content, pointer, taken));
    done({ n: 0, what: "amount" }, null);
  };
  const toggle = (n: number): void => setOpened(opened === n ? null : n);
  const move = (n: number, by: number, from: Goal["what"]): void => {
    if (n + by < 0 || n + by >= rows.length) return;
    changeContent((content) => withMoved(content, pointer, n, by));
    const words = t("lines.moved", { what: name(n), n: n + by + 1 });
    done({ n: n + by, what: from }, opened === n ? n + by : null, words);
  };
  const copy = (n: number): void => {
    changeContent((content) => withValue(content, pointer, copyRow(rowsOf(content), n)));
    done({ n: n + 1, what: "name" }, n + 1, t("lines.copied", { n: n + 2 }));
  };
  const remove = (n: number): void => {
    const row = rowsOf(current.peek()?.content ?? EMPTY)[n] ?? EMPTY;
    const whole = rows.length === 1 && pointer.lastIndexOf("/") > 0;
    changeContent((content) => withValue(content, whole ? pointer : join(pointer, n), undefined));
    setOpened(null);
    setSaid("");
    setGone({ n, row, words: say(rowTitle(field, row, n)) });
  };
  const putBack = (): void => {
    if (!gone) return;
    const { n, row } = gone;
    changeContent((content) => {
      const now = rowsOf(content);
      return withValue(content, pointer, [...now.slice(0, n), row, ...now.slice(n)]);
    });
    done({ n, what: "name" }, null);
  };

  const byRow = findingsByRow(findings, pointer);
  const groups = Array.from({ length: Math.ceil(rows.length / TOGETHER) }, (_, n) => n * TOGETHER);
  Object.assign(acts, { move, copy, remove, toggle } satisfies LineActs);

  return (
    <section class="lines" aria-label={say(field.label)} ref={list}>
      <div class="grp">
        <h2>{say(field.label)}</h2>
        <span>{rows.length === 0 ? t("lines.none") : t("lines.count", { n: rows.length })}</span>
      </div>
      {field.help && <p class="help">{say(field.help)}</p>}
      <FindingsHere findings={findingsAt(findings, pointer)} />
      {groups.map((first) => {
        const here = rows.slice(first, first + TOGETHER);
        const holds = opened !== null && opened >= first && opened < first + TOGETHER;
        return (
          <LineGroup
            key={first}
            field={field}
            pointer={pointer}
            first={first}
            rows={here}
            found={here.map((_row, n) => byRow.get(first + n) ?? NONE)}
            opened={holds ? opened : null}
            end={first + TOGETHER >= rows.length}
            acts={acts}
          />
        );
      })}
      <p class="vh" role="status">
        {said}
      </p>
      {gone && (
        <p class="undo">
          <span role="status">{t("lines.gone", { what: gone.words })}</span>
          <button type="button" class="link" ref={undo} onClick={putBack}>
            {t("lines.undo")}
          </button>
        </p>
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

/** Put the focus there; false while that row is not on the page yet. */
function reach(list: HTMLElement | null, { n, what }: Goal): boolean {
  const row = list?.querySelectorAll(":scope > .line-list > li")[n];
  if (!row) return false;
  const at = (selector: string): HTMLElement | null => row.querySelector<HTMLElement>(selector);
  const name = at(".line-name");
  // At either end the tool that led there has nothing more to do: the one that leads back has.
  const tool = at(`[data-tool="${what}"]:not(:disabled)`) ?? at("[data-tool^=move]:not(:disabled)");
  const to = what === "name" ? name : what === "amount" ? (at("input[data-money]") ?? name) : tool;
  (to ?? name)?.focus();
  return true;
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
