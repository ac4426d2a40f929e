/** A reminder arrives: it is shown, and a tap on it opens the list of what is owed. So is what the outbox has to say. */
declare const self: ServiceWorkerGlobalScope;

interface Reminder {
  title: string;
  body: string;
  path: string;
  tag: string;
}

function read(data: PushMessageData | null): Reminder | null {
  try {
    if (data === null) return null;
    const { title, body, path, tag } = data.json() as { [name: string]: unknown };
    // Only a place of this site, whatever the message says.
    const inside = typeof path === "string" && /^\/(?!\/)/.test(path) ? path : "/app";
    return { title: String(title ?? ""), body: String(body ?? ""), path: inside, tag: String(tag) };
  } catch {
    return null;
  }
}

self.addEventListener("push", (event) => {
  const reminder = read(event.data);
  // A browser ends the subscription of a site that is woken and shows nothing.
  const bare = { title: "公示栏", body: "", path: "/app", tag: "gongshilan" };
  event.waitUntil(show(reminder ?? bare));
});

/** Show it; a newer one with the same tag takes its place. */
export function show({ title, body, path, tag }: Reminder): Promise<void> {
  const icon = "/icon-192.png";
  return self.registration.showNotification(title, { body, tag, icon, badge: icon, data: path });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

async function open(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  const ours = pages.find((page) => new URL(page.url).pathname === path);
  if (ours) await ours.focus();
  else await self.clients.openWindow(path);
}
