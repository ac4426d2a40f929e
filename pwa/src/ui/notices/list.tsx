/** Notices from offices: what was written for this area, how each stands, and writing another. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import type { SiteNoticeLine, SiteNoticeState } from "../../net/site_notice_shapes";
import * as api from "../../net/site_notices";
import { NothingFound, Pager, Search, usePlace } from "../finder";
import type { IconName } from "../icons";
import { Choice, FormDialog, ListDesk } from "../people/parts";
import { Notice, StatusChip, type Tone, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { NoticeTitle, Paragraphs } from "./face";
import { WriteNotice } from "./write";

const STATES: readonly SiteNoticeState[] = ["coming", "shown", "over"];
const FACES: { [state in SiteNoticeState]: [IconName, Tone] } = {
  coming: ["clock", "up"],
  shown: ["ok", "ok"],
  over: ["struckRing", "ink"],
};
type Open = { act: "write" } | { act: "change" | "end"; line: SiteNoticeLine };

export function Notices() {
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState<api.SiteNoticesWanted>({ q: "", state: "" });
  const place = usePlace<string>();
  const list = useAnswer(
    () => api.siteNotices(wanted, place.cursor),
    `notices ${JSON.stringify(wanted)} ${place.cursor}`,
  );
  const [open, setOpen] = useState<Open | null>(null);
  const writes = actor.value?.role === "editor" || actor.value?.role === "administrator";
  const ask = (change: Partial<api.SiteNoticesWanted>): void => {
    place.begin();
    setWanted({ ...wanted, ...change });
  };
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    list.again();
  };
  const counts = list.answer?.counts;
  const every = counts ? counts.coming + counts.shown + counts.over : 0;
  return (
    <ListDesk
      title={t("notices.title")}
      current="notices"
      add={writes ? t("notices.write") : null}
      onAdd={() => setOpen({ act: "write" })}
      lead={
        <>
          <p class="soft">{t("notices.lead")}</p>
          <div class="finding">
            <Search
              label={t("notices.find")}
              typed={typed}
              type={setTyped}
              find={(q) => ask({ q })}
            />
            <Choice
              label={t("notices.filter")}
              value={wanted.state}
              options={(["", ...STATES] as const).map((value) => ({
                value,
                words: `${t(value === "" ? "notices.all" : `notices.state.${value}`)}${
                  counts ? ` (${value === "" ? every : counts[value]})` : ""
                }`,
              }))}
              choose={(state) => ask({ state })}
            />
          </div>
        </>
      }
      error={null}
      list={list}
      empty={
        every === 0 ? (
          <Notice icon="speaker" title={t("notices.none")}>
            <p>{t("notices.none.note")}</p>
          </Notice>
        ) : (
          <NothingFound
            all={() => {
              setTyped("");
              ask({ q: "", state: "" });
            }}
          />
        )
      }
      foot={<Pager place={place} next={list.answer?.next} />}
      over={
        <>
          {open?.act === "write" && <WriteNotice close={close} done={done} />}
          {open?.act === "change" && <WriteNotice line={open.line} close={close} done={done} />}
          {open?.act === "end" && <EndNotice line={open.line} close={close} done={done} />}
        </>
      }
    >
      {(items) => <Lines items={items} open={setOpen} />}
    </ListDesk>
  );
}

/** One question before it ends: what will happen. */
function EndNotice(props: { line: SiteNoticeLine; close: () => void; done: () => void }) {
  const { line, close, done } = props;
  const words = line.state === "coming" ? "notices.call.off" : "notices.end";
  return (
    <FormDialog
      title={t(words)}
      words={t(words)}
      close={close}
      stale={done}
      send={async () => {
        await api.end(line);
        done();
      }}
    >
      <p>
        <NoticeTitle title={line.title} weight={line.weight} />
      </p>
      <p>{t(`${words}.ask`)}</p>
    </FormDialog>
  );
}

function Lines({ items, open }: { items: SiteNoticeLine[]; open: (what: Open) => void }) {
  return (
    <Scroll class="scroll flat" label={t("notices.title")}>
      <table class="plain stacks said-lines">
        <thead>
          <tr>
            <th scope="col">{t("notices.what")}</th>
            <th scope="col">{t("notices.stands")}</th>
            <th scope="col">{t("notices.whom")}</th>
            <th scope="col">{t("notices.when")}</th>
            <th scope="col">{t("notices.do")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <Line key={line.id} line={line} open={open} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line({ line, open }: { line: SiteNoticeLine; open: (what: Open) => void }) {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const when = (moment: string): string => momentText(moment, language.value, year);
  const [icon, tone] = FACES[line.state];
  return (
    <tr class={line.state === "over" ? "off" : ""}>
      <th scope="row">
        <NoticeTitle title={line.title} weight={line.weight} />
        <Paragraphs text={line.text} />
        <small>
          {t("notices.written", {
            office: line.office_name,
            name: line.written_by_name,
            when: when(line.written_at),
          })}
          {line.changed_at && ` · ${t("notices.changed", { when: when(line.changed_at) })}`}
        </small>
      </th>
      <td data-label={t("notices.stands")}>
        <StatusChip icon={icon} tone={tone}>
          {say(line.state_name)}
        </StatusChip>
      </td>
      <td data-label={t("notices.whom")}>
        <span>
          {placed(line.division_name)}
          <small>{say(line.audience_name)}</small>
        </span>
      </td>
      <td data-label={t("notices.when")}>
        <span>
          {t("notices.span", { from: when(line.from_at), until: when(line.until_at) })}
          <Ended line={line} when={when} />
        </span>
      </td>
      <td data-label={t("notices.do")}>
        {line.ways.length === 0 ? (
          "—"
        ) : (
          <span class="acts">
            {line.ways.includes("change") && (
              <button type="button" class="btn small" onClick={() => open({ act: "change", line })}>
                {t("notices.change")}
              </button>
            )}
            {line.ways.includes("end") && (
              <button type="button" class="btn small" onClick={() => open({ act: "end", line })}>
                {t(line.state === "coming" ? "notices.call.off" : "notices.end")}
              </button>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}

function Ended({ line, when }: { line: SiteNoticeLine; when: (moment: string) => string }) {
  if (line.ended_at === null) return null;
  const never = Date.parse(line.ended_at) <= Date.parse(line.from_at);
  const words = never ? "notices.called.off" : "notices.ended";
  return <small>{t(words, { name: line.ended_by_name, when: when(line.ended_at) })}</small>;
}
