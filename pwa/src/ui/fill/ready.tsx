/** What will go into the draft, in numbers, before it does. */
import type { Filling } from "../../acts/filling";
import { type Content, type Json, join, listAt } from "../../core/pointers";
import type { Draft } from "../../keep/drafts";
import { listed, say, t } from "../../messages";
import { Notice } from "../pieces";

type ReadyState = Extract<Filling, { at: "ready" }>;

interface Part {
  pointer: string;
  rows: number | null;
}

/** The lists of a read content, and its single values. */
function partsOf(content: Json, pointer = ""): Part[] {
  if (Array.isArray(content)) return [{ pointer, rows: content.length }];
  if (content === null || typeof content !== "object") return [{ pointer, rows: null }];
  return Object.entries(content).flatMap(([key, value]) => partsOf(value, join(pointer, key)));
}

/** The first list that was read, else the first value: where to look first. */
export function firstList(content: Content): string {
  const parts = partsOf(content);
  return (parts.find((part) => part.rows !== null) ?? parts[0])?.pointer ?? "";
}

export function Ready({ draft, ready }: { draft: Draft; ready: ReadyState }) {
  const parts = partsOf(ready.content);
  const fields = draft.form.form.steps.flatMap((step) => step.fields);
  const singles = parts.filter((part) => part.rows === null).length;
  const hidden = ready.back?.readHidden === false ? (ready.back?.hidden ?? []) : [];
  if (parts.length === 0) return <Notice icon="act" title={t("fill.nothing")} live />;
  return (
    <section>
      <div class="grp">
        <h2>{t("fill.ready")}</h2>
      </div>
      <dl class="sum-list">
        {singles > 0 && (
          <div>
            <dt>{t("fill.ready.singles")}</dt>
            <dd>{t("fill.ready.single", { n: singles })}</dd>
          </div>
        )}
        {parts
          .filter((part) => part.rows !== null)
          .map((part) => {
            const before = listAt(draft.content, part.pointer).length;
            const field = fields.find((one) => one.pointer === part.pointer);
            return (
              <div key={part.pointer}>
                <dt>{say(field?.label ?? null)}</dt>
                <dd>
                  {t("fill.ready.rows", { n: part.rows ?? 0 })}
                  {before > 0 && <small> {t("fill.ready.replaces", { n: before })}</small>}
                </dd>
              </div>
            );
          })}
      </dl>
      {hidden.length > 0 && <Notice icon="eye" title={t("fill.hidden")} />}
      {ready.skipped.length > 0 && (
        <p class="help">{t("fill.skipped", { cells: listed(ready.skipped) })}</p>
      )}
      <p class="help">{t("fill.note")}</p>
    </section>
  );
}
