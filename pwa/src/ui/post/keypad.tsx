/** The keypad for amounts. It writes into whichever money field has the focus, and never takes the focus away. */
import { signal } from "@preact/signals";
import type { Key } from "../../core/money";
import { t } from "../../messages";
import { Icon } from "../icons";

export interface MoneyTarget {
  press: (key: Key) => void;
  next: () => void;
  close: () => void;
}

/** The money field that is being typed into; null when none is. */
export const target = signal<MoneyTarget | null>(null);

/** A thumb, not a mouse: then the system's keyboard stays away and ours appears. */
export const byThumb = (): boolean => window.matchMedia?.("(pointer: coarse)").matches ?? false;

const stay = (event: Event): void => event.preventDefault();

export function Keypad() {
  const field = target.value;
  if (field === null || !byThumb()) return null;
  const digit = (key: Key) => (
    <button type="button" onClick={() => field.press(key)}>
      {key}
    </button>
  );
  return (
    <fieldset class="keys" aria-label={t("keys.name")} onPointerDown={stay} onMouseDown={stay}>
      {digit("1")}
      {digit("2")}
      {digit("3")}
      <button type="button" aria-label={t("keys.back")} onClick={() => field.press("back")}>
        <Icon name="erase" />
      </button>
      {digit("4")}
      {digit("5")}
      {digit("6")}
      <button type="button" aria-label={t("keys.sign")} onClick={() => field.press("sign")}>
        ±
      </button>
      {digit("7")}
      {digit("8")}
      {digit("9")}
      <button type="button" class="w" onClick={() => field.close()}>
        {t("keys.close")}
      </button>
      {digit("00")}
      {digit("0")}
      <button type="button" aria-label={t("keys.point")} onClick={() => field.press(".")}>
        .
      </button>
      <button type="button" class="go" onClick={() => field.next()}>
        {t("keys.next")}
      </button>
    </fieldset>
  );
}
