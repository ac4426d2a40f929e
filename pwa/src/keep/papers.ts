import { database } from "./database";
import { arrived, forget, newest, places, setOut } from "./last_words";

/** What somebody found on the spot, or proof that something was put right: on the phone until the server has it. */
export interface Paper {
  account: string;
  /** What it is about: "visit <list> <place>", "proof <order>" or "outreach <record>". One at a time of each. */
  key: string;
  /** Its own id, so that what was sent twice is one. */
  id: string;
  division: string;
  /** What was chosen and typed, by field. */
  fields: { [field: string]: string };
  photos: string[];
  /** The state of what it answers, as it was looked at; null where none is asked for. */
  etag: string | null;
  /** It was handed over: it leaves as soon as there is a signal. */
  waiting: boolean;
  /** Why the server did not take it. */
  refusal: { zh: string; en: string } | null;
  savedAt: number;
}

const place = (account: string, key: string): string => `papers ${account} ${key}`;

/** It was changed, and is saved next: until then it survives the leaving of the page. */
export function paperChanged(paper: Paper): void {
  setOut(place(paper.account, paper.key), paper);
}

/** Resolves once it is on the disk; begun while the page is being left, it still gets there. */
export async function savePaper(paper: Paper): Promise<void> {
  const tx = (await database()).transaction("papers", "readwrite");
  await Promise.all([tx.store.put(paper), tx.commit(), tx.done]);
  arrived(place(paper.account, paper.key), paper);
}

/** What this person has in the phone, also what was begun just before its page was left. */
export async function papersOf(account: string): Promise<Paper[]> {
  const all = await (await database()).getAll("papers");
  const kept = new Map(
    all.filter((paper) => paper.account === account).map((one) => [place(account, one.key), one]),
  );
  for (const where of places(place(account, ""))) {
    const before = kept.get(where);
    const last = newest(where, before);
    if (last === undefined || last === before) continue;
    await savePaper(last);
    kept.set(where, last);
  }
  return [...kept.values()];
}

export async function dropPaper(account: string, key: string): Promise<void> {
  forget(place(account, key));
  await (await database()).delete("papers", [account, key]);
}
