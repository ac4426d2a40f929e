/**
 * Says first that a posting exists. No screen and no signals in here: the service worker does the same when
 * the signal comes back and the app is closed.
 */
import { NotCanonical } from "../core/canonical";
import { contentHash } from "../core/content_hash";
import type { Event, Refusal } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import { refusals } from "../messages/refusals";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { CommitmentBody, Receipt } from "../net/shapes";

/** The name of the lock: one sender on this device, in whichever tab or worker it runs. */
export const LOCK = "gongshilan-outbox";

/** What the commitment of a posting says. Throws NotCanonical. */
export function commitmentOf({ submission, photos, replaces }: Posting): CommitmentBody {
  const { division, category, schema_version, composed_at, publish } = submission;
  return {
    division,
    category,
    schema_version,
    content_hash: contentHash(submission),
    photos: photos.map((photo) => photo.sha256),
    composed_at,
    ...(submission.period ? { period: submission.period } : {}),
    ...(submission.event_on ? { event_on: submission.event_on } : {}),
    ...(submission.occurrence_id ? { occurrence_id: submission.occurrence_id } : {}),
    ...(publish.when === "at" && publish.at ? { publish_at: publish.at } : {}),
    ...(replaces ? { replaces } : {}),
  };
}

/** Register a posting with the server. Throws NotCanonical, Problem or Offline: eventFor says what they mean. */
export async function commit(posting: Posting): Promise<Event<Receipt>> {
  return { type: "committed", commitment: await api.commit(posting.id, commitmentOf(posting)) };
}

/** What a failure means to the record. */
export function eventFor(error: unknown): Event<Receipt> {
  const at = Date.now();
  const jitter = Math.random();
  if (error instanceof NotCanonical) return { type: "refused", refusal: fractionAt(error) };
  if (!(error instanceof Problem)) return { type: "no_network", at, jitter };
  if (error.status === 401) return { type: "not_signed_in" };
  if (error.status === 429 || error.status >= 500 || error.status === 408) {
    return { type: "server_busy", at, jitter, retryAfter: error.retryAfter };
  }
  // The server lost a photo that it had: ask what it lacks, and send that.
  if (error.slug === "unknown-photo") return { type: "server_busy", at, jitter, retryAfter: null };
  return { type: "refused", refusal: error.plain() };
}

function fractionAt({ pointer }: NotCanonical): Refusal {
  const { title, detail } = refusals.fraction;
  const place = pointer.replace(/^\/content(?=\/|$)/, "");
  return { slug: "not-whole", status: 0, title, detail, errors: [{ pointer: place, detail }] };
}
