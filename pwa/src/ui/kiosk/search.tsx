/** Search by pinyin initials: the server's while there is a network, the kept titles' without one. */
import { useEffect, useState } from "preact/hooks";
import { online, villages } from "../../acts/kiosk/contents";
import { point } from "../../acts/kiosk/point";
import { enter, typed } from "../../acts/kiosk/running";
import { now } from "../../acts/kiosk/timing";
import { titlesWith } from "../../core/kiosk_initials";
import { shownAs } from "../../core/kiosk_notices";
import { t } from "../../messages/kiosk";
import { say } from "../../messages/language";
import { Problem } from "../../net/client";
import { type Hit, search } from "../../net/kiosk";
import { Row, standing } from "./choosing";
import { Frame } from "./frame";
import { Keypad } from "./keypad";

const LEAST = 2;
const MOST = 12;
/** Fingers that go on pressing are waited for. */
const PAUSE_MS = 500;

interface Found {
  q: string;
  hits: Hit[];
  total: number;
  /** Why the server did not answer. */
  refused?: string;
  /** From the kept titles. */
  kept?: boolean;
}

function inTitles(q: string): Found {
  const hits = villages.value.flatMap((one) =>
    titlesWith(
      one.cards.filter((card) => shownAs(card, now.value) !== null),
      q,
    ).map((card) => ({ card, division: one.code, division_name: one.name })),
  );
  return { q, hits, total: hits.length, kept: true };
}

async function look(q: string): Promise<Found> {
  const here = point.value;
  if (!here || online.value === false) return inTitles(q);
  try {
    const { items, total } = await search(q, here.division.code);
    return { q, hits: items, total };
  } catch (error) {
    if (error instanceof Problem) return { q, hits: [], total: 0, refused: say(error.detail) };
    return inTitles(q);
  }
}

function outcome({ hits, total, refused, kept }: Found): string {
  if (refused !== undefined) return refused;
  const values = { n: total, shown: hits.length };
  const words = total === 0 ? "find.none" : total > hits.length ? "find.first" : "find.found";
  return `${kept ? t("find.offline") : ""}${t(words, values)}`;
}

export function Search() {
  const q = typed.value;
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (q.length < LEAST) {
      setFound(null);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      void look(q).then((answer) => wanted && setFound(answer));
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [q]);
  const answered = found !== null && found.q === q;
  return (
    <Frame title={t("find.title")} under={<p>{t("find.note")}</p>}>
      <p class="typed" aria-live="polite">
        <span class="vh">{t("find.typed")}</span>
        {q.toUpperCase() || <i aria-hidden="true" />}
      </p>
      <Keypad
        kind="letters"
        typed={q}
        most={MOST}
        onType={(next) => {
          typed.value = next;
        }}
      />
      <p class="found" role="status">
        {q.length === 1 && t("find.more")}
        {q.length >= LEAST && (answered ? outcome(found) : t("find.busy"))}
      </p>
      {answered && (
        <ul class="rows">
          {found.hits.map(({ card, division_name }) => (
            <Row
              key={card.disclosure_id}
              words={card.title}
              under={`${division_name} · ${standing(card, now.value)}`}
              onClick={() => enter({ at: "notice", id: card.disclosure_id })}
            />
          ))}
        </ul>
      )}
    </Frame>
  );
}
