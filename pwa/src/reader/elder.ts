import { one } from "./page";

const YEAR = 31_536_000;

/** The server reads these; `cookieStore` is younger than our phones. */
function remember(name: string, value: string): void {
  try {
    document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
  } catch {
    // cookies switched off: it holds for this page
  }
}

/** A language or size asked for in the address stays for the pages that follow. */
export function chosen(): void {
  const asked = new URL(location.href).searchParams;
  const [lang, view] = [asked.get("lang"), asked.get("view")];
  if (lang === "zh" || lang === "en") remember("lang", lang);
  if (view === "elder" || view === "normal") remember("view", view);
}

/** 长辈版 at one tap: remembered in a cookie, so that the next page comes large from the server. */
export function elder(): void {
  const toggle = one<HTMLAnchorElement>("[data-elder]");
  const root = document.documentElement;
  toggle?.addEventListener("click", (event) => {
    event.preventDefault();
    const large = root.dataset.view !== "elder";
    root.dataset.view = large ? "elder" : "normal";
    remember(toggle.dataset.elder || "view", root.dataset.view);
    const label = one("span", toggle);
    const [elderWord, normalWord] = (toggle.dataset.words ?? "").split("|");
    if (label) label.textContent = (large ? normalWord : elderWord) ?? "";
    toggle.href = toggle.href.replace(/view=\w+/, `view=${large ? "normal" : "elder"}`);
  });
}
