/** What stands behind one cell, at the side of the table: its evidence, its neighbours in the cell, asking for an exemption. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { longDay } from "../../core/dates";
import { faceOf, stackOf } from "../../core/grid";
import { language, placed, t } from "../../messages";
import { noticePackAddress } from "../../net/administration";
import type { Evidence } from "../../net/evidence_shapes";
import * as api from "../../net/questions";
import type { GridCell, GridRow } from "../../net/shapes";
import { AskExemption } from "../exemptions/ask";
import { Icon } from "../icons";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { EvidenceShown } from "./evidence";
import { CellFace, words } from "./face";
import { foundWords, HandOn, mayOrder, Ordered } from "./hand_on";
import { PlanSaid, planDay } from "./plan_said";

/** Who may take an evidence pack: whoever checks, not whoever publishes. */
const mayTake = (): boolean =>
  ["auditor", "administrator", "examiner"].includes(actor.value?.role ?? "");

interface ShownProps {
  division: string;
  village: string;
  category: string;
  period: string;
  asOf?: string | undefined;
  /** What the cell itself says, and what stands beside it. */
  face: ComponentChildren;
  /** Whether there is something that the public can read. */
  published: boolean;
  close: () => void;
  /** What can be done beside reading on, by the evidence. */
  children?: (shown: Evidence) => ComponentChildren;
}

/** The evidence of one obligation at the side of whatever led to it; Escape leaves it, and the focus goes back. */
export function EvidenceDrawer(props: ShownProps) {
  const { division, category, period, asOf, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const evidence = useAnswer(
    () => api.evidence(division, category, period, asOf),
    `${division} ${category} ${period} ${asOf} ${language.value}`,
  );
  const back = useRef<Element | null>(document.activeElement);
  useEffect(() => heading.current?.focus(), [period]);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A question that stands above it takes its own Escape.
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) close();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  });
  useEffect(
    () => () => {
      if (back.current instanceof HTMLElement) back.current.focus();
    },
    [],
  );
  const shown = evidence.answer;
  const notice = props.published ? (shown?.disclosure_id ?? null) : null;
  // Where its term to be read is over, the public's page has nothing to show.
  const over = shown?.editions.filter((one) => one.number !== null).pop()?.expired_at ?? null;
  return (
    <aside class="drawer" aria-label={t("drawer.name")}>
      <div class="drawer-head">
        <button type="button" class="tool" aria-label={t("close")} onClick={close}>
          <Icon name="close" />
        </button>
        <p>{placed(props.village)}</p>
        <h2 ref={heading} tabIndex={-1}>
          {shown?.title ?? placed(props.village)}
        </h2>
        {props.face}
      </div>
      <Scroll class="drawer-body" label={t("drawer.name")}>
        {evidence.error ? (
          <Failure error={evidence.error} retry={evidence.again} />
        ) : shown === null ? (
          <Skeleton lines={8} />
        ) : (
          <>
            <EvidenceShown evidence={shown} />
            {mayOrder() && <Ordered division={division} />}
            {notice && (
              <PlanSaid
                division={division}
                disclosure={notice}
                day={planDay(shown.judged_at, shown.due_on)}
                asOf={asOf}
              />
            )}
          </>
        )}
      </Scroll>
      <div class="drawer-acts">
        {notice && over === null && (
          <a class="btn main" href={`/d/${notice}`} target="_blank" rel="noreferrer">
            {t("drawer.public")}
          </a>
        )}
        {notice && mayTake() && (
          <a class="btn" href={noticePackAddress(notice)} download>
            <Icon name="download" />
            {t("drawer.pack")}
          </a>
        )}
        {shown && props.children?.(shown)}
      </div>
    </aside>
  );
}

interface Props {
  row: GridRow;
  cell: GridCell;
  asOf: string | undefined;
  choose: (cell: GridCell) => void;
  close: () => void;
}

/** A cell's evidence, and for whoever may the way to ask for an exemption or another deadline. */
export function Drawer({ row, cell, asOf, choose, close }: Props) {
  const [asking, setAsking] = useState<"not" | "now" | "done">("not");
  const mayAsk =
    ["auditor", "editor"].includes(actor.value?.role ?? "") &&
    cell.state !== "exempt" &&
    cell.state !== "on_time";
  return (
    <>
      <EvidenceDrawer
        division={row.division}
        village={row.name}
        category={cell.category}
        period={cell.period}
        asOf={asOf}
        published={cell.edition_id !== null}
        close={close}
        face={
          <>
            <p class={`cell big ${faceOf(cell).face}${cell.needs_person ? " wants" : ""}`}>
              <CellFace cell={cell} />
            </p>
            <Beside row={row} cell={cell} choose={choose} />
            {row.last_day && <p class="soft">{closedWords(row, row.last_day, cell)}</p>}
          </>
        }
      >
        {(shown) => (
          <>
            {mayOrder() && cell.needs_person && (
              <HandOn
                division={row.division}
                village={row.name}
                found={foundWords(shown, words(faceOf(cell).face, cell))}
                notice={cell.disclosure_id}
              />
            )}
            {mayAsk && asking !== "done" && (
              <button type="button" class="btn" onClick={() => setAsking("now")}>
                {t("ask.exempt.open")}
              </button>
            )}
            {asking === "done" && (
              <Notice icon="ok" title={t("ask.exempt.sent")} live>
                <a class="link" href="/app/grid/exemptions">
                  {t("exemptions.title")}
                </a>
              </Notice>
            )}
          </>
        )}
      </EvidenceDrawer>
      {asking === "now" && (
        <AskExemption
          about={{ row, cell }}
          close={() => setAsking("not")}
          done={() => setAsking("done")}
        />
      )}
    </>
  );
}

/** Until when the village stood, and what becomes of what it did not post. */
function closedWords(row: GridRow, last: string, cell: GridCell): string {
  const day = longDay(last, language.value);
  const gone = row.successor
    ? t("drawer.merged", { day, village: placed(row.successor) })
    : t("drawer.closed", { day });
  const lifted =
    cell.state === "exempt" || cell.findings.some((one) => one.kind === "exempted_after");
  return cell.edition_id === null && !lifted ? gone + t("drawer.closed.owes") : gone;
}

/** The other events that share the cell: one after the other they are opened from here. */
function Beside({ row, cell, choose }: Pick<Props, "row" | "cell" | "choose">) {
  const front = row.cells.find((one) => one?.column === cell.column);
  const others = front
    ? stackOf<GridCell>(row, front).filter((one) => one.period !== cell.period)
    : [];
  if (others.length === 0) return null;
  return (
    <nav class="beside" aria-label={t("drawer.beside")}>
      <p class="soft">{t("drawer.beside")}</p>
      {others.map((one) => (
        <button
          key={one.period}
          type="button"
          class={`cell ${faceOf(one).face}${one.needs_person ? " wants" : ""}`}
          onClick={() => choose(one)}
        >
          <CellFace cell={one} />{" "}
          <small>{t("drawer.due", { day: longDay(one.due_on, language.value) })}</small>
        </button>
      ))}
    </nav>
  );
}
