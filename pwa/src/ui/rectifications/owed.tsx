/** On the accountant's first screen: that something is to be put right, and how much of it is late. */
import { actor } from "../../acts/session";
import { t } from "../../messages";
import * as api from "../../net/inspecting";
import { EVERYTHING } from "../../net/listing";
import { Icon } from "../icons";
import { useKeptAnswer } from "../kept_answer";

export function OwedOrders() {
  const found = useKeptAnswer(`orders ${actor.value?.account_id}`, () => api.orders(EVERYTHING));
  const open = (found.answer?.body.open ?? []).filter((line) => line.state === "open");
  if (actor.value?.role !== "accountant" || open.length === 0) return null;
  const late = open.filter((line) => line.overdue).length;
  return (
    <section class="remind" aria-labelledby="owed-orders">
      <h2 id="owed-orders">
        <Icon name={late > 0 ? "missing" : "pencil"} />
        <a class="link" href="/app/rectifications">
          {late > 0
            ? t("orders.owed.late", { n: open.length, late })
            : t("orders.owed", { n: open.length })}
        </a>
      </h2>
    </section>
  );
}
