import { base64url, keyBytes } from "@/core/push_keys";
import { sha256 } from "@/core/sha256";
import { all, one } from "./page";

/** What the server keeps for this device about one village or one question. */
interface Kept {
  division: string;
  inquiry: string | null;
  notices: boolean;
  categories: string[];
  missing: boolean;
  stop_url: string;
}

/** Apps that open pages in a window of their own, where no notification ever arrives. */
const CHAT = /MicroMessenger|DingTalk|\bQQ\/|QQBrowser\/.*QQ|Weibo|AlipayClient|Feishu|Lark|aweme/i;
const APPLE = /iPhone|iPad|iPod/;

/** Why this browser cannot be told anything, in the page's own words for it; null where it can. */
export function whyNot(agent: string, able: boolean, permission?: NotificationPermission) {
  if (CHAT.test(agent)) return "chat";
  if (!able) return APPLE.test(agent) ? "apple" : "none";
  return permission === "denied" ? "denied" : null;
}

const able = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** The form by which a device says what it wants to be told; it stands on a village's page for it, and on a question's. */
export async function following(): Promise<void> {
  const form = one<HTMLFormElement>("form[data-follow]");
  if (form === null) return;
  const why = whyNot(navigator.userAgent, able(), able() ? Notification.permission : undefined);
  if (why !== null) {
    const said = one(`[data-case="${why}"]`);
    if (said) said.hidden = false;
    return;
  }
  const on = one<HTMLButtonElement>("[data-on]", form);
  const off = one<HTMLButtonElement>("[data-off]", form);
  const said = one("[data-said]", form);
  if (!on || !off || !said) return;
  const words = form.dataset;
  let kept: Kept | undefined;
  const tell = (text: string): void => {
    said.textContent = text;
    said.hidden = text === "";
  };
  const show = (found: Kept | undefined): void => {
    kept = found;
    off.hidden = found === undefined;
    // A question has nothing to choose: once it is on, there is nothing to keep again.
    on.hidden = found !== undefined && words.about !== "";
    on.classList.toggle("main", found === undefined);
    if (found === undefined) return;
    on.textContent = words.again ?? "";
    for (const box of all<HTMLInputElement>("input", form)) box.checked = chosen(found, box);
    const some = one<HTMLDetailsElement>("details", form);
    if (some) some.open = found.categories.length > 0;
    tell(words.isOn ?? "");
  };
  const doing = async (work: () => Promise<void>): Promise<void> => {
    on.disabled = off.disabled = true;
    tell("");
    try {
      await work();
    } catch {
      tell(words.offline ?? "");
    }
    on.disabled = off.disabled = false;
  };

  const turnOn = async (): Promise<void> => {
    if ((await Notification.requestPermission()) !== "granted") {
      tell(words.denied ?? "");
      return;
    }
    const made = await subscribed(words.key ?? "");
    if (made === null) {
      tell(words.failed ?? "");
      return;
    }
    const answer = await fetch(words.put ?? "", {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...keysOf(made), lang: words.lang, ...choices(form) }),
    });
    const body = (await answer.json()) as Kept & { detail?: string };
    if (answer.ok) show(body);
    else tell(body.detail ?? "");
  };
  const turnOff = async (): Promise<void> => {
    const end = new URL(kept?.stop_url ?? "", location.href).pathname;
    if (!(await fetch(end, { method: "POST" })).ok) throw new Error(end);
    show(undefined);
    tell(words.isOff ?? "");
    on.hidden = false;
  };
  const label = on.textContent;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void doing(turnOn);
  });
  off.addEventListener("click", () => {
    void doing(async () => {
      await turnOff();
      on.textContent = label;
    });
  });
  form.hidden = false;
  const box = one("[data-follow-box]");
  if (box) box.hidden = false;
  show(await keptFor(words.division ?? "", words.about ?? ""));
}

const chosen = (found: Kept, box: HTMLInputElement): boolean => {
  if (box.name === "notices") return found.notices;
  return box.name === "missing" ? found.missing : found.categories.includes(box.value);
};

/** What is ticked; on a question's page there is nothing to tick. */
function choices(form: HTMLFormElement): object {
  const boxes = all<HTMLInputElement>("input", form);
  const ticked = (name: string): HTMLInputElement[] =>
    boxes.filter((box) => box.name === name && box.checked);
  if (boxes.length === 0) return {};
  return {
    notices: ticked("notices").length > 0,
    missing: ticked("missing").length > 0,
    categories: ticked("category").map((box) => box.value),
  };
}

const keysOf = (made: PushSubscription) => ({
  endpoint: made.endpoint,
  p256dh: base64url(made.getKey("p256dh")),
  auth: base64url(made.getKey("auth")),
});

/** A subscription under the site's key; null where the browser cannot make one. */
async function subscribed(key: string): Promise<PushSubscription | null> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(key) };
  try {
    return await pushManager.subscribe(options);
  } catch {
    // A subscription under an earlier key of the site stands in the way: end it and ask once more.
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options).catch(() => null);
  }
}

/** What the server keeps for this device here; nothing where the browser has no subscription. */
async function keptFor(division: string, about: string): Promise<Kept | undefined> {
  const registration = await navigator.serviceWorker.getRegistration();
  const mine = await registration?.pushManager.getSubscription();
  if (!mine) return undefined;
  const { endpoint, auth } = keysOf(mine);
  const name = sha256(new TextEncoder().encode(`${endpoint}\n${auth}`));
  const answer = await fetch(`/api/v1/subscriptions/${name}`);
  if (!answer.ok) return undefined;
  const { items } = (await answer.json()) as { items: Kept[] };
  return items.find((each) => each.division === division && (each.inquiry ?? "") === about);
}
