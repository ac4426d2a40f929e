import { momentText } from "../../core/dates";
import { language, say, t } from "../../messages";
import type { Waiting } from "../../net/shapes";

/** Whose signature is waited for, how many are given, since when: the accountant and the reviewers read the same. */
export function turnWords(turn: Waiting): string {
  return t("review.turn", {
    who: say(turn.words),
    given: turn.given,
    needed: turn.needed,
    day: momentText(turn.since, language.value),
  });
}
