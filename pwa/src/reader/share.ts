import { all, passing, say } from "./page";

/** Hands the page's address to the phone's own share sheet, or to the clipboard. */
export function share(): void {
  const url = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href;
  for (const button of all<HTMLButtonElement>("[data-share]")) {
    const canShare = typeof navigator.share === "function";
    if (!canShare && navigator.clipboard === undefined) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const data = { title: document.title, text: button.dataset.title ?? "", url };
      const done = canShare
        ? navigator.share(data)
        : navigator.clipboard.writeText(url).then(() => passing(say("copied")));
      done.catch(() => undefined); // closed without sharing
    });
  }
}

/** Prints with every line open, and closes them again. */
export function print(): void {
  for (const button of all<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = all<HTMLDetailsElement>("details:not([open])");
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
}
