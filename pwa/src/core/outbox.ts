/**
 * The outbox as a pure machine: the phone may die at any moment, and the record still says what to do
 * next. Storing is keep/outbox.ts, sending is acts/carrying.ts, painting is ui/. Nothing here knows them.
 *
 * A record is frozen when the accountant submits; only its state moves. `submission` is never changed:
 * a correction of what was refused is a new draft with a new id. The order on the wire is commitment
 * (one round trip: that it exists, and the hashes), then photos, then the content.
 */
import { delayAfter } from "./backoff";

export type State =
  | "waiting" // in the phone; the server knows nothing of it
  | "registered" // the server has the commitment: on time or late is settled, the rest is still to go
  | "sending" // a step is under way
  | "in_review" // the server has it all; the supervisor's turn
  | "returned" // the supervisor gave it back with a reason
  | "scheduled" // approved, opens at a chosen moment
  | "published"
  | "withdrawn"
  | "needs_attention"; // the server refused it: a person must change something

/** What the server said no with, kept whole: the sentence and the fields. */
export interface Refusal {
  slug: string;
  status: number;
  title: { zh: string; en: string };
  detail: { zh: string; en: string };
  errors: {
    pointer: string;
    detail: { zh: string; en: string };
    /** In a spreadsheet: the cell, the table and column it was read for, and a word that is none of its choices. */
    cell?: string;
    table?: string;
    column?: string;
    word?: string;
  }[];
}

/** The server's first promise: it knows that this exists, and when it heard of it. */
export interface Commitment {
  id: string;
  received_at: string;
  due_on: string;
  on_time: boolean;
  days_late: number;
  /** The due day depends on a working-day calendar that is not announced yet. */
  provisional: boolean;
  /** Until when photos and content must follow for `received_at` to count. */
  lapses_at: string;
  content_hash: string;
  /** The photos that the server does not have. */
  photos_missing: string[];
  /** The promise as a signed note, for whoever wants to prove it. */
  signed: string;
}

export interface Photo {
  sha256: string;
  /** Bytes; 0 when the phone no longer holds it. */
  size: number;
  /** Bytes that the server has acknowledged. */
  offset: number;
  sent: boolean;
}

export interface Record<Submission = unknown, Receipt = unknown> {
  id: string;
  state: State;
  submission: Submission;
  photos: Photo[];
  queuedAt: number;
  /** Failures in a row, for the back-off; a person's tap or a signal resets it. */
  failures: number;
  notBefore: number;
  /** Somebody must sign in before anything more is sent. Nothing is dropped meanwhile. */
  signInNeeded: boolean;
  commitment: Commitment | null;
  /** An answer may have been lost: ask again what the server has before another photo goes. */
  mustAsk: boolean;
  /** An earlier commitment that this one takes the place of. */
  replaces: string | null;
  receipt: Receipt | null;
  refusal: Refusal | null;
  /** The supervisor's reason, or why it was withdrawn. */
  reason: string | null;
}

export type Event<Receipt = unknown> =
  | { type: "step_started" }
  | { type: "committed"; commitment: Commitment }
  | { type: "piece_arrived"; sha256: string; offset: number }
  | { type: "photo_arrived"; sha256: string }
  | { type: "no_network"; at: number; jitter: number }
  | { type: "server_busy"; at: number; jitter: number; retryAfter: number | null }
  | { type: "not_signed_in" }
  | { type: "paused" } // between two pieces somebody else on this device goes on with it; every answer was heard
  | { type: "refused"; refusal: Refusal }
  | { type: "arrived"; receipt: Receipt; state: ServerState }
  | { type: "asked_again" } // a receipt was not believed; somebody says to try once more
  | { type: "woken" } // the app opened, the signal came back, or somebody pressed 'send now'
  | { type: "signed_in" }
  | { type: "server_says"; state: ServerState; reason: string | null };

export type ServerState = "in_review" | "returned" | "scheduled" | "published" | "withdrawn";

/** A new record, about to be sent. */
export function queued<S, R>(
  id: string,
  submission: S,
  photos: readonly { sha256: string; size: number }[],
  at: number,
  replaces: string | null = null,
): Record<S, R> {
  return {
    id,
    state: "waiting",
    submission,
    photos: photos.map(({ sha256, size }) => ({ sha256, size, offset: 0, sent: false })),
    queuedAt: at,
    failures: 0,
    notBefore: 0,
    signInNeeded: false,
    commitment: null,
    mustAsk: false,
    replaces,
    receipt: null,
    refusal: null,
    reason: null,
  };
}

const UNSENT: readonly State[] = ["waiting", "registered", "sending"];

/** Whether something of it is still to be sent. */
export const unsent = (state: State): boolean => UNSENT.includes(state);

/** Whether it stands still because a receipt was not believed: its content is as it should be, and may go again. */
export const doubted = (refusal: Refusal | null): boolean =>
  refusal?.slug === "receipt-wrong" || refusal?.slug === "receipt-key-changed";

/** Where a record rests while no step of it is under way. */
const resting = (record: Record): State => (record.commitment === null ? "waiting" : "registered");

/** The record after the event. An event that makes no sense in this state changes nothing. */
export function next<S, R>(record: Record<S, R>, event: Event<R>): Record<S, R> {
  if (event.type === "server_says") {
    // The server's word about what it has; it cannot speak about what never arrived.
    if (record.receipt === null) return record;
    return { ...record, state: event.state, reason: event.reason };
  }
  if (event.type === "asked_again") {
    if (record.state !== "needs_attention" || !doubted(record.refusal)) return record;
    const again = { refusal: null, failures: 0, notBefore: 0, mustAsk: true };
    return { ...record, ...again, state: resting(record) };
  }
  if (!unsent(record.state)) return record;
  switch (event.type) {
    case "step_started":
      return { ...record, state: "sending" };
    case "committed":
      return committed(record, event.commitment);
    case "piece_arrived":
      return withPhoto(record, event.sha256, (photo) =>
        photo.sent ? photo : { ...photo, offset: Math.min(photo.size, event.offset) },
      );
    case "photo_arrived":
      return withPhoto(record, event.sha256, (photo) => ({
        ...photo,
        offset: photo.size,
        sent: true,
      }));
    case "no_network":
    case "server_busy": {
      const failures = record.failures + 1;
      const wanted = event.type === "server_busy" ? (event.retryAfter ?? 0) : 0;
      const wait = Math.max(delayAfter(failures, event.jitter), wanted);
      const notBefore = event.at + wait;
      return { ...record, state: resting(record), failures, notBefore, mustAsk: true };
    }
    case "not_signed_in":
      return { ...record, state: resting(record), signInNeeded: true, mustAsk: true };
    case "paused":
      return record.state === "sending" ? { ...record, state: resting(record) } : record;
    case "refused":
      return { ...record, state: "needs_attention", refusal: event.refusal };
    case "arrived":
      return { ...record, state: event.state, receipt: event.receipt, failures: 0, notBefore: 0 };
    case "woken": {
      // 'sending' found on opening means that the phone died half-way: begin again, the server knows the id.
      const mustAsk = record.mustAsk || record.state === "sending";
      return { ...record, state: resting(record), failures: 0, notBefore: 0, mustAsk };
    }
    case "signed_in":
      return { ...record, signInNeeded: false, failures: 0, notBefore: 0 };
  }
}

/** The server's word about its photos stands: what it lacks goes again, what it has never does. */
function committed<S, R>(record: Record<S, R>, commitment: Commitment): Record<S, R> {
  const missing = commitment.photos_missing;
  return {
    ...record,
    state: "registered",
    commitment,
    mustAsk: false,
    failures: 0,
    notBefore: 0,
    photos: record.photos.map((photo) => {
      if (!missing.includes(photo.sha256)) return { ...photo, offset: photo.size, sent: true };
      return photo.sent ? { ...photo, offset: 0, sent: false } : photo;
    }),
  };
}

/** Something got through: the network is good enough, so the next failure begins with a short wait. */
function withPhoto<S, R>(
  record: Record<S, R>,
  sha256: string,
  change: (photo: Photo) => Photo,
): Record<S, R> {
  const photos = record.photos.map((photo) => (photo.sha256 === sha256 ? change(photo) : photo));
  return { ...record, photos, failures: 0 };
}

/** One thing to send: the commitment, one photo, or the content. */
export type Step =
  | { id: string; kind: "commit" }
  | { id: string; kind: "photo"; photo: Photo }
  | { id: string; kind: "submit" };

const ready = (now: number) => (r: Record) =>
  unsent(r.state) && !r.signInNeeded && r.notBefore <= now;
const older = (a: Record, b: Record): number => a.queuedAt - b.queuedAt || (a.id < b.id ? -1 : 1);

/**
 * The one thing to send now, or null. Every commitment goes before any photo: a few hundred bytes decide
 * on time or late, and a slow photo of one posting must not make another one late. Then oldest first;
 * one that must wait never blocks the next.
 */
export function nextStep(records: readonly Record[], now: number): Step | null {
  const able = records.filter(ready(now)).sort(older);
  const unknown = able.find((r) => r.commitment === null);
  if (unknown) return { id: unknown.id, kind: "commit" };
  const record = able[0];
  if (!record) return null;
  if (record.mustAsk) return { id: record.id, kind: "commit" };
  const photo = record.photos.find((one) => !one.sent);
  return photo ? { id: record.id, kind: "photo", photo } : { id: record.id, kind: "submit" };
}

/** Whether a photo under way should let another posting's commitment pass, between two of its pieces. */
export function mustGiveWay(records: readonly Record[], now: number): boolean {
  return records.some((r) => ready(now)(r) && r.commitment === null);
}

/** Every record that a photo's arrival is to be told to: one picture may stand in two postings. */
export function holders(records: readonly Record[], sha256: string): string[] {
  return records
    .filter((r) => unsent(r.state) && r.photos.some((photo) => photo.sha256 === sha256))
    .map((r) => r.id);
}

/** When to look again; null when nothing waits for time alone. */
export function wakeAt(records: readonly Record[]): number | null {
  const times = records.filter((r) => unsent(r.state) && !r.signInNeeded).map((r) => r.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

/** How many postings the phone still holds. */
export function held(records: readonly Record[]): number {
  return records.filter((r) => unsent(r.state)).length;
}

/** How far the photos are: which one of how many, and the share of all bytes that the server has. */
export interface Progress {
  n: number;
  all: number;
  percent: number;
}

export function progressOf(record: Pick<Record, "photos">): Progress {
  const { photos } = record;
  const all = photos.length;
  const sent = photos.filter((photo) => photo.sent).length;
  const bytes = photos.reduce((sum, photo) => sum + photo.size, 0);
  const there = photos.reduce((sum, photo) => sum + (photo.sent ? photo.size : photo.offset), 0);
  const share = bytes > 0 ? there / bytes : all > 0 ? sent / all : 1;
  // 100 is said when the last photo has arrived, not when it almost has.
  const percent = sent === all ? 100 : Math.min(99, Math.floor(share * 100));
  return { n: Math.min(all, sent + 1), all, percent };
}
