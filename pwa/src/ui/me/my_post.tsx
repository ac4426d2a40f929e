/** An accountant's post: from when, until when, and handing it over. */
import { useState } from "preact/hooks";
import { outOfOffice } from "../../acts/session";
import { sentence, t } from "../../messages";
import * as api from "../../net/questions";
import type { Actor, Invited } from "../../net/shapes";
import { ArrangedHandover } from "../people/arranged";
import { dayOf, Handover } from "../people/handover";
import { InvitationCard } from "../people/invitation_card";
import { Failure, Skeleton, useAnswer } from "../pieces";

export function MyPost({ who }: { who: Actor }) {
  const mine = useAnswer(api.me, "my post");
  const [open, setOpen] = useState(false);
  const [card, setCard] = useState<Invited | null>(null);
  const close = (): void => setOpen(false);
  const done = (): void => {
    close();
    mine.again();
  };
  const { ends_on, successor, out, revision = 1 } = mine.answer ?? {};
  const arranged =
    !out && ends_on && successor
      ? { id: who.account_id, name: who.name, ends_on, succeeded_by: successor, revision }
      : null;
  return (
    <section aria-labelledby="my-post">
      <div class="head">
        <h2 id="my-post">{t("hand.mine")}</h2>
      </div>
      {mine.error ? (
        <Failure error={mine.error} retry={mine.again} />
      ) : mine.answer === null ? (
        <Skeleton lines={2} />
      ) : out ? (
        <p>{sentence(out)}</p>
      ) : (
        <>
          <p>
            {arranged
              ? t("hand.mine.until", {
                  day: dayOf(arranged.ends_on),
                  name: arranged.succeeded_by,
                })
              : t("hand.mine.note")}
          </p>
          <button type="button" class="btn" onClick={() => setOpen(true)}>
            {t(arranged ? "hand.mine.change" : "hand.mine.open")}
          </button>
        </>
      )}
      {open && arranged && <ArrangedHandover line={arranged} close={close} done={done} />}
      {open && !arranged && !outOfOffice.value && (
        <Handover
          own
          line={{
            id: who.account_id,
            name: who.name,
            role: who.role,
            post: null,
            division: who.division,
            division_name: who.division_name ?? "",
          }}
          close={close}
          made={(made) => {
            setCard(made);
            done();
          }}
        />
      )}
      {card && <InvitationCard card={card} close={() => setCard(null)} />}
    </section>
  );
}
