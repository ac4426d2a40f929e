/** What was done so that people hear of what is public, and the way to the texts, the report and a new record. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { loadPapers, outreachKey, paperOf, papers, papersArrived } from "../../acts/papers";
import { actor } from "../../acts/session";
import { dayAt, dayText } from "../../core/dates";
import { language, say, t } from "../../messages";
import * as api from "../../net/outreach";
import type { OutreachLine } from "../../net/outreach_shapes";
import { useFinding } from "../finder";
import { useKeptAnswer } from "../kept_answer";
import { onceEach, ShowMore, usePages } from "../pages";
import { Choice } from "../people/parts";
import { Failure, Notice, Skeleton, StatusChip } from "../pieces";
import { Entry } from "../queue";
import { Page } from "../shell";
import { WhoAmI } from "../tasks";

/** What a record can name, as it is kept on the phone for where there is no signal. */
export const useChoices = () =>
  useKeptAnswer(`outreach choices ${actor.value?.account_id} ${language.value}`, api.choices);

/** Whether this person records, and does not only look. */
export const records = (): boolean =>
  actor.value?.role === "accountant" || actor.value?.role === "editor";

export function Outreach() {
  const finding = useFinding("list", "/outreach", t("outreach.find"));
  const lists = usePages(
    (cursor) => api.records(finding.wanted, cursor),
    `outreach ${language.value} ${papersArrived.value} ${JSON.stringify(finding.wanted)}`,
  );
  const items = onceEach(lists.pages.flatMap((page) => page.items));
  useEffect(() => {
    if (papers.value === null) void loadPapers();
  }, []);
  const paper = paperOf(outreachKey("new"));
  return (
    <Page
      title={t("outreach.title")}
      tools={<WhoAmI />}
      thumb={
        records() && (
          <a class="btn main" href="/app/outreach/new">
            {t(paper ? "outreach.go.on" : "outreach.new")}
          </a>
        )
      }
    >
      <section>
        <p class="soft">{t("outreach.lead")}</p>
        <p class="handling-ways">
          <a class="btn" href="/app/outreach/coverage">
            {t("outreach.coverage")}
          </a>
        </p>
        {paper && (
          <StatusChip icon={paper.waiting ? "noSignal" : "pencil"} tone="up" long>
            {t(paper.waiting ? "outreach.waits" : "outreach.begun")}
          </StatusChip>
        )}
      </section>
      <Telling />
      <section aria-label={t("outreach.find")}>{finding.bar}</section>
      {lists.error ? (
        <Failure error={lists.error} retry={lists.again} />
      ) : lists.answer === null ? (
        <section>
          <Skeleton lines={5} />
        </section>
      ) : items.length === 0 && finding.sought ? (
        finding.nothing
      ) : items.length === 0 ? (
        <Notice icon="speaker" title={t("outreach.none")}>
          <p>{t("outreach.none.note")}</p>
        </Notice>
      ) : (
        <section aria-label={t("outreach.title")}>
          <ol class="ledger">
            {items.map((line) => (
              <li key={line.id}>
                <Line line={line} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <ShowMore more={lists.more} />
    </Page>
  );
}

/** Which notice to tell of. */
function Telling() {
  const { route } = useLocation();
  const found = useChoices();
  const [chosen, setChosen] = useState("");
  const choices = found.answer?.body;
  if (found.error || !choices) return null;
  const village = new Map(choices.villages.map(({ code, name }) => [code, name]));
  const several = choices.villages.length > 1;
  const id = chosen || choices.notices[0]?.id;
  return (
    <section class="form" aria-labelledby="tell">
      <div class="head">
        <h2 id="tell">{t("outreach.tell")}</h2>
      </div>
      {id === undefined ? (
        <p class="soft">{t("outreach.tell.none")}</p>
      ) : (
        <>
          <Choice
            label={t("outreach.tell.which")}
            value={id}
            options={choices.notices.map((one) => ({
              value: one.id,
              words: several ? `${village.get(one.division) ?? ""} ${one.title}` : one.title,
            }))}
            choose={setChosen}
          />
          <button type="button" class="btn block" onClick={() => route(`/app/tell/${id}`)}>
            {t("outreach.tell.go")}
          </button>
        </>
      )}
    </section>
  );
}

/** From which day until which, in words. */
export function daysWords({ first, last }: { first: string; last: string }): string {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const day = (on: string): string => dayText(on, language.value, year);
  return first === last ? day(first) : t("outreach.days", { first: day(first), last: day(last) });
}

/** Where it went, in short. */
function places(line: OutreachLine): string {
  const names = line.villages.slice(0, 3).map((one) => one.name);
  const more =
    line.villages.length > 3 ? t("outreach.villages.n", { n: line.villages.length }) : "";
  return more || names.join(" ");
}

function Line({ line }: { line: OutreachLine }) {
  const over = line.replaced_by !== null;
  return (
    <Entry
      day={line.first}
      href={`/app/outreach/${line.id}`}
      what={`${say(line.kind_name)} · ${places(line)}`}
    >
      <span class="two">
        {over ? (
          <StatusChip icon="editions" tone="ink">
            {t("outreach.replaced")}
          </StatusChip>
        ) : (
          <Stage line={line} />
        )}
      </span>
      <span class="say">
        {daysWords(line)}
        {line.notices.length > 0 && ` · ${line.notices[0]?.title}`}
      </span>
    </Entry>
  );
}

/** How a record stands: done, announced, void. */
export function Stage({ line }: { line: OutreachLine }) {
  const look = {
    done: ["ok", "ok"],
    planned: ["calendar", "up"],
    void: ["withdrawn", "ink"],
  } as const;
  const [icon, tone] = look[line.stage];
  return (
    <StatusChip icon={icon} tone={tone}>
      {say(line.stage_name)}
    </StatusChip>
  );
}
