/** Handing on what a table shows: an order to the village with a day, and what it was already ordered to put right. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, longDay } from "../../core/dates";
import { language, placed, t } from "../../messages";
import type { Evidence } from "../../net/evidence_shapes";
import { orders } from "../../net/inspecting";
import { EVERYTHING } from "../../net/listing";
import { GiveOrder } from "../inspections/order";
import { useAnswer } from "../pieces";

// A village has so many characters in its code; what follows names a group of it, which gets no orders of its own.
const VILLAGE = 12;

interface Props {
  division: string;
  village: string;
  /** What was found, as the order begins with it. */
  found: string;
  notice: string | null;
}

/** What an order begins with: what is owed, how it stands, and on which day it was looked at. */
export const foundWords = ({ title, as_of }: Evidence, state: string): string =>
  t("order.found", { title, state, day: longDay(dayAt(Date.parse(as_of)), language.value) });

/** Whether whoever is signed in gives orders. */
export const mayOrder = (): boolean => ["auditor", "editor"].includes(actor.value?.role ?? "");

export function HandOn({ division, village, found, notice }: Props) {
  const [ordering, setOrdering] = useState(false);
  const code = division.slice(0, VILLAGE);
  return (
    <>
      <button type="button" class="btn" onClick={() => setOrdering(true)}>
        {t("order.title")}
      </button>
      {ordering && (
        <GiveOrder
          villages={[{ code, name: placed(village) }]}
          finding={found}
          {...(notice && { notice })}
          close={() => setOrdering(false)}
        />
      )}
    </>
  );
}

/** What the village is putting right by now: nobody orders twice what was ordered. */
export function Ordered({ division }: { division: string }) {
  const code = division.slice(0, VILLAGE);
  const asked = useAnswer(() => orders(EVERYTHING), `orders of ${code} ${language.value}`);
  const own = (asked.answer?.open ?? []).filter((one) => one.division === code);
  if (own.length === 0) return null;
  return (
    <section aria-label={t("order.standing")}>
      <h3>{t("order.standing")}</h3>
      <ul class="events">
        {own.map((one) => (
          <li key={one.id}>
            <a class="link" href={`/app/rectifications/${one.id}`}>
              {one.excerpt}
            </a>{" "}
            <small>{t("drawer.due", { day: longDay(one.due_on, language.value) })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
