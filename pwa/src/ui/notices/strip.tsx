/** Above the first screen of everybody who works here: what the offices have to say now, each to be folded away. */
import { useEffect, useState } from "preact/hooks";
import { fold, folded } from "../../acts/folded";
import { actor } from "../../acts/session";
import { momentText } from "../../core/dates";
import { standing } from "../../core/site_notices";
import { language, t } from "../../messages";
import * as api from "../../net/site_notices";
import { useKeptAnswer } from "../kept_answer";
import { NoticeTitle, Paragraphs } from "./face";

/** How often it is looked whether one's time is over; what is new is asked when the screen opens. */
const LOOK = 15_000;

export function SiteNotices() {
  const found = useKeptAnswer(`site notices ${actor.value?.account_id}`, api.shown);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK);
    return () => clearInterval(timer);
  }, []);
  const items = standing(found.answer?.body ?? [], now);
  if (items.length === 0) return null;
  const when = (iso: string): string => momentText(iso, language.value);
  const keptAt = found.answer?.keptAt ?? null;
  return (
    <section class="remind said" aria-labelledby="site-notices">
      <h2 id="site-notices" class="vh">
        {t("notices.strip")}
      </h2>
      {items.map((one) => (
        <details
          key={one.id}
          open={!folded.value.has(one.id)}
          onToggle={(event) => fold(one.id, !event.currentTarget.open)}
        >
          <summary>
            <NoticeTitle title={one.title} weight={one.weight} />
          </summary>
          <Paragraphs text={one.text} />
          <p class="small soft">
            {t("notices.strip.by", { office: one.office, until: when(one.until_at) })}
          </p>
        </details>
      ))}
      {keptAt !== null && (
        <p class="small soft" role="status">
          {t("notices.strip.kept", { when: when(new Date(keptAt).toISOString()) })}
        </p>
      )}
    </section>
  );
}
