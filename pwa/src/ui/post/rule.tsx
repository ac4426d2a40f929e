/** What the rules say about this posting: by when and for how long, and which law asks for it, in its words. */
import { useState } from "preact/hooks";
import { longDay } from "../../core/dates";
import { language, say, t } from "../../messages";
import { Icon } from "../icons";
import { Dialog } from "../pieces";
import { usePart } from "./part";

export function RuleWords() {
  const [open, setOpen] = useState(false);
  const form = usePart((draft) => draft.form);
  if (!form?.rule) return null;
  return (
    <>
      <button type="button" class="link" onClick={() => setOpen(true)}>
        <Icon name="book" />
        {t("rule.open")}
      </button>
      {open && (
        <Dialog title={t("rule.open")} kind="slide" onClose={() => setOpen(false)}>
          {form.due_on && (
            <p>
              <b>{t("rule.due", { day: longDay(form.due_on, language.value) })}</b>
            </p>
          )}
          <p>{say(form.rule)}</p>
          <ul class="laws">
            {(form.legal_basis ?? []).map((law) => (
              <li key={law.title.zh}>
                <b>
                  {t("rule.law", { name: say(law.title) })}
                  {law.article && t("rule.article", { n: law.article })}
                </b>
                {law.note && <p class="help">{say(law.note)}</p>}
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
