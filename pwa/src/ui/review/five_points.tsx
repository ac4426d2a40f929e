/** Five questions, each with the fact that a machine can put beside it; the answer stays a person's. */
import { formatFen } from "../../core/money";
import { isList, POINTS, type Point, type ReviewFacts, reviewFacts } from "../../core/review";
import { say, t } from "../../messages";
import type { SubmissionPage } from "../../net/shapes";
import { Icon } from "../icons";

export type Marks = { [point in Point]?: boolean };

function factFor(point: Point, facts: ReviewFacts, page: SubmissionPage): string {
  switch (point) {
    case "process":
      if (facts.entries === 0) return t(isList(facts) ? "fact.process.list" : "fact.process.none");
      return t(facts.signed === facts.entries ? "fact.process.all" : "fact.process.some", {
        n: facts.entries,
        signed: facts.signed,
        photos: facts.vouchers,
      });
    case "decision":
      if (isList(facts)) return t("fact.decision.list");
      return facts.largest
        ? t("fact.decision", { name: facts.largest.name, amount: formatFen(facts.largest.amount) })
        : t("fact.decision.none");
    case "result":
      if (page.findings.length === 0)
        return t(isList(facts) ? "fact.result.list" : "fact.result.clear");
      return say(page.findings[0]?.message);
    case "scope":
      return facts.lines > 0
        ? t("fact.scope.lines", { n: facts.lines })
        : t("fact.scope.rows", { n: facts.rows });
    case "form":
      return facts.boards > 0
        ? t("fact.form", { n: facts.boards, rule: say(page.rule) })
        : t("fact.form.none", { rule: say(page.rule) });
  }
}

export function FivePoints(props: {
  page: SubmissionPage;
  marks: Marks;
  mark: (point: Point, yes: boolean) => void;
}) {
  const facts = reviewFacts(props.page);
  return (
    <>
      {POINTS.map((point, n) => (
        <div class="pt" key={point}>
          <span class="no" aria-hidden="true">
            {t("point.numbers").charAt(n)}
          </span>
          <fieldset>
            <legend>{t(`point.${point}`)}</legend>
            <p class="fact">{factFor(point, facts, props.page)}</p>
            <div class="seg">
              <label class="y">
                <input
                  type="radio"
                  name={point}
                  checked={props.marks[point] === true}
                  onChange={() => props.mark(point, true)}
                />
                <span>
                  <Icon name="check" />
                  {t("point.yes")}
                </span>
              </label>
              <label class="n">
                <input
                  type="radio"
                  name={point}
                  checked={props.marks[point] === false}
                  onChange={() => props.mark(point, false)}
                />
                <span>
                  <Icon name="close" />
                  {t("point.no")}
                </span>
              </label>
            </div>
          </fieldset>
        </div>
      ))}
    </>
  );
}
