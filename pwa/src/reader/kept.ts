import { ageOf } from "@/core/keeping";
import { clock, make, one, passing, say } from "./page";

const LAST = "gongshilan.last";
const MOST_LAST = 5;

interface Visited {
  code: string;
  name: string;
}

/** Says how old a page is that came from the phone instead of the network. */
export function age(): void {
  const at = Date.parse(document.documentElement.dataset.keptAt ?? "");
  const banner = one("#kept");
  if (Number.isNaN(at) || !banner) return;
  const { n, unit } = ageOf(at, Date.now());
  banner.hidden = false;
  const [before = "", after = ""] = say("kept", { age: say(unit, { n }), time: "|" }).split("|");
  banner.append(before, make("one-line", "", clock(at)), `${after} `);
  const again = make("a", "link", say("refresh")) as HTMLAnchorElement;
  again.href = location.href;
  banner.append(again);
  window.addEventListener("online", () => passing(say("refresh")));
}

/** The pages this phone has kept, on the page that is shown without a network. */
export async function saved(): Promise<void> {
  const section = one("#saved");
  const list = section && one("ul", section);
  if (!section || !list) return;
  for (const reload of document.querySelectorAll<HTMLAnchorElement>("[data-reload]")) {
    reload.href = location.href;
  }
  let count = 0;
  const cache = await pagesKept();
  if (cache) {
    for (const request of [...(await cache.keys())].reverse()) {
      const answer = await cache.match(request);
      const title = decodeURIComponent(answer?.headers.get("x-kept-title") ?? "");
      const at = Date.parse(answer?.headers.get("x-kept-at") ?? "");
      const url = new URL(request.url);
      const link = make("a", "") as HTMLAnchorElement;
      link.href = url.pathname + url.search;
      const name = make("span", "", `${unescaped(title) || url.pathname} `);
      if (!Number.isNaN(at)) name.append(make("one-line", "small soft", clock(at)));
      link.append(name);
      const line = make("li", "");
      line.append(link);
      list.append(line);
      count += 1;
    }
  }
  const said = one(count === 0 ? "p.empty[hidden]" : "[data-some]", section);
  if (said) said.hidden = false;
}

/** The worker's cache of pages; in-app browsers have none, and some refuse to be asked. */
async function pagesKept(): Promise<Cache | undefined> {
  try {
    return await caches.open("pages");
  } catch {
    return undefined;
  }
}

function unescaped(text: string): string {
  return new DOMParser().parseFromString(text, "text/html").documentElement.textContent ?? "";
}

/** Remembers the villages read on this phone; nobody else is told. */
export function remember(): void {
  const found = /^\/v\/(\d{12})$/.exec(location.pathname);
  const name = one("h1")?.textContent?.trim();
  if (!found?.[1] || !name) return;
  const code = found[1];
  const others = recall().filter((v) => v.code !== code);
  write([{ code, name }, ...others].slice(0, MOST_LAST));
}

/** The villages read lately, on the page where one is chosen. */
export function lately(): void {
  const section = one("#last");
  const list = section && one("ul", section);
  const villages = recall();
  if (!section || !list || villages.length === 0) return;
  for (const village of villages) {
    const link = make("a", "", village.name) as HTMLAnchorElement;
    link.href = `/v/${village.code}`;
    const line = make("li", "");
    line.append(link);
    list.append(line);
  }
  const forget = make("button", "link", say("forget")) as HTMLButtonElement;
  forget.type = "button";
  forget.addEventListener("click", () => {
    write([]);
    section.hidden = true;
  });
  section.append(forget);
  section.hidden = false;
}

function recall(): Visited[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(LAST) ?? "[]");
    return Array.isArray(read) ? read.filter((v): v is Visited => /^\d{12}$/.test(v?.code)) : [];
  } catch {
    return []; // storage switched off
  }
}

function write(villages: Visited[]): void {
  try {
    localStorage.setItem(LAST, JSON.stringify(villages));
  } catch {
    // storage full or switched off: nothing is remembered
  }
}
