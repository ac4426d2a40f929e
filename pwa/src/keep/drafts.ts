import type { Override, Text } from "../core/findings";
import type { Content, Json } from "../core/pointers";
import type { FormAnswer, Note, PhotoUse, Publish } from "../net/shapes";
import { database } from "./database";
import { arrived, forget, newest, setOut } from "./last_words";

/** One place of a content that was refused, in the server's words. */
export interface Refused {
  pointer: string;
  detail: Text;
  value: Json | null;
  /** Whether the content was changed since, here or elsewhere. */
  changed?: boolean;
}

/** A posting that is still being written. Every change is saved, what is typed when typing pauses. */
export interface Draft {
  id: string;
  account: string;
  division: string;
  divisionName: string;
  category: string;
  period: string;
  title: string;
  dueOn: string | null;
  eventOn: string | null;
  occurrenceId: string | null;
  content: Content;
  photos: (PhotoUse & { width: number; height: number })[];
  step: number;
  publish: Publish;
  /** What only looks personal and is to be published all the same; drafts of before have none. */
  overrides?: Override[];
  /** What the reviewer who returned it wrote beside single lines. */
  notes?: Note[];
  /** What the server would not take of it, by place, with the value that stood there then. */
  refused?: Refused[];
  /** A correction: why, and what it replaces. */
  reason: string;
  corrects: string | null;
  /** The submission that this one replaces in the outbox, once it is sent. */
  replaces: string | null;
  /** The form it was begun with, so that it opens without a signal. */
  form: FormAnswer;
  /** What stood before, when this is a correction: for the difference. */
  before: Content | null;
  createdAt: number;
  savedAt: number;
}

const place = (id: string): string => `drafts ${id}`;

/** It was changed, and is saved soon: until then it survives the leaving of the page. */
export function draftChanged(draft: Draft): void {
  setOut(place(draft.id), draft);
}

/** Resolves once it is on the disk; begun while the page is being left, it still gets there. */
export async function saveDraft(draft: Draft): Promise<void> {
  const tx = (await database()).transaction("drafts", "readwrite");
  await Promise.all([tx.store.put(draft), tx.commit(), tx.done]);
  arrived(place(draft.id), draft);
}

export async function draft(id: string): Promise<Draft | undefined> {
  return found(await (await database()).get("drafts", id));
}

export async function drafts(account: string): Promise<Draft[]> {
  const all = await (await database()).getAll("drafts");
  return Promise.all(all.filter((d) => d.account === account).map(found));
}

/** The newest state of what the database has; what was written down as a page was left is put there first. */
async function found<T extends Draft | undefined>(kept: T): Promise<T> {
  if (kept === undefined) return kept;
  const last = newest<Draft>(place(kept.id), kept) as T & Draft;
  if (last !== kept) await saveDraft(last);
  return last;
}

export async function dropDraft(id: string): Promise<void> {
  forget(place(id));
  await (await database()).delete("drafts", id);
}

/** It is frozen in the outbox, word for word: nothing of it is a draft any more. */
export function draftSent(id: string): void {
  forget(place(id));
}
