/** How large a photo travels. The words on a board must stay readable; a slow line must not wait all day. */

export type PhotoSize = "small" | "standard" | "original";
export const PHOTO_SIZES: readonly PhotoSize[] = ["small", "standard", "original"];

interface Choice {
  /** Pixels of the longer side; null leaves it as it was taken. */
  longSide: number | null;
  /** Bytes to stay under where the picture allows it. */
  bytes: number | null;
}

export const CHOICES: { readonly [size in PhotoSize]: Choice } = {
  small: { longSide: 1280, bytes: 150_000 },
  standard: { longSide: 1920, bytes: 300_000 },
  original: { longSide: null, bytes: null },
};

export function isPhotoSize(word: string | null): word is PhotoSize {
  return word !== null && (PHOTO_SIZES as readonly string[]).includes(word);
}

/** Width and height inside the longer side; never enlarged. */
export function fitted(width: number, height: number, size: PhotoSize): [number, number] {
  const { longSide } = CHOICES[size];
  const scale = longSide === null ? 1 : Math.min(1, longSide / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** From good to just readable: below the last one small print falls apart. */
const QUALITIES = [0.82, 0.74, 0.66, 0.58];
const AS_TAKEN = 0.9;

/** The best encoding that stays under the choice's bytes; a picture that never does is taken at the last quality. */
export async function encoded<B extends { size: number }>(
  encode: (quality: number) => Promise<B>,
  size: PhotoSize,
): Promise<B> {
  const { bytes } = CHOICES[size];
  if (bytes === null) return encode(AS_TAKEN);
  let made: B | null = null;
  for (const quality of QUALITIES) {
    made = await encode(quality);
    if (made.size <= bytes) break;
  }
  return made as B;
}
