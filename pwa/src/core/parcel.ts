/**
 * The outbox as a file, for a phone that may lose what it keeps: one line of JSON, then the photos' bytes one
 * after another. Nothing is trusted on the way back: photos by their hash, records by their shape.
 */
import { type Photo, type Record, unsent } from "./outbox";

const FORMAT = "gongshilan-outbox";
const VERSION = 1;
/** The line of JSON is read whole; a longer one is not ours. */
export const MOST_HEADER = 32 * 1024 * 1024;

export interface PackedPhoto {
  sha256: string;
  type: string;
  width: number;
  height: number;
  size: number;
}

export interface Parcel<P, D> {
  account: string;
  /** Whose it is, for people. */
  name: string;
  madeAt: string;
  postings: P[];
  drafts: D[];
  photos: PackedPhoto[];
}

export function headerOf<P, D>(parcel: Parcel<P, D>): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...parcel })}\n`;
}

interface Kept {
  id: string;
  account: string;
}

/** What the first line says; null when it is not a file of ours, or of a newer app. */
export function parcelIn<P extends Kept, D extends Kept>(line: string): Parcel<P, D> | null {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isThing(said) || said.format !== FORMAT || said.version !== VERSION) return null;
  const { account, name, madeAt, postings, drafts, photos } = said;
  if (typeof account !== "string" || typeof name !== "string" || typeof madeAt !== "string") {
    return null;
  }
  if (!Array.isArray(postings) || !Array.isArray(drafts) || !Array.isArray(photos)) return null;
  const whole =
    postings.every((one) => isPosting(one, account)) &&
    drafts.every((one) => isKept(one, account) && isThing(one.content) && isThing(one.form)) &&
    photos.every(isPacked);
  if (!whole) return null;
  return { account, name, madeAt, postings, drafts, photos };
}

/** A posting as it stands on the phone that takes it in: the server is asked first what it has. */
export function unpacked<P extends Record>(posting: P): P {
  const rest = posting.commitment === null ? "waiting" : "registered";
  const state = unsent(posting.state) ? rest : posting.state;
  return { ...posting, state, failures: 0, notBefore: 0, mustAsk: true, signInNeeded: false };
}

type Thing = { [name: string]: unknown };
const isThing = (value: unknown): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isKept = (value: unknown, account: string): value is Thing =>
  isThing(value) && typeof value.id === "string" && value.account === account;
const isHash = (value: unknown): boolean =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

function isPosting(value: unknown, account: string): boolean {
  if (!isKept(value, account) || !isThing(value.submission)) return false;
  const { state, photos, submission, receipt } = value;
  // Only what is still the phone's alone travels in a file.
  if (receipt !== null || submission.id !== value.id) return false;
  if (state !== "needs_attention" && !unsent(state as Record["state"])) return false;
  return Array.isArray(photos) && photos.every((one) => isThing(one) && isPhoto(one));
}

function isPhoto({ sha256, size, offset, sent }: Thing | Photo): boolean {
  return (
    isHash(sha256) &&
    Number.isSafeInteger(size) &&
    Number.isSafeInteger(offset) &&
    typeof sent === "boolean"
  );
}

function isPacked(value: unknown): value is PackedPhoto {
  if (!isThing(value) || !isHash(value.sha256) || typeof value.type !== "string") return false;
  return [value.width, value.height, value.size].every(
    (n) => Number.isSafeInteger(n) && (n as number) >= 0,
  );
}
