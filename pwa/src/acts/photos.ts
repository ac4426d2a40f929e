import { keepPhoto, photoBlob } from "../keep/photos";
import type { Job, Result } from "../worker/photos";
import { digest } from "./digest";

export interface TakenPhoto {
  sha256: string;
  width: number;
  height: number;
}

/** Why a file cannot be a photo of ours. */
export class NotAPhoto extends Error {}

const LONG_SIDE = 1920;
const QUALITY = 0.8;

let worker: Worker | null = null;
let jobs = 0;

function photoWorker(): Worker | null {
  if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return null;
  worker ??= new Worker(new URL("../worker/photos.ts", import.meta.url), { type: "module" });
  return worker;
}

function shrink(file: Blob): Promise<Result> {
  const using = photoWorker();
  jobs += 1;
  const job: Job = { id: jobs, file, longSide: LONG_SIDE, quality: QUALITY };
  if (using === null) return Promise.resolve({ id: job.id, ok: false });
  return new Promise((resolve) => {
    const finish = (result: Result): void => {
      clearTimeout(timer);
      using.removeEventListener("message", heard);
      resolve(result);
    };
    const heard = (event: MessageEvent<Result>): void => {
      if (event.data.id === job.id) finish(event.data);
    };
    const timer = setTimeout(() => finish({ id: job.id, ok: false }), 20_000);
    using.addEventListener("message", heard);
    using.addEventListener("error", () => finish({ id: job.id, ok: false }), { once: true });
    using.postMessage(job);
  });
}

async function sizeOf(file: Blob): Promise<{ width: number; height: number }> {
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    return { width: picture.naturalWidth, height: picture.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Make a chosen file ready to be sent and keep it in the phone. The same picture twice is kept once. */
export async function takePhoto(file: Blob): Promise<TakenPhoto> {
  const small = await shrink(file);
  if (small.ok) {
    const sha256 = await digest(small.bytes);
    const { width, height, bytes } = small;
    await keepPhoto({ sha256, type: "image/jpeg", bytes, width, height, keptAt: Date.now() });
    return { sha256, width, height };
  }
  // A phone that cannot shrink (or a format that only the server can read) sends the original.
  if (file.type !== "" && !file.type.startsWith("image/")) throw new NotAPhoto(file.type);
  const bytes = await file.arrayBuffer();
  const heic = /hei[cf]/.test(file.type);
  const size = await sizeOf(file).catch(() => {
    if (heic) return { width: 4, height: 3 };
    throw new NotAPhoto(file.type);
  });
  const sha256 = await digest(bytes);
  await keepPhoto({ sha256, type: file.type || "image/jpeg", bytes, ...size, keptAt: Date.now() });
  return { sha256, ...size };
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
