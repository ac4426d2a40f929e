/** A screen that nobody touches: one notice after the other, each page by page, in ink that never burns in. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { online } from "../../acts/kiosk/contents";
import { rotation, slide } from "../../acts/kiosk/running";
import { jumped, now } from "../../acts/kiosk/timing";
import { endOf } from "../../core/kiosk_notices";
import { pagesOf, shiftAt, toneAt } from "../../core/kiosk_pages";
import { SLIDE_MS } from "../../core/kiosk_rest";
import { t } from "../../messages/kiosk";
import { dayOf, leftOf } from "./choosing";
import { AsOf, Brand, Status, Time } from "./frame";
import { useNotice } from "./notice";
import { SheetView } from "./sheet";

export function Rotation() {
  const cards = rotation.value;
  const [id, setId] = useState<string | null>(null);
  const [x, y] = shiftAt(now.value);
  const tone = toneAt(now.value);
  const at = cards.findIndex((card) => card.disclosure_id === id);
  const here = cards[Math.max(0, at)]?.disclosure_id ?? null;
  useEffect(() => {
    document.documentElement.dataset.tone = tone;
  }, [tone]);
  useEffect(() => {
    slide.value = here;
    document.title = t("site");
    return () => {
      slide.value = null;
    };
  }, [here]);
  const next = (): void =>
    setId(cards[(Math.max(0, at) + 1) % cards.length]?.disclosure_id ?? null);
  return (
    <div class="frame rotation" style={{ transform: `translate(${x}px, ${y}px)` }}>
      <header>
        <Brand />
        <Time />
      </header>
      {(jumped.value || online.value === false) && <Status />}
      {here === null ? (
        <main>
          <p class="nothing">{t("rotation.none")}</p>
        </main>
      ) : (
        <Turning key={here} id={here} n={Math.max(0, at) + 1} of={cards.length} onEnd={next} />
      )}
    </div>
  );
}

interface TurningProps {
  id: string;
  n: number;
  of: number;
  onEnd: () => void;
}

/** One notice, page after page; then the next one's turn comes. */
function Turning({ id, n, of, onEnd }: TurningProps) {
  const notice = useNotice(id);
  const room = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState([{ start: 0, height: 0 }]);
  const [page, setPage] = useState(0);
  const began = useRef(now.value);
  const end = useRef(onEnd);
  end.current = onEnd;
  const ready = notice !== undefined;
  useLayoutEffect(() => {
    const [box, inside] = [room.current, sheet.current];
    if (box === null || inside === null) return;
    // The line about a lost network comes and goes, and with it the room that is left.
    const measure = (): void => {
      const top = inside.getBoundingClientRect().top;
      const pieces = [...inside.querySelectorAll("h2, .piece, .note, .sentences li")];
      const rows = pieces.map((piece) => {
        const { top: a, bottom: b } = piece.getBoundingClientRect();
        return { top: a - top, bottom: b - top, leads: piece.matches("h2, .leads") };
      });
      setPages(pagesOf(rows, box.clientHeight));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    measure();
    return () => watch.disconnect();
  }, [notice]);
  useEffect(() => {
    if (now.value - began.current < SLIDE_MS) return;
    began.current = now.value;
    if (page + 1 < pages.length && notice) setPage(page + 1);
    else if (ready) end.current();
  }, [now.value]);
  const here = pages[Math.min(page, pages.length - 1)] ?? { start: 0, height: 0 };
  const until = notice ? endOf(notice.card, now.value) : null;
  return (
    <>
      <main>
        {notice?.sheet && (
          <>
            <p class="where">
              {[...notice.division.path.slice(-1), notice.division.name].join(" ")}
            </p>
            <h1 class={notice.card.title.length > 12 ? "long" : ""}>{notice.card.title}</h1>
            <p class="under">
              {t("edition", { n: notice.card.edition })}
              {until !== null &&
                ` · ${t("until", { day: dayOf(until - 1, now.value) })} · ${leftOf(until, now.value)}`}
            </p>
            <div class="room" ref={room}>
              <div class="pane" style={here.height > 0 ? { height: `${here.height}px` } : {}}>
                <div ref={sheet} style={{ transform: `translateY(${-here.start}px)` }}>
                  {notice.sentences.length > 0 && (
                    <ul class="sentences">
                      {notice.sentences.map((sentence) => (
                        <li key={sentence}>{sentence}</li>
                      ))}
                    </ul>
                  )}
                  <SheetView sheet={notice.sheet} />
                </div>
              </div>
            </div>
          </>
        )}
      </main>
      <footer>
        <span>
          <AsOf />
        </span>
        <span>{pages.length > 1 && t("rotation.page", { n: page + 1, of: pages.length })}</span>
        <span>{t("slides.of", { n, of })}</span>
      </footer>
    </>
  );
}
