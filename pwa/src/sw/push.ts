/**
 * A message arrives: it is shown, and a tap on it opens what it is about. A reminder, what the outbox has to say, or a
 * village's news; the last brings the address that ends it, and a button for that.
 */
declare const self: ServiceWorkerGlobalScope;

interface Message {
  title: string;
  body: string;
  path: string;
  tag: string;
  /** The words on the button that ends these, and where it leads. */
  stop?: string;
  end?: string;
}

/** What the browsers' types do not know yet. */
type Shown = NotificationOptions & { actions?: { action: string; title: string }[] };

/** Only a place of this site, whatever the message says. */
const inside = (path: unknown): string | undefined =>
  typeof path === "string" && /^\/(?![/\\])/.test(path) ? path : undefined;

function read(data: PushMessageData | null): Message | null {
  try {
    if (data === null) return null;
    const { title, body, path, tag, stop, end } = data.json() as { [name: string]: unknown };
    const message: Message = {
      title: String(title ?? ""),
      body: String(body ?? ""),
      path: inside(path) ?? "/app",
      tag: String(tag),
    };
    const ending = inside(end);
    return ending === undefined ? message : { ...message, stop: String(stop), end: ending };
  } catch {
    return null;
  }
}

self.addEventListener("push", (event) => {
  const message = read(event.data);
  // A browser ends the subscription of a site that is woken and shows nothing.
  const bare = { title: "公示栏", body: "", path: "/app", tag: "gongshilan" };
  event.waitUntil(show(message ?? bare));
});

/** Show it; a newer one with the same tag takes its place. */
export function show({ title, body, path, tag, stop, end }: Message): Promise<void> {
  const icon = "/icon-192.png";
  const shown: Shown = { body, tag, icon, badge: icon, data: path };
  if (end !== undefined) {
    shown.data = { path, end };
    shown.actions = [{ action: "end", title: stop ?? "" }];
  }
  return self.registration.showNotification(title, shown);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const data: string | { path: string; end: string } = event.notification.data;
  if (typeof data === "string") event.waitUntil(open(data));
  else event.waitUntil(event.action === "end" ? over(data.end) : open(data.path));
});

/** One tap ends it; without a network the page with the same button is opened instead. */
async function over(end: string): Promise<void> {
  const answer = await fetch(end, { method: "POST" }).catch(() => null);
  if (answer?.ok !== true) await open(end);
}

async function open(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  const ours = pages.find((page) => new URL(page.url).pathname === path);
  if (ours) await ours.focus();
  else await self.clients.openWindow(path);
}
