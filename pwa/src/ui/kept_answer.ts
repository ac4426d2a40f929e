/** A question whose last answer is kept on the phone, for where there is no signal. */
import { actor } from "../acts/session";
import { keepAnswer, keptAnswer } from "../keep/answers";
import { Offline } from "../net/client";
import { useAnswer } from "./pieces";

export interface FreshOrKept<T> {
  body: T;
  /** When it was answered, where that was not just now. */
  keptAt: number | null;
}

/** Ask, and keep what is answered under the key. Throws what the server says; without a signal what was kept, or Offline. */
export async function askOrKept<T>(key: string, ask: () => Promise<T>): Promise<FreshOrKept<T>> {
  try {
    const body = await ask();
    await keepAnswer(key, Date.now(), body).catch(() => undefined);
    return { body, keptAt: null };
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    const kept = await keptAnswer<T>(key).catch(() => null);
    if (kept === null) throw error;
    return { body: kept.body, keptAt: kept.at };
  }
}

/** Load something when the screen opens, or `key` or `turn` changes: from the server, or as it was last heard. */
export function useKeptAnswer<T>(key: string, ask: () => Promise<T>, turn = 0) {
  return useAnswer(() => askOrKept(key, ask), `${key} ${turn}`);
}

/**
 * What a screen of the desk shows: as the server says it now, or, without a signal, as it said when the same was last
 * asked here. Of each screen only the last answer is kept: a table of a township is large.
 */
export function useDeskAnswer<T>(screen: string, question: string, ask: () => Promise<T>) {
  const key = `desk ${screen} ${actor.value?.account_id}`;
  const found = useAnswer(async () => {
    const heard = await askOrKept(key, async () => ({ question, answer: await ask() }));
    if (heard.body.question !== question) throw new Offline("something else was kept");
    return { body: heard.body.answer, keptAt: heard.keptAt };
  }, question);
  return {
    answer: found.answer?.body ?? null,
    keptAt: found.answer?.keptAt ?? null,
    error: found.error,
    again: found.again,
  };
}
