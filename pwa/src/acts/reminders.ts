/** Reminders on this device: one tap on, one tap off. The browser has the keys; the server keeps where to send. */
import { signal } from "@preact/signals";
import { base64url, keyBytes } from "../core/push_keys";
import { language } from "../messages";
import * as api from "../net/questions";
import { digest, newId } from "./digest";

export type PushState = "unknown" | "cannot" | "denied" | "off" | "on";

export const pushState = signal<PushState>("unknown");

/** The browser said no after it was asked to subscribe. */
export class NotSubscribed extends Error {}

const able = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const hashOf = (endpoint: string): Promise<string> =>
  digest(new TextEncoder().encode(endpoint).buffer as ArrayBuffer);

/** Ask the browser and the server whether reminders are on; both must say so. */
export async function lookAtPush(): Promise<void> {
  if (!able()) {
    pushState.value = "cannot";
    return;
  }
  if (Notification.permission === "denied") {
    pushState.value = "denied";
    return;
  }
  const [registration, answer] = await Promise.all([
    navigator.serviceWorker.getRegistration(),
    api.push(),
  ]);
  const mine = await registration?.pushManager.getSubscription();
  const same = mine ? (await hashOf(mine.endpoint)) === answer.endpoint_hash : false;
  pushState.value = answer.on && same ? "on" : "off";
}

export async function turnPushOn(): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") {
    pushState.value = Notification.permission === "denied" ? "denied" : "off";
    return;
  }
  const { key } = await api.push();
  const registration = await navigator.serviceWorker.ready;
  const made = await subscribed(registration, key);
  await api.pushOn({
    id: newId(),
    endpoint: made.endpoint,
    p256dh: base64url(made.getKey("p256dh")),
    auth: base64url(made.getKey("auth")),
    lang: language.value === "en" ? "en" : "zh",
  });
  pushState.value = "on";
}

async function subscribed(
  registration: ServiceWorkerRegistration,
  key: string,
): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(key) };
  try {
    return await registration.pushManager.subscribe(options);
  } catch {
    // A subscription under an earlier key of the site stands in the way: end it and ask once more.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    try {
      return await registration.pushManager.subscribe(options);
    } catch (error) {
      throw new NotSubscribed(String(error));
    }
  }
}

export async function turnPushOff(): Promise<void> {
  await api.pushOff();
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  pushState.value = "off";
}

/** The number on the app's icon: how many things are reminded of today. Browsers without it do nothing. */
export function showCount(n: number): void {
  const badge = navigator as Navigator & {
    setAppBadge?: (n: number) => Promise<void>;
    clearAppBadge?: () => Promise<void>;
  };
  const done = n > 0 ? badge.setAppBadge?.(n) : badge.clearAppBadge?.();
  done?.catch(() => undefined);
}
