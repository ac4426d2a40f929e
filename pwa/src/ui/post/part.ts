/** Parts of the draft on the screen. */
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { current } from "../../acts/drafting";
import { valueAt } from "../../core/pointers";
import type { Draft } from "../../keep/drafts";

/**
 * A part of the draft on the screen, null without a draft. Who reads a part is drawn again when that part is another,
 * and not for every key in every field. `asked`: what `of` depends on besides the draft.
 */
export function usePart<T>(of: (draft: Draft) => T, asked: readonly unknown[] = []): T | null {
  const part = useMemo(() => computed(() => (current.value ? of(current.value) : null)), asked);
  return part.value;
}

/** What stands at a place of the content. */
export const useValueAt = (pointer: string) =>
  usePart((draft) => valueAt(draft.content, pointer), [pointer]) ?? undefined;
