/** Writing a posting: open or begin a draft, change it, keep every change, freeze it into the outbox. */
import { computed, effect, signal } from "@preact/signals";
import { knowsAll } from "../core/checks";
import { withComputed } from "../core/computed";
import type { Finding, SoftKind } from "../core/findings";
import { carried, startContent, stepOf, tidied } from "../core/form";
import { queued } from "../core/outbox";
import type { Content } from "../core/pointers";
import { followAll } from "../core/rows";
import { vouchersIn } from "../core/vouchers";
import {
  type Draft,
  draftChanged,
  draftSent,
  drafts,
  dropDraft,
  draft as keptDraft,
  saveDraft,
} from "../keep/drafts";
import { enqueue, posting as keptPosting, type Posting } from "../keep/outbox";
import { photoBytes } from "../keep/photos";
import * as api from "../net/questions";
import type { FormAnswer, Publish, Receipt, Submission, SubmissionPage } from "../net/shapes";
import { newId } from "./digest";
import { formFor } from "./forms";
import { holdPhotos } from "./holding_photos";
import { asRefused, overridesOf, refusedIn } from "./judging";
import { painted } from "./painted";
import { paused, pauseNow, pauseSoon, typed } from "./pausing";
import { askForSync, loadOutbox, pump } from "./sending";
import { actor } from "./session";
import { askToKeep } from "./storage";

export const current = signal<Draft | null>(null);
/**
 * The draft that the screen was last drawn from: `current`, except for the one frame in which a typed sign is shown by
 * its own field. Sums, titles and everything else that follows from it are drawn after that frame.
 */
export const drawn = signal<Draft | null>(null);
let typing = false;
effect(() => {
  const newest = current.value;
  if (!typing) drawn.value = newest;
});
/** When the draft on the screen was last kept. */
export const savedAt = signal<number | null>(null);
export const saveFailed = signal(false);
/** Nothing of what is on the screen is still on its way to the disk. */
export const onDisk = computed(
  () => current.value === null || saveFailed.value || savedAt.value === current.value.savedAt,
);

let writing = false;
/** Ends once what was changed by now is on the disk, or could not get there. */
let keeping: Promise<void> = Promise.resolve();
/** The newest state that is not on the disk yet. */
let unsaved: Draft | null = null;

/**
 * Keep the newest state: what was tapped once that is seen, what is typed as soon as the thumb rests. Changes that come
 * meanwhile are written once, with it or after it.
 */
async function keep(): Promise<void> {
  writing = true;
  try {
    while (unsaved) {
      await paused();
      const newest: Draft | null = unsaved;
      unsaved = null;
      if (newest === null) break;
      await saveDraft(newest);
      savedAt.value = newest.savedAt;
      saveFailed.value = false;
    }
  } catch {
    saveFailed.value = true;
  } finally {
    writing = false;
  }
}

/** Change the draft on the screen. Every change is kept: at once, and what is typed when typing pauses. */
export function change(part: Partial<Draft>): void {
  const before = current.value;
  if (before === null) return;
  if (typing) typed();
  else pauseSoon();
  // Two changes within a millisecond are still two.
  const after = { ...before, ...part, savedAt: Math.max(Date.now(), before.savedAt + 1) };
  current.value = after;
  if (unsaved && unsaved.id !== after.id) void saveDraft(unsaved);
  unsaved = after;
  draftChanged(after);
  if (!writing) keeping = keep();
}

/**
 * Keep every photo of this phone while the form is open, and after it until its draft is on the disk. Returns what ends
 * it; a draft that could not be kept is held as long as this page is there.
 */
export function holdForForm(): () => void {
  const release = holdPhotos();
  return () => {
    pauseNow();
    void keeping.then(() => !saveFailed.peek() && release());
  };
}

/** Change the content; computed sums follow. */
export function changeContent(update: (content: Content) => Content): void {
  const draft = current.value;
  if (draft === null) return;
  const { form } = draft.form;
  const fields = form.steps.flatMap((step) => step.fields);
  const updated = followAll(fields, draft.content, update(draft.content));
  const refused = draft.refused ?? [];
  change({
    content: withComputed(form, updated),
    // What was wrong may have been another place: from now on it is what the server said of other words.
    ...(refused.some((one) => !one.changed) && {
      refused: refused.map((one) => ({ ...one, changed: true })),
    }),
  });
}

/** Change the content by a sign that its field shows by itself already: what follows from it waits for the frame. */
export function typeContent(update: (content: Content) => Content): void {
  typing = true;
  try {
    // Before anything else that waits for the frame: what is drawn then is drawn from the newest.
    void painted().then(() => {
      drawn.value = current.peek();
    });
    changeContent(update);
  } finally {
    typing = false;
  }
}

/** Ask to let a finding through for a reason; null takes the wish back. */
export function askOverride(finding: Finding, reason: string | null): void {
  const { place, kind } = finding;
  const others = (current.value?.overrides ?? []).filter(
    (one) => one.pointer !== place || one.kind !== kind,
  );
  const own = { pointer: place ?? "", kind: kind as SoftKind, reason: reason ?? "" };
  change({ overrides: reason === null ? others : [...others, own] });
}

export interface Beginning {
  category: string;
  division: string;
  divisionName: string;
  period: string;
  title: string;
  dueOn: string | null;
  eventOn?: string | null;
  occurrenceId?: string | null;
}

function blank(from: Beginning, form: FormAnswer): Draft {
  const now = Date.now();
  return {
    id: newId(),
    account: actor.value?.account_id ?? "",
    division: from.division,
    divisionName: from.divisionName || form.division_name,
    category: from.category,
    period: from.period,
    title: from.title,
    dueOn: from.dueOn ?? form.due_on,
    eventOn: from.eventOn ?? null,
    occurrenceId: from.occurrenceId ?? null,
    content:
      form.standing ??
      withComputed(form.form, startContent(form.form, carried(form.form, form.previous))),
    photos: [],
    step: 0,
    publish: { when: "on_approval" },
    reason: "",
    // What was approved before is corrected, and says why: it begins with what stands.
    corrects: form.corrects ?? null,
    replaces: null,
    form,
    before: form.standing ?? null,
    createdAt: now,
    savedAt: now,
  };
}

/** Begin a posting, or go on with the draft that this person already has for the same task. */
export async function begin(from: Beginning): Promise<string> {
  const mine = await drafts(actor.value?.account_id ?? "");
  const old = mine.find(
    (d) => d.category === from.category && d.period === from.period && d.division === from.division,
  );
  if (old && from.period !== "") return old.id;
  const made = blank(from, await formFor(from));
  await saveDraft(made);
  void askToKeep(); // from now on there is something to lose
  return made.id;
}

/** A draft from what was refused: the same words, a new id. */
export async function reopen(posting: Posting): Promise<string> {
  const { submission } = posting;
  const from: Beginning = {
    category: submission.category,
    division: submission.division,
    divisionName: "",
    period: submission.period ?? "",
    title: posting.title,
    dueOn: posting.dueOn,
    eventOn: submission.event_on ?? null,
    occurrenceId: submission.occurrence_id ?? null,
  };
  const begun = blank(from, await formFor(from));
  const refused = refusedIn(posting);
  const first = refused[0] ? stepOf(begun.form.form, refused[0].pointer) : 0;
  const made: Draft = {
    ...begun,
    content: submission.content,
    refused,
    step: Math.max(0, first),
    photos: submission.photos
      .filter((photo) => photo.role === "board")
      .map((photo) => ({ ...photo, width: 4, height: 3 })),
    reason: submission.reason ?? "",
    publish: submission.publish,
    overrides: submission.overrides ?? [],
    replaces: posting.id,
  };
  await saveDraft(made);
  return made.id;
}

/** A draft from what the server has: to repair a return, or (`correcting`) for a new edition. */
export async function draftFrom(page: SubmissionPage, correcting: boolean): Promise<string> {
  const from: Beginning = {
    category: page.line.category,
    division: page.line.division,
    divisionName: page.line.division_name,
    period: page.event_on ? "" : page.period,
    title: page.line.title,
    dueOn: page.line.due_on,
    eventOn: page.event_on,
    occurrenceId: page.occurrence_id,
  };
  const made: Draft = {
    ...blank(from, await formFor(from)),
    period: page.period,
    content: page.content,
    photos: page.photos
      .filter((photo) => photo.role === "board")
      .map(({ sha256, role, caption, width, height }) => ({
        sha256,
        role,
        width,
        height,
        ...(caption ? { caption } : {}),
      })),
    notes: correcting ? [] : page.reviews.flatMap((review) => review.notes),
    reason: correcting ? "" : (page.reason ?? ""),
    ...(correcting ? { corrects: page.line.disclosure_id, before: page.content } : {}),
  };
  await saveDraft(made);
  return made.id;
}

/** Put a kept draft on the screen; false when the phone has none of that id. What is newer on the screen stays. */
export async function open(id: string): Promise<boolean> {
  const found = (await keptDraft(id)) ?? null;
  const here = current.value;
  if (found !== null && here?.id === id && here.savedAt >= found.savedAt) return true;
  current.value = found;
  savedAt.value = found?.savedAt ?? null;
  return found !== null;
}

export async function discard(id: string): Promise<void> {
  if (unsaved?.id === id) unsaved = null;
  await dropDraft(id);
  if (current.value?.id === id) current.value = null;
}

/** When it opens, with the reason only where it belongs: what was typed before another choice is not sent. */
function publishOf({ reason, ...rest }: Publish): Publish {
  return rest.when === "at_once" ? { ...rest, reason: reason?.trim() ?? "" } : rest;
}

/** What is sent, word for word. Fields that say nothing are left out. */
export function submissionOf(draft: Draft, composedAt: number): Submission {
  const boards = draft.photos.filter((photo) => photo.role === "board");
  const content = tidied(draft.content, draft.form.schema.required ?? []);
  const vouchers = vouchersIn(content);
  const overrides = overridesOf(draft);
  return {
    id: draft.id,
    division: draft.division,
    category: draft.category,
    schema_version: draft.form.schema_version,
    content,
    photos: [
      ...boards.map(({ sha256, caption }) => ({
        sha256,
        role: "board" as const,
        ...(caption?.trim() ? { caption: caption.trim() } : {}),
      })),
      ...vouchers.map(({ sha256, pointer }) => ({ sha256, role: "voucher" as const, pointer })),
    ],
    composed_at: new Date(composedAt).toISOString(),
    publish: publishOf(draft.publish),
    ...(draft.eventOn ? { event_on: draft.eventOn } : { period: draft.period }),
    ...(draft.occurrenceId ? { occurrence_id: draft.occurrenceId } : {}),
    ...(draft.reason.trim() ? { reason: draft.reason.trim() } : {}),
    ...(overrides.length > 0 ? { overrides } : {}),
  };
}

/**
 * Ask the server about a draft that this phone cannot check by itself (a list against the last one), before it is sent.
 * What it finds stands at its place, as after a refusal. Without a signal the sending tells.
 */
export async function askBefore(): Promise<void> {
  const draft = current.peek();
  if (draft === null || knowsAll(draft.form.checks ?? [])) return;
  const { findings } = await api.check(submissionOf(draft, draft.savedAt));
  if (current.peek()?.content !== draft.content) return;
  const seen = findings.filter((one) => one.severity === "blocking");
  if (seen.length === 0 && (draft.refused ?? []).length === 0) return;
  change({
    refused: asRefused(
      seen.map((one) => [one.pointer, one.message]),
      draft.content,
    ),
  });
}

/**
 * The commitment that will not be completed once this draft is sent: that of the posting which was refused
 * or, when even its commitment was, of the one before it.
 */
async function replacedBy(draft: Draft): Promise<string | null> {
  const refused = draft.replaces === null ? undefined : await keptPosting(draft.replaces);
  if (refused === undefined) return null;
  return refused.commitment === null ? refused.replaces : refused.id;
}

let freezing = false;

/** Freeze the draft on the screen into the outbox and begin to send it. Two taps are one. */
export async function submit(): Promise<void> {
  if (current.value === null || freezing) return;
  freezing = true;
  try {
    await freeze(current.value);
  } finally {
    freezing = false;
  }
}

async function freeze(draft: Draft): Promise<void> {
  const now = Date.now();
  const submission = submissionOf(draft, now);
  const hashes = [...new Set(submission.photos.map((photo) => photo.sha256))];
  const photos = await Promise.all(
    hashes.map(async (sha256) => ({ sha256, size: (await photoBytes(sha256))?.byteLength ?? 0 })),
  );
  const replaces = await replacedBy(draft);
  const posting: Posting = {
    ...queued<Submission, Receipt>(draft.id, submission, photos, now, replaces),
    account: draft.account,
    period: draft.period,
    title: draft.title,
    dueOn: draft.dueOn,
  };
  unsaved = null;
  await enqueue(posting, draft.replaces);
  draftSent(draft.id);
  current.value = null;
  await loadOutbox();
  void askToKeep();
  void askForSync();
  void pump();
}
