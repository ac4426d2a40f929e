/** Keys of our own: no system keyboard ever comes up on a query point. */
import { t } from "../../messages/kiosk";
import { Icon } from "../icons";

export const DIGITS = [..."123456789"];
export const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

interface KeypadProps {
  kind: "digits" | "letters";
  typed: string;
  most: number;
  onType: (typed: string) => void;
}

export function Keypad({ kind, typed, most, onType }: KeypadProps) {
  const press = (sign: string) => () => {
    if (typed.length < most) onType(typed + sign);
  };
  const keys = kind === "digits" ? DIGITS : [...LETTERS, ...DIGITS];
  return (
    <div class={`keys ${kind}`}>
      {keys.map((sign) => (
        <button type="button" key={sign} onClick={press(sign)}>
          {sign.toUpperCase()}
        </button>
      ))}
      {kind === "digits" && (
        <button type="button" class="word" onClick={() => onType("")}>
          {t("key.clear")}
        </button>
      )}
      <button type="button" onClick={press("0")}>
        0
      </button>
      <button
        type="button"
        class={kind === "digits" ? "" : "wide"}
        aria-label={t("key.delete")}
        onClick={() => onType(typed.slice(0, -1))}
      >
        <Icon name="erase" />
        {kind === "letters" && <span aria-hidden="true">{t("key.delete")}</span>}
      </button>
      {kind === "letters" && (
        <button type="button" class="wide word" onClick={() => onType("")}>
          {t("key.clear")}
        </button>
      )}
    </div>
  );
}
