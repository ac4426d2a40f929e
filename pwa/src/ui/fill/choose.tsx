/** Where the table comes from: our template filled in, somebody's own file, or the clipboard. */
import { useRef, useState } from "preact/hooks";
import { type ChosenFile, filling, forgetFile, readFile, readPasted } from "../../acts/filling";
import { momentText } from "../../core/dates";
import type { Draft } from "../../keep/drafts";
import { language, say, t } from "../../messages";
import type { Problem } from "../../net/client";
import { templateAddress } from "../../net/questions";
import { Icon } from "../icons";
import { Notice } from "../pieces";

interface Props {
  draft: Draft;
  waiting: ChosenFile | null;
  refused: Problem | null;
}

/** What the township imported for this village: one tap, and it is looked at like any other table. */
function Prepared({ prepared }: { prepared: NonNullable<Draft["form"]["prepared"]> }) {
  const use = (): void => {
    filling.value = { at: "ready", content: prepared.content, skipped: [], back: null };
  };
  return (
    <Notice icon="people" title={t("ledger.prepared", { n: prepared.rows })}>
      <p>
        {t("ledger.prepared.note", {
          name: prepared.loaded_by_name,
          file: prepared.name,
          when: momentText(prepared.loaded_at, language.value),
        })}
      </p>
      <button type="button" class="btn" onClick={use}>
        {t("ledger.prepared.use")}
      </button>
    </Notice>
  );
}

export function Choose({ draft, waiting, refused }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [empty, setEmpty] = useState(false);
  const read = (text: string, html: string): void => setEmpty(!readPasted(text, html));
  return (
    <>
      {refused && (
        <Notice icon="act" title={t("fill.refused")} live>
          <p>{say(refused.detail)}</p>
          {refused.errors.length > 0 && (
            <ul class="errors">
              {refused.errors.map((error) => (
                <li key={`${error.cell} ${say(error.detail)}`}>
                  {error.cell && <b>{error.cell}</b>} {say(error.detail)}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {draft.form.prepared && <Prepared prepared={draft.form.prepared} />}
      {waiting && (
        <Notice icon="noSignal" title={t("fill.waiting")} live>
          <p>{t("fill.waiting.note", { name: waiting.name })}</p>
          <button type="button" class="btn" onClick={() => void readFile(waiting)}>
            {t("fill.waiting.read", { name: waiting.name })}
          </button>
          <p>
            <button type="button" class="link quiet" onClick={() => void forgetFile()}>
              {t("fill.waiting.drop")}
            </button>
          </p>
        </Notice>
      )}
      <section>
        <p class="small soft">
          {say(draft.title)}
          <br />
          {t("fill.note")}
        </p>
        <a class="btn block" href={templateAddress(draft.category)} download>
          <Icon name="download" />
          {t("fill.template")}
        </a>
        <p class="help">{t("fill.template.help")}</p>
      </section>
      <section>
        <div class="taker">
          <label class="btn" for="fill-file">
            <Icon name="grid" />
            {t("fill.file")}
            <input
              id="fill-file"
              class="vh"
              type="file"
              accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              onChange={(event) => {
                const input = event.currentTarget;
                const file = input.files?.[0];
                input.value = "";
                if (file) {
                  void file.arrayBuffer().then((data) => readFile({ name: file.name, data }));
                }
              }}
            />
          </label>
        </div>
        <p class="help">{t("fill.file.help")}</p>
      </section>
      <section>
        <div class="field">
          <label for="fill-paste">{t("fill.paste")}</label>
          <p class="help" id="fill-paste-help">
            {t("fill.paste.help")}
          </p>
          <textarea
            id="fill-paste"
            ref={area}
            rows={4}
            aria-describedby="fill-paste-help"
            onPaste={(event) => {
              const held = event.clipboardData;
              const html = held?.getData("text/html") ?? "";
              const text = held?.getData("text/plain") ?? "";
              if (!/<table/i.test(html) && !text.includes("\t")) return;
              event.preventDefault();
              read(text, html);
            }}
          />
        </div>
        {empty && <p role="alert">{t("fill.paste.none")}</p>}
        <p class="pair">
          <button type="button" class="btn" onClick={() => read(area.current?.value ?? "", "")}>
            {t("fill.paste.read")}
          </button>
        </p>
      </section>
    </>
  );
}
