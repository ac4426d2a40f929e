import { held } from "../core/outbox";
import { database, type Posting } from "./database";

export type { Posting } from "./database";

/** Freeze a draft into the outbox: in one transaction, so that it is never in both or in neither. */
export async function enqueue(posting: Posting, replaces: string | null): Promise<void> {
  const tx = (await database()).transaction(["drafts", "outbox"], "readwrite");
  // What stands under this id may have got further already.
  if (!(await tx.objectStore("outbox").get(posting.id)))
    await tx.objectStore("outbox").put(posting);
  await tx.objectStore("drafts").delete(posting.id);
  if (replaces !== null) {
    const old = await tx.objectStore("outbox").get(replaces);
    // Only what never arrived may go; what the server has stays as history.
    if (old && old.receipt === null) await tx.objectStore("outbox").delete(replaces);
  }
  await tx.done;
}

/**
 * Change a posting as it stands now, whoever changed it last: reading and writing are one transaction, so
 * that two tabs and the service worker never undo each other. Returns it, or undefined when it is gone.
 */
export async function changePosting(
  id: string,
  change: (posting: Posting) => Posting,
): Promise<Posting | undefined> {
  const tx = (await database()).transaction("outbox", "readwrite");
  const before = await tx.store.get(id);
  const after = before && change(before);
  if (after && after !== before) await tx.store.put(after);
  await tx.done;
  return after;
}

export async function posting(id: string): Promise<Posting | undefined> {
  return (await database()).get("outbox", id);
}

export async function postings(account: string): Promise<Posting[]> {
  const all = await (await database()).getAll("outbox");
  return all.filter((p) => p.account === account);
}

/** How many postings of each account this phone still holds. */
export async function heldByAccount(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const one of await (await database()).getAll("outbox")) {
    if (held([one]) > 0) found.set(one.account, (found.get(one.account) ?? 0) + 1);
  }
  return found;
}
