/** What stands behind one cell, at the side of the table: its evidence, its neighbours in the cell, the exemption. */
import { useEffect, useRef, useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { longDay } from "../../core/dates";
import { faceOf, stackOf } from "../../core/grid";
import type { Period } from "../../core/periods";
import { language, t } from "../../messages";
import { noticePackAddress } from "../../net/administration";
import * as api from "../../net/questions";
import type { GridCell, GridRow } from "../../net/shapes";
import { Icon } from "../icons";
import { Dialog, Failure, Input, Notice, problemWords, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { EvidenceShown } from "./evidence";
import { CellFace } from "./face";

/** Who may take an evidence pack: whoever checks, not whoever publishes. */
const mayTake = (): boolean =>
  ["auditor", "administrator", "examiner"].includes(actor.value?.role ?? "");

interface Props {
  row: GridRow;
  cell: GridCell;
  asOf: string | undefined;
  period: Period;
  choose: (cell: GridCell) => void;
  close: () => void;
  changed: () => void;
}

export function Drawer({ row, cell, asOf, period, choose, close, changed }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [exempting, setExempting] = useState(false);
  const evidence = useAnswer(
    () => api.evidence(row.division, cell.category, cell.period, asOf),
    `${row.division} ${cell.category} ${cell.period} ${asOf} ${language.value}`,
  );
  const back = useRef<Element | null>(document.activeElement);
  useEffect(() => heading.current?.focus(), [cell.period]);
  useEffect(
    () => () => {
      if (back.current instanceof HTMLElement) back.current.focus();
    },
    [],
  );
  const shown = evidence.answer;
  const mayExempt = actor.value?.role === "auditor" && cell.state !== "exempt";
  return (
    <aside
      class="drawer"
      aria-label={t("drawer.name")}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <div class="drawer-head">
        <button type="button" class="tool" aria-label={t("close")} onClick={close}>
          <Icon name="close" />
        </button>
        <p>{row.name}</p>
        <h2 ref={heading} tabIndex={-1}>
          {shown?.title ?? row.name}
        </h2>
        <p class={`cell big ${faceOf(cell).face}${cell.needs_person ? " wants" : ""}`}>
          <CellFace cell={cell} />
        </p>
        <Beside row={row} cell={cell} choose={choose} />
      </div>
      <Scroll class="drawer-body" label={t("drawer.name")}>
        {evidence.error ? (
          <Failure error={evidence.error} retry={evidence.again} />
        ) : shown === null ? (
          <Skeleton lines={8} />
        ) : (
          <EvidenceShown evidence={shown} />
        )}
      </Scroll>
      <div class="drawer-acts">
        {shown?.disclosure_id && cell.edition_id && (
          <a class="btn main" href={`/d/${shown.disclosure_id}`} target="_blank" rel="noreferrer">
            {t("drawer.public")}
          </a>
        )}
        {shown?.disclosure_id && cell.edition_id && mayTake() && (
          <a class="btn" href={noticePackAddress(shown.disclosure_id)} download>
            <Icon name="download" />
            {t("drawer.pack")}
          </a>
        )}
        {mayExempt && (
          <button type="button" class="btn" onClick={() => setExempting(true)}>
            {t("drawer.exempt")}
          </button>
        )}
      </div>
      {exempting && (
        <Exempt
          row={row}
          cell={cell}
          period={period}
          close={() => setExempting(false)}
          done={changed}
        />
      )}
    </aside>
  );
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

function Exempt(props: {
  row: GridRow;
  cell: GridCell;
  period: Period;
  close: () => void;
  done: () => void;
}) {
  const { row, cell, period } = props;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [id] = useState(newId);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "") return;
    try {
      await api.exempt({
        id,
        division: row.division,
        category: cell.category,
        period: cell.period,
        reason: reason.trim(),
        valid_from: period.start ?? cell.due_on,
        valid_to: cell.due_on > (period.end ?? "") ? cell.due_on : (period.end ?? cell.due_on),
      });
      props.done();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog title={t("exempt.title")} onClose={props.close}>
      <form onSubmit={(event) => void send(event)}>
        <p>{t("exempt.note", { village: row.name })}</p>
        <Input
          label={t("exempt.reason")}
          value={reason}
          rows={3}
          onInput={setReason}
          error={tried && reason.trim() === "" ? t("exempt.missing") : null}
        />
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={props.close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("exempt.go")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
