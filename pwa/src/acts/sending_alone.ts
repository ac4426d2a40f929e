/**
 * What the service worker does for a closed app: it sends everything, with the same steps as a page. The browser
 * gives it a few minutes at a time and may end it at any moment; what the server acknowledged is kept piece by piece.
 */
import { held, unsent, wakeAt } from "../core/outbox";
import { keptAnswer } from "../keep/answers";
import { type Posting, postings } from "../keep/outbox";
import { speakFor } from "../net/client";
import type { Actor } from "../net/shapes";
import { type Carrier, carry, moved } from "./carrying";
import { LOCK, onWord, sayToOthers } from "./lines";
import { byAnyMeans } from "./verifying";

/** Browsers end an event of a worker after five minutes: better to stop between two pieces than inside one. */
const TURN_MS = 270_000;

/** How it ended. */
export interface Ending {
  arrived: Posting[];
  /** The server would not take them: a person must look. */
  refused: Posting[];
  signInNeeded: boolean;
  /** How many still wait for a better line, or for the page that took over. The browser should wake us again. */
  left: number;
}

/**
 * Send what waits, whatever its back-off: the browser says that there is a signal. Short waits between two attempts
 * are waited out here, because the browser wakes a worker only a few times. Stops when a page wants to go on itself.
 */
export async function sendAlone(turn = TURN_MS): Promise<Ending> {
  const ending: Ending = { arrived: [], refused: [], signInNeeded: false, left: 0 };
  const who = (await keptAnswer<Actor>("me"))?.body;
  if (!who) return ending;
  const account = who.account_id;
  speakFor(account); // on a shared phone somebody else may be signed in by now: then it is refused
  const until = Date.now() + turn;
  const stop = new AbortController();
  const overdue = setTimeout(() => stop.abort(), turn);
  const deaf = onWord((word) => word === "mine" && stop.abort());
  let mine: Posting[] = [];
  const worker: Carrier = {
    verify: byAnyMeans,
    records: () => mine,
    tell: async (id, event) => {
      const posting = await moved(id, event);
      mine = mine.flatMap((one) => (one.id !== id ? one : (posting ?? [])));
      sayToOthers("moved");
      if (posting && event.type === "arrived") ending.arrived.push(posting);
      if (posting && event.type === "refused") ending.refused.push(posting);
      return posting;
    },
    leaves: () => stop.signal.aborted,
    ended: (event) => {
      if (event.type === "not_signed_in") ending.signInNeeded = true;
    },
  };
  let first = true;
  const send = async (): Promise<void> => {
    mine = await postings(account);
    for (const { id, state } of mine) {
      // With the lock in hand, what still says 'sending' belongs to one that died.
      if (unsent(state) && (first || state === "sending")) await worker.tell(id, { type: "woken" });
    }
    first = false;
    await carry(worker);
  };
  try {
    for (;;) {
      if (!(await withLock(send, stop.signal))) break;
      const at = wakeAt(mine);
      if (at === null || at > until || !navigator.onLine) break;
      if (!(await rested(Math.max(500, at - Date.now()), stop.signal))) break;
    }
    ending.left = held((await postings(account)).filter((one) => !one.signInNeeded));
    return ending;
  } finally {
    clearTimeout(overdue);
    deaf();
  }
}

/**
 * Do it as the only sender of this device. A page that is being closed still holds the lock: wait until it has gone.
 * Returns false when stopped before it began.
 */
async function withLock(send: () => Promise<void>, stop: AbortSignal): Promise<boolean> {
  if (stop.aborted) return false;
  if (!navigator.locks) {
    await send();
    return true;
  }
  let begun = false;
  try {
    await navigator.locks.request(LOCK, { signal: stop }, () => {
      begun = true;
      return send();
    });
  } catch (error) {
    if (begun) throw error;
  }
  return begun;
}

/** Wait so long, without the lock. Returns false when stopped meanwhile. */
function rested(ms: number, stop: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve(false);
    const timer = setTimeout(() => resolve(true), ms);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
