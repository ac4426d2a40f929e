/** Which notices tell of one thing with this one: linked and taken out at any time, also after publication. */
import { useState } from "preact/hooks";
import { momentText } from "../../core/dates";
import { language, type Message, t } from "../../messages";
import type { LinkedNotice, Matter } from "../../net/matter_shapes";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { FormDialog } from "../people/parts";
import { Failure, Skeleton, useAnswer } from "../pieces";
import { Linking } from "./linking";
import { Renaming } from "./renaming";

/** Where a notice stands and since when, or from when on, it is open. */
export function standingOf(notice: { stage: string; opens_at: string | null }): string {
  const stages = ["scheduled", "open", "archived", "hidden", "expired", "withdrawn"];
  const stage = stages.includes(notice.stage) ? notice.stage : "open";
  const when = notice.opens_at ? momentText(notice.opens_at, language.value) : "";
  return t(`mat.stage.${stage}` as Message, { when });
}

export function Matters({ disclosure }: { disclosure: string }) {
  const found = useAnswer(() => api.matters(disclosure), `matters ${disclosure} ${language.value}`);
  // The matter that another notice is added to; "new" begins one.
  const [adding, setAdding] = useState<Matter | "new" | null>(null);
  const [ending, setEnding] = useState<{ matter: Matter; notice: LinkedNotice } | null>(null);
  const [renaming, setRenaming] = useState<Matter | null>(null);
  const [said, setSaid] = useState("");
  const matters = found.answer?.matters ?? [];
  return (
    <section aria-labelledby="matters">
      <div class="head">
        <h2 id="matters">{t("mat.title")}</h2>
      </div>
      <p class="small soft">{t("mat.lead")}</p>
      <p class={said ? "done" : "vh"} role="status">
        {said}
      </p>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : found.answer === null ? (
        <Skeleton lines={2} />
      ) : (
        <>
          {matters.length === 0 && <p>{t("mat.none")}</p>}
          {matters.map((matter) => (
            <OneMatter
              key={matter.id}
              matter={matter}
              add={() => setAdding(matter)}
              rename={() => setRenaming(matter)}
              end={(notice) => setEnding({ matter, notice })}
            />
          ))}
          <button type="button" class="btn block" onClick={() => setAdding("new")}>
            <Icon name="plus" />
            {t(matters.length === 0 ? "mat.first" : "mat.new")}
          </button>
        </>
      )}
      {adding !== null && (
        <Linking
          disclosure={disclosure}
          matter={adding === "new" ? null : adding}
          close={(linked) => {
            setAdding(null);
            if (linked) setSaid(t("mat.done"));
            found.again();
          }}
        />
      )}
      {renaming && (
        <Renaming
          matter={renaming}
          close={(renamed) => {
            setRenaming(null);
            if (renamed) setSaid(t("mat.renamed"));
            found.again();
          }}
        />
      )}
      {ending && (
        <FormDialog
          title={t("mat.remove.title", { name: ending.matter.name })}
          words={t("mat.remove")}
          close={() => setEnding(null)}
          send={async () => {
            await api.unlink(ending.notice.link_id);
            setEnding(null);
            setSaid(t("mat.removed"));
            found.again();
          }}
        >
          <p>{t("mat.remove.note", { title: ending.notice.title })}</p>
        </FormDialog>
      )}
    </section>
  );
}

interface OneProps {
  matter: Matter;
  add: () => void;
  rename: () => void;
  end: (notice: LinkedNotice) => void;
}

function OneMatter({ matter, add, rename, end }: OneProps) {
  return (
    <div class="matter">
      <div class="head">
        <h3>{matter.name}</h3>
        <button
          type="button"
          class="btn small"
          aria-label={t("mat.rename.of", { name: matter.name })}
          onClick={rename}
        >
          {t("mat.rename")}
        </button>
      </div>
      <ul>
        {matter.notices.map((notice) => (
          <li key={notice.link_id} class="device">
            <span>
              <b>{t(`mat.${notice.phase}`)}</b> {notice.title}
              <small>
                {notice.here && `${t("mat.here")} · `}
                {standingOf(notice)}
              </small>
            </span>
            <button
              type="button"
              class="btn small"
              aria-label={t("mat.remove.of", { title: notice.title })}
              onClick={() => end(notice)}
            >
              {t("mat.remove")}
            </button>
          </li>
        ))}
      </ul>
      {matter.notices.length === 1 && <p class="small soft">{t("mat.alone")}</p>}
      <button type="button" class="link" onClick={add}>
        <Icon name="plus" />
        {t("mat.add")}
      </button>
    </div>
  );
}
