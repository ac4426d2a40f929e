/** One drawn place: what was found there, or the form to say so, which works without a signal. */
import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import {
  changePaper,
  loadPapers,
  paperFailed,
  paperOf,
  papers,
  sendPapers,
  visitKey,
} from "../../acts/papers";
import { momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import { type DrawnItem, type DrawPage, QUESTIONS, type Visit } from "../../net/inspection_shapes";
import { Failure, Input, Notice, Skeleton, StatusChip } from "../pieces";
import { Page } from "../shell";
import { itemName, useDraw } from "./draw";
import { Old } from "./list";
import { GiveOrder } from "./order";
import { PaperPhotos, SentPhotos } from "./photos";

const COUNTS = ["asked", "knew", "satisfied"] as const;
const REPLIES = ["yes", "no", "unclear"] as const;

export function VisitScreen() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const page = useDraw(id);
  const back = { href: `/app/inspections/${id}`, words: t("draw.title") };
  useEffect(() => {
    if (papers.value === null) void loadPapers();
  }, []);
  const item = page.answer?.body.items.find((one) => String(one.rank) === params.rank);
  if (!page.answer || !item || papers.value === null) {
    return (
      <Page title={t("visit.title")} back={back}>
        <section>
          {page.error ? (
            <Failure error={page.error} retry={page.again} />
          ) : page.answer && !item ? (
            <Notice icon="act" title={t("missing.note")} />
          ) : (
            <Skeleton lines={6} />
          )}
        </section>
      </Page>
    );
  }
  const { body, keptAt } = page.answer;
  return item.visit ? (
    <Found page={body} item={item} visit={item.visit} back={back} keptAt={keptAt} />
  ) : (
    <Form page={body} item={item} back={back} keptAt={keptAt} />
  );
}

interface Props {
  page: DrawPage;
  item: DrawnItem;
  back: { href: string; words: string };
  keptAt: number | null;
}

function Form({ page, item, back, keptAt }: Props) {
  const key = visitKey(page.head.id, item.rank);
  const paper = paperOf(key);
  const fields = paper?.fields ?? {};
  const [tried, setTried] = useState(false);
  const put = (field: string, value: string): void =>
    void changePaper(key, item.division, { fields: { [field]: value }, refusal: null });
  const unanswered = QUESTIONS.some((question) => !fields[question]);
  const unsaid =
    QUESTIONS.some((question) => fields[question] === "no") && (fields.note ?? "").trim() === "";
  const asked = Number(fields.asked ?? "") || 0;
  const wrong = (field: (typeof COUNTS)[number]): string | null => {
    const typed = (fields[field] ?? "").trim();
    if (!/^\d{0,3}$/.test(typed)) return t("visit.number");
    return field !== "asked" && Number(typed) > asked ? t("visit.more", { n: asked }) : null;
  };
  const fits = !unanswered && !unsaid && COUNTS.every((field) => wrong(field) === null);
  const send = (): void => {
    setTried(true);
    if (!fits) return;
    void changePaper(key, item.division, { waiting: true, refusal: null }).then(sendPapers);
  };
  const waiting = paper?.waiting === true;
  return (
    <Page
      title={itemName(item)}
      back={back}
      thumb={
        <button type="button" class="btn main" onClick={send}>
          {t(waiting ? "visit.again" : "visit.send")}
        </button>
      }
    >
      {paper?.refusal && (
        <Notice icon="act" title={t("visit.refused", { why: say(paper.refusal) })} live />
      )}
      {waiting && <Notice icon="noSignal" title={t("visit.sent")} live />}
      <section>
        <p class="soft small">{t("visit.offline")}</p>
        {keptAt !== null && <Old at={keptAt} />}
        {item.disclosure_id && (
          <a class="link" href={`/d/${item.disclosure_id}`} rel="external">
            {item.title}
          </a>
        )}
      </section>
      <section class="form" aria-labelledby="four">
        <div class="head">
          <h2 id="four">{t("visit.questions")}</h2>
        </div>
        {QUESTIONS.map((question) => (
          <fieldset class="choices replies" key={question}>
            <legend>{t(`visit.${question}`)}</legend>
            {REPLIES.map((reply) => (
              <label class="tick" key={reply}>
                <input
                  type="radio"
                  name={question}
                  checked={fields[question] === reply}
                  onChange={() => put(question, reply)}
                />
                <span>{t(`visit.${reply}`)}</span>
              </label>
            ))}
            {tried && !fields[question] && <p class="error">{t("visit.choose")}</p>}
          </fieldset>
        ))}
        <Input
          label={t("visit.note")}
          help={t("visit.note.help")}
          value={fields.note ?? ""}
          rows={4}
          onInput={(typed) => put("note", typed)}
          error={tried && unsaid ? t("visit.note.missing") : null}
        />
      </section>
      <PaperPhotos
        name={t("visit.photos")}
        label={t("visit.photo.take")}
        words={(n) => t("visit.photo.n", { n })}
        paperKey={key}
        division={item.division}
      />
      <section class="form" aria-labelledby="people">
        <div class="head">
          <h2 id="people">{t("visit.people")}</h2>
        </div>
        {COUNTS.map((field) => (
          <Input
            key={field}
            label={t(`visit.${field}`)}
            value={fields[field] ?? ""}
            maxLength={3}
            onInput={(typed) => put(field, typed)}
            error={wrong(field)}
          />
        ))}
        <p class={paperFailed.value ? "error" : "small soft"} role="status">
          {paperFailed.value ? t("visit.keep.failed") : paper ? t("visit.kept") : ""}
        </p>
      </section>
    </Page>
  );
}

function Found({ page, item, visit, back, keptAt }: Props & { visit: Visit }) {
  const [ordering, setOrdering] = useState(false);
  return (
    <Page
      title={itemName(item)}
      back={back}
      thumb={
        visit.faults.length > 0 && (
          <button type="button" class="btn main" onClick={() => setOrdering(true)}>
            {t("visit.order")}
          </button>
        )
      }
    >
      <section aria-labelledby="result">
        <div class="head">
          <h2 id="result">{t("visit.result")}</h2>
        </div>
        {keptAt !== null && <Old at={keptAt} />}
        <dl class="asked-of">
          {QUESTIONS.map((question) => (
            <div key={question}>
              <dt>{t(`visit.${question}`)}</dt>
              <dd>
                <Reply reply={visit[question]} />
              </dd>
            </div>
          ))}
        </dl>
        {visit.note && <p class="quote typed">{visit.note}</p>}
        {visit.asked > 0 && (
          <p>
            {t("visit.counts", {
              asked: visit.asked,
              knew: visit.knew,
              satisfied: visit.satisfied,
            })}
          </p>
        )}
        <SentPhotos photos={visit.photos} words={(n) => t("visit.photo.n", { n })} />
        <p class="small soft">
          {t("visit.by", {
            name: visit.visited_by_name,
            when: momentText(visit.received_at, language.value),
          })}
        </p>
      </section>
      {ordering && (
        <GiveOrder
          villages={[{ code: item.division, name: placed(item.division_name) }]}
          finding={visit.note}
          inspection={{ draw: page.head.id, rank: item.rank }}
          close={() => setOrdering(false)}
        />
      )}
    </Page>
  );
}

function Reply({ reply }: { reply: (typeof REPLIES)[number] }) {
  const look = {
    yes: ["ok", "ok"],
    no: ["cross", "missing"],
    unclear: ["part", "up"],
  } as const;
  const [icon, tone] = look[reply];
  return (
    <StatusChip icon={icon} tone={tone}>
      {t(`visit.${reply}`)}
    </StatusChip>
  );
}
