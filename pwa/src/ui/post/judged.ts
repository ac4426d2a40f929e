/** What the phone notices in a draft while it is written: what is empty, and what does not fit. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { current } from "../../acts/drafting";
import { besideOf, findingsOf } from "../../acts/judging";
import { rested } from "../../acts/pausing";
import { type Finding, unchanged, waits } from "../../core/findings";
import { type Gap, gapsIn } from "../../core/form";
import type { Draft } from "../../keep/drafts";

export interface Judged {
  gaps: ReadonlySignal<readonly Gap[]>;
  findings: ReadonlySignal<readonly Finding[]>;
  /** What the gate sees in captions and in the reason. */
  beside: ReadonlySignal<readonly Finding[]>;
}

function judge(draft: Draft) {
  const fields = draft.form.form.steps.flatMap((step) => step.fields);
  const gaps = gapsIn(draft.content, fields);
  const findings = findingsOf(draft).filter((found) => !waits(found, gaps));
  return { gaps, findings, beside: besideOf(draft) };
}

/** What is due and is no field of the content: a photo of the board, and the reasons that some postings need. */
export function missingIn({ form, photos, corrects, reason, publish }: Draft) {
  return {
    photo: form.board_photo_required === true && !photos.some((photo) => photo.role === "board"),
    reason: corrects !== null && reason.trim() === "",
    urgent: publish.when === "at_once" && (publish.reason ?? "").trim() === "",
  };
}

/** Nothing is missing, and nothing has to be put right. */
export function clear(draft: Draft): boolean {
  const { gaps, findings, beside } = judge(draft);
  return (
    gaps.length === 0 &&
    ![...findings, ...beside].some((one) => one.severity === "blocking") &&
    !Object.values(missingIn(draft)).includes(true)
  );
}

/**
 * The judgement of the draft on the screen as it stood when typing paused: what is half typed is not judged, and most
 * keys change nothing about it; a judgement takes longer than a key may. What does not concern content, photos, reasons, wishes and refusals (the step) is not looked at.
 */
export function useJudged(): Judged {
  const [judged, follow] = useMemo(() => {
    let last = current.peek();
    const first = last ? judge(last) : { gaps: [], findings: [], beside: [] };
    const [gaps, findings, beside] = [
      signal<readonly Gap[]>(first.gaps),
      signal<readonly Finding[]>(first.findings),
      signal<readonly Finding[]>(first.beside),
    ];
    let waiting = false;
    const look = (): void => {
      waiting = false;
      last = current.peek();
      if (last === null) return;
      const found = judge(last);
      gaps.value = found.gaps;
      findings.value = unchanged(findings.peek(), found.findings);
      beside.value = unchanged(beside.peek(), found.beside);
    };
    const watch = () =>
      effect(() => {
        const draft = current.value;
        if (draft === null || waiting || !concerns(last, draft)) return;
        waiting = true;
        void rested().then(look);
      });
    return [{ gaps, findings, beside }, watch] as const;
  }, []);
  useEffect(follow, []);
  return judged;
}

const concerns = (before: Draft | null, now: Draft): boolean =>
  (["content", "photos", "reason", "publish", "overrides", "refused"] as const).some(
    (part) => before?.[part] !== now[part],
  );
