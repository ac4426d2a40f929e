/** Which query point this device is: paired by a code, told anew by each heartbeat, and nobody again once it is retired. */
import { signal } from "@preact/signals";
import { become, forget, keepOwn, own } from "../../keep/kiosk";
import { type Point, pair, type Retelling } from "../../net/kiosk";
import { tell } from "./timing";

/** undefined: not looked up yet; null: no point. */
export const point = signal<Point | null | undefined>(undefined);
/** Another device took this point's place: what is kept may be read, and nobody hears of this one any more. */
export const replaced = signal(false);
/** This device was a point that the township retired: it says so until it is paired again, also after a restart. */
export const wasRetired = signal(false);

/** Keys are made only on https, or on the machine itself. */
export function canPair(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export function base64url(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export async function loadPoint(): Promise<void> {
  wasRetired.value = (await own("retired").catch(() => null)) ?? false;
  point.value = await own("point").catch(() => null);
}

/** What was sent and not answered: the same code with the same key is answered again. */
let unheard: CryptoKeyPair | null = null;

async function nextKeys(): Promise<CryptoKeyPair> {
  const way = { name: "ECDSA", namedCurve: "P-256" };
  unheard ??= await crypto.subtle.generateKey(way, false, ["sign", "verify"]);
  return unheard;
}

/** Becomes the point that the code was given for. The private key never leaves this browser. Throws Problem, Offline. */
export async function join(code: string): Promise<void> {
  const keys = await nextKeys();
  const asked = performance.now();
  const spelled = base64url(await crypto.subtle.exportKey("raw", keys.publicKey));
  const { server_now, ...found } = await pair(code, spelled);
  unheard = null;
  if (point.value?.id !== found.id) await forget();
  await become(found, keys.privateKey);
  tell(server_now, performance.now() - asked);
  replaced.value = false;
  wasRetired.value = false;
  point.value = found;
  // Photos and notices for a month are not what a browser may throw away.
  await navigator.storage?.persist?.().catch(() => false);
}

/** The township may have changed the point's name, kind or volume. */
export async function retold(answer: Retelling): Promise<void> {
  const known = point.value;
  if (!known) return;
  const { name, place, kind, volume } = answer;
  if (
    JSON.stringify([known.name, known.place, known.kind, known.volume]) ===
    JSON.stringify([name, place, kind, volume])
  )
    return;
  point.value = { ...known, name, place, kind, volume };
  await keepOwn("point", point.value);
}

/** The township retired the point: nothing of it stays here but that it was. */
export async function retired(): Promise<void> {
  wasRetired.value = true;
  point.value = null;
  replaced.value = false;
  await forget();
  await keepOwn("retired", true);
}
