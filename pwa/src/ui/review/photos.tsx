import { useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { language, t } from "../../messages";
import * as api from "../../net/questions";
import type { PhotoView } from "../../net/shapes";
import { Dialog } from "../pieces";

/** The photos of a submission; a tap shows one as large as the screen lets it. */
export function Photos({ photos }: { photos: readonly PhotoView[] }) {
  const [open, setOpen] = useState<PhotoView | null>(null);
  if (photos.length === 0) return <p class="soft">{t("photos.none")}</p>;
  const words = (photo: PhotoView, n: number): string =>
    photo.caption || t(photo.role === "board" ? "photo.board.n" : "photo.voucher.n", { n: n + 1 });
  return (
    <div class="photo-strip-box">
      <ul class="thumbs" aria-label={t("photos.name")}>
        {photos.map((photo, n) => (
          <li key={photo.sha256 + photo.pointer}>
            <button type="button" onClick={() => setOpen(photo)}>
              <img src={api.photoAddress(photo.sha256, 320)} alt={words(photo, n)} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {open && (
        <Dialog
          title={words(open, photos.indexOf(open))}
          onClose={() => setOpen(null)}
          kind="slide"
        >
          <img
            class="whole"
            src={api.photoAddress(open.sha256, 1920)}
            alt={words(open, photos.indexOf(open))}
          />
          <p class="small soft">
            {open.captured_at
              ? t("photos.taken", { when: momentText(open.captured_at, language.value) })
              : ""}{" "}
            {t("photos.received", { when: momentText(open.received_at, language.value) })}
          </p>
        </Dialog>
      )}
    </div>
  );
}
