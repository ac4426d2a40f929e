/** What the screens of a place's rules share: the way between them, days in words, a value that becomes another. */
import { type Day, dayText } from "../../core/dates";
import { language, say, t } from "../../messages";
import type { Saying, Side } from "../../net/ruling";
import { Scroll } from "../scroll";

export const day = (one: Day): string => dayText(one, language.value, 0);

export function daysWords(first: Day, last: Day | null): string {
  return last === null
    ? t("policies.since", { first: day(first) })
    : t("policies.days", { first: day(first), last: day(last) });
}

/** What a policy sets, a line each. */
export function Values({ values }: { values: Saying[] }) {
  if (values.length === 0) return <p class="soft">{t("policies.nothing")}</p>;
  return (
    <Scroll class="scroll flat" label={t("policies.values")}>
      <table class="plain stacks">
        <thead>
          <tr>
            <th scope="col">{t("policies.category")}</th>
            <th scope="col">{t("policies.values")}</th>
            <th scope="col">{t("policies.value")}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((one) => (
            <tr key={one.field}>
              <th scope="row">{say(one.about)}</th>
              <td data-label={t("policies.values")}>{say(one.name)}</td>
              <td data-label={t("policies.value")}>{say(one.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The words of a side, those that do not change left out; `null` is not owed. */
export function sideWords(side: Side | null, other: Side | null): string[] {
  if (side === null || !side.in_use) return [t("policies.not_owed")];
  const whole = other === null || !other.in_use;
  return [
    ...(whole || say(side.due) !== say(other.due) ? [say(side.due)] : []),
    ...(whole || say(side.display) !== say(other.display)
      ? [t("what.says", { what: t("policies.display"), says: say(side.display) })]
      : []),
    ...(whole || say(side.review) !== say(other.review) ? [say(side.review)] : []),
  ];
}
