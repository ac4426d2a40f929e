/** A screen that nobody touches: one notice after the other, each page by page, in ink that never burns in. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { online } from "../../acts/kiosk/contents";
import { rotation, slide } from "../../acts/kiosk/running";
import { jumped, now } from "../../acts/kiosk/timing";
import { endOf } from "../../core/kiosk_notices";
import {
  type Head,
  type Page,
  type Part,
  type Piece,
  pagesOf,
  partsOf,
  shiftAt,
  toneAt,
} from "../../core/kiosk_pages";
import { SLIDE_MS } from "../../core/kiosk_rest";
import { t } from "../../messages/kiosk";
import { type Notice, type PhotoView, photoAddress } from "../../net/kiosk";
import { dayOf, leftOf } from "./choosing";
import { AsOf, Brand, Phones, Status, Time } from "./frame";
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

/** One notice, page after page, then its board; then the next one's turn comes. */
function Turning({ id, n, of, onEnd }: TurningProps) {
  const notice = useNotice(id);
  const [page, setPage] = useState(0);
  const [lost, setLost] = useState<readonly string[]>([]);
  const { room, sheet, pages, tables } = usePages(notice);
  const began = useRef(now.value);
  const end = useRef(onEnd);
  end.current = onEnd;
  const boards =
    notice?.photos.filter(({ role, sha256 }) => role === "board" && !lost.includes(sha256)) ?? [];
  const all = pages.length + boards.length;
  useEffect(() => {
    if (now.value - began.current < SLIDE_MS) return;
    began.current = now.value;
    if (page + 1 < all && notice) setPage(page + 1);
    else if (notice !== undefined) end.current();
  }, [now.value]);
  const at = Math.min(page, all - 1);
  const board = boards[at - pages.length];
  const here = pages[Math.min(at, pages.length - 1)] ?? { start: 0, height: 0 };
  useLayoutEffect(
    () =>
      showHeads(
        tables,
        here,
        partsOf(
          pages,
          tables.map(({ head }) => head),
          at,
        ),
      ),
    [tables, pages, at],
  );
  const lent = here.head ? here.head.bottom - here.head.top : 0;
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
              {board && (
                <Board
                  key={board.sha256}
                  photo={board}
                  onLost={() => setLost([...lost, board.sha256])}
                />
              )}
              <div
                class="pane"
                hidden={board !== undefined}
                style={here.height > 0 ? { height: `${here.height + lent}px` } : {}}
              >
                <div ref={sheet} style={{ transform: `translateY(${lent - here.start}px)` }}>
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
        <span>
          <Phones village={notice?.division.code} />
        </span>
        <span>{all > 1 && t("rotation.page", { n: at + 1, of: all })}</span>
        <span>{t("slides.of", { n, of })}</span>
      </footer>
    </>
  );
}

/** What hung on the wall, whole. */
function Board({ photo, onLost }: { photo: PhotoView; onLost: () => void }) {
  const words = photo.caption ?? t("photos.board");
  return (
    <figure class="board">
      <img src={photoAddress(photo.sha256)} alt={words} onError={onLost} />
      <figcaption>{words}</figcaption>
    </figure>
  );
}

interface Table {
  head: Head;
  /** What is moved with it onto later pages: its heading and its column heads. */
  heading: HTMLElement | null;
  columns: HTMLElement;
}

/** Where the notice is cut, measured anew when the room changes. */
function usePages(notice: Notice | null | undefined) {
  const room = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState<{ pages: Page[]; tables: Table[] }>({
    pages: [{ start: 0, height: 0 }],
    tables: [],
  });
  useLayoutEffect(() => {
    const [box, inside] = [room.current, sheet.current];
    if (box === null || inside === null) return;
    // The line about a lost network comes and goes, and with it the room that is left.
    const measure = (): void => {
      if (box.clientHeight === 0 || inside.offsetParent === null) return; // a photo stands there
      const tables = tablesIn(inside);
      const pieces = [...inside.querySelectorAll("h2, .piece, .note, .sentences li")];
      const rows = pieces.map((piece): Piece => {
        const head = tables.find(({ columns }) => columns.parentElement?.contains(piece))?.head;
        const leads = piece.matches("h2, .leads");
        return { ...placeOf(piece, inside), leads, ...(head && !leads ? { head } : {}) };
      });
      setCut({ pages: pagesOf(rows, box.clientHeight), tables });
    };
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    measure();
    return () => watch.disconnect();
  }, [notice]);
  return { room, sheet, ...cut };
}

/** Where a piece stands in the whole notice, whatever it was moved by. */
function placeOf(piece: Element, inside: HTMLElement): { top: number; bottom: number } {
  const from = inside.getBoundingClientRect().top;
  const { top, bottom } = piece.getBoundingClientRect();
  const moved = piece instanceof HTMLElement ? Number(piece.dataset.moved ?? 0) : 0;
  return { top: top - from - moved, bottom: bottom - from - moved };
}

function tablesIn(inside: HTMLElement): Table[] {
  return [...inside.querySelectorAll("table")].flatMap((table) => {
    const columns = table.tHead;
    if (columns === null) return [];
    const heading = table.closest(".sheet > section")?.querySelector("h2") ?? null;
    const { bottom } = placeOf(columns, inside);
    const { top } = placeOf(heading ?? columns, inside);
    return [{ head: { top, bottom, end: placeOf(table, inside).bottom }, heading, columns }];
  });
}

/** The head of a table that goes on stands above its rows again, and says which part of the table this is. */
function showHeads(tables: readonly Table[], page: Page, parts: readonly Part[]): void {
  for (const { head, heading, columns } of tables) {
    const part = parts.find((one) => one.head === head);
    const by = page.head === head ? page.start - head.bottom : 0;
    for (const element of [heading, columns]) {
      if (element === null) continue;
      element.style.transform = by === 0 ? "" : `translateY(${by}px)`;
      element.dataset.moved = String(by);
    }
    const said = heading ?? columns;
    if (part) said.dataset.part = t("rotation.part", { n: part.n, of: part.of });
    else delete said.dataset.part;
  }
}
