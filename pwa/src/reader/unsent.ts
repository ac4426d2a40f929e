import { all, passing } from "./page";

const LONG_ENOUGH_TO_READ_MS = 8000;

/** A form that is sent without a script of its own stays where it is while the phone has no signal. */
export function unsent(): void {
  for (const form of all<HTMLFormElement>("form[data-offline]:not([data-ask])")) {
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      passing(form.dataset.offline ?? "", LONG_ENOUGH_TO_READ_MS);
    });
  }
}
