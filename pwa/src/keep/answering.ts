import { database } from "./database";
import { arrived, forget, newest, setOut } from "./last_words";

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

const place = (account: string, inquiry: string): string => `answering ${account} ${inquiry}`;

/** It was changed, and is saved next: until then it survives the leaving of the page. */
export function answeringChanged(answer: Answering): void {
  setOut(place(answer.account, answer.inquiry), answer);
}

/** Resolves once it is on the disk; begun while the page is being left, it still gets there. */
export async function saveAnswering(answer: Answering): Promise<void> {
  const tx = (await database()).transaction("answering", "readwrite");
  await Promise.all([tx.store.put(answer), tx.commit(), tx.done]);
  arrived(place(answer.account, answer.inquiry), answer);
}

export async function answering(account: string, inquiry: string): Promise<Answering | undefined> {
  const kept = await (await database()).get("answering", [account, inquiry]);
  const last = newest(place(account, inquiry), kept);
  if (last !== undefined && last !== kept) await saveAnswering(last);
  return last;
}

export async function dropAnswering(account: string, inquiry: string): Promise<void> {
  forget(place(account, inquiry));
  await (await database()).delete("answering", [account, inquiry]);
}
