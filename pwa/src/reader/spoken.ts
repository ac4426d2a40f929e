import { all, one } from "./page";

/** What is read one after the other; what stands inside another of them is read with it. */
const PARTS = [
  "h1, main h2, main h3, .sheet p, .miss p, .saying p, .say li, section > dl > div, .pairs dt, .told p, .proof p, .ent",
  ".first > .left, .noted, .money tbody tr, .qa .q, .qa .said, .paid, .win, .chart",
  "main > section > p, .col > section > p, main section > ul > li",
].join();

/** Buttons and links beside the text, drawings, hints for the finger, and what is folded away. */
const UNSPOKEN =
  "svg, button, .btn, .link:not([href^='tel:']), .came, .hint, .sign, .in, .cnt, .lab small, [hidden], [aria-hidden]";
/** They are set apart for the eye and stand in the middle of a sentence. */
const IN_A_SENTENCE = "one-line, .phrase, .n, b, a[href^='tel:']";

export interface Part {
  element: HTMLElement;
  text: string;
}

/** The page in the order in which it is read aloud; a heading with nothing to read below it is left out. */
export function partsOf(chinese: boolean): Part[] {
  const chosen = all(PARTS).filter(
    (part) => !part.parentElement?.closest(`${PARTS}, details:not([open])`) && shown(part),
  );
  const parts = chosen
    .map((element) => ({ element, text: spoken(element, chinese) }))
    .filter((part) => part.text !== "");
  const said: Part[] = [];
  for (const part of parts.reverse()) {
    const own = level(part.element);
    const next = said[0] ? level(said[0].element) : own;
    if (own < 2 || next === 0 || next > own) said.unshift(part);
  }
  return said;
}

const shown = (part: HTMLElement): boolean =>
  !part.matches(".hint, [aria-hidden]") &&
  (part.offsetParent !== null || !/^(DIV|P|LI|D[TD]|H\d)$/.test(part.tagName));

const level = ({ tagName }: HTMLElement): number => Number(/^H([1-6])$/.exec(tagName)?.[1] ?? 0);

/** One part as it is said: amounts as numbers with their unit, a telephone figure by figure, pauses where lines end. */
export function spoken(part: HTMLElement, chinese: boolean): string {
  const pause = chinese ? "，" : ", ";
  const pieces =
    part.tagName === "TR"
      ? row(part as HTMLTableRowElement, chinese)
      : part.tagName === "DT"
        ? [words(part), part.nextElementSibling ? words(part.nextElementSibling) : ""]
        : [part.getAttribute("aria-label") ?? words(part)];
  return pieces
    .filter((piece) => piece !== "")
    .join("|")
    .replace(/\s+/g, " ")
    .replace(/[ |]*[|·・][ |·・]*/g, "|")
    .replace(/^\||\|$/g, "")
    .replace(/([：:，,。；;？?！!])\|/g, "$1")
    .replace(/\|/g, pause)
    .replace(/\b0\d{2,3}-\d{7,8}\b|\b1\d{10}\b/g, (number) =>
      number.replace(/\D?(\d)/g, "$1 ").trim(),
    )
    .replace(/−/g, chinese ? "负" : "minus ")
    .replace(/(\d),(?=\d{3})/g, "$1")
    .replace(/¥(\d+(?:\.\d\d)?)/g, chinese ? "$1元" : "$1 yuan")
    .replace(/(\d)\.00(?!\d)/g, "$1")
    .trim();
}

/** A line of a table: of accounts its name, this period's amount and, where it is open, its entries; of a list each column, figures with its name. */
function row(line: HTMLTableRowElement, chinese: boolean): string[] {
  const [first, ...cells] = [...line.cells];
  if (!first) return [];
  const name = words(one(".lab", first) ?? first);
  const amount = cells[0]?.textContent ?? "";
  const table = line.closest("table");
  if (AMOUNT.test(amount) && !table?.classList.contains("roll")) {
    if (amount === "0.00") return [];
    // A line that was opened is read with its entries.
    const entries = all("details[open] .e1 > *", first).map((each) => money(words(each), chinese));
    return [name, money(amount, chinese), ...entries];
  }
  const heads = [...(table?.tHead?.rows[0]?.cells ?? [])].slice(1);
  const said = cells.map((cell, i) => {
    const text = words(cell);
    const head = heads[i];
    return `${head && FIGURE.test(text) ? words(head) : ""} ${money(text, chinese)}`.trim();
  });
  return said.some((text) => text !== "") ? [name, ...said] : [];
}

const AMOUNT = /^−?[\d,]+\.\d\d$/;
const FIGURE = /^−?\d[\d,.]*$/;

const money = (text: string, chinese: boolean): string =>
  AMOUNT.test(text) ? `${text}${chinese ? "元" : " yuan"}` : text;

/** An element's words with a `|` wherever the eye sees a new line or a gap. */
function words(element: Element): string {
  let text = "";
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.textContent;
    if (!(child instanceof HTMLElement) || child.matches(UNSPOKEN)) continue;
    const gap =
      /^(BR|SMALL)$/.test(child.tagName) ||
      (!child.matches(IN_A_SENTENCE) && getComputedStyle(child).display !== "inline");
    const edge = gap ? "|" : child.matches(".n") ? " " : "";
    text += edge + words(child) + edge;
  }
  return text;
}
