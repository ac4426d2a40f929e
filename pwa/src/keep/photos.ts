import { vouchersIn } from "../core/vouchers";
import { database } from "./database";

/** A photo as it will be sent. Bytes, not a Blob: some phones lose Blobs in IndexedDB. */
export interface KeptPhoto {
  sha256: string;
  type: string;
  bytes: ArrayBuffer;
  width: number;
  height: number;
}

export async function keepPhoto(photo: KeptPhoto): Promise<void> {
  await (await database()).put("photos", photo);
}

export async function photoBytes(sha256: string): Promise<ArrayBuffer | null> {
  return (await (await database()).get("photos", sha256))?.bytes ?? null;
}

export async function photoBlob(sha256: string): Promise<Blob | null> {
  const kept = await (await database()).get("photos", sha256);
  return kept ? new Blob([kept.bytes], { type: kept.type }) : null;
}

/**
 * Forget the photos that no draft, no unsent posting and no paper of anybody on this phone needs. Only for `sweepPhotos`: a photo
 * is kept before the draft that names it is. Returns how many went.
 */
export async function forgetUnusedPhotos(): Promise<number> {
  const stores = ["drafts", "outbox", "papers", "photos", "uploads"] as const;
  const tx = (await database()).transaction(stores, "readwrite");
  const needed = new Set<string>();
  for (const draft of await tx.objectStore("drafts").getAll()) {
    for (const photo of [...draft.photos, ...vouchersIn(draft.content)]) needed.add(photo.sha256);
  }
  for (const posting of await tx.objectStore("outbox").getAll()) {
    if (posting.receipt !== null) continue;
    for (const { sha256 } of posting.photos) needed.add(sha256);
  }
  let gone = 0;
  for (const paper of await tx.objectStore("papers").getAll()) {
    for (const sha256 of paper.photos) needed.add(sha256);
  }
  for (const sha256 of await tx.objectStore("photos").getAllKeys()) {
    if (needed.has(sha256)) continue;
    await tx.objectStore("photos").delete(sha256);
    gone += 1;
  }
  for (const upload of await tx.objectStore("uploads").getAll()) {
    if (needed.has(upload.sha256)) continue;
    await tx.objectStore("uploads").delete([upload.account, upload.sha256]);
  }
  await tx.done;
  return gone;
}
