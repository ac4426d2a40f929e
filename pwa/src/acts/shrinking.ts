/** Makes a chosen picture small enough to travel: in the photo worker, or on the page where that cannot draw. */
import { takenAt, withTakenAt } from "../core/exif";
import { encoded, fitted, type PhotoSize } from "../core/photo_sizes";
import type { Job, Made, Result } from "../worker/photos";
import { digest } from "./digest";

/** Why a file cannot be a photo of ours. */
export class NotAPhoto extends Error {}

type How = Pick<Job, "size" | "bare">;

let worker: Worker | null = null;
let jobs = 0;

function photoWorker(): Worker | null {
  if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return null;
  try {
    worker ??= new Worker(new URL("../worker/photos.ts", import.meta.url), { type: "module" });
    return worker;
  } catch {
    return null; // before Chromium 80 no worker is a module
  }
}

/** What the worker makes of it; null when it cannot, or takes too long. */
function madeByWorker(file: Blob, how: How, using: Worker): Promise<Made | null> {
  jobs += 1;
  const job: Job = { id: jobs, file, ...how };
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
async function madeHere(file: Blob, { size, bare }: How): Promise<Made> {
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
  const plain = new Uint8Array(await (await encoded(encode, size)).arrayBuffer());
  const taken = bare ? null : takenAt(new Uint8Array(await file.arrayBuffer()));
  const bytes = (taken === null ? plain : withTakenAt(plain, taken)).buffer as ArrayBuffer;
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

/** The picture as it travels, with its hash; `bare`: without the time it was taken. Raises NotAPhoto. */
export async function shrunk(
  file: Blob,
  size: PhotoSize,
  bare = false,
): Promise<Made & { type: string }> {
  const using = photoWorker();
  const how = { size, bare };
  const made =
    (using && (await madeByWorker(file, how, using))) ??
    (await madeHere(file, how).catch(() => null));
  if (made !== null) return { ...made, type: "image/jpeg" };
  return { ...(await untouched(file)), type: file.type };
}
