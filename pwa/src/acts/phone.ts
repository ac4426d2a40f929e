/**
 * A phone between several people. Each has drafts and an outbox of their own in it, and what one wrote is sent only
 * while that person has the phone: a record never travels under somebody else's name.
 */
import { signal } from "@preact/signals";
import { forgetAnswer } from "../keep/answers";
import { heldByAccount } from "../keep/outbox";
import * as api from "../net/questions";
import type { PersonOnPhone } from "../net/shapes";
import { onDisk } from "./drafting";
import { pauseNow } from "./pausing";

export interface Sharer extends PersonOnPhone {
  /** Postings in this phone that wait until this person has it again. */
  held: number;
}

/** Who shares this phone; null is not known yet, nobody means that it is one person's own. */
export const sharers = signal<Sharer[] | null>(null);
export const mostSharers = signal(4);

export async function loadSharers(): Promise<void> {
  const [phone, held] = await Promise.all([
    api.phone(),
    heldByAccount().catch(() => new Map<string, number>()),
  ]);
  mostSharers.value = phone.most;
  sharers.value = phone.people.map((one) => ({ ...one, held: held.get(one.account_id) ?? 0 }));
}

/** Wait until the draft on the screen is on the disk; a phone that cannot write keeps nobody waiting. */
async function settled(): Promise<void> {
  pauseNow();
  for (let n = 0; n < 20 && !onDisk.value; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Begin anew: nothing of the last person stays on the screen or in memory. */
async function startOver(path: string): Promise<void> {
  await forgetAnswer("me").catch(() => undefined);
  location.assign(path);
}

/** Put the phone down: it opens by a PIN again. */
export async function lock(): Promise<void> {
  await settled();
  await api.lockPhone();
  await startOver("/app/sign-in");
}

/** Take the phone with one's PIN. */
export async function take(account: string, pin: string): Promise<void> {
  await settled();
  await api.switchPerson(account, pin);
  await startOver("/app");
}

export async function choosePin(pin: string, old?: string): Promise<void> {
  await api.setPin(pin, old);
  await loadSharers();
}

export async function stopSharing(): Promise<void> {
  await api.leavePhone();
  await loadSharers();
}
