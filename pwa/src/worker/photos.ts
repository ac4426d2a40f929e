/**
 * The photo worker: makes a picture smaller, gives it the time it was taken and its hash, off the page's
 * own thread, so that typing stays smooth.
 */
import { takenAt, withTakenAt } from "../core/exif";
import { encoded, fitted, type PhotoSize } from "../core/photo_sizes";
import { sha256 } from "../core/sha256";

export interface Job {
  id: number;
  file: Blob;
  size: PhotoSize;
  /** Without the time it was taken. */
  bare: boolean;
}

export interface Made {
  bytes: ArrayBuffer;
  width: number;
  height: number;
  sha256: string;
}

export type Result = ({ id: number; ok: true } & Made) | { id: number; ok: false };

/** A camera writes its times at the beginning of the file. */
const HEAD = 256 * 1024;

async function make(job: Job): Promise<Made> {
  const picture = await createImageBitmap(job.file, { imageOrientation: "from-image" });
  const [width, height] = fitted(picture.width, picture.height, job.size);
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { alpha: false });
  if (pen === null) throw new Error("no canvas");
  // A transparent PNG of a receipt is on white paper, not on black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  const type = "image/jpeg";
  const blob = await encoded((quality) => canvas.convertToBlob({ type, quality }), job.size);
  const head = job.bare ? new ArrayBuffer(0) : await job.file.slice(0, HEAD).arrayBuffer();
  const taken = takenAt(new Uint8Array(head));
  const plain = new Uint8Array(await blob.arrayBuffer());
  const whole = taken === null ? plain : withTakenAt(plain, taken);
  const bytes = whole.buffer as ArrayBuffer;
  return { bytes, width, height, sha256: await digest(whole) };
}

async function digest(bytes: Uint8Array): Promise<string> {
  // On a village's own network without https there is no `subtle`, and arithmetic does it here too.
  if (!self.crypto?.subtle) return sha256(bytes);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

self.addEventListener("message", (event: MessageEvent<Job>) => {
  const { id } = event.data;
  make(event.data).then(
    (made) =>
      self.postMessage({ id, ok: true, ...made } satisfies Result, { transfer: [made.bytes] }),
    () => self.postMessage({ id, ok: false } satisfies Result),
  );
});
