/** Photos of a paper that is still on the phone, and of one that the server has. */
import { changePaper, paperOf } from "../../acts/papers";
import { t } from "../../messages";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { KeptPhoto, PhotoTaker } from "../post/photos";

const MOST = 9;

interface Props {
  name: string;
  label: string;
  words: (n: number) => string;
  paperKey: string;
  division: string;
  /** What the screen shows while nothing was changed: a photo may be the first change, and keeps it. */
  begun?: { photos: readonly string[]; fields: { readonly [field: string]: string } };
  /** What stands under the heading. */
  help?: string;
}

export function PaperPhotos({ name, label, words, paperKey, division, begun, help }: Props) {
  const now = (): readonly string[] => paperOf(paperKey)?.photos ?? begun?.photos ?? [];
  const photos = now();
  const put = (list: string[]): void =>
    void changePaper(paperKey, division, {
      photos: list,
      refusal: null,
      ...(begun ? { fields: begun.fields } : {}),
    });
  return (
    <section aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        <span class="small">{t("photo.count", { n: photos.length })}</span>
      </div>
      {help && <p class="small soft">{help}</p>}
      {photos.length > 0 && (
        <ul class="thumbs">
          {photos.map((sha256, n) => (
            <li key={sha256}>
              <KeptPhoto sha256={sha256} words={words(n + 1)} />
              <button
                type="button"
                class="tool"
                aria-label={`${t("photo.remove")} ${words(n + 1)}`}
                onClick={() => put(photos.filter((one) => one !== sha256))}
              >
                <Icon name="bin" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.length < MOST ? (
        <PhotoTaker
          label={label}
          taken={({ sha256 }) => {
            const had = now();
            if (!had.includes(sha256) && had.length < MOST) put([...had, sha256]);
          }}
        />
      ) : (
        <p class="small soft">{t("visit.photo.most", { n: MOST })}</p>
      )}
    </section>
  );
}

export function SentPhotos({
  photos,
  words,
}: {
  photos: readonly string[];
  words: (n: number) => string;
}) {
  if (photos.length === 0) return null;
  return (
    <ul class="asked-photos">
      {photos.map((sha256, n) => (
        <li key={sha256}>
          <a href={api.photoAddress(sha256, 1920)} target="_blank" rel="noopener external">
            <img src={api.photoAddress(sha256, 320)} alt={words(n + 1)} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  );
}
