/** Notices from offices: what was written for this area, how each stands, and writing another. */
import { useEffect, useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import type { SiteNoticeLine, SiteNoticeState } from "../../net/site_notice_shapes";
import * as api from "../../net/site_notices";
import { Pager, useFinding, usePlace } from "../finder";
import type { IconName } from "../icons";
import { Choice, FormDialog, ListDesk } from "../people/parts";
import { Notice, StatusChip, type Tone, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { NoticeTitle, Paragraphs } from "./face";
import { OfficePhone } from "./phone";
import { WriteNotice } from "./write";

const STATES: readonly SiteNoticeState[] = ["coming", "shown", "over"];
const FACES: { [state in SiteNoticeState]: [IconName, Tone] } = {
  coming: ["clock", "up"],
  shown: ["ok", "ok"],
  over: ["struckRing", "ink"],
};
const sum = (counts: { [state in SiteNoticeState]: number }): number =>
  counts.coming + counts.shown + counts.over;
type Open = { act: "write" } | { act: "phone" } | { act: "change" | "end"; line: SiteNoticeLine };

export function Notices() {
  const [state, setState] = useState<SiteNoticeState | "">("");
  const [counts, setCounts] = useState<{ [state in SiteNoticeState]: number } | null>(null);
  const finding = useFinding("list", "/site-notices", t("notices.find"), {
    choice: (
      <Choice
        label={t("notices.filter")}
        value={state}
        options={(["", ...STATES] as const).map((value) => ({
          value,
          words: `${t(value === "" ? "notices.all" : `notices.state.${value}`)}${
            counts ? ` (${value === "" ? sum(counts) : counts[value]})` : ""
          }`,
        }))}
        choose={setState}
      />
    ),
    query: { state },
    all: () => setState(""),
  });
  const asked = JSON.stringify([finding.wanted, state]);
  const place = usePlace<string>(asked);
  const list = useAnswer(
    () => api.siteNotices({ ...finding.wanted, state }, place.cursor),
    `notices ${asked} ${place.cursor}`,
  );
  useEffect(() => {
    if (list.answer) setCounts(list.answer.counts);
  }, [list.answer]);
  const [open, setOpen] = useState<Open | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const writes = actor.value?.role === "editor" || actor.value?.role === "administrator";
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    list.again();
  };
  return (
    <ListDesk
      title={t("notices.title")}
      current="notices"
      add={writes ? t("notices.write") : null}
      onAdd={() => setOpen({ act: "write" })}
      lead={
        <>
          <p class="soft">{t("notices.lead")}</p>
          {finding.bar}
          {writes && (
            <p>
              <button
                type="button"
                class="btn small"
                onClick={() => {
                  setTold(null);
                  setOpen({ act: "phone" });
                }}
              >
                {t("notices.phone")}
              </button>
            </p>
          )}
          {told !== null && <Notice icon="ok" title={told} live />}
        </>
      }
      error={null}
      list={list}
      empty={
        counts === null || sum(counts) === 0 ? (
          <Notice icon="speaker" title={t("notices.none")}>
            <p>{t("notices.none.note")}</p>
          </Notice>
        ) : (
          finding.nothing
        )
      }
      foot={<Pager place={place} next={list.answer?.next} />}
      over={
        <>
          {open?.act === "write" && <WriteNotice close={close} done={done} />}
          {open?.act === "phone" && (
            <OfficePhone
              close={close}
              done={(words) => {
                setTold(words);
                done();
              }}
            />
          )}
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
  const changes = items.some((line) => line.ways.length > 0);
  return (
    <Scroll class="scroll flat" label={t("notices.title")}>
      <table class="plain stacks said-lines">
        <thead>
          <tr>
            <th scope="col">{t("notices.what")}</th>
            <th scope="col">{t("notices.stands")}</th>
            <th scope="col">{t("notices.whom")}</th>
            <th scope="col">{t("notices.when")}</th>
            {changes && <th scope="col">{t("notices.do")}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <Line key={line.id} line={line} open={changes ? open : null} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Line(props: { line: SiteNoticeLine; open: ((what: Open) => void) | null }) {
  const { line, open } = props;
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
      {open && (
        <td data-label={t("notices.do")}>
          {line.ways.length === 0 ? (
            "—"
          ) : (
            <span class="acts">
              {line.ways.includes("change") && (
                <button
                  type="button"
                  class="btn small"
                  onClick={() => open({ act: "change", line })}
                >
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
      )}
    </tr>
  );
}

function Ended({ line, when }: { line: SiteNoticeLine; when: (moment: string) => string }) {
  if (line.ended_at === null) return null;
  const never = Date.parse(line.ended_at) <= Date.parse(line.from_at);
  const words = never ? "notices.called.off" : "notices.ended";
  return <small>{t(words, { name: line.ended_by_name, when: when(line.ended_at) })}</small>;
}
