import { signal } from "@preact/signals";
import { takenAt, withTakenAt } from "../core/exif";
import { encoded, fitted, isPhotoSize, type PhotoSize } from "../core/photo_sizes";
import { keepPhoto, photoBlob } from "../keep/photos";
import type { Job, Made, Result } from "../worker/photos";
import { digest } from "./digest";

export interface TakenPhoto {
  sha256: string;
  width: number;
  height: number;
}

/** Why a file cannot be a photo of ours. */
export class NotAPhoto extends Error {}

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

let worker: Worker | null = null;
let jobs = 0;

function photoWorker(): Worker | null {
  if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return null;
  worker ??= new Worker(new URL("../worker/photos.ts", import.meta.url), { type: "module" });
  return worker;
}

/** What the worker makes of it; null when it cannot, or takes too long. */
function madeByWorker(file: Blob, size: PhotoSize, using: Worker): Promise<Made | null> {
  jobs += 1;
  const job: Job = { id: jobs, file, size };
  return new Promise((resolve) => {
    const finish = (made: Made | null): void => {
      clearTimeout(timer);
      using.removeEventListener("message", heard);
      using.removeEventListener("error", failed);
      resolve(made);
    };
    const heard = ({ data }: MessageEvent<Result>): void => {
      if (data.id === job.id) finish(data.ok ? data : null);
    };
    const failed = (): void => finish(null);
    const timer = setTimeout(failed, 30_000);
    using.addEventListener("message", heard);
    using.addEventListener("error", failed);
    using.postMessage(job);
  });
}

/** The same on the page's own thread, for browsers whose workers cannot draw (Safari before 16.4). */
async function madeHere(file: Blob, size: PhotoSize): Promise<Made> {
  const picture = await pictureOf(file);
  const [width, height] = fitted(picture.naturalWidth, picture.naturalHeight, size);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d", { alpha: false });
  if (pen === null) throw new NotAPhoto(file.type);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  const encode = (quality: number): Promise<Blob> =>
    new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new NotAPhoto(file.type))),
        "image/jpeg",
        quality,
      ),
    );
  const bare = new Uint8Array(await (await encoded(encode, size)).arrayBuffer());
  const taken = takenAt(new Uint8Array(await file.arrayBuffer()));
  const bytes = (taken === null ? bare : withTakenAt(bare, taken)).buffer as ArrayBuffer;
  return { bytes, width, height, sha256: await digest(bytes) };
}

async function pictureOf(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    return picture;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** As it came, for a format that only the server can read. */
async function untouched(file: Blob): Promise<Made> {
  if (!/hei[cf]/.test(file.type)) throw new NotAPhoto(file.type);
  const bytes = await file.arrayBuffer();
  return { bytes, width: 4, height: 3, sha256: await digest(bytes) };
}

/** Make a chosen file ready to be sent and keep it in the phone. The same picture twice is kept once. */
export async function takePhoto(file: Blob): Promise<TakenPhoto> {
  const using = photoWorker();
  const size = photoSize.value;
  const made =
    (using && (await madeByWorker(file, size, using))) ??
    (await madeHere(file, size).catch(() => null));
  const { bytes, width, height, sha256 } = made ?? (await untouched(file));
  const type = made ? "image/jpeg" : file.type;
  await keepPhoto({ sha256, type, bytes, width, height, keptAt: Date.now() });
  return { sha256, width, height };
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
