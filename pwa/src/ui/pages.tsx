/** Lists that come in pages, and the button that reads on. */
import { useState } from "preact/hooks";
import { t } from "../messages";
import { Notice, problemWords, useAnswer } from "./pieces";

/** The pages of a list that were read so far; `more` reads the next one, null when there is none. */
export function usePages<Page extends { next: string | null }>(
  ask: (cursor?: string) => Promise<Page>,
  key: string,
) {
  const first = useAnswer(() => ask(), key);
  // Pages after another first page are not of this list any more.
  const [later, setLater] = useState<{ of: Page | null; pages: Page[] }>({ of: null, pages: [] });
  const begun = first.answer === null ? [] : [first.answer];
  const pages = [...begun, ...(later.of === first.answer ? later.pages : [])];
  const cursor = pages[pages.length - 1]?.next ?? null;
  const more = async (from: string): Promise<void> => {
    const page = await ask(from);
    setLater({ of: first.answer, pages: [...pages.slice(1), page] });
  };
  return { ...first, pages, more: cursor === null ? null : () => more(cursor) };
}

/** What moved while a list was read can stand on two pages: it is shown once, as it was read last. */
export function onceEach<Line extends { id: string }>(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [line.id, line])).values()];
}

export function ShowMore({ more }: { more: (() => Promise<void>) | null }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (more === null) return null;
  const press = async (): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      await more();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label={t("pages.more")}>
      {error !== null && <Notice icon="act" title={problemWords(error)} live />}
      <button type="button" class="btn block" disabled={busy} onClick={() => void press()}>
        {t("pages.more")}
      </button>
    </section>
  );
}
