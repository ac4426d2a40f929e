/** The due days that another rule or another calendar moves, those alike in a line. */
import type { ComponentChildren } from "preact";
import { say, t } from "../../messages";
import type { ComingDue } from "../../net/ruling";
import { Scroll } from "../scroll";

/** What a changed policy and a changed calendar say alike of such days. */
type MovedLine = Omit<ComingDue, "before" | "after">;

interface Props<Line extends MovedLine> {
  lines: Line[];
  before: (line: Line) => string;
  after: (line: Line) => string;
  /** What stands beside the number of places. */
  beside?: (line: Line) => ComponentChildren;
}

export function MovedDays<Line extends MovedLine>({ lines, before, after, beside }: Props<Line>) {
  return (
    <Scroll class="scroll flat" label={t("policies.dues")}>
      <table class="plain stacks wraps">
        <thead>
          <tr>
            <th scope="col">{t("policies.category")}</th>
            <th scope="col">{t("policies.period")}</th>
            <th scope="col" class="num">
              {t("policies.villages")}
            </th>
            <th scope="col">{t("policies.before")}</th>
            <th scope="col">{t("policies.after")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={`${one.category} ${one.period} ${one.example}`}>
              <th scope="row">{say(one.name)}</th>
              <td data-label={t("policies.period")}>{say(one.label)}</td>
              <td class="num" data-label={t("policies.villages")}>
                {one.owner === "group" ? t("policies.groups", { n: one.villages }) : one.villages}
                {beside?.(one)}
              </td>
              <td data-label={t("policies.before")}>{before(one)}</td>
              <td data-label={t("policies.after")}>{after(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
