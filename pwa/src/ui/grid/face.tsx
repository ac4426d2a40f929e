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

/** How a cell stands, in words alone. */
export function words(face: Face, cell: GridCell): string {
  if (face === "late") return t("grid.late.n", { days: days(cell.days) });
  if (face === "missing") return missingWords(cell);
  const shown = face === "short" ? shownDays(cell) : null;
  if (shown) return t("grid.short.n", shown);
  return t(`face.${face}`);
}

/** How long it has been missing, and what was decided of it since. */
function missingWords(cell: GridCell): string {
  const kinds = cell.findings.map((finding) => finding.kind);
  const values = { days: days(cell.days) };
  if (cell.needs_person) return t("grid.missing.n", values);
  if (kinds.includes("exempted_after")) return t("grid.missing.lifted", values);
  if (kinds.includes("deadline_after")) return t("grid.missing.later", values);
  return t("grid.missing.n", values);
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
