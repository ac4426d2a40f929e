/** The photos that came with a question: for people at work all of them, and for the public those that the reviewer ticks. */
import { t } from "../../messages";
import type { InquiryPage, InquiryPhoto } from "../../net/inquiry_shapes";
import { StatusChip } from "../pieces";

const at = (page: InquiryPage, { photo }: InquiryPhoto, name: string): string =>
  `/api/v1/desk/inquiries/${page.head.id}/photos/${photo}/${name}`;

function Thumb({ page, photo }: { page: InquiryPage; photo: InquiryPhoto }) {
  return (
    <img
      src={at(page, photo, "320.jpg")}
      width={photo.width}
      height={photo.height}
      alt={t("asked.photo.n", { n: photo.photo })}
      decoding="async"
    />
  );
}

/** Small, and each opens whole in a window of its own, so that what is being written stays. */
export function Photos({ page }: { page: InquiryPage }) {
  if (page.photos.length === 0) return null;
  return (
    <ul class="asked-photos" aria-label={t("asked.photos")}>
      {page.photos.map((photo) => (
        <li key={photo.photo}>
          <a href={at(page, photo, "1920.jpg")} target="_blank" rel="noopener noreferrer external">
            <Thumb page={page} photo={photo} />
          </a>
          {page.shown_photos.includes(photo.photo) && (
            <StatusChip icon="ok" tone="ok" long>
              {t("asked.photo.public")}
            </StatusChip>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ChoiceProps {
  page: InquiryPage;
  chosen: readonly number[];
  choose: (chosen: readonly number[]) => void;
}

/** One tick a photo, and none of them set beforehand. */
export function PhotoChoice({ page, chosen, choose }: ChoiceProps) {
  if (page.photos.length === 0) return null;
  const tick = (n: number, on: boolean): void =>
    choose(on ? [...chosen, n].sort() : chosen.filter((each) => each !== n));
  return (
    <fieldset class="choices photo-choices" aria-describedby="photo-choices-help">
      <legend>{t("asked.photos.choose")}</legend>
      <p class="help" id="photo-choices-help">
        {t("asked.photos.choose.help")}
      </p>
      {page.photos.map((photo) => (
        <label key={photo.photo} class="tick">
          <input
            type="checkbox"
            checked={chosen.includes(photo.photo)}
            onChange={(event) => tick(photo.photo, event.currentTarget.checked)}
          />
          <Thumb page={page} photo={photo} />
          <span>{t("asked.photo.show", { n: photo.photo })}</span>
        </label>
      ))}
    </fieldset>
  );
}
