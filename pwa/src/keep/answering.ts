import { database } from "./database";

/** An answer to an inquiry that is still being written. Saved on every change, dropped once it was sent. */
export interface Answering {
  account: string;
  inquiry: string;
  /** The answer's own id, so that what was sent twice is one answer. */
  id: string;
  text: string;
  takesUp: boolean | null;
  savedAt: number;
}

/** Resolves once it is on the disk; begun while the page is being left, it still gets there. */
export async function saveAnswering(answer: Answering): Promise<void> {
  const tx = (await database()).transaction("answering", "readwrite");
  await Promise.all([tx.store.put(answer), tx.commit(), tx.done]);
}

export async function answering(account: string, inquiry: string): Promise<Answering | undefined> {
  return (await database()).get("answering", [account, inquiry]);
}

export async function dropAnswering(account: string, inquiry: string): Promise<void> {
  await (await database()).delete("answering", [account, inquiry]);
}
