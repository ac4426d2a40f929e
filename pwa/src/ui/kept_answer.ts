/** A question whose last answer is kept on the phone, for where there is no signal. */
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
