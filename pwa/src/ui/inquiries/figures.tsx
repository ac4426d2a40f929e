/** The desk's figures for a span: which way it went, what was answered and in time; by kind and by village. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { language, type Message, say, t } from "../../messages";
import type { FigureCounts, FigureGroup, InquiryFigures } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { Icon } from "../icons";
import { Failure, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Page } from "../shell";
import { type Days, SpanForm } from "../span_form";

const COLUMNS = [
  "received",
  "still_open",
  "finished",
  "direct",
  "referred",
  "other",
  "in_time_rate",
  "reply_rate",
] as const;

/** Hundredths of a percent in words; of nothing there is no rate. */
export function rateText(rate: number | null): string {
  return rate === null ? "—" : `${(rate / 100).toFixed(2)}%`;
}

export function Figures() {
  // The desk itself is not open to whoever comes from outside: the figures are a place of theirs.
  const outside = actor.value?.role === "examiner";
  const desk = { href: "/app/inquiries", words: t("nav.inquiries") };
  const today = dayAt(Date.now());
  const [days, setDays] = useState<Days>({ first: `${today.slice(0, 4)}-01-01`, last: today });
  const found = useAnswer(
    () => api.inquiryFigures(days.first, days.last),
    `figures ${days.first} ${days.last} ${language.value}`,
  );
  return (
    <Page title={t("figures")} {...(outside ? {} : { back: desk })} wide>
      <section class="form">
        {outside && (
          <p class="handling-ways">
            <a class="btn" href="/app/inquiries/looks">
              {t("looks.open")}
            </a>
          </p>
        )}
        <SpanForm days={days} show={setDays} />
      </section>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : found.answer === null ? (
        <section>
          <Skeleton lines={6} />
        </section>
      ) : (
        <Found found={found.answer} />
      )}
    </Page>
  );
}

export function Found({ found }: { found: InquiryFigures }) {
  const { total } = found;
  const all: FigureGroup = {
    key: "total",
    name: { zh: t("figures.total"), en: t("figures.total") },
    figures: total,
  };
  return (
    <>
      <section aria-labelledby="figures-sum">
        <div class="head">
          <h2 id="figures-sum">{t("figures.sum")}</h2>
          <a class="link" href={api.figuresAddress(found.first, found.last)} rel="external">
            <Icon name="download" />
            {t("figures.csv")}
          </a>
        </div>
        <p>
          {t("figures.sentence", {
            received: total.received,
            finished: total.finished,
            open: total.still_open,
            overdue: total.overdue,
          })}
        </p>
        <p>
          {t("figures.rates", {
            in_time: rateText(total.in_time_rate),
            reply: rateText(total.reply_rate),
          })}
        </p>
        <p>{t("figures.accepted", { decided: total.decided, in_time: total.accepted_in_time })}</p>
        <p>
          {t("figures.satisfied", {
            satisfied: total.satisfied,
            basically: total.basically,
            not: total.not_satisfied,
            again: total.second_answered,
            of: total.second_rounds,
          })}
        </p>
        <p>
          {t("figures.offices")}
          {found.offices.map((one) => `${say(one.name)} ${one.count}`).join(" · ")}
        </p>
        {found.not_inquiries > 0 && (
          <p class="soft">{t("figures.none", { n: found.not_inquiries })}</p>
        )}
      </section>
      <Groups title={t("figures.by.kind")} groups={[...found.by_kind, all]} />
      {found.by_village.length > 0 && (
        <Groups title={t("figures.by.village")} groups={found.by_village} />
      )}
    </>
  );
}

function Groups({ title, groups }: { title: string; groups: readonly FigureGroup[] }) {
  return (
    <section>
      <div class="head">
        <h2>{title}</h2>
      </div>
      <Scroll class="scroll flat" label={title}>
        <table class="plain stacks">
          <thead>
            <tr>
              <th scope="col">
                <span class="vh">{title}</span>
              </th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" class="num">
                  {t(`figures.${column}` satisfies Message)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.key}>
                <th scope="row">{say(group.name)}</th>
                {COLUMNS.map((column) => (
                  <td key={column} class="num" data-label={t(`figures.${column}`)}>
                    {cell(group.figures, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function cell(figures: FigureCounts, column: (typeof COLUMNS)[number]): string | number {
  if (column === "in_time_rate" || column === "reply_rate") return rateText(figures[column]);
  return figures[column];
}
