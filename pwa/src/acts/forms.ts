/** Forms: from the network, or as they were last seen; those of what is owed are fetched before they are needed. */
import { type ServerTask, statusOf } from "../core/tasks";
import { keepAnswer, keptAnswer } from "../keep/answers";
import { NeverSeen, Offline } from "../net/client";
import * as api from "../net/questions";
import type { FormAnswer } from "../net/shapes";

/** What a form is asked for by. */
export interface Asked {
  category: string;
  division: string;
  period: string;
  eventOn?: string | null;
}

/** So many of what is owed are fetched ahead, what falls due next or fell due last first. */
const AHEAD = 8;
/** What was seen this lately is not fetched again before it is opened. */
const FRESH = 20 * 60 * 60 * 1000;

const keyOf = ({ category, division, period, eventOn }: Asked): string =>
  `form ${category} ${division} ${eventOn ?? period}`;

async function fetched(asked: Asked): Promise<FormAnswer> {
  const { category, division, period, eventOn } = asked;
  const answer = await api.form(category, division, eventOn ? { event_on: eventOn } : { period });
  await keepAnswer(keyOf(asked), Date.now(), answer);
  return answer;
}

/** The form of a category. Throws NeverSeen where neither the network nor the phone has it. */
export async function formFor(asked: Asked): Promise<FormAnswer> {
  try {
    return await fetched(asked);
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    const kept = await keptAnswer<FormAnswer>(keyOf(asked));
    if (kept === null) throw new NeverSeen(error.message);
    return kept.body;
  }
}

let fetching = false;

/**
 * Keep the forms of what nobody has begun yet, one after the other, so that each opens where there is no signal.
 * The first that is not answered ends it: the list is asked for again, and this with it.
 */
export async function keepForms(tasks: readonly ServerTask[], now: number): Promise<void> {
  if (fetching) return;
  fetching = true;
  try {
    const owed = tasks
      .filter((task) => statusOf(task) === "todo")
      .sort((a, b) => Math.abs(a.days_left) - Math.abs(b.days_left))
      .slice(0, AHEAD);
    for (const task of owed) {
      const asked = { ...task, eventOn: task.event_on };
      const kept = await keptAnswer<FormAnswer>(keyOf(asked));
      if (kept === null || now - kept.at > FRESH) await fetched(asked);
    }
  } catch {
    // It was nobody's wish yet: whoever opens a form hears what is wrong.
  } finally {
    fetching = false;
  }
}
