/** Says first that a posting exists, and what any answer or failure means to its record. */
import { NotCanonical } from "../core/canonical";
import { contentHash } from "../core/content_hash";
import type { Text } from "../core/findings";
import type { Event, Refusal } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import { refusals } from "../messages/refusals";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { CommitmentBody, Receipt } from "../net/shapes";
import { type Proof, promisedByCommitment, prove, type Verify } from "./proving";

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
export async function commit(posting: Posting, verify: Verify): Promise<Event<Receipt>> {
  const commitment = await api.commit(posting.id, commitmentOf(posting));
  const promised = promisedByCommitment(posting, commitment);
  const proof = await prove(posting, commitment.signed, promised, verify);
  return believed(proof, { type: "committed", commitment });
}

/** What a promise of the server means to the record: itself, if its receipt is worth something. */
export function believed(proof: Proof, event: Event<Receipt>): Event<Receipt> {
  switch (proof.is) {
    case "checked":
      return event;
    case "wrong":
      return { type: "refused", refusal: said("receipt-wrong", refusals.receiptWrong) };
    case "key changed":
      return { type: "refused", refusal: said("receipt-key-changed", refusals.keyChanged, proof) };
    case "unknown":
      // Nothing here can tell. The server has it, and is asked again.
      return { type: "server_busy", at: Date.now(), jitter: Math.random(), retryAfter: null };
  }
}

function said(
  slug: string,
  { title, detail }: { title: Text; detail: Text },
  { known, published }: { known?: string; published?: string } = {},
): Refusal {
  const fill = (words: string): string =>
    words.replace("{known}", known ?? "").replace("{published}", published ?? "");
  const filled = { zh: fill(detail.zh), en: fill(detail.en) };
  return { slug, status: 0, title, detail: filled, errors: [] };
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
