/** How many exemptions and other deadlines wait for my decision: on the first screen of whoever may decide. */
import { actor } from "../../acts/session";
import { t } from "../../messages";
import { exemptionsWaiting } from "../../net/exempting";
import { Icon } from "../icons";
import { useAnswer } from "../pieces";

export function WaitingExemptions() {
  const role = actor.value?.role;
  return role === "auditor" || role === "editor" ? <Waiting /> : null;
}

function Waiting() {
  const found = useAnswer(exemptionsWaiting, `exemptions waiting ${actor.value?.account_id}`);
  // Without a network there is nothing to decide either: the list says so when it is opened.
  if (!found.answer) return null;
  return (
    <section class="remind" aria-labelledby="waiting-exemptions">
      <h2 id="waiting-exemptions">
        <Icon name="clock" />
        <a class="link" href="/app/grid/exemptions">
          {t("exemptions.waiting.mine", { n: found.answer })}
        </a>
      </h2>
    </section>
  );
}
