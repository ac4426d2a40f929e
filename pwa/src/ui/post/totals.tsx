import { keepsAccount } from "../../core/checks";
import { expectedClosing, groupSum, openingTotal } from "../../core/finance";
import { formatFen } from "../../core/money";
import { t } from "../../messages";
import { usePart } from "./part";

/** The account as one running sum, always in sight while it is being filled. */
export function Totals() {
  const content = usePart((draft) => draft.content);
  const account = usePart((draft) => keepsAccount(draft.form.checks ?? []));
  if (!content || !account) return null;
  const received = groupSum(content, "income") + groupSum(content, "other_receipts");
  const paid = groupSum(content, "expense") + groupSum(content, "other_payments");
  return (
    <dl class="tot" aria-label={t("totals.name")}>
      <div>
        <dt>{t("totals.opening")}</dt>
        <dd>{formatFen(openingTotal(content))}</dd>
      </div>
      <div>
        <dt>{t("totals.in")}</dt>
        <dd>{formatFen(received)}</dd>
      </div>
      <div>
        <dt>{t("totals.out")}</dt>
        <dd>{formatFen(paid)}</dd>
      </div>
      <div class="z">
        <dt>{t("totals.left")}</dt>
        <dd>{formatFen(expectedClosing(content))}</dd>
      </div>
    </dl>
  );
}
