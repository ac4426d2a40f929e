/** One list: what was drawn, how it was drawn, and what was found at each place. */
import { useRoute } from "preact-iso";
import { paperOf, papers, papersArrived, visitKey } from "../../acts/papers";
import { actor } from "../../acts/session";
import { momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/inspecting";
import type { DrawnItem, DrawPage } from "../../net/inspection_shapes";
import { Icon } from "../icons";
import { useKeptAnswer } from "../kept_answer";
import { Failure, Skeleton, StatusChip } from "../pieces";
import { Page } from "../shell";
import { drawKey, Old, spanWords } from "./list";

/** A list as the server has it or the phone kept it; asked for anew once something arrived. */
export function useDraw(id: string) {
  return useKeptAnswer(drawKey(id), () => api.drawPage(id), papersArrived.value);
}

export const itemName = (item: DrawnItem): string =>
  item.title === null
    ? placed(item.division_name)
    : `${placed(item.division_name)} · ${item.title}`;

export function DrawScreen() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const page = useDraw(id);
  const back = { href: "/app/inspections", words: t("draw.title") };
  if (page.answer === null) {
    return (
      <Page title={t("draw.title")} back={back}>
        <section>
          {page.error ? <Failure error={page.error} retry={page.again} /> : <Skeleton lines={6} />}
        </section>
      </Page>
    );
  }
  const { body, keptAt } = page.answer;
  const next = body.items.find((item) => item.visit === null && !waits(body, item));
  return (
    <Page
      title={body.head.purpose}
      back={back}
      thumb={
        next &&
        visits() && (
          <a class="btn main" href={`/app/inspections/${id}/${next.rank}`}>
            <span class="one-line">{t("draw.first.go", { name: itemName(next) })}</span>
          </a>
        )
      }
    >
      <section aria-labelledby="drawn">
        <div class="head">
          <h2 id="drawn">{t("draw.items")}</h2>
          <span class="small">
            {t("draw.count", { visited: body.head.visited, size: body.head.size })}
          </span>
        </div>
        {keptAt !== null && <Old at={keptAt} />}
        <ol class="drawn">
          {body.items.map((item) => (
            <li key={item.rank}>
              {visits() ? (
                <a class="drawn-item" href={`/app/inspections/${id}/${item.rank}`}>
                  <Drawn page={body} item={item} />
                  <Icon name="forward" />
                </a>
              ) : (
                <span class="drawn-item">
                  <Drawn page={body} item={item} />
                </span>
              )}
            </li>
          ))}
        </ol>
      </section>
      <How page={body} />
    </Page>
  );
}

/** Whoever comes from outside sees what was found, and writes nothing. */
const visits = (): boolean => actor.value?.role !== "examiner";

function Drawn({ page, item }: { page: DrawPage; item: DrawnItem }) {
  return (
    <>
      <b>{item.rank}</b>
      <span>
        <span class="what">{itemName(item)}</span>
        <State page={page} item={item} />
      </span>
    </>
  );
}

const waits = (page: DrawPage, item: DrawnItem): boolean =>
  paperOf(visitKey(page.head.id, item.rank))?.waiting === true;

function State({ page, item }: { page: DrawPage; item: DrawnItem }) {
  const paper = papers.value === null ? undefined : paperOf(visitKey(page.head.id, item.rank));
  if (item.visit !== null) {
    const { faults } = item.visit;
    return faults.length === 0 ? (
      <StatusChip icon="ok" tone="ok">
        {t("draw.fine")}
      </StatusChip>
    ) : (
      <StatusChip icon="act" tone="late" long>
        {faults.map((one) => `${t(`visit.${one}`)} ${t("visit.no")}`).join(" · ")}
      </StatusChip>
    );
  }
  if (paper?.refusal) {
    return (
      <StatusChip icon="act" tone="missing">
        {t("draw.refused")}
      </StatusChip>
    );
  }
  if (paper?.waiting) {
    return (
      <StatusChip icon="noSignal" tone="up">
        {t("draw.waits")}
      </StatusChip>
    );
  }
  return (
    <StatusChip icon={paper ? "pencil" : "ring"} tone="up">
      {t(paper ? "draw.kept" : "draw.todo")}
    </StatusChip>
  );
}

function How({ page }: { page: DrawPage }) {
  const { head } = page;
  return (
    <section aria-labelledby="how">
      <div class="head">
        <h2 id="how">{t("draw.how")}</h2>
      </div>
      <p>
        {t("draw.of", { population: head.population, size: head.size })} · {spanWords(head)}
      </p>
      <p class="small soft">
        {t("draw.by", {
          name: head.drawn_by_name,
          when: momentText(head.drawn_at, language.value),
        })}
      </p>
      <p class="small">{say(page.method)}</p>
      <dl class="asked-of">
        <dt>{t("draw.share")}</dt>
        <dd>{page.share_permille / 10}</dd>
        <dt>{t("draw.detect")}</dt>
        <dd>{page.detect_permille / 10}</dd>
        <dt>
          {t("draw.seed")} · {t("draw.record", { n: page.record_lines })}
        </dt>
        <dd class="hash">{page.seed}</dd>
      </dl>
      <p>
        <a class="link" href={`/api/v1/draws/${head.id}`} rel="external">
          {t("draw.public")}
        </a>
      </p>
    </section>
  );
}
