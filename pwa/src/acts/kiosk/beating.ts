/** Every ten minutes, day and night: a signed word that this query point runs, and what it shows. */
import { heard, unheard } from "../../core/kiosk_missed";
import { keepOwn, own } from "../../keep/kiosk";
import { Problem } from "../../net/client";
import { type Beat, beat } from "../../net/kiosk";
import { asOf } from "./contents";
import { base64url, point, replaced, retired, retold } from "./point";
import { look, skew, tell } from "./timing";

interface Surroundings {
  connection?: { effectiveType?: string };
  getBattery?: () => Promise<{ level: number; charging: boolean }>;
}

const SLOW_MS = 5000;
const around = navigator as Navigator & Surroundings;

let onScreen: () => string = () => "/";
let lastTook = 0;
let running: Promise<void> | null = null;

/** `shown` answers the public address of what is on the screen. */
export function reportScreen(shown: () => string): void {
  onScreen = shown;
}

/** The version that this page was started with. */
export function version(): string {
  return document.documentElement.dataset.shell ?? "unkept";
}

/** Sends one heartbeat. Never fails: what nobody heard is told with the next one. */
export function beatNow(): Promise<void> {
  running ??= attempt()
    .catch(() => undefined)
    .finally(() => {
      running = null;
    });
  return running;
}

async function attempt(): Promise<void> {
  const here = point.value;
  const key = await own("key");
  if (!here || key === null) return;
  const missed = (await own("missed")) ?? [];
  const seq = ((await own("seq")) ?? 0) + 1;
  // Kept before it is sent: a number is never signed twice, even when the power goes in between.
  await keepOwn("seq", seq);
  const body: Beat = {
    at: new Date().toISOString(),
    seq,
    on_screen: onScreen().slice(0, 200),
    contents_as_of: asOf.value === null ? null : new Date(asOf.value).toISOString(),
    skew_ms: skew(),
    battery: await battery(),
    network: isSlow() ? "slow" : "online",
    version: version(),
    missed: missed.map(({ from, to }) => ({ from: byDevice(from), to: byDevice(to) })),
  };
  const data = new TextEncoder().encode(JSON.stringify(body));
  const signature = await signed(key, here.id, data);
  const begun = performance.now();
  try {
    const answer = await beat(here.id, data, signature);
    if (point.value?.id !== here.id) return; // another point meanwhile: this is not said of it
    lastTook = performance.now() - begun;
    tell(answer.server_now, lastTook);
    replaced.value = false;
    await keepOwn("missed", heard((await own("missed")) ?? [], missed.length));
    await retold(answer);
  } catch (error) {
    if (point.value?.id !== here.id) return;
    if (error instanceof Problem && error.status === 410) return retired();
    // Another device was paired for this point: its key is not ours any more.
    replaced.value = error instanceof Problem && error.status === 401;
    await keepOwn("missed", unheard(missed, look()));
  }
}

/** A true time as the device's clock says it: a heartbeat speaks by that clock alone. */
const byDevice = (time: number): string => new Date(time + skew()).toISOString();

async function signed(key: CryptoKey, id: string, body: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`gongshilan heartbeat v1\n${id}\n`);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return base64url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, whole));
}

async function battery(): Promise<Beat["battery"]> {
  try {
    const found = await around.getBattery?.();
    return found ? { level: found.level, charging: found.charging } : null;
  } catch {
    return null; // a machine on the mains has none
  }
}

function isSlow(): boolean {
  return lastTook > SLOW_MS || /2g$/.test(around.connection?.effectiveType ?? "");
}
