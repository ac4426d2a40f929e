/** Says of what is shown without a signal how old it is, and offers to ask again. */
import { momentText } from "../core/dates";
import { language, t } from "../messages";

export function KeptNote({ at, again }: { at: number | null; again: () => void }) {
  if (at === null) return null;
  const when = momentText(new Date(at).toISOString(), language.value);
  return (
    <p class="print-note" role="status">
      {t("desk.kept", { when })}{" "}
      <button type="button" class="link" onClick={again}>
        {t("retry")}
      </button>
    </p>
  );
}
