/** Writing an answer to a villager: it is on the phone from the first letter until it was sent. */
import { signal } from "@preact/signals";
import {
  type Answering,
  answeringChanged,
  dropAnswering,
  answering as kept,
  saveAnswering,
} from "../keep/answering";
import { newId } from "./digest";
import { actor } from "./session";

/** The answer on the screen; null until it is known whether the phone has one. */
export const writing = signal<Answering | null>(null);
/** When it was last kept; null: not at all, or not yet. */
export const keptAt = signal<number | null>(null);
export const keepFailed = signal(false);

const account = (): string => actor.value?.account_id ?? "";

/** What goes to the disk, one after the other, so that the newest is written last and nothing after the end. */
let disk: Promise<void> = Promise.resolve();
function next(write: () => Promise<void>): Promise<void> {
  disk = disk.then(write).then(
    () => {
      keepFailed.value = false;
    },
    () => {
      keepFailed.value = true;
    },
  );
  return disk;
}

/**
 * Go on with the answer that this person began, or begin one. `sent`: the ids of those that the server has. One that
 * arrived while its answer was lost on the way back, and was returned since, goes on as another one.
 */
export async function beginAnswer(inquiry: string, sent: readonly string[] = []): Promise<void> {
  writing.value = null;
  await disk;
  const found = await kept(account(), inquiry).catch(() => undefined);
  const blank = { account: account(), inquiry, id: newId(), text: "", takesUp: null, savedAt: 0 };
  const arrived = found !== undefined && sent.includes(found.id);
  writing.value = arrived ? { ...found, id: blank.id } : (found ?? blank);
  keptAt.value = found?.savedAt ?? null;
}

/** Change the answer on the screen. Every change is kept at once. */
export function changeAnswer(part: Partial<Pick<Answering, "text" | "takesUp">>): void {
  const before = writing.value;
  if (before === null) return;
  const after = { ...before, ...part, savedAt: Math.max(Date.now(), before.savedAt + 1) };
  writing.value = after;
  answeringChanged(after);
  void next(async () => {
    await saveAnswering(after);
    keptAt.value = after.savedAt;
  });
}

/** It was sent, or nothing is to be answered any more. */
export function endAnswer(inquiry: string): Promise<void> {
  if (writing.value?.inquiry === inquiry) writing.value = null;
  return next(() => dropAnswering(account(), inquiry));
}
