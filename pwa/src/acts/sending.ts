/**
 * Sends what waits in the outbox, one step at a time: commitments, then photos, then content. Every step is
 * safe to repeat, because the server knows the id and the hashes. The machine in core/outbox.ts decides;
 * this file only carries.
 */
import { signal } from "@preact/signals";
import {
  type Event,
  held,
  holders,
  mustGiveWay,
  next,
  nextStep,
  type Refusal,
  type ServerState,
  type Step,
  unsent,
  wakeAt,
} from "../core/outbox";
import { changePosting, type Posting, postings } from "../keep/outbox";
import { forgetUnusedPhotos, photoBytes } from "../keep/photos";
import { forgetUpload, keepUploadUrl, uploadUrl } from "../keep/uploads";
import { refusals } from "../messages/refusals";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { Receipt } from "../net/shapes";
import { upload } from "../net/uploads";
import { busyWith } from "./busy";
import { believed, commit, eventFor, LOCK } from "./committing";
import { promisedByReceipt, prove } from "./proving";
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
  const changed = await changePosting(id, (posting) => {
    const after = next(posting, event);
    return after === posting ? posting : { ...posting, ...after };
  });
  changes += 1;
  const others = outbox.value.filter((p) => p.id !== id);
  outbox.value = changed ? [...others, changed] : others;
  otherTabs?.postMessage({ type: "outbox" });
  return changed;
}

const otherTabs =
  typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("gongshilan-outbox");

const STATES: { [state: string]: ServerState } = {
  in_review: "in_review",
  returned: "returned",
  scheduled: "scheduled",
  withdrawn: "withdrawn",
};

/** The server's stage of an edition in the outbox's words. */
export const serverState = (stage: string): ServerState => STATES[stage] ?? "published";

async function carryPhoto(posting: Posting, sha256: string): Promise<Event<Receipt> | null> {
  const { account, id, submission } = posting;
  const bytes = await photoBytes(sha256);
  if (bytes === null) return { type: "refused", refusal: photoGone(posting, sha256) };
  const { division } = submission;
  const url = await uploadUrl(account, sha256);
  const outcome = await upload(
    { sha256, division, bytes, url },
    {
      began: (address) => keepUploadUrl(account, sha256, address),
      piece: async (offset) => void (await tell(id, { type: "piece_arrived", sha256, offset })),
      giveWay: () => mustGiveWay(outbox.value, Date.now()),
    },
  );
  if (outcome === "gave way") return null;
  await forgetUpload(account, sha256);
  return { type: "photo_arrived", sha256 };
}

/** The server lacks a photo, and so does the phone: only a person can take it again. */
function photoGone(posting: Posting, sha256: string): Refusal {
  const n = String(posting.photos.findIndex((photo) => photo.sha256 === sha256) + 1);
  const { title, detail } = refusals.photoGone;
  const words = { zh: detail.zh.replace("{n}", n), en: detail.en.replace("{n}", n) };
  return { slug: "photo-gone", status: 0, title, detail: words, errors: [] };
}

async function take(step: Step): Promise<void> {
  const posting = await tell(step.id, { type: "step_started" });
  if (!posting) return;
  let event: Event<Receipt> | null;
  let problem: unknown = null;
  try {
    if (step.kind === "commit") event = await commit(posting, byAnyMeans);
    else if (step.kind === "photo") event = await carryPhoto(posting, step.photo.sha256);
    else {
      const receipt = await api.submit(posting.submission);
      const promised = promisedByReceipt(posting, receipt);
      const proof = await prove(posting, receipt.signed, promised, byAnyMeans);
      event = believed(proof, { type: "arrived", receipt, state: serverState(receipt.stage) });
    }
  } catch (error) {
    event = eventFor(error);
    problem = error;
  }
  if (event === null) return;
  const told = event.type === "photo_arrived" ? holders(outbox.value, event.sha256) : [step.id];
  for (const id of told) await tell(id, event);
  if (event.type === "not_signed_in" && problem instanceof Problem) notSignedIn(problem);
  if (event.type === "arrived") await forgetUnusedPhotos();
  if (event.type === "no_network" && !navigator.onLine) void askForSync();
}

async function drain(): Promise<void> {
  await loadOutbox(); // another tab, or the service worker, may have got further
  for (;;) {
    const step = nextStep(outbox.value, Date.now());
    if (step === null) return;
    await take(step);
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
    if (navigator.locks) await navigator.locks.request(LOCK, drain);
    else await drain();
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
  for (const { id, state } of outbox.value) {
    // What this page is sending at this moment needs no waking.
    if (unsent(state) && !(running && state === "sending")) await tell(id, { type: "woken" });
  }
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
  otherTabs?.addEventListener("message", () => void loadOutbox());
}
