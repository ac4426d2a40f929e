/** One notice, whole: its times, its sheet, who signed it, its photos; and a voice that reads it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { villages } from "../../acts/kiosk/contents";
import {
  hasVoice,
  hush,
  loudness,
  readAloud,
  speaking,
  volume,
} from "../../acts/kiosk/reading_aloud";
import { now } from "../../acts/kiosk/timing";
import { endOf, shownAs } from "../../core/kiosk_notices";
import * as keep from "../../keep/kiosk";
import { t } from "../../messages/kiosk";
import { language, say } from "../../messages/language";
import type { PhotoView } from "../../net/kiosk";
import { notice as fetched, type Notice, photoAddress } from "../../net/kiosk";
import { dayOf, leftOf } from "./choosing";
import { Frame, Press } from "./frame";
import { Matters } from "./matters";
import { SheetView } from "./sheet";
import { spokenParts } from "./spoken";

/** A notice from the device, or from the network where it is not kept; undefined while it is looked for. */
export function useNotice(id: string): Notice | null | undefined {
  const [found, setFound] = useState<Notice | null | undefined>(undefined);
  const listed = villages.value.flatMap((one) => one.cards).find((c) => c.disclosure_id === id);
  useEffect(() => {
    let wanted = true;
    const look = async (): Promise<Notice | null> => (await keep.notice(id)) ?? (await fetched(id));
    look()
      .catch(() => null)
      .then((one) => wanted && setFound(one));
    return () => {
      wanted = false;
    };
  }, [id, listed]);
  const said = useMemo(() => found && inLanguage(found), [found, language.value]);
  return said?.card.disclosure_id === id || said === null ? said : undefined;
}

/** A notice in the language of the screen; one that an older version kept is in Chinese until it is fetched again. */
function inLanguage(page: Notice): Notice {
  const { english } = page;
  if (language.value !== "en" || !english) return page;
  const { title, ...others } = english;
  return { ...page, ...others, card: { ...page.card, title } };
}

export function NoticeScreen({ id }: { id: string }) {
  const page = useNotice(id);
  const time = now.value;
  const shown = page ? shownAs(page.card, time) : null;
  const title = page && shown !== null ? page.card.title : t("site");
  const village = villages.value.find((one) => one.code === page?.division.code);
  return (
    <Frame
      title={title}
      step={3}
      {...(village ? { asOf: village.asOf } : {})}
      under={page && shown !== null ? <Under page={page} time={time} /> : undefined}
      bar={page?.sheet && shown !== null && hasVoice.value ? <Voice page={page} /> : null}
    >
      {page === undefined && <p class="nothing">{t("fetching")}</p>}
      {(page === null || (page && shown === null)) && <p class="nothing">{t("gone")}</p>}
      {page && shown !== null && <Content page={page} />}
    </Frame>
  );
}

/** Whose it is, which edition, and how long it stays. */
export function Under({ page, time }: { page: Notice; time: number }) {
  const { card, division } = page;
  const shown = shownAs(card, time);
  const end = endOf(card, time);
  const edition = t(card.corrected > 0 ? "corrected" : "edition", { n: card.edition });
  return (
    <>
      <p>
        {[...division.path.slice(-1), division.name].join(" ")} · {edition}
        {card.opened_at && ` · ${t("opened", { day: dayOf(Date.parse(card.opened_at), time) })}`}
      </p>
      {shown !== null && (
        <p class={`stage ${shown}`}>
          {t(`stage.${shown}`)}
          {end !== null && ` · ${leftOf(end, time)} · ${t("until", { day: dayOf(end - 1, time) })}`}
        </p>
      )}
      {card.urgent && <p class="urgent">{say(card.urgent.text)}</p>}
    </>
  );
}

function Content({ page }: { page: Notice }) {
  if (page.withdrawn || !page.sheet) {
    return (
      <>
        <p class="nothing">{t("withdrawn", { reason: page.withdrawn?.reason ?? "" })}</p>
        <Matters id={page.card.disclosure_id} />
      </>
    );
  }
  const boards = page.photos.filter((one) => one.role === "board");
  const vouchers = page.photos.filter((one) => one.role !== "board");
  return (
    <>
      {page.sentences.length > 0 && (
        <ul class="sentences">
          {page.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <SheetView sheet={page.sheet} />
      <ul class="signed">
        {page.submitted_by_name && <li>{t("posted_by", { name: page.submitted_by_name })}</li>}
        {page.reviews.map((review) => (
          <li key={review.decided_at}>
            {t("signed", {
              body: review.post ?? say(review.body),
              name: review.reviewer_name,
              day: dayOf(Date.parse(review.decided_at), now.value),
            })}
          </li>
        ))}
      </ul>
      <Code page={page} />
      <Matters id={page.card.disclosure_id} />
      <Photos heading={t("photos.board")} photos={boards} />
      <Photos heading={t("photos.voucher")} photos={vouchers} />
    </>
  );
}

/** From this screen to one's own phone: nothing can be typed here, and there one can ask. */
function Code({ page: { code } }: { page: Notice }) {
  if (!code) return null;
  return (
    <figure class="code">
      <img
        src={`data:image/svg+xml,${encodeURIComponent(code)}`}
        width={240}
        height={240}
        alt=""
        draggable={false}
      />
      <figcaption>
        <b>{t("code.title")}</b>
        <span>{t("code.what")}</span>
      </figcaption>
    </figure>
  );
}

function Photos({ heading, photos }: { heading: string; photos: PhotoView[] }) {
  if (photos.length === 0) return null;
  return (
    <section class="photos">
      <h2>{heading}</h2>
      {photos.map((photo, n) => (
        <Photo
          key={photo.sha256}
          photo={photo}
          words={photo.caption ?? t("photo.n", { n: n + 1 })}
        />
      ))}
    </section>
  );
}

function Photo({ photo, words }: { photo: PhotoView; words: string }) {
  const [failed, setFailed] = useState(false);
  if (failed) return <p class="nothing">{t("photo.waits")}</p>;
  return (
    <figure class="piece">
      <img
        src={photoAddress(photo.sha256)}
        width={photo.width}
        height={photo.height}
        alt={words}
        draggable={false}
        onError={() => setFailed(true)}
      />
      <figcaption>{words}</figcaption>
    </figure>
  );
}

function Voice({ page }: { page: Notice }) {
  const toggle = (): void => {
    if (speaking.value) hush();
    else readAloud(spokenParts(page));
  };
  const turn = (by: number) => (): void => {
    volume.value = Math.min(10, Math.max(0, loudness() + by));
  };
  return (
    <>
      <Press
        icon="speaker"
        words={t(speaking.value ? "listen.stop" : "listen")}
        pressed={speaking.value}
        onClick={toggle}
      />
      {speaking.value && (
        <span class="volume">
          <button type="button" aria-label={t("softer")} onClick={turn(-1)}>
            −
          </button>
          <output aria-label={t("volume", { n: loudness() })}>{loudness()}</output>
          <button type="button" aria-label={t("louder")} onClick={turn(1)}>
            ＋
          </button>
        </span>
      )}
    </>
  );
}
