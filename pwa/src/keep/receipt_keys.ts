/** The keys this phone believes receipts by: pinned at the first use, and each later one by somebody's own word. */
import { database } from "./database";

export interface KeptKey {
  spelled: string;
  since: number;
  /** Who was asked before it was accepted, in their words; null for the first one. */
  why: string | null;
}

/** Every key that was ever believed, the newest first: old receipts stay checkable. */
export async function trustedKeys(): Promise<KeptKey[]> {
  const all = await (await database()).getAll("receipt_keys");
  return all.sort((a, b) => b.since - a.since);
}

/** Pin the first key, unless there is one already. */
export async function trustFirst(spelled: string, at: number): Promise<void> {
  const tx = (await database()).transaction("receipt_keys", "readwrite");
  if ((await tx.store.count()) === 0) await tx.store.put({ spelled, since: at, why: null });
  await tx.done;
}

export async function trust(key: KeptKey): Promise<void> {
  await (await database()).put("receipt_keys", key);
}
