/** Tells the service worker that somebody is typing or sending, so that it does not swap the app under them. */

declare global {
  interface Window {
    gongshilanBusy?: boolean;
  }
}

const reasons = new Set<string>();
let channel: BroadcastChannel | null = null;

/** Begin or end one reason to be left alone. */
export function busyWith(reason: string, busy: boolean): void {
  const before = reasons.size > 0;
  if (busy) reasons.add(reason);
  else reasons.delete(reason);
  const now = reasons.size > 0;
  if (before === now) return;
  window.gongshilanBusy = now;
  if (typeof BroadcastChannel === "undefined") return;
  channel ??= new BroadcastChannel("gongshilan");
  channel.postMessage({ type: "busy", busy: now });
}
