/** The photo worker: makes a picture smaller off the page's own thread, so that typing stays smooth. */

export interface Job {
  id: number;
  file: Blob;
  longSide: number;
  quality: number;
}

export type Result =
  | { id: number; ok: true; bytes: ArrayBuffer; width: number; height: number }
  | { id: number; ok: false };

async function shrink(job: Job): Promise<Result> {
  const picture = await createImageBitmap(job.file, { imageOrientation: "from-image" });
  const scale = Math.min(1, job.longSide / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d", { alpha: false });
  if (pen === null) throw new Error("no canvas");
  // A transparent PNG of a receipt is on white paper, not on black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: job.quality });
  return { id: job.id, ok: true, bytes: await blob.arrayBuffer(), width, height };
}

self.addEventListener("message", (event: MessageEvent<Job>) => {
  const job = event.data;
  shrink(job).then(
    (result) => self.postMessage(result, result.ok ? { transfer: [result.bytes] } : {}),
    () => self.postMessage({ id: job.id, ok: false } satisfies Result),
  );
});
