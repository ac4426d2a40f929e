/** What is noticed in a draft: by the checks, by who reviewed it, by the server that refused it. */
import { runChecks } from "../core/checks";
import {
  type Finding,
  type Override,
  REFUSED,
  REFUSED_BEFORE,
  type SoftKind,
  type Text,
  withOverride,
} from "../core/findings";
import { beside } from "../core/gate";
import { parsePeriod } from "../core/periods";
import { type Content, inContent, type Json, valueAt } from "../core/pointers";
import type { Draft, Refused } from "../keep/drafts";
import type { Posting } from "../keep/outbox";
import type { Note } from "../net/shapes";

/** What the machine notices in this draft, with the severities of its category. */
export function findingsOf(draft: Draft): Finding[] {
  const seen = runChecks(draft.form.checks ?? [], draft.content, {
    period: parsePeriod(draft.period),
    previous: draft.form.previous,
    yearToDate: draft.form.year_to_date,
  });
  return [
    ...seen.map((one) => withOverride(one, draft.overrides ?? [], "/content")),
    ...(draft.notes ?? []).map(noted),
    // What the phone sees itself stands there already, in the same words.
    ...stillRefused(draft).filter(
      ({ pointer, message }) =>
        !seen.some((one) => one.pointer === pointer && one.message.zh === message.zh),
    ),
  ];
}

/**
 * What the server refused stands at its place until that changes. It stops nobody: the server judges again, and what
 * was wrong may have been another place.
 */
function stillRefused({ refused, content }: Draft): Finding[] {
  return (refused ?? [])
    .filter(({ pointer, value }) => same(valueAt(content, pointer) ?? null, value))
    .map(({ pointer, detail, changed }) => ({
      check: changed ? REFUSED_BEFORE : REFUSED,
      severity: "warning",
      pointer,
      expected: null,
      actual: null,
      message: detail,
    }));
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the server would not take, with what stood there when it said so. */
export function refusedIn({ refusal, submission }: Posting): Refused[] {
  const errors = (refusal?.errors ?? []).map(({ pointer, detail }) => [pointer, detail] as const);
  return asRefused(errors, submission.content);
}

/** What the server says of places of a content, with what stands there. */
export function asRefused(
  found: readonly (readonly [string, Text])[],
  content: Content,
): Refused[] {
  return found
    .map(([pointer, detail]) => ({ pointer: inContent(pointer), detail }))
    .filter(({ pointer }) => pointer !== "")
    .map((one) => ({ ...one, value: valueAt(content, one.pointer) ?? null }));
}

/** What a reviewer wrote beside a line stands there like a finding; it stops nobody. */
const noted = ({ pointer, text }: Note): Finding => ({
  check: "review.note",
  severity: "warning",
  pointer,
  expected: null,
  actual: null,
  message: { zh: text, en: text },
});

/** What the gate for personal information sees in the texts beside the content; pointers as in what is sent. */
export function besideOf({ photos, reason, publish, form, overrides }: Draft): Finding[] {
  const boards = photos.filter((photo) => photo.role === "board");
  const texts = {
    photos: boards.map(({ caption }) => ({ caption: caption ?? "" })),
    reason,
    publish: { reason: publish.when === "at_once" ? (publish.reason ?? "") : "" },
  };
  return beside(texts, form.checks ?? []).map((one) => withOverride(one, overrides ?? [], ""));
}

/** What is asked for and still seen: a wish for words that are gone is no longer one. */
export function overridesOf(draft: Draft): Override[] {
  // Nobody confirms anything before what is published at once.
  if (draft.publish.when === "at_once") return [];
  return [...findingsOf(draft), ...besideOf(draft)]
    .filter((one) => one.override?.trim())
    .map(({ place, kind, override }) => ({
      pointer: place ?? "",
      kind: kind as SoftKind,
      reason: override?.trim() ?? "",
    }));
}
