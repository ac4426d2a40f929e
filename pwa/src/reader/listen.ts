import { one, passing, say } from "./page";
import { partsOf } from "./spoken";

const SILENT_MS = 5000;

/** Reads the notice aloud with the device's own voice, part by part, and shows where it is; no voice, no button. */
export function listen(): void {
  const button = one<HTMLButtonElement>("[data-listen]");
  const voice = window.speechSynthesis as SpeechSynthesis | undefined;
  if (!button || !voice || typeof SpeechSynthesisUtterance === "undefined") return;
  const label = one("span", button);
  if (!label || !one("h1")) return;
  const start = label.textContent ?? "";
  let marked: Element | null = null;
  let silence = 0;
  const mark = (part: Element | null): void => {
    marked?.classList.remove("speaking");
    marked = part;
    part?.classList.add("speaking");
  };
  const stop = (): void => {
    clearTimeout(silence);
    voice.cancel();
    mark(null);
    label.textContent = start;
    button.setAttribute("aria-pressed", "false");
  };
  const mute = (): void => {
    if (button.getAttribute("aria-pressed") !== "true") return; // said once for all the parts that wait
    stop();
    passing(say("listen.not"));
  };
  const offer = (): void => {
    if (voice.getVoices().length > 0) button.hidden = false;
  };
  offer();
  voice.onvoiceschanged = offer; // most engines find their voices a moment later
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") {
      stop();
      return;
    }
    voice.cancel();
    button.setAttribute("aria-pressed", "true");
    label.textContent = button.dataset.stop ?? "";
    silence = window.setTimeout(mute, SILENT_MS);
    // Chosen now: what was opened since is read too.
    const parts = partsOf(document.documentElement.lang.startsWith("zh"));
    for (const [i, { element, text }] of parts.entries()) {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = document.documentElement.lang;
      said.rate = 0.9;
      said.onstart = () => {
        clearTimeout(silence);
        mark(element);
        element.scrollIntoView({ block: "nearest" });
      };
      said.onerror = ({ error }) => {
        if (error !== "canceled" && error !== "interrupted") mute();
      };
      if (i === parts.length - 1) said.onend = stop;
      voice.speak(said);
    }
  });
  window.addEventListener("pagehide", () => voice.cancel());
}
