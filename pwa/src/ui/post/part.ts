/** Parts of the draft on the screen. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { current, drawn } from "../../acts/drafting";
import { valueAt } from "../../core/pointers";
import type { Draft } from "../../keep/drafts";

/**
 * A part of the draft on the screen, null without a draft. Who reads a part is drawn again when that part is another,
 * and not for every key in every field. `asked`: what `of` depends on besides the draft.
 *
 * Drawn again by what is due, but always from the newest: what was typed meanwhile is never taken back.
 */
export function usePart<T>(of: (draft: Draft) => T, asked: readonly unknown[] = []): T | null {
  const [due, newest] = useMemo(() => {
    const part = (draft: Draft | null) => (draft ? of(draft) : null);
    return [computed(() => part(drawn.value)), () => part(current.peek())] as const;
  }, asked);
  const drawnFrom = due.value;
  return current.peek() === drawn.peek() ? drawnFrom : newest();
}

/** What stands at a place of the content. */
export const useValueAt = (pointer: string) =>
  usePart((draft) => valueAt(draft.content, pointer), [pointer]) ?? undefined;
