import { signal } from "@preact/signals";
import { isPhotoSize, type PhotoSize } from "../core/photo_sizes";
import { keepPhoto, photoBlob } from "../keep/photos";
import { holdPhotos } from "./holding_photos";
import { shrunk } from "./shrinking";

export interface TakenPhoto {
  sha256: string;
  width: number;
  height: number;
}

const KEY = "gongshilan-photo-size";

function remembered(): PhotoSize {
  try {
    const kept = localStorage.getItem(KEY);
    return isPhotoSize(kept) ? kept : "standard";
  } catch {
    return "standard"; // storage may be forbidden in a private window
  }
}

/** How large this person wants photos to travel; remembered on this device. */
export const photoSize = signal<PhotoSize>(remembered());

export function choosePhotoSize(size: PhotoSize): void {
  photoSize.value = size;
  try {
    localStorage.setItem(KEY, size);
  } catch {
    // Not remembered, but it holds for this visit.
  }
}

/** Make a chosen file ready to be sent and keep it in the phone. The same picture twice is kept once. */
export async function takePhoto(file: Blob): Promise<TakenPhoto> {
  const release = holdPhotos();
  try {
    const { bytes, width, height, sha256, type } = await shrunk(file, photoSize.value);
    await keepPhoto({ sha256, type, bytes, width, height });
    return { sha256, width, height };
  } finally {
    // A task later: whoever asked for it has put it into the draft by then.
    setTimeout(release);
  }
}

const previews = new Map<string, string>();

/** An address at which this page can show a kept photo; null when the phone no longer has it. */
export async function preview(sha256: string): Promise<string | null> {
  const known = previews.get(sha256);
  if (known) return known;
  const blob = await photoBlob(sha256);
  if (blob === null) return null;
  const url = URL.createObjectURL(blob);
  previews.set(sha256, url);
  return url;
}
