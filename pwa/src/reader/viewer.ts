import { all, make, one, say } from "./page";
import { zoomable } from "./zoom";

/** Photos open over the page: pinch, swipe, keys; focus stays inside and returns where it was. */
export function viewer(): void {
  for (const strip of all("[data-photos]")) {
    const links = all<HTMLAnchorElement>("[data-photo]", strip);
    for (const [i, link] of links.entries()) {
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(links, i);
      });
    }
  }
}

function open(links: HTMLAnchorElement[], first: number): void {
  let shown = first;
  const before = document.activeElement as HTMLElement | null;
  const scrolled = window.scrollY;
  const dialog = make("div", "viewer");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  const stage = make("div", "stage");
  const image = document.createElement("img");
  const said = make("p", "said");
  said.setAttribute("aria-live", "polite");
  stage.append(image);
  const close = button("close");
  const zoomIn = button("zoom");
  const back = button("before");
  const next = button("next");
  const top = make("div", "tools");
  top.append(close, zoomIn);
  const bottom = make("div", "tools");
  bottom.append(back, next);
  dialog.append(top, stage, said, ...(links.length > 1 ? [bottom] : []));

  const go = (step: number): void => show((shown + step + links.length) % links.length);
  const zoom = zoomable(stage, image, go);
  const show = (i: number): void => {
    shown = i;
    const link = links[i];
    const alt = (link && one<HTMLImageElement>("img", link)?.alt) || "";
    const caption = link?.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
    image.src = link?.href ?? "";
    image.alt = alt;
    const place = say("photo", { i: i + 1, n: links.length });
    dialog.setAttribute("aria-label", place);
    said.textContent = [links.length > 1 ? place : "", (caption || alt).replace(/\s+/g, " ").trim()]
      .filter(Boolean)
      .join(" · ");
    zoom.reset();
  };
  const shut = (): void => {
    window.removeEventListener("popstate", shut);
    dialog.remove();
    for (const part of hidden) part.removeAttribute("aria-hidden");
    document.documentElement.style.overflow = "";
    window.scrollTo(0, scrolled);
    before?.focus({ preventScroll: true });
  };
  // The phone's back button closes the picture, not the page.
  const leave = (): void => history.back();

  close.addEventListener("click", leave);
  zoomIn.addEventListener("click", () => zoom.step());
  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else if (event.key === "+" || event.key === "=") zoom.step();
    else if (event.key === "Tab") trap(event, all<HTMLButtonElement>("button", dialog));
  });
  const hidden = [...document.body.children].filter((part) => !part.hasAttribute("aria-hidden"));
  for (const part of hidden) part.setAttribute("aria-hidden", "true");
  document.body.append(dialog);
  document.documentElement.style.overflow = "hidden";
  history.pushState({ viewer: true }, "");
  window.addEventListener("popstate", shut);
  show(first);
  close.focus();
}

function button(word: "close" | "zoom" | "before" | "next"): HTMLButtonElement {
  const made = make("button", "", say(word)) as HTMLButtonElement;
  made.type = "button";
  return made;
}

function trap(event: KeyboardEvent, buttons: HTMLButtonElement[]): void {
  const [first, last] = [buttons[0], buttons[buttons.length - 1]];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}
