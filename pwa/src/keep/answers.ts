import { database } from "./database";

export interface Kept<T> {
  at: number;
  body: T;
}

export async function keepAnswer(key: string, at: number, body: unknown): Promise<void> {
  await (await database()).put("answers", { key, at, body });
}

export async function keptAnswer<T>(key: string): Promise<Kept<T> | null> {
  const kept = await (await database()).get("answers", key);
  return kept ? { at: kept.at, body: kept.body as T } : null;
}

/** Everything that was answered to the person who signs out; drafts and the outbox stay. */
export async function forgetAnswers(): Promise<void> {
  await (await database()).clear("answers");
}

export async function forgetAnswer(key: string): Promise<void> {
  await (await database()).delete("answers", key);
}
