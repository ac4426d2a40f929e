/** One order: what was found, what is to be done and until when, every step, and the one thing to do now. */
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { papersArrived } from "../../acts/papers";
import { longDay, momentText } from "../../core/dates";
import { formatFen } from "../../core/money";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/inspecting";
import type { OrderPage, OrderStep, Way } from "../../net/inspection_shapes";
import { SentPhotos } from "../inspections/photos";
import { Failure, Notice, Skeleton, StatusChip, useAnswer } from "../pieces";
import { Page } from "../shell";
import { Standing, TermChip } from "./list";
import { Proof, SendProof } from "./proof";
import { WayDialog } from "./ways";

export function Rectification() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const arrived = papersArrived.value;
  const page = useAnswer(() => api.order(id), `order ${id} ${language.value} ${arrived}`);
  const back = { href: "/app/rectifications", words: t("nav.rectifications") };
  if (page.answer === null) {
    return (
      <Page title={t("nav.rectifications")} back={back}>
        <section>
          {page.error ? <Failure error={page.error} retry={page.again} /> : <Skeleton lines={7} />}
        </section>
      </Page>
    );
  }
  return (
    <Order
      key={page.answer.body.revision}
      page={page.answer.body}
      etag={page.answer.etag ?? ""}
      again={page.again}
      back={back}
    />
  );
}

interface Props {
  page: OrderPage;
  etag: string;
  again: () => void;
  back: { href: string; words: string };
}

function Order({ page, etag, again, back }: Props) {
  const [way, setWay] = useState<Exclude<Way, "prove"> | null>(null);
  const { head, ways } = page;
  const proves = ways.includes("prove");
  useEffect(() => setWay(null), [page.revision]);
  return (
    <Page
      title={`${placed(head.division_name)} · ${say(head.measure_name)}`}
      back={back}
      thumb={
        proves ? (
          <SendProof page={page} etag={etag} />
        ) : ways.includes("close") ? (
          <div class="thumb-row">
            <button type="button" class="btn" onClick={() => setWay("return")}>
              {t("way.return")}
            </button>
            <button type="button" class="btn main" onClick={() => setWay("close")}>
              {t("way.close")}
            </button>
          </div>
        ) : null
      }
    >
      <section aria-labelledby="finding">
        <p class="standing">
          <Standing line={head} />
          <TermChip line={head} />
          {head.level === "county" && (
            <StatusChip icon="up" tone="late">
              {t("orders.county")}
            </StatusChip>
          )}
        </p>
        <div class="head">
          <h2 id="finding">{t("one.finding")}</h2>
        </div>
        <p class="quote typed">{page.finding}</p>
        <dl class="asked-of">
          <dt>{t("one.demand")}</dt>
          <dd class="typed">{page.demand}</dd>
          <dt>{t("one.due")}</dt>
          <dd>{longDay(head.due_on, language.value)}</dd>
          {page.title && page.disclosure_id && (
            <>
              <dt>{t("one.notice")}</dt>
              <dd>
                <a class="link" href={`/d/${page.disclosure_id}`} rel="external">
                  {page.title}
                </a>
              </dd>
            </>
          )}
          {head.recovered > 0 && (
            <>
              <dt>{t("one.recovered")}</dt>
              <dd>¥{formatFen(head.recovered)}</dd>
            </>
          )}
        </dl>
        <p class="small soft">
          {t("one.ordered", {
            name: page.ordered_by_name,
            when: momentText(head.ordered_at, language.value),
          })}
        </p>
        {page.draw_id && !proves && ways.length > 0 && (
          <a class="link" href={`/app/inspections/${page.draw_id}`}>
            {t("one.inspection")}
          </a>
        )}
      </section>
      {page.steps.length > 0 && (
        <section aria-labelledby="steps">
          <div class="head">
            <h2 id="steps">{t("one.steps")}</h2>
          </div>
          <ol class="handled">
            {page.steps.map((step) => (
              <Step key={step.id} step={step} />
            ))}
          </ol>
        </section>
      )}
      {head.state === "proved" && !ways.includes("close") && (
        <Notice icon="eye" title={t("one.waits")} />
      )}
      {proves && <Proof page={page} />}
      {ways.includes("escalate") && (
        <section aria-label={t("way.escalate")}>
          <p class="handling-ways">
            <button type="button" class="btn" onClick={() => setWay("escalate")}>
              {t("way.escalate")}
            </button>
          </p>
        </section>
      )}
      {way && (
        <WayDialog way={way} page={page} etag={etag} close={() => setWay(null)} again={again} />
      )}
    </Page>
  );
}

function Step({ step }: { step: OrderStep }) {
  return (
    <li>
      <b>{say(step.kind_name)}</b>
      <p class="typed">{step.words}</p>
      {step.due_on && <p>{t("one.step.due", { day: longDay(step.due_on, language.value) })}</p>}
      {step.measure_name && <p>{t("one.step.measure", { measure: say(step.measure_name) })}</p>}
      {step.recovered !== null && step.recovered > 0 && (
        <p>{t("one.step.recovered", { amount: formatFen(step.recovered) })}</p>
      )}
      {step.disclosure_id && step.title && (
        <p>
          <a class="link" href={`/d/${step.disclosure_id}`} rel="external">
            {t("one.step.notice", { title: step.title })}
          </a>
        </p>
      )}
      <SentPhotos photos={step.photos} words={(n) => t("one.photo.n", { n })} />
      <p class="small soft">
        {step.by_name} · {momentText(step.at, language.value)}
      </p>
    </li>
  );
}
