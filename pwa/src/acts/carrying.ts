/**
 * Carries what waits in the outbox, one step at a time: commitments, then photos, then content. Every step is
 * safe to repeat, because the server knows the id and the hashes. The machine in core/outbox.ts decides; this
 * file only carries. No screen and no signals in here: a page does it, and the service worker of a closed app.
 */
import {
  type Event,
  holders,
  mustGiveWay,
  next,
  nextStep,
  type Refusal,
  type ServerState,
  type Step,
} from "../core/outbox";
import { changePosting, type Posting } from "../keep/outbox";
import { photoBytes } from "../keep/photos";
import { forgetUpload, keepUploadUrl, uploadUrl } from "../keep/uploads";
import { refusals } from "../messages/refusals";
import * as api from "../net/questions";
import type { Receipt } from "../net/shapes";
import { upload } from "../net/uploads";
import { believed, commit, eventFor } from "./committing";
import { sweepPhotos } from "./holding_photos";
import { promisedByReceipt, prove, type Verify } from "./proving";

/** Who carries: what it has before it, and whom it tells. */
export interface Carrier {
  verify: Verify;
  /** The records as this carrier knows them now. */
  records: () => readonly Posting[];
  /** Keep what happened to a record. Undefined: it is no longer here. */
  tell: (id: string, event: Event<Receipt>) => Promise<Posting | undefined>;
  /** Asked between two steps and between two pieces of a photo: should somebody else go on from here? */
  leaves: () => boolean;
  /** A step ended so, and was told; `problem` is what was thrown, if something was. */
  ended: (event: Event<Receipt>, problem: unknown) => void;
}

/** The record with the event applied, as it is kept from now on. Undefined: it is no longer here. */
export function moved(id: string, event: Event<Receipt>): Promise<Posting | undefined> {
  return changePosting(id, (posting) => {
    const after = next(posting, event);
    return after === posting ? posting : { ...posting, ...after };
  });
}

const STATES: { [state: string]: ServerState } = {
  in_review: "in_review",
  returned: "returned",
  scheduled: "scheduled",
  withdrawn: "withdrawn",
};

/** The server's stage of an edition in the outbox's words. */
export const serverState = (stage: string): ServerState => STATES[stage] ?? "published";

/** Send until nothing may go now, or until the carrier leaves; then what was under way rests. */
export async function carry(by: Carrier): Promise<void> {
  while (!by.leaves()) {
    const step = nextStep(by.records(), Date.now());
    if (step === null) return;
    await take(step, by);
  }
  for (const { id, state } of by.records()) {
    if (state === "sending") await by.tell(id, { type: "paused" });
  }
}

async function take(step: Step, by: Carrier): Promise<void> {
  const posting = await by.tell(step.id, { type: "step_started" });
  if (!posting) return;
  let event: Event<Receipt> | null;
  let problem: unknown = null;
  try {
    if (step.kind === "commit") event = await commit(posting, by.verify);
    else if (step.kind === "photo") event = await carryPhoto(posting, step.photo.sha256, by);
    else {
      const receipt = await api.submit(posting.submission);
      const promised = promisedByReceipt(posting, receipt);
      const proof = await prove(posting, receipt.signed, promised, by.verify);
      event = believed(proof, { type: "arrived", receipt, state: serverState(receipt.stage) });
    }
  } catch (error) {
    event = eventFor(error);
    problem = error;
  }
  if (event === null) return;
  const told = event.type === "photo_arrived" ? holders(by.records(), event.sha256) : [step.id];
  for (const id of told) await by.tell(id, event);
  if (event.type === "arrived") await sweepPhotos();
  by.ended(event, problem);
}

async function carryPhoto(
  posting: Posting,
  sha256: string,
  by: Carrier,
): Promise<Event<Receipt> | null> {
  const { account, id, submission } = posting;
  const bytes = await photoBytes(sha256);
  if (bytes === null) return { type: "refused", refusal: photoGone(posting, sha256) };
  const { division } = submission;
  const url = await uploadUrl(account, sha256);
  const outcome = await upload(
    { sha256, division, bytes, url },
    {
      began: (address) => keepUploadUrl(account, sha256, address),
      piece: async (offset) => void (await by.tell(id, { type: "piece_arrived", sha256, offset })),
      giveWay: () => by.leaves() || mustGiveWay(by.records(), Date.now()),
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
