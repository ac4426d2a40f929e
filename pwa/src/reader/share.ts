import { all, copied, LONG_ENOUGH_TO_COPY_MS, passing, say } from "./page";

/** Hands the page's address to the phone's own share sheet, or to the clipboard, or shows it. */
export function share(): void {
  const url = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href;
  for (const button of all<HTMLButtonElement>("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => hand(url, button.dataset.title ?? ""));
  }
}

async function hand(url: string, text: string): Promise<void> {
  if (typeof navigator.share === "function") {
    try {
      await navigator.share({ title: document.title, text, url });
      return;
    } catch (refused) {
      if ((refused as DOMException).name === "AbortError") return; // closed without sharing
    }
  }
  if (await copied(url)) passing(say("copied"));
  else passing(say("address", { url }), LONG_ENOUGH_TO_COPY_MS);
}

/** Prints with every line open, and closes them again. */
export function print(): void {
  let opened: HTMLDetailsElement[] = [];
  let heard = false;
  window.addEventListener("beforeprint", () => {
    heard = true;
    opened = all<HTMLDetailsElement>("details:not([open])");
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
  for (const button of all<HTMLButtonElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      heard = false;
      window.print?.();
      // In a chat app's browser nothing happens, not even an error.
      setTimeout(() => {
        if (!heard) passing(say("print.not"));
      }, 500);
    });
  }
}
