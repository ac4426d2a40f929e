/**
 * The outbox as a pure machine: the phone may die at any moment, and the record still says what to do
 * next. Storing is keep/outbox.ts, sending is acts/sending.ts, painting is ui/. Nothing here knows them.
 *
 * A record is frozen when the accountant submits; only its state moves. `submission` is never changed:
 * a correction of what was refused is a new draft with a new id.
 */
import { delayAfter } from "./backoff";

export type State =
  | "waiting" // in the phone, to be sent
  | "sending" // photos first, then the submission
  | "in_review" // the server has it; the supervisor's turn
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

export interface Photo {
  sha256: string;
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
  receipt: Receipt | null;
  refusal: Refusal | null;
  /** The supervisor's reason, or why it was withdrawn. */
  reason: string | null;
}

export type Event<Receipt = unknown> =
  | { type: "send_started" }
  | { type: "photo_arrived"; sha256: string }
  | { type: "no_network"; at: number; jitter: number }
  | { type: "server_busy"; at: number; jitter: number; retryAfter: number | null }
  | { type: "not_signed_in" }
  | { type: "refused"; refusal: Refusal }
  | { type: "arrived"; receipt: Receipt; state: ServerState }
  | { type: "woken" } // the app opened, the signal came back, or somebody pressed 'send now'
  | { type: "signed_in" }
  | { type: "server_says"; state: ServerState; reason: string | null };

export type ServerState = "in_review" | "returned" | "scheduled" | "published" | "withdrawn";

/** A new record, about to be sent. */
export function queued<S, R>(
  id: string,
  submission: S,
  photos: string[],
  at: number,
): Record<S, R> {
  return {
    id,
    state: "waiting",
    submission,
    photos: photos.map((sha256) => ({ sha256, sent: false })),
    queuedAt: at,
    failures: 0,
    notBefore: 0,
    signInNeeded: false,
    receipt: null,
    refusal: null,
    reason: null,
  };
}

const unsent = (state: State): boolean => state === "waiting" || state === "sending";

/** The record after the event. An event that makes no sense in this state changes nothing. */
export function next<S, R>(record: Record<S, R>, event: Event<R>): Record<S, R> {
  if (event.type === "server_says") {
    // The server's word about what it has; it cannot speak about what never arrived.
    if (record.receipt === null) return record;
    return { ...record, state: event.state, reason: event.reason };
  }
  if (!unsent(record.state)) return record;
  switch (event.type) {
    case "send_started":
      return { ...record, state: "sending" };
    case "photo_arrived":
      return {
        ...record,
        failures: 0,
        photos: record.photos.map((photo) =>
          photo.sha256 === event.sha256 ? { ...photo, sent: true } : photo,
        ),
      };
    case "no_network":
    case "server_busy": {
      const failures = record.failures + 1;
      const wanted = event.type === "server_busy" ? (event.retryAfter ?? 0) : 0;
      const wait = Math.max(delayAfter(failures, event.jitter), wanted);
      return { ...record, state: "waiting", failures, notBefore: event.at + wait };
    }
    case "not_signed_in":
      return { ...record, state: "waiting", signInNeeded: true };
    case "refused":
      return { ...record, state: "needs_attention", refusal: event.refusal };
    case "arrived":
      return { ...record, state: event.state, receipt: event.receipt, failures: 0, notBefore: 0 };
    case "woken":
      // 'sending' found on opening means that the phone died half-way: begin again, the server knows the id.
      return { ...record, state: "waiting", failures: 0, notBefore: 0 };
    case "signed_in":
      return { ...record, signInNeeded: false, failures: 0, notBefore: 0 };
  }
}

/** The record to send now, oldest first; one that must wait never blocks the next. */
export function nextToSend<S, R>(
  records: readonly Record<S, R>[],
  now: number,
): Record<S, R> | null {
  const ready = records
    .filter((r) => r.state === "waiting" && !r.signInNeeded && r.notBefore <= now)
    .sort((a, b) => a.queuedAt - b.queuedAt);
  return ready[0] ?? null;
}

/** When to look again; null when nothing waits for time alone. */
export function wakeAt(records: readonly Record[]): number | null {
  const times = records
    .filter((r) => r.state === "waiting" && !r.signInNeeded)
    .map((r) => r.notBefore);
  return times.length === 0 ? null : Math.min(...times);
}

/** How many postings the phone still holds. */
export function held(records: readonly Record[]): number {
  return records.filter((r) => unsent(r.state)).length;
}
