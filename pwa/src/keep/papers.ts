import { database } from "./database";

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

/** Resolves once it is on the disk; begun while the page is being left, it still gets there. */
export async function savePaper(paper: Paper): Promise<void> {
  const tx = (await database()).transaction("papers", "readwrite");
  await Promise.all([tx.store.put(paper), tx.commit(), tx.done]);
}

export async function papersOf(account: string): Promise<Paper[]> {
  const all = await (await database()).getAll("papers");
  return all.filter((paper) => paper.account === account);
}

export async function dropPaper(account: string, key: string): Promise<void> {
  await (await database()).delete("papers", [account, key]);
}
