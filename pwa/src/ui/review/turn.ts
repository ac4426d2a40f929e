/** Whose signature is waited for, how many are given, since when, who is next: accountant and reviewers read the same. */
import { momentText } from "../../core/dates";
import type { Waiting } from "../../core/turns";
import { language, say, t } from "../../messages";

/** Who is waited for: what stands on a chip. */
export const turnWho = (turn: Waiting): string => t("turn.who", { who: say(turn.words) });

/** How many have signed, since when, and who comes after: what stands beside the chip. */
export function turnRest(turn: Waiting): string {
  const { given, needed } = turn;
  const parts = [
    ...(needed > 1 ? [t("turn.signed", { given, needed })] : []),
    t("turn.since", { day: momentText(turn.since, language.value) }),
    // A list that was kept before an update has no later steps.
    ...(turn.then ?? []).map((step) => t("turn.then", { who: say(step) })),
  ];
  return parts.join(t("turn.comma"));
}

export const turnWords = (turn: Waiting): string =>
  `${turnWho(turn)}${t("turn.comma")}${turnRest(turn)}`;
