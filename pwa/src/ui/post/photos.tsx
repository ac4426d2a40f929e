/** Photos of the notice board and of vouchers: from the camera or the album, made smaller, kept, shown. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { change, changeContent, current } from "../../acts/drafting";
import { choosePhotoSize, photoSize, preview, takePhoto } from "../../acts/photos";
import { NotAPhoto } from "../../acts/shrinking";
import { type Finding, findingsAt } from "../../core/findings";
import { PHOTO_SIZES } from "../../core/photo_sizes";
import { listAt, withValue } from "../../core/pointers";
import { t } from "../../messages";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { Notice } from "../pieces";
import { FindingsHere } from "./finding";
import { useValueAt } from "./part";

/** A picture of a kept photo, or the server's copy when the phone no longer holds it. */
export function KeptPhoto({ sha256, words }: { sha256: string; words: string }) {
  const [src, setSrc] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    void preview(sha256).then((url) => here && setSrc(url ?? api.photoAddress(sha256, 320)));
    return () => {
      here = false;
    };
  }, [sha256]);
  return src ? <img src={src} alt={words} /> : <span class="img-wait" />;
}

interface TakerProps {
  label: string;
  /** Called with each photo once it is kept. */
  taken: (photo: { sha256: string; width: number; height: number }) => void;
  many?: boolean;
}

/** Two ways in: the camera at once, or the album. Files are worked on one after another. */
export function PhotoTaker({ label, taken, many = true }: TakerProps) {
  const id = useId();
  const [left, setLeft] = useState(0);
  const [bad, setBad] = useState<string | null>(null);
  const live = useRef(true);
  useEffect(
    () => () => {
      live.current = false;
    },
    [],
  );

  const take = async (input: HTMLInputElement): Promise<void> => {
    const files = [...(input.files ?? [])];
    input.value = "";
    setBad(null);
    setLeft(files.length);
    for (const file of files) {
      try {
        taken(await takePhoto(file));
      } catch (error) {
        const why = error instanceof NotAPhoto ? t("photo.not") : t("photo.full");
        if (live.current) setBad(t("photo.bad", { name: file.name, why }));
      }
      if (live.current) setLeft((n) => n - 1);
    }
  };
  const way = (kind: "camera" | "album") => (
    <label class="btn" for={`${id}-${kind}`}>
      <Icon name={kind === "camera" ? "photo" : "plus"} />
      {kind === "camera" ? label : t("photo.album")}
      <input
        id={`${id}-${kind}`}
        class="vh"
        type="file"
        accept="image/*"
        {...(kind === "camera" ? { capture: "environment" as const } : { multiple: many })}
        onChange={(event) => void take(event.currentTarget)}
      />
    </label>
  );
  return (
    <div class="taker">
      {way("camera")}
      {way("album")}
      <p class="small soft" role="status">
        {left > 0 ? t("photo.working", { n: left }) : ""}
      </p>
      {bad && <Notice icon="act" title={bad} live />}
    </div>
  );
}

/** Photos of the wall: what hung there, and when. */
export function BoardPhotos(props: { findings: ReadonlySignal<readonly Finding[]> }) {
  const findings = props.findings.value;
  const draft = current.value;
  if (!draft) return null;
  const boards = draft.photos.filter((photo) => photo.role === "board");
  const describe = (photo: (typeof boards)[number], caption: string): void =>
    change({ photos: draft.photos.map((one) => (one === photo ? { ...one, caption } : one)) });
  return (
    <section aria-labelledby="boards">
      <div class="grp">
        <h2 id="boards">{t("photo.boards")}</h2>
        <span>{t("photo.count", { n: boards.length })}</span>
      </div>
      <p class="help">{t("photo.boards.help")}</p>
      <ul class="photo-list">
        {boards.map((photo, n) => (
          <li key={photo.sha256}>
            <KeptPhoto
              sha256={photo.sha256}
              words={photo.caption || t("photo.board.n", { n: n + 1 })}
            />
            <label>
              <span class="vh">{t("photo.caption.n", { n: n + 1 })}</span>
              <input
                type="text"
                autocomplete="off"
                placeholder={t("photo.caption")}
                value={photo.caption ?? ""}
                aria-invalid={findingsAt(findings, `/photos/${n}/caption`).length > 0 || undefined}
                onInput={(event) => describe(photo, event.currentTarget.value)}
              />
            </label>
            <FindingsHere
              findings={findingsAt(findings, `/photos/${n}/caption`)}
              take={(caption) => describe(photo, caption)}
            />
            <button
              type="button"
              class="tool"
              onClick={() => change({ photos: draft.photos.filter((one) => one !== photo) })}
            >
              <Icon name="bin" />
              {t("photo.remove")}
              <span class="vh">{t("photo.board.n", { n: n + 1 })}</span>
            </button>
          </li>
        ))}
      </ul>
      <PhotoTaker
        label={t("photo.take.board")}
        taken={(photo) => {
          const now = current.value;
          if (!now || now.photos.some((one) => one.sha256 === photo.sha256 && one.role === "board"))
            return;
          change({ photos: [...now.photos, { ...photo, role: "board" }] });
        }}
      />
      <SizeChoice />
    </section>
  );
}

/** How large photos travel: for all that are taken from now on. */
function SizeChoice() {
  return (
    <fieldset class="choices">
      <legend class="grp-legend">{t("photo.size")}</legend>
      {PHOTO_SIZES.map((size) => (
        <label class="tick" key={size}>
          <input
            type="radio"
            name="photo-size"
            checked={photoSize.value === size}
            onChange={() => choosePhotoSize(size)}
          />
          <span>
            {t(`photo.size.${size}`)}
            <small>{t(`photo.size.${size}.note`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Photos of the paper behind one entry, named in the entry itself. */
export function VoucherPhotos(props: {
  pointer: string;
  label: string;
  help?: string | undefined;
}) {
  const { pointer, label, help } = props;
  const kept = useValueAt(pointer);
  const hashes = (Array.isArray(kept) ? kept : []).filter(
    (hash): hash is string => typeof hash === "string",
  );
  const put = (list: string[]): void =>
    changeContent((content) => withValue(content, pointer, list.length === 0 ? undefined : list));
  return (
    <div class="field">
      <p class="label">{label}</p>
      {help && <p class="help">{help}</p>}
      {hashes.length > 0 && (
        <ul class="thumbs">
          {hashes.map((sha256, n) => (
            <li key={sha256}>
              <KeptPhoto sha256={sha256} words={t("photo.voucher.n", { n: n + 1 })} />
              <button
                type="button"
                class="tool"
                aria-label={`${t("photo.remove")} ${t("photo.voucher.n", { n: n + 1 })}`}
                onClick={() => put(hashes.filter((one) => one !== sha256))}
              >
                <Icon name="bin" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <PhotoTaker
        label={t("photo.take.voucher")}
        taken={({ sha256 }) => {
          const now = listAt(current.value?.content, pointer);
          if (!now.includes(sha256)) put([...now.map(String), sha256]);
        }}
      />
    </div>
  );
}
