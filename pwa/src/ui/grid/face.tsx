import type { Face } from "../../core/grid";
import { faceOf, shownDays } from "../../core/grid";
import { days, t } from "../../messages";
import type { GridCell } from "../../net/shapes";
import { Icon, type IconName } from "../icons";

export const FACES: { [face in Face]: IconName } = {
  on_time: "tick",
  late: "warn",
  missing: "cross",
  short: "part",
  ended: "endedEarly",
  unreviewed: "unreviewed",
  to_review: "eye",
  reviewed_after: "pencil",
  no_photo: "noPhoto",
  content: "unequal",
  withdrawn: "withdrawn",
  corrected: "editions",
  due_soon: "soon",
  waiting: "clock",
  open: "openRing",
  not_yet: "ring",
  provisional: "dashedRing",
  exempt: "struckRing",
};

const monthDay = (day: string): string => day.slice(5);

function words(face: Face, cell: GridCell): string {
  if (face === "late") return t("grid.late.n", { days: days(cell.days) });
  if (face === "missing") return t("grid.missing.n", { days: days(cell.days) });
  const shown = face === "short" ? shownDays(cell) : null;
  if (shown) return t("grid.short.n", shown);
  return t(`face.${face}`);
}

/** A cell in words and a shape, for the table and the drawer alike; `behind`: how many more it stands for. */
export function CellFace({ cell, behind = 0 }: { cell: GridCell; behind?: number }) {
  const { face, others: more } = faceOf(cell);
  const others = more + behind;
  const day =
    face === "on_time" || face === "corrected"
      ? cell.opened_on
      : ["open", "not_yet", "provisional", "due_soon", "waiting"].includes(face)
        ? cell.due_on
        : null;
  return (
    <>
      <Icon name={FACES[face]} />
      <span>
        {words(face, cell)}
        {day && <time dateTime={day}>{monthDay(day)}</time>}
      </span>
      {others > 0 && (
        <sup>
          <span aria-hidden="true">+{others}</span>
          <span class="vh">{t("grid.more", { n: others })}</span>
        </sup>
      )}
    </>
  );
}

/** Every word and sign that a cell can show. */
export function Legend() {
  return (
    <ul class="legend" aria-label={t("grid.legend")}>
      {(Object.keys(FACES) as Face[]).map((face) => (
        <li key={face} class={`cell ${face}`}>
          <Icon name={FACES[face]} />
          {t(`face.${face}`)}
        </li>
      ))}
      <li class="cell">· {t("grid.none")}</li>
    </ul>
  );
}
