/** What the service worker does for a closed app: it says what exists, so that a posting is not late for want of a tap. */
import { type Event, next, nextStep } from "../core/outbox";
import { keptAnswer } from "../keep/answers";
import { changePosting, type Posting, postings } from "../keep/outbox";
import { speakFor } from "../net/client";
import type { Actor, Receipt } from "../net/shapes";
import { commit, eventFor, LOCK } from "./committing";
import { byEngine } from "./proving";

/**
 * Send every commitment that waits, whatever its back-off: the browser says that there is a signal, and has a
 * back-off of its own. Throws when the network failed, so that the browser tries again.
 */
export async function registerWaiting(): Promise<void> {
  const who = (await keptAnswer<Actor>("me"))?.body;
  if (!who) return;
  const account = who.account_id;
  speakFor(account); // on a shared phone somebody else may be signed in by now: then it is refused
  if (!navigator.locks) return register(account);
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await register(account); // otherwise a page is sending already
  });
}

async function register(account: string): Promise<void> {
  for (const { id } of await postings(account)) await tell(id, { type: "woken" });
  for (;;) {
    const mine = await postings(account);
    const step = nextStep(mine, Date.now());
    const posting = mine.find((one) => one.id === step?.id);
    if (step?.kind !== "commit" || !posting) return;
    const event = await commit(posting, byEngine).catch(eventFor);
    await tell(posting.id, event);
    if (event.type === "no_network") throw new Error("the network did not carry it");
  }
}

async function tell(id: string, event: Event<Receipt>): Promise<void> {
  await changePosting(id, (kept): Posting => ({ ...kept, ...next(kept, event) }));
}
