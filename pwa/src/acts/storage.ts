/** What the browser says about the phone's store, and the outbox as a file out of it and back into it. */
import { headerOf, MOST_HEADER, type PackedPhoto, parcelIn, unpacked } from "../core/parcel";
import { type Risk, riskOf } from "../core/storage";
import type { Posting } from "../keep/database";
import type { Draft } from "../keep/drafts";
import { takeIn, unsentOf } from "../keep/parcel";
import type { KeptPhoto } from "../keep/photos";
import { digest } from "./digest";
import { saveFile } from "./saving";
import { loadOutbox, wake } from "./sending";
import { actor } from "./session";

export interface Room {
  risk: Risk;
  /** The browser promised to keep it; null when it knows no such promise. */
  persisted: boolean | null;
  /** Bytes; null when the browser does not say. */
  used: number | null;
  quota: number | null;
}

/** How the phone's store stands now. */
export async function room(): Promise<Room> {
  const store = navigator.storage as StorageManager | undefined;
  const persisted = (await store?.persisted?.().catch(() => null)) ?? null;
  const estimate = (await store?.estimate?.().catch(() => null)) ?? null;
  const quota = estimate?.quota ?? null;
  const memory = (performance as { memory?: { jsHeapSizeLimit?: number } }).memory;
  const risk = riskOf({
    agent: navigator.userAgent,
    standalone:
      window.matchMedia("(display-mode: standalone)").matches ||
      (navigator as { standalone?: boolean }).standalone === true,
    touchPoints: navigator.maxTouchPoints,
    quota,
    heap: memory?.jsHeapSizeLimit ?? null,
    persisted: persisted === true,
  });
  return { risk, persisted, used: estimate?.usage ?? null, quota };
}

/** Ask the browser to keep what we store. It may ask the person, or decide by itself. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

/** Write everything unsent into a file; how many drafts and postings are in it. */
export async function exportUnsent(): Promise<number> {
  const who = actor.value;
  if (!who) return 0;
  const { postings, drafts, photos } = await unsentOf(who.account_id);
  const madeAt = new Date().toISOString();
  const header = headerOf({
    account: who.account_id,
    name: who.name,
    madeAt,
    postings,
    drafts,
    photos: photos.map(({ sha256, type, width, height, bytes }) => ({
      sha256,
      type,
      width,
      height,
      size: bytes.byteLength,
    })),
  });
  const file = new Blob([header, ...photos.map((photo) => photo.bytes)], {
    type: "application/octet-stream",
  });
  saveFile(`gongshilan-${madeAt.slice(0, 10)}.gsl`, file);
  return postings.length + drafts.length;
}

/** Why a file was not taken in. */
export class BadParcel extends Error {
  readonly why: "foreign" | "damaged" | "somebody";
  readonly owner: string;

  constructor(why: BadParcel["why"], owner = "") {
    super(why);
    this.why = why;
    this.owner = owner;
  }
}

/** Take in what a file holds; how many drafts and postings were not in this phone. Throws BadParcel. */
export async function importUnsent(file: Blob): Promise<number> {
  const end = await endOfLine(file);
  const parcel = parcelIn<Posting, Draft>(await file.slice(0, end).text());
  if (parcel === null) throw new BadParcel("foreign");
  if (parcel.account !== actor.value?.account_id) throw new BadParcel("somebody", parcel.name);
  const photos: KeptPhoto[] = [];
  let at = end + 1;
  for (const packed of parcel.photos) {
    photos.push(await photoIn(file, at, packed));
    at += packed.size;
  }
  const fresh = await takeIn({
    postings: parcel.postings.map(unpacked),
    drafts: parcel.drafts,
    photos,
  });
  await loadOutbox();
  void wake();
  return fresh;
}

async function photoIn(file: Blob, at: number, packed: PackedPhoto): Promise<KeptPhoto> {
  const { size, ...rest } = packed;
  const bytes = await file.slice(at, at + size).arrayBuffer();
  if ((await digest(bytes)) !== packed.sha256) throw new BadParcel("damaged");
  return { ...rest, bytes };
}

async function endOfLine(file: Blob): Promise<number> {
  const head = new Uint8Array(await file.slice(0, MOST_HEADER).arrayBuffer());
  const end = head.indexOf(10);
  if (end < 0) throw new BadParcel("foreign");
  return end;
}
