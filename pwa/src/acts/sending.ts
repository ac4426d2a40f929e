/**
 * The page's half of sending: it paints the outbox, knows when to try, and hands its records to the carrier.
 */
import { signal } from "@preact/signals";
import { type Event, held, unsent, wakeAt } from "../core/outbox";
import { keepAnswer } from "../keep/answers";
import { type Posting, postings } from "../keep/outbox";
import { language } from "../messages";
import { Problem } from "../net/client";
import type { Receipt } from "../net/shapes";
import { busyWith } from "./busy";
import { type Carrier, carry, moved } from "./carrying";
import { LANGUAGE, LOCK, onWord, sayToOthers } from "./lines";
import { actor, notSignedIn } from "./session";
import { byAnyMeans } from "./verifying";

/** Everything of this person in the outbox, newest state; screens paint it. */
export const outbox = signal<Posting[]>([]);
export const waiting = (): number => held(outbox.value);

let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let changes = 0;

/** Paint what the phone holds; a change that comes while it is read is not painted over. */
export async function loadOutbox(): Promise<void> {
  for (;;) {
    const before = changes;
    const found = actor.value ? await postings(actor.value.account_id) : [];
    if (before !== changes) continue;
    outbox.value = found;
    return;
  }
}

/** Apply an event to a record, keep it, and paint it. Undefined: the record is no longer here. */
export async function tell(id: string, event: Event<Receipt>): Promise<Posting | undefined> {
  const changed = await moved(id, event);
  changes += 1;
  const others = outbox.value.filter((p) => p.id !== id);
  outbox.value = changed ? [...others, changed] : others;
  sayToOthers("moved");
  return changed;
}

/** This page as a carrier. It never leaves by itself: tabs wait for one another, and the worker leaves for any. */
const page: Carrier = {
  verify: byAnyMeans,
  records: () => outbox.value,
  tell,
  leaves: () => false,
  ended: (event, problem) => {
    if (event.type === "not_signed_in" && problem instanceof Problem) notSignedIn(problem);
    if (event.type === "no_network" && !navigator.onLine) void askForSync();
  },
};

/** Somebody said that there is a signal: the next round forgets every back-off. It may be said in mid-step. */
let signalCame = false;

/**
 * One round. What still says 'sending' when we are `alone` belongs to one that died: with the lock in hand, nobody
 * else sends now. Without locks another tab may.
 */
async function round(alone: boolean): Promise<void> {
  const all = signalCame;
  signalCame = false;
  await loadOutbox(); // another tab, or the service worker, may have got further
  for (const { id, state } of outbox.value) {
    if (unsent(state) && (all || (alone && state === "sending"))) await tell(id, { type: "woken" });
  }
  await carry(page);
}

function plan(): void {
  clearTimeout(timer);
  const at = wakeAt(outbox.value);
  if (at !== null) timer = setTimeout(() => void pump(), Math.max(500, at - Date.now()));
}

/** Send what may be sent now, then set the clock for what must wait. One pump at a time on this device. */
export async function pump(): Promise<void> {
  if (running || !actor.value || held(outbox.value) === 0) return;
  running = true;
  busyWith("sending", true);
  try {
    do {
      // Another tab may be sending the same records: the lock makes it one device, one sender.
      if (navigator.locks) await navigator.locks.request(LOCK, () => round(true));
      else await round(false);
    } while (signalCame); // a step that failed as the signal came back must not wait for its back-off
    plan();
  } catch {
    // The phone could not keep what happened (it may be full). Nothing is lost; look again in a minute.
    clearTimeout(timer);
    timer = setTimeout(() => void pump(), 60_000);
  } finally {
    running = false;
    busyWith("sending", false);
  }
}

/** Forget the back-off and try now: the signal came back, the app was opened, or somebody pressed the button. */
export async function wake(): Promise<void> {
  // Whoever looks at this page should see it go from here; a worker that sends leaves after its piece.
  if (waiting() > 0 && document.visibilityState === "visible") sayToOthers("mine");
  signalCame = waiting() > 0;
  await pump();
}

/** The person signed in again: nothing was dropped, everything goes on. */
export async function goOnAfterSignIn(): Promise<void> {
  await loadOutbox();
  for (const posting of outbox.value) {
    if (posting.signInNeeded) await tell(posting.id, { type: "signed_in" });
  }
  await wake();
}

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Ask the browser to wake us when the signal returns, where it can. */
export async function askForSync(): Promise<void> {
  try {
    // What the worker says is said in this language; a full phone is woken all the same.
    await keepAnswer(LANGUAGE, Date.now(), language.value).catch(() => undefined);
    const registration = (await navigator.serviceWorker?.ready) as SyncRegistration | undefined;
    await registration?.sync?.register("outbox");
  } catch {
    // Not offered here: `online`, opening the app and the button remain.
  }
}

/** Begin to watch for chances to send. Called once. */
export function watchForSignal(): void {
  window.addEventListener("online", () => void wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void loadOutbox().then(wake);
    else if (waiting() > 0) void askForSync(); // the app may be closed next: then the worker goes on
  });
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<{ type?: string }>) => {
    if (event.data?.type === "sync") void loadOutbox().then(wake);
  });
  onWord((word) => {
    if (word === "moved") void loadOutbox();
  });
}
