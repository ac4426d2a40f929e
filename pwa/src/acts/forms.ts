/**
 * Forms, and the kinds that there are: from the network, or as they were last seen. Those of what is owed, and of what may
 * happen any day, are fetched before they are needed.
 */
import { type ServerTask, statusOf } from "../core/tasks";
import { keepAnswer, keptAnswer } from "../keep/answers";
import { NeverSeen, Offline } from "../net/client";
import * as api from "../net/questions";
import type { CategoryCard, FormAnswer } from "../net/shapes";

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

/** Forms of what may happen any day change with the law, and with what was published last. */
const FRESH_KINDS = 7 * 24 * 60 * 60 * 1000;

const keyOf = ({ category, division, period, eventOn }: Asked): string =>
  `form ${category} ${division} ${eventOn ?? period}`;

async function fetched(asked: Asked): Promise<FormAnswer> {
  const { category, division, period, eventOn } = asked;
  const answer = await api.form(category, division, eventOn ? { event_on: eventOn } : { period });
  await keepAnswer(keyOf(asked), Date.now(), answer);
  if (eventOn) await keepAnswer(keyOf(anyDay(asked)), Date.now(), answer);
  return answer;
}

/** Under this the newest form of a kind is kept, for whatever day something happens next. */
const anyDay = (asked: Asked): Asked => ({ ...asked, period: "any day", eventOn: null });

/** The form of a kind for another day than it was asked for: what that day alone decides is left to the server. */
function onDay(form: FormAnswer, day: string): FormAnswer {
  return {
    ...form,
    ...{ period: `E${day}`, period_label: null, period_start: day, period_end: day },
    ...{ standing: null, standing_edition: null, corrects: null, due_on: null, due_before: null },
  };
}

/** The form of a category. Throws NeverSeen where neither the network nor the phone has it. */
export async function formFor(asked: Asked): Promise<FormAnswer> {
  try {
    return await fetched(asked);
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    const kept = await keptAnswer<FormAnswer>(keyOf(asked));
    if (kept !== null) return kept.body;
    const { eventOn } = asked;
    const like = eventOn ? await keptAnswer<FormAnswer>(keyOf(anyDay(asked))) : null;
    if (!eventOn || like === null) throw new NeverSeen(error.message);
    return onDay(like.body, eventOn);
  }
}

const kindsKey = (division: string): string => `kinds ${division}`;

/** The kinds that are in use in a division. Throws Offline where neither the network nor the phone has them. */
export async function kindsFor(division: string): Promise<readonly CategoryCard[]> {
  try {
    const { items } = await api.categories(division);
    await keepAnswer(kindsKey(division), Date.now(), items);
    return items;
  } catch (error) {
    const kept = await keptAnswer<CategoryCard[]>(kindsKey(division));
    if (!(error instanceof Offline) || kept === null) throw error;
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

/**
 * Keep the kinds of a village, and the forms of those that no task asks for before something has happened: whoever comes
 * out of the meeting writes it down there. The first that is not answered ends it, as above.
 */
export async function keepKinds(division: string, today: string, now: number): Promise<void> {
  if (fetching) return;
  fetching = true;
  try {
    const before = await keptAnswer<CategoryCard[]>(kindsKey(division));
    const kinds =
      before !== null && now - before.at < FRESH ? before.body : await kindsFor(division);
    for (const kind of kinds) {
      if (kind.cadence !== "event" || kind.publisher !== "village") continue;
      const asked = { category: kind.key, division, period: `E${today}`, eventOn: today };
      const kept = await keptAnswer<FormAnswer>(keyOf(anyDay(asked)));
      if (kept === null || now - kept.at > FRESH_KINDS) await fetched(asked);
    }
  } catch {
    // Whoever begins one hears what is wrong.
  } finally {
    fetching = false;
  }
}
