/**
 * Whether a receipt is what it claims to be: signed by a key that this phone believes, about this very posting.
 * The worker does this too, so no library and no screen in here.
 */
import { contentHash } from "../core/content_hash";
import { type Key, keyOf, type Note, noteOf } from "../core/notes";
import type { Commitment } from "../core/outbox";
import { type Promised, says } from "../core/receipts";
import type { Posting } from "../keep/outbox";
import { trustedKeys, trustFirst } from "../keep/receipt_keys";
import * as api from "../net/questions";
import type { Receipt } from "../net/shapes";

/** True or false; null where nothing here can tell. */
export type Verify = (
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
) => Promise<boolean | null>;

export type Proof =
  | { is: "checked" }
  | { is: "wrong" }
  /** The server publishes another key than the one this phone believes, and signed with it. */
  | { is: "key changed"; known: string; published: string }
  | { is: "unknown" };

const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/** The engine's own Ed25519; null where it has none, or where the page came over plain http. */
export const byEngine: Verify = async (key, signature, message) => {
  const subtle = typeof crypto === "undefined" ? undefined : crypto.subtle;
  if (!subtle) return null;
  try {
    const made = await subtle.importKey("raw", plain(key), { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, made, plain(signature), plain(message));
  } catch {
    return null; // an engine from before Ed25519
  }
};

/** Believe the key that the server publishes now, unless one is believed already. Throws Problem or Offline. */
export async function pinKey(): Promise<void> {
  if ((await trustedKeys()).length > 0) return;
  const { key } = await api.receiptKey();
  if (keyOf(key)) await trustFirst(key, Date.now());
}

/** What the answer to a commitment promises about a posting. */
export function promisedByCommitment(posting: Posting, answer: Commitment): Promised {
  return {
    ...about(posting),
    kind: "commitment",
    id: answer.id,
    content: answer.content_hash,
    photos: posting.photos.map((photo) => photo.sha256),
    received: answer.received_at,
    committed: null,
    lapses: answer.lapses_at,
    due: answer.due_on,
    lateDays: answer.on_time ? 0 : answer.days_late,
  };
}

/** What the receipt of a submission promises about a posting. */
export function promisedByReceipt(posting: Posting, receipt: Receipt): Promised {
  return {
    ...about(posting),
    kind: "submission",
    id: receipt.id,
    content: receipt.content_hash,
    photos: [],
    received: receipt.received_at,
    committed: receipt.committed_at,
    lapses: null,
    due: receipt.due_on,
    lateDays: receipt.verdict === "late" ? receipt.late_days : 0,
  };
}

const about = ({ submission }: Posting) => ({
  division: submission.division,
  category: submission.category,
  period: submission.event_on ? null : (submission.period ?? null),
});

/**
 * What a signed receipt is worth for this posting. Throws Problem or Offline when no key is believed yet, or
 * another one signed it, and the server's own cannot be asked for.
 */
export async function prove(
  posting: Posting,
  signed: string,
  promised: Promised,
  verify: Verify,
): Promise<Proof> {
  const note = noteOf(signed);
  const mine = promised.id === posting.id && promised.content === contentHash(posting.submission);
  if (note === null || !mine || !says(note.text, promised)) return { is: "wrong" };
  await pinKey();
  const known = (await trustedKeys()).flatMap(({ spelled }) => keyOf(spelled) ?? []);
  const signer = known.find((key) => signatureOf(note, key));
  if (signer) return proofOf(await verified(note, signer, verify));
  const [newest] = known;
  const published = keyOf((await api.receiptKey()).key);
  if (!newest || !published || known.some((key) => key.spelled === published.spelled)) {
    return { is: "wrong" };
  }
  const fits = await verified(note, published, verify);
  if (fits !== true) return proofOf(fits);
  return { is: "key changed", known: newest.id, published: published.id };
}

const signatureOf = (note: Note, key: Key): Uint8Array | undefined =>
  note.signatures.find((one) => one.name === key.name && one.id === key.id)?.bytes;

async function verified(note: Note, key: Key, verify: Verify): Promise<boolean | null> {
  const signature = signatureOf(note, key);
  if (signature === undefined) return false;
  return verify(key.raw, signature, new TextEncoder().encode(note.text));
}

const proofOf = (fits: boolean | null): Proof => ({
  is: fits === null ? "unknown" : fits ? "checked" : "wrong",
});
