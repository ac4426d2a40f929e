import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { capitals, editable, formatFen, parseYuan, press } from "../../core/money";
import { language, t } from "../../messages";
import { byThumb, target } from "./keypad";

interface Props {
  label: string;
  value: number | null;
  onChange: (fen: number | null) => void;
  /** Ids of the words that explain this field. */
  describedBy?: string | undefined;
  bad?: boolean;
  help?: string;
  /** A few words under the label: where the amount comes from. */
  note?: string | undefined;
  /** Shown instead of a plain label, for a row that opens. */
  heading?: preact.ComponentChildren;
}

/** The next money field on the page takes the focus; after the last one the keypad goes away. */
function goToNext(from: HTMLElement): void {
  const all = [...document.querySelectorAll<HTMLInputElement>("input[data-money]")];
  const following = all[all.indexOf(from as HTMLInputElement) + 1];
  if (following) following.focus();
  else from.blur();
}

/** An amount in yuan: what was typed stays as typed while the field has the focus, with 大写 underneath. */
export function MoneyField({
  label,
  value,
  onChange,
  describedBy,
  bad,
  help,
  note,
  heading,
}: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const typed = useRef("");
  /** Until the first press the old amount stands selected: a digit replaces it, 退格 edits it. */
  const untouched = useRef(true);
  const [active, setActive] = useState(false);
  const [shown, setShown] = useState("");
  const wrong = active && shown !== "" && shown !== "-" && parseYuan(shown) === null;

  const write = (text: string): void => {
    typed.current = text;
    setShown(text);
    const fen = parseYuan(text);
    if (text === "" || fen !== null) onChange(text === "" ? null : fen);
  };
  useLayoutEffect(() => {
    // Once the amount stands without its commas: changing it would end the selection, and a digit would be added to it.
    if (active) input.current?.select();
  }, [active]);
  const begin = (): void => {
    typed.current = editable(value);
    untouched.current = true;
    setShown(typed.current);
    setActive(true);
    const field = input.current;
    if (!field) return;
    target.value = {
      press: (key) => {
        const from = untouched.current && key !== "back" && key !== "sign" ? "" : typed.current;
        untouched.current = false;
        write(press(from, key));
      },
      next: () => goToNext(field),
      close: () => field.blur(),
    };
    // The field stands above the keypad, not under it.
    if (byThumb()) setTimeout(() => field.scrollIntoView?.({ block: "center" }), 50);
  };
  const end = (): void => {
    // A tap on a button takes the focus before it becomes a click: what would move the button waits for it.
    setTimeout(() => {
      const now = document.activeElement as HTMLElement | null;
      if (now !== input.current) setActive(false);
      if (!now?.dataset?.money) target.value = null;
    }, 160);
  };

  return (
    <div class={`fld${active ? " act" : ""}${bad ? " bad" : ""}`}>
      {heading ?? (
        <div class="fld-name">
          <label for={id}>{label}</label>
          {note && <small id={`${id}-n`}>{note}</small>}
        </div>
      )}
      <input
        ref={input}
        id={id}
        data-money="1"
        class={value === null && !active ? "empty" : ""}
        type="text"
        inputMode={byThumb() ? "none" : "decimal"}
        autocomplete="off"
        spellcheck={false}
        enterKeyHint="next"
        placeholder={t("money.empty")}
        aria-label={heading ? label : undefined}
        aria-invalid={bad || wrong ? true : undefined}
        aria-describedby={
          [describedBy, note ? `${id}-n` : "", active ? `${id}-c` : "", help ? `${id}-h` : ""]
            .filter(Boolean)
            .join(" ") || undefined
        }
        value={active ? shown : value === null ? "" : formatFen(value)}
        onFocus={begin}
        onBlur={end}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          goToNext(event.currentTarget);
        }}
      />
      {help && (
        <p class="help" id={`${id}-h`}>
          {help}
        </p>
      )}
      {active && (
        <p class="daxie" id={`${id}-c`}>
          <span>{wrong ? t("money.wrong") : t("money.capitals")}</span>
          {!wrong && value !== null && (
            <b lang={language.value === "en" ? "zh-CN" : undefined}>{capitals(value)}</b>
          )}
        </p>
      )}
    </div>
  );
}
