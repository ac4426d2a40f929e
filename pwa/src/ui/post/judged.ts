/** What the phone notices in a draft while it is written: what is empty, and what does not fit. */
import { useEffect, useRef, useState } from "preact/hooks";
import { besideOf, findingsOf } from "../../acts/judging";
import { painted } from "../../acts/painted";
import { type Finding, waits } from "../../core/findings";
import { type Gap, gapsIn } from "../../core/form";
import type { Draft } from "../../keep/drafts";

export interface Judged {
  gaps: Gap[];
  findings: Finding[];
  /** What the gate sees in captions and in the reason. */
  beside: Finding[];
}

const NOTHING: Judged = { gaps: [], findings: [], beside: [] };

export function judge(draft: Draft): Judged {
  const fields = draft.form.form.steps.flatMap((step) => step.fields);
  const gaps = gapsIn(draft.content, fields);
  const findings = findingsOf(draft).filter((found) => !waits(found, gaps));
  return { gaps, findings, beside: besideOf(draft) };
}

/** Nothing is empty, and nothing has to be put right. */
export const clear = ({ gaps, findings, beside }: Judged): boolean =>
  gaps.length === 0 && ![...findings, ...beside].some((one) => one.severity === "blocking");

/**
 * The judgement of a draft as it stood at the last frame: a key is seen before anything is checked. What does not
 * concern content, photos, reasons and wishes (the step) changes nothing about it.
 */
export function useJudged(draft: Draft | null): Judged {
  const [judged, setJudged] = useState<Judged>(() => (draft ? judge(draft) : NOTHING));
  const newest = useRef(draft);
  const first = useRef(true);
  newest.current = draft;
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    let here = true;
    void painted().then(() => {
      if (!here) return;
      const found = newest.current ? judge(newest.current) : NOTHING;
      // Most keys change nothing about it, and then nothing is drawn again.
      setJudged((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    });
    return () => {
      here = false;
    };
  }, [draft?.content, draft?.photos, draft?.reason, draft?.publish, draft?.overrides]);
  return judged;
}
