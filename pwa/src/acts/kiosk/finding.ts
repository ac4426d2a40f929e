/** The search without a network: one kept notice after the other is read and let go, so that nothing of it stays in memory. */
import { shownAs } from "../../core/kiosk_notices";
import { isTitled, type Line, linesOf, linesWith } from "../../core/kiosk_search";
import * as keep from "../../keep/kiosk";
import type { FindableIn, Hit, HitLine, KeptCard } from "../../net/kiosk";
import { villages } from "./contents";

/** As many as the server answers at once, and as many of a notice's lines. */
const MOST = 10;
const LINES = 3;

const opened = ({ card }: { card: KeptCard }): number => Date.parse(card.opened_at ?? "");

/** Notices that may be shown `now` and hold what was pressed, the newest first; ends early once nobody wants it. */
export async function findKept(
  typed: string,
  now: number,
  isWanted: () => boolean,
): Promise<{ total: number; items: Hit[] }> {
  const findable = (await keep.own("findable")) ?? {};
  const shown = villages.value
    .flatMap(({ code, name, cards }) => cards.map((card) => ({ card, code, name })))
    .filter(({ card }) => shownAs(card, now) !== null)
    .sort((a, b) => opened(b) - opened(a));
  const items: Hit[] = [];
  let total = 0;
  for (const { card, code, name } of shown) {
    if (!isWanted()) break;
    const lines = await linesIn(card, typed, findable);
    const titled = isTitled(card.title, typed) || isTitled(card.title_en ?? "", typed);
    if (!titled && lines.length === 0) continue;
    total += 1;
    if (items.length === MOST) continue;
    items.push({
      card,
      division: code,
      division_name: name,
      lines: lines.slice(0, LINES).map(whole),
      lines_more: Math.max(0, lines.length - LINES),
    });
  }
  return { total, items };
}

async function linesIn(card: KeptCard, typed: string, findable: FindableIn): Promise<Line[]> {
  const rule = findable[card.category];
  if (rule === undefined || rule.searchable.length === 0) return [];
  const { sheet } = (await keep.notice(card.disclosure_id).catch(() => null)) ?? {};
  return sheet ? linesWith(linesOf(sheet.sections, rule), typed) : [];
}

const whole = ({ pointer, fields }: Line): HitLine => ({
  pointer,
  excerpt: [{ text: fields.join(" "), hit: false }],
});
