/**
 * Sends what waits in the outbox, one record at a time: photos first, then the submission. Every step is
 * safe to repeat, because the server knows the id and the hashes. The machine in core/outbox.ts decides;
 * this file only carries.
 */
import { signal } from "@preact/signals";
import { type Event, held, next, nextToSend, type ServerState, wakeAt } from "../core/outbox";
import { type Posting, postings, savePosting } from "../keep/outbox";
import { forgetUnusedPhotos, photoBlob } from "../keep/photos";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { Receipt } from "../net/shapes";
import { busyWith } from "./busy";
import { actor, notSignedIn } from "./session";

/** Everything of this person in the outbox, newest state; screens paint it. */
export const outbox = signal<Posting[]>([]);
export const waiting = (): number => held(outbox.value);

let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;

export async function loadOutbox(): Promise<void> {
  outbox.value = actor.value ? await postings(actor.value.account_id) : [];
}

/** Apply an event to a record, keep it, and paint it. */
export async function tell(posting: Posting, event: Event<Receipt>): Promise<Posting> {
  const changed: Posting = { ...posting, ...next(posting, event) };
  await savePosting(changed);
  outbox.value = [...outbox.value.filter((p) => p.id !== changed.id), changed];
  return changed;
}

const STATES: { [state: string]: ServerState } = {
  in_review: "in_review",
  returned: "returned",
  scheduled: "scheduled",
  withdrawn: "withdrawn",
};

/** The server's stage of an edition in the outbox's words. */
export const serverState = (stage: string): ServerState => STATES[stage] ?? "published";

function eventFor(error: unknown): Event<Receipt> {
  const at = Date.now();
  const jitter = Math.random();
  if (!(error instanceof Problem)) return { type: "no_network", at, jitter };
  if (error.status === 401) return { type: "not_signed_in" };
  if (error.status === 429 || error.status >= 500 || error.status === 408) {
    return { type: "server_busy", at, jitter, retryAfter: error.retryAfter };
  }
  return { type: "refused", refusal: error.plain() };
}

async function send(posting: Posting): Promise<void> {
  let record = await tell(posting, { type: "send_started" });
  try {
    for (const photo of record.photos) {
      if (photo.sent) continue;
      const blob = await photoBlob(photo.sha256);
      // A photo that the phone lost may still be known to the server, whose answer decides.
      if (blob !== null) await api.putPhoto(photo.sha256, record.submission.division, blob);
      record = await tell(record, { type: "photo_arrived", sha256: photo.sha256 });
    }
    const receipt = await api.submit(record.submission);
    await tell(record, { type: "arrived", receipt, state: serverState(receipt.stage) });
    await forgetUnusedPhotos();
  } catch (error) {
    const event = eventFor(error);
    await tell(record, event);
    if (event.type === "not_signed_in") notSignedIn(error as Problem);
  }
}

async function drain(): Promise<void> {
  for (;;) {
    const record = nextToSend(outbox.value, Date.now()) as Posting | null;
    if (record === null) return;
    await send(record);
  }
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
    // Another tab may be sending the same records: the lock makes it one device, one sender.
    if (navigator.locks) await navigator.locks.request("gongshilan-outbox", drain);
    else await drain();
  } finally {
    running = false;
    busyWith("sending", false);
    plan();
  }
}

/** Forget the back-off and try now: the signal came back, the app was opened, or somebody pressed the button. */
export async function wake(): Promise<void> {
  if (running) return;
  for (const posting of outbox.value) {
    if (posting.state === "waiting" || posting.state === "sending")
      await tell(posting, { type: "woken" });
  }
  await pump();
}

/** The person signed in again: nothing was dropped, everything goes on. */
export async function goOnAfterSignIn(): Promise<void> {
  await loadOutbox();
  for (const posting of outbox.value) {
    if (posting.signInNeeded) await tell(posting, { type: "signed_in" });
  }
  await wake();
}

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Ask the browser to wake us when the signal returns, where it can. */
export async function askForSync(): Promise<void> {
  try {
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
    if (document.visibilityState === "visible") void wake();
  });
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<{ type?: string }>) => {
    if (event.data?.type === "sync" || event.data?.type === "send") void wake();
  });
}
