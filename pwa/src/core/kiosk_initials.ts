/**
 * Pinyin initials of a title without a dictionary: the browser knows how Chinese is sorted, and with that between which
 * letters a character lies. A character with several readings has its usual one; the server knows the others.
 */

const LETTERS = "abcdefghjklmnopqrstwxyz";
/** The first character of each letter in that order; none begins with i, u or v. */
const FIRST = "阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀";

const order = new Intl.Collator("zh-CN-u-co-pinyin");

/** A few thousand characters are in use; asking the collation for each again would take seconds on a small machine. */
const known = new Map<string, string>();

function initial(character: string): string {
  const kept = known.get(character);
  if (kept !== undefined) return kept;
  const found = looked(character);
  known.set(character, found);
  return found;
}

function looked(character: string): string {
  if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
  if (!/[\u4e00-\u9fff]/.test(character)) return "";
  let found = "";
  for (const [n, first] of [...FIRST].entries()) {
    if (order.compare(character, first) < 0) break;
    found = LETTERS.charAt(n);
  }
  return found;
}

/** "低保名单" → "dbmd". Signs have none. */
export function initialsOf(title: string): string {
  return [...title].map(initial).join("");
}
