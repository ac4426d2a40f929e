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
