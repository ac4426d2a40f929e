/** One record: what was done, whom it reached, and how often pages were opened before and after. */
import { useRoute } from "preact-iso";
import { papersArrived } from "../../acts/papers";
import { dayAt, dayText, momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/outreach";
import type { DayViews, OutreachLine, OutreachPage } from "../../net/outreach_shapes";
import { SentPhotos } from "../inspections/photos";
import { Failure, Skeleton, StatusChip, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Page } from "../shell";
import { daysWords, Stage } from "./list";

export function OutreachRecord() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const page = useAnswer(
    () => api.record(id),
    `outreach ${id} ${language.value} ${papersArrived.value}`,
  );
  const line = page.answer?.record;
  const passed = line?.stage === "planned" && line.last <= dayAt(Date.now());
  return (
    <Page
      title={line ? say(line.kind_name) : t("outreach.one")}
      back={{ href: "/app/outreach", words: t("outreach.title") }}
      thumb={
        line?.may_replace && (
          <a class="btn main" href={`/app/outreach/${id}/correct`}>
            {t(passed ? "outreach.happened" : "outreach.correct")}
          </a>
        )
      }
    >
      {page.error ? (
        <Failure error={page.error} retry={page.again} />
      ) : !page.answer ? (
        <section>
          <Skeleton lines={6} />
        </section>
      ) : (
        <>
          <Facts line={page.answer.record} />
          <Views page={page.answer} />
        </>
      )}
    </Page>
  );
}

function Facts({ line }: { line: OutreachLine }) {
  const counted = line.households !== null || line.people !== null;
  const hours =
    line.from_time && line.until_time
      ? t("outreach.hours", { from: line.from_time, until: line.until_time })
      : (line.from_time ?? "");
  const rows: [string, string][] = [
    [t("outreach.first"), [daysWords(line), hours].filter(Boolean).join(" ")],
    ...(line.place ? [[t("outreach.place"), line.place] as [string, string]] : []),
    ...(counted
      ? [
          [
            t("outreach.counts"),
            t("outreach.counts.words", {
              households: line.households ?? "—",
              people: line.people ?? "—",
              by: line.counted_by,
            }),
          ] as [string, string],
        ]
      : []),
    ...(line.note ? [[t("outreach.note"), line.note] as [string, string]] : []),
  ];
  return (
    <section aria-label={t("outreach.one")}>
      <p>
        {line.replaced_by ? (
          <StatusChip icon="editions" tone="ink">
            {t("outreach.replaced")}
          </StatusChip>
        ) : (
          <Stage line={line} />
        )}
      </p>
      <dl class="asked-of">
        {rows.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="typed">{words}</dd>
          </div>
        ))}
        <div>
          <dt>{t("outreach.reached")}</dt>
          <dd>
            {line.villages.map((one) => (
              <p key={one.division}>
                {placed(one.name)} · {reachedWords(one)}
              </p>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t("outreach.about")}</dt>
          <dd>
            {line.notices.length === 0
              ? t("outreach.general")
              : line.notices.map((one) => (
                  <p key={one.id}>
                    <a class="link" href={`/d/${one.id}`} rel="external">
                      {one.title}
                    </a>
                  </p>
                ))}
          </dd>
        </div>
      </dl>
      <SentPhotos photos={line.photos} words={(n) => t("outreach.photo.n", { n })} />
      <p class="small soft">
        {t("outreach.by", {
          name: line.recorded_by_name,
          when: momentText(line.recorded_at, language.value),
        })}
      </p>
      {line.replaced_by && (
        <a class="link" href={`/app/outreach/${line.replaced_by}`}>
          {t("outreach.newer")}
        </a>
      )}
      {line.replaces && (
        <a class="link" href={`/app/outreach/${line.replaces}`}>
          {t("outreach.older")}
        </a>
      )}
    </section>
  );
}

function reachedWords(one: OutreachLine["villages"][number]): string {
  if (one.groups.length === 0) return t("outreach.all");
  const groups = one.groups.join(" ");
  return one.groups_total === null
    ? groups
    : t("outreach.groups.of", { groups, n: one.groups_total });
}

function Views({ page }: { page: OutreachPage }) {
  if (page.views.length === 0) return null;
  return (
    <section aria-labelledby="views">
      <div class="head">
        <h2 id="views">{t("outreach.views")}</h2>
      </div>
      <p class="small soft">{t("outreach.views.note")}</p>
      {page.views.map((one) => (
        <Scroll key={one.division} class="scroll flat" label={placed(one.name)}>
          <table class="plain">
            <caption>{placed(one.name)}</caption>
            <tbody>
              <tr>
                <th scope="row">{t("outreach.views.before", { n: page.days })}</th>
                <td>
                  <Days days={one.before} />
                </td>
              </tr>
              <tr>
                <th scope="row">{t("outreach.views.after", { n: page.days })}</th>
                <td>
                  <Days days={one.after} />
                </td>
              </tr>
            </tbody>
          </table>
        </Scroll>
      ))}
    </section>
  );
}

function Days({ days }: { days: DayViews[] }) {
  if (days.length === 0) return <>{t("outreach.views.none")}</>;
  const year = Number((days[0]?.day ?? "").slice(0, 4));
  return (
    <>
      {days.map((one) => (
        <p key={one.day}>
          {dayText(one.day, language.value, year)} · {one.views}
        </p>
      ))}
    </>
  );
}
