/** Keeps the task list: the server's, or the last one it gave, and tells the outbox what became of each posting. */
import { signal } from "@preact/signals";
import { dayAt } from "../core/dates";
import { unsent } from "../core/outbox";
import type { ServerTask } from "../core/tasks";
import { keepAnswer, keptAnswer } from "../keep/answers";
import { type Draft, drafts } from "../keep/drafts";
import type { Posting } from "../keep/outbox";
import { Problem } from "../net/client";
import * as api from "../net/questions";
import type { SubmissionPage } from "../net/shapes";
import { serverState } from "./carrying";
import { keepForms, keepKinds } from "./forms";
import { pinKey } from "./proving";
import { outbox, tell } from "./sending";
import { actor, notSignedIn } from "./session";

export interface TaskView {
  /** Moment of the answer; older than now means: from the phone. */
  at: number;
  fresh: boolean;
  items: ServerTask[];
}

export const taskView = signal<TaskView | null>(null);
export const taskProblem = signal<Problem | null>(null);
export const myDrafts = signal<Draft[]>([]);

export async function loadDrafts(): Promise<void> {
  myDrafts.value = actor.value ? await drafts(actor.value.account_id) : [];
}

/** Tell the outbox where the server says that a posting stands. */
export async function follow(posting: Posting, page: SubmissionPage): Promise<void> {
  const returned = [...page.reviews].reverse().find((line) => line.decision === "return");
  const state = serverState(page.line.stage);
  const reason = state === "returned" ? (returned?.reason ?? null) : null;
  if (state === posting.state && reason === posting.reason) return;
  await tell(posting.id, { type: "server_says", state, reason });
}

async function followPostings(): Promise<void> {
  const open = outbox.value.filter((p) => p.receipt !== null && p.state !== "withdrawn");
  for (const posting of open) {
    try {
      await follow(posting, (await api.submission(posting.id)).body);
    } catch (error) {
      // One that cannot be asked about now is asked about next time.
      if (!(error instanceof Problem)) return;
    }
  }
}

/** Ask the server what is owed; without a signal show what it last said. */
export async function loadTasks(): Promise<void> {
  const who = actor.value;
  if (!who) return;
  const key = `tasks ${who.account_id}`;
  if (taskView.value === null) {
    const kept = await keptAnswer<ServerTask[]>(key);
    if (kept) taskView.value = { at: kept.at, fresh: false, items: kept.body };
  }
  try {
    const { items } = await api.tasks();
    const at = Date.now();
    taskView.value = { at, fresh: true, items };
    taskProblem.value = null;
    await keepAnswer(key, at, items);
    await followPostings();
    // Before the first posting, so that nobody who comes in between later can bring a key of their own.
    await pinKey().catch(() => {});
    // What waits to be sent has the line first; once it has arrived the list is asked for again.
    if (outbox.value.some((one) => unsent(one.state))) return;
    void keepForms(items, at).then(async () => {
      if (who.role === "accountant") await keepKinds(who.division, dayAt(at), at);
    });
  } catch (error) {
    if (error instanceof Problem) {
      if (error.status === 401) notSignedIn(error);
      else taskProblem.value = error;
    }
    if (taskView.value) taskView.value = { ...taskView.value, fresh: false };
    else taskView.value = { at: 0, fresh: false, items: [] };
  }
}
