/** What a notice tells of together with others of its village, before, during and after; each of them one touch away. */
import { online, villages } from "../../acts/kiosk/contents";
import { enter } from "../../acts/kiosk/running";
import { now } from "../../acts/kiosk/timing";
import { dayAt, dayText, partsOf } from "../../core/dates";
import { standingOf } from "../../core/kiosk_notices";
import type { KeptVillage } from "../../keep/kiosk";
import { t } from "../../messages/kiosk";
import { language, say } from "../../messages/language";
import type { KeptMatter } from "../../net/kiosk";
import { Row } from "./choosing";

export function Matters({ id }: { id: string }) {
  const found = villages.value.flatMap((village) =>
    (village.matters ?? [])
      .filter((one) => one.notices.some((each) => each.disclosure_id === id))
      .map((matter) => ({ village, matter })),
  );
  if (found.length === 0) return null;
  return (
    <section class="matters">
      <h2>{t("matters.title")}</h2>
      {found.map(({ village, matter }) => (
        <OneMatter key={matter.name} village={village} matter={matter} here={id} />
      ))}
    </section>
  );
}

interface Props {
  village: KeptVillage;
  matter: KeptMatter;
  here: string;
}

function OneMatter({ village, matter, here }: Props) {
  const time = now.value;
  return (
    <>
      <h3>{matter.name}</h3>
      <ul class="rows">
        {matter.notices.map((notice) => {
          const { disclosure_id: id, since } = notice;
          const card = village.cards.find((one) => one.disclosure_id === id);
          const { stage, opens } = standingOf(notice, card, online.value !== false, time);
          const day = dayText(since, language.value, partsOf(dayAt(time)).year);
          const under = [say(notice.phase_name), t("opened", { day })];
          if (id === here) under.push(t("matters.here"));
          else if (stage === "hidden" || stage === "elsewhere") under.push(t(`matters.${stage}`));
          else if (stage !== null) under.push(t(`stage.${stage}`));
          const said = { words: say(notice.title), under: under.join(" · ") };
          return opens && id !== here ? (
            <Row key={id} {...said} onClick={() => enter({ at: "notice", id })} />
          ) : (
            <li key={id} class="row" aria-current={id === here ? "true" : undefined}>
              <span class="words">
                <b>{said.words}</b>
                <small>{said.under}</small>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
