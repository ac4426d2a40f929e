/** What every island asks of the page it stands in. */

/** The element, or null: an island that finds nothing does nothing. */
export function one<E extends Element = HTMLElement>(
  selector: string,
  root: ParentNode = document,
): E | null {
  return root.querySelector<E>(selector);
}

export function all<E extends Element = HTMLElement>(
  selector: string,
  root: ParentNode = document,
): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

let words: Record<string, string> | undefined;

/** A message of the page's language, with its places filled. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  words ??= JSON.parse(one("#words")?.textContent || "{}") as Record<string, string>;
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** An element with words in it; never markup. */
export function make(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Says something in passing, to eyes and to screen readers. */
export function passing(text: string, milliseconds = 4000): void {
  const note = make("p", "passing", text);
  note.setAttribute("role", "status");
  document.body.append(note);
  setTimeout(() => note.remove(), milliseconds);
}

/** How long an address stands that could not be copied and is copied by hand. */
export const LONG_ENOUGH_TO_COPY_MS = 20_000;

/** Copies: by the clipboard; on plain http and in apps that forbid it, by the older way. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "vh") as HTMLTextAreaElement;
    field.value = text;
    field.readOnly = true; // no keyboard comes up
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** A time in Shanghai, whatever the device believes: 10月16日 9:41. */
export function clock(moment: number): string {
  const lang = document.documentElement.lang;
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    timeZone: "Asia/Shanghai",
    month: lang === "en" ? "short" : "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(moment);
}
