/** The notice on the screen, spoken with the device's own voice, as loud as the township set. */
import { signal } from "@preact/signals";
import { t } from "../../messages/kiosk";
import { point } from "./point";

/** Whether the device has a voice; engines find theirs a moment after the start. */
export const hasVoice = signal(false);
export const speaking = signal(false);
/** 0 to 10, changed by whoever stands here; null: as the township set it. */
export const volume = signal<number | null>(null);

/** An engine that says nothing for so long has stopped without a word. */
const SILENT_MS = 60_000;
let heardAt = 0;

const voice = (): SpeechSynthesis | undefined => window.speechSynthesis;

export function listenForVoices(): void {
  const engine = voice();
  if (engine === undefined) return;
  const look = (): void => {
    hasVoice.value = engine.getVoices().length > 0;
  };
  engine.addEventListener("voiceschanged", look);
  look();
}

export function hush(): void {
  voice()?.cancel();
  speaking.value = false;
  volume.value = null;
}

/** Whether the voice goes on; one that fell silent is switched off, so that the screen can rest. */
export function stillSpeaks(): boolean {
  if (speaking.value && performance.now() - heardAt > SILENT_MS) hush();
  return speaking.value;
}

export const loudness = (): number => volume.value ?? point.value?.volume ?? 6;

/** Speaks a notice part by part; a louder or softer part follows a change at once. */
export function readAloud(parts: readonly string[], from = 0): void {
  const engine = voice();
  const words = parts[from];
  if (engine === undefined || words === undefined) {
    speaking.value = false;
    return;
  }
  if (from === 0) engine.cancel();
  const said = new SpeechSynthesisUtterance(spoken(words));
  said.lang = "zh-CN";
  said.rate = 0.9;
  said.volume = loudness() / 10;
  said.onend = () => {
    if (speaking.value) readAloud(parts, from + 1);
  };
  said.onerror = () => {
    speaking.value = false;
  };
  heardAt = performance.now();
  speaking.value = true;
  engine.speak(said);
}

/** Amounts are spoken as numbers: −47,912.00 → 负47912. */
function spoken(words: string): string {
  return words
    .replace(/\s+/g, " ")
    .replace(/−/g, t("said.minus"))
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/(\d)\.00\b/g, "$1")
    .trim();
}
