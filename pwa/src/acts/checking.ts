/** What a person can do about receipts: see whether one holds, try again, believe another key. */
import { keyOf } from "../core/notes";
import { doubted } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import { trust } from "../keep/receipt_keys";
import * as api from "../net/questions";
import { type Proof, promisedByCommitment, promisedByReceipt, prove } from "./proving";
import { outbox, tell, wake } from "./sending";
import { byAnyMeans } from "./verifying";

/** What the newest receipt on this phone is worth; null when there is none yet. */
export async function checkReceipt(posting: Posting): Promise<Proof | null> {
  const { receipt, commitment } = posting;
  if (receipt?.signed) {
    return prove(posting, receipt.signed, promisedByReceipt(posting, receipt), byAnyMeans);
  }
  if (commitment?.signed) {
    return prove(posting, commitment.signed, promisedByCommitment(posting, commitment), byAnyMeans);
  }
  return null;
}

/** Send again what came back with a receipt that was not believed: same id, same moment if the server has it. */
export async function tryAgain(ids: readonly string[]): Promise<void> {
  for (const id of ids) await tell(id, { type: "asked_again" });
  await wake();
}

/** Believe another key from now on, because somebody was asked; what waited for it goes on. */
export async function acceptKey(spelled: string, why: string): Promise<void> {
  await trust({ spelled, since: Date.now(), why });
  await tryAgain(outbox.value.filter((one) => doubted(one.refusal)).map((one) => one.id));
}

/** The key that the server publishes now, taken apart; null when it is none. */
export const publishedKey = async () => keyOf((await api.receiptKey()).key);
