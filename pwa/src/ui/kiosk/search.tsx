/** Search by pinyin initials: the server's while there is a network, the kept titles' without one. */
import { useEffect, useState } from "preact/hooks";
import { online } from "../../acts/kiosk/contents";
import { findKept } from "../../acts/kiosk/finding";
import { point } from "../../acts/kiosk/point";
import { enter, typed } from "../../acts/kiosk/running";
import { now } from "../../acts/kiosk/timing";
import { t } from "../../messages/kiosk";
import { language, say } from "../../messages/language";
import { Problem } from "../../net/client";
import { type Hit, search } from "../../net/kiosk";
import { Row, standing, titleOf } from "./choosing";
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
  /** From what the device keeps. */
  kept?: boolean;
}

async function look(q: string, isWanted: () => boolean): Promise<Found> {
  const here = point.value;
  if (here && online.value !== false) {
    try {
      const lang = language.value === "en" ? "en" : "zh";
      const { items, total } = await search(q, here.division.code, lang);
      return { q, hits: items, total };
    } catch (error) {
      if (error instanceof Problem) return { q, hits: [], total: 0, refused: say(error.detail) };
    }
  }
  const { items, total } = await findKept(q, now.value, isWanted);
  return { q, hits: items, total, kept: true };
}

function outcome({ hits, total, refused, kept }: Found): string {
  if (refused !== undefined) return refused;
  const values = { n: total, shown: hits.length };
  const words = total === 0 ? "find.none" : total > hits.length ? "find.first" : "find.found";
  return `${kept ? t("find.offline") : ""}${t(words, values)}`;
}

/** A line that holds what was pressed, as it stands in the notice. */
function HitLine({ line }: { line: Hit["lines"][number] }) {
  return (
    <span class="line">
      {line.excerpt.map(({ text, hit }, n) => (hit ? <mark key={n}>{text}</mark> : text))}
    </span>
  );
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
      void look(q, () => wanted).then((answer) => wanted && setFound(answer));
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
          {found.hits.map(({ card, division_name, lines, lines_more }) => (
            <Row
              key={card.disclosure_id}
              words={titleOf(card)}
              under={`${division_name} · ${standing(card, now.value)}`}
              onClick={() => enter({ at: "notice", id: card.disclosure_id })}
            >
              {lines.map((line) => (
                <HitLine key={line.pointer} line={line} />
              ))}
              {lines_more > 0 && <small>{t("find.lines_more", { n: lines_more })}</small>}
            </Row>
          ))}
        </ul>
      )}
    </Frame>
  );
}
