/** Nobody is there: open notices by turns, and one sentence that says that the screen can be touched. */
import { useEffect } from "preact/hooks";
import { villages } from "../../acts/kiosk/contents";
import { rotation, slide, touched } from "../../acts/kiosk/running";
import { now } from "../../acts/kiosk/timing";
import { endOf } from "../../core/kiosk_notices";
import { SLIDE_MS } from "../../core/kiosk_rest";
import { formatFen } from "../../core/money";
import { t } from "../../messages/kiosk";
import type { Notice } from "../../net/kiosk";
import { Icon } from "../icons";
import { leftOf } from "./choosing";
import { AsOf, Brand, Phones, Time } from "./frame";
import { useNotice } from "./notice";
import { SheetView } from "./sheet";

/** More of them would be dust. */
const MOST_MARKS = 12;

/** Which of so many stands now. */
export function turn(of: number, every: number): number {
  return of === 0 ? 0 : Math.floor(now.value / every) % of;
}

export function Slides() {
  const cards = rotation.value;
  const n = turn(cards.length, SLIDE_MS);
  const id = cards[n]?.disclosure_id ?? null;
  useEffect(() => {
    slide.value = id;
    document.title = t("site");
    return () => {
      slide.value = null;
    };
  }, [id]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button below is for keys, and its click comes here
    // biome-ignore lint/a11y/noStaticElementInteractions: wherever it is touched, the screen wakes
    <div class="frame slides" data-wakes onClick={touched}>
      <header>
        <Brand />
        <Time />
      </header>
      <main>
        {id === null ? <p class="nothing">{t("rotation.none")}</p> : <Slide key={id} id={id} />}
      </main>
      {cards.length > 1 && cards.length <= MOST_MARKS && (
        <p class="marks" aria-hidden="true">
          {cards.map((card, i) => (
            <i key={card.disclosure_id} class={i === n ? "here" : ""} />
          ))}
        </p>
      )}
      <button type="button" class="touch">
        <Icon name="finger" />
        <span>
          <b>{t("slides.touch")}</b>
          <small>{t("slides.what")}</small>
        </span>
      </button>
      <footer>
        <p>
          <AsOf />
        </p>
        <p>
          <Phones village={villageOf(id)} />
        </p>
      </footer>
    </div>
  );
}

const villageOf = (id: string | null): string | undefined =>
  villages.value.find((one) => one.cards.some((card) => card.disclosure_id === id))?.code;

function Slide({ id }: { id: string }) {
  const page = useNotice(id);
  if (!page?.sheet) return null;
  const end = endOf(page.card, now.value);
  return (
    <>
      <p class="where">{page.division.path.slice(-2).join(" ")}</p>
      <h1>{page.division.name}</h1>
      <div class="card">
        <p class="top">
          <span>{t("edition", { n: page.card.edition })}</span>
          <b>
            <Icon name="ok" />
            {t("stage.open")}
            {end !== null && ` · ${leftOf(end, now.value)}`}
          </b>
        </p>
        <h2>{page.card.title}</h2>
        <Gist page={page} />
      </div>
    </>
  );
}

/** The totals of an account, or the beginning of a list. */
export function Gist({ page }: { page: Notice }) {
  const sum = page.sheet?.sections.find((section) => section.kind === "sum");
  const rows =
    sum?.kind === "sum"
      ? sum.rows.filter((row) => row.level === "total" || row.level === "group")
      : [];
  if (rows.length > 0) {
    return (
      <>
        <dl class="totals">
          {rows.map((row) => (
            <div key={row.id} class={row.sign === "=" ? "last" : ""}>
              <dt>
                {row.sign && (
                  <span class="sign">
                    {row.sign === "-" ? "－" : row.sign === "+" ? "＋" : "＝"}
                  </span>
                )}
                {row.label}
              </dt>
              <dd>{formatFen(row.amount)}</dd>
            </div>
          ))}
        </dl>
        <p class="sentence">{page.sentences[0] ?? ""}</p>
      </>
    );
  }
  return <div class="clip">{page.sheet && <SheetView sheet={page.sheet} />}</div>;
}
