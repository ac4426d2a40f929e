/** The form of a record: kept on the phone from the first letter, sent when there is a signal. */
import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import {
  changePaper,
  endPaper,
  loadPapers,
  outreachKey,
  paperFailed,
  paperOf,
  papers,
  sendPapers,
} from "../../acts/papers";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { type Fields, faults } from "../../core/outreach";
import { language, listed, say, t } from "../../messages";
import * as api from "../../net/outreach";
import {
  OUTREACH_KINDS,
  type OutreachChoices,
  type OutreachKind,
  type OutreachLine,
  type OutreachStage,
} from "../../net/outreach_shapes";
import { PaperPhotos } from "../inspections/photos";
import { Choice } from "../people/parts";
import { Dialog, Failure, Input, Notice, Skeleton, useAnswer } from "../pieces";
import { Page } from "../shell";
import { useChoices } from "./list";
import { Notices, Villages } from "./where";

/** A form that was not begun: today, and what the screen before knew. */
function fresh(choices: OutreachChoices, query: { [name: string]: string }): Fields {
  const [only, ...others] = choices.villages;
  const about = choices.notices.find((one) => one.id === query.notice);
  const village = about?.division ?? (only && others.length === 0 ? only.code : "");
  return {
    kind: OUTREACH_KINDS.includes(query.kind as OutreachKind) ? (query.kind ?? "") : "letter",
    stage: "done",
    first: dayAt(Date.now()),
    villages: village,
    notices: about?.id ?? "",
  };
}

/** The fields of a record that is to be corrected. */
function fieldsOf(line: OutreachLine): Fields {
  return {
    kind: line.kind,
    stage: line.stage === "void" ? "done" : line.stage,
    first: line.first,
    last: line.last,
    from_time: line.from_time ?? "",
    until_time: line.until_time ?? "",
    place: line.place,
    households: line.households === null ? "" : String(line.households),
    people: line.people === null ? "" : String(line.people),
    counted_by: line.counted_by,
    note: line.note,
    villages: line.villages.map((one) => one.division).join(" "),
    notices: line.notices.map((one) => one.id).join(" "),
    ...Object.fromEntries(
      line.villages.flatMap((one) => [
        [`groups ${one.division}`, listed(one.groups)],
        [`total ${one.division}`, one.groups_total === null ? "" : String(one.groups_total)],
      ]),
    ),
  };
}

export function OutreachForm() {
  const { params } = useRoute();
  const { query } = useLocation();
  const replaces = params.id ?? null;
  const choices = useChoices();
  const before = useAnswer(
    async () => (replaces === null ? null : await api.record(replaces)),
    `outreach ${replaces} ${language.value}`,
  );
  useEffect(() => {
    if (papers.value === null) void loadPapers();
  }, []);
  const paper = paperOf(outreachKey(replaces ?? "new"));
  const known = replaces === null || before.answer !== null || paper !== undefined;
  const title = t(replaces === null ? "outreach.form" : "outreach.form.correct");
  const back = { href: "/app/outreach", words: t("outreach.title") };
  const failed = choices.error ?? (known ? null : before.error);
  if (failed || !choices.answer || papers.value === null || !known) {
    return (
      <Page title={title} back={back}>
        <section>
          {failed ? (
            <Failure error={failed} retry={choices.error ? choices.again : before.again} />
          ) : (
            <Skeleton lines={8} />
          )}
        </section>
      </Page>
    );
  }
  const begun = before.answer
    ? fieldsOf(before.answer.record)
    : fresh(choices.answer.body, query as { [name: string]: string });
  return (
    <Form
      title={title}
      back={back}
      replaces={replaces}
      begun={begun}
      shown={before.answer?.record.photos ?? []}
      choices={choices.answer.body}
    />
  );
}

interface Props {
  title: string;
  back: { href: string; words: string };
  replaces: string | null;
  begun: Fields;
  /** The photos of the record that is corrected. */
  shown: readonly string[];
  choices: OutreachChoices;
}

function Form({ title, back, replaces, begun, shown, choices }: Props) {
  const { route } = useLocation();
  const key = outreachKey(replaces ?? "new");
  const division = actor.value?.division ?? "";
  const paper = paperOf(key);
  const fields: Fields = paper?.fields ?? begun;
  const photos = paper?.photos ?? shown;
  const [tried, setTried] = useState(false);
  const [dropping, setDropping] = useState(false);
  const put = (part: { [field: string]: string }): void =>
    void changePaper(key, division, {
      fields: { ...fields, ...part },
      photos: [...photos],
      refusal: null,
    });
  const field = (name: string) => (typed: string) => put({ [name]: typed });
  const wrong = faults(fields);
  const said = (name: string, words: string): string | null =>
    tried && wrong[name] ? words : null;
  const save = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(wrong).length > 0) return show(".error");
    await changePaper(key, division, {
      fields,
      photos: [...photos],
      waiting: true,
      refusal: null,
    });
    await sendPapers();
    // It is gone when it arrived; with no signal it waits, and the list says so. A refusal stands here.
    const left = paperOf(key);
    if (left === undefined || left.waiting) route("/app/outreach");
    else show(".notice");
  };
  const kind = (fields.kind ?? "letter") as OutreachKind;
  const stage = (fields.stage ?? "done") as OutreachStage;
  const stages: OutreachStage[] = [
    ...(kind === "visit_day" ? (["planned"] as const) : []),
    "done",
    ...(replaces === null ? [] : (["void"] as const)),
  ];
  return (
    <Page
      title={title}
      back={back}
      thumb={
        <button type="button" class="btn main" onClick={() => void save()}>
          {t("outreach.save")}
        </button>
      }
    >
      {paper?.refusal && (
        <Notice icon="act" title={t("outreach.refused", { why: say(paper.refusal) })} live />
      )}
      {paper?.waiting && <Notice icon="noSignal" title={t("outreach.saved")} live />}
      <section>
        <p class="small soft">{t("outreach.form.note")}</p>
        {replaces !== null && <p class="small soft">{t("outreach.form.correct.note")}</p>}
      </section>
      <section class="form" aria-label={title}>
        <Choice
          label={t("outreach.kind")}
          value={kind}
          options={OUTREACH_KINDS.map((value) => ({ value, words: t(`outreach.kind.${value}`) }))}
          choose={(value) =>
            put(
              value !== "visit_day" && stage === "planned"
                ? { kind: value, stage: "done" }
                : { kind: value },
            )
          }
        />
        {stages.length > 1 && (
          <Choice
            label={t("outreach.stage")}
            value={stage}
            options={stages.map((value) => ({ value, words: t(`outreach.stage.${value}`) }))}
            choose={(value) => put({ stage: value })}
          />
        )}
        <Input
          label={t("outreach.first")}
          type="date"
          value={fields.first ?? ""}
          onInput={field("first")}
          required
        />
        <Input
          label={t("outreach.last")}
          type="date"
          value={fields.last ?? ""}
          min={fields.first ?? ""}
          onInput={field("last")}
        />
        {kind === "visit_day" && (
          <>
            <Input
              label={t("outreach.from")}
              type="time"
              value={fields.from_time ?? ""}
              onInput={field("from_time")}
            />
            <Input
              label={t("outreach.until")}
              type="time"
              value={fields.until_time ?? ""}
              onInput={field("until_time")}
            />
            <Input
              label={t("outreach.place")}
              help={t("outreach.place.help")}
              value={fields.place ?? ""}
              maxLength={60}
              onInput={field("place")}
            />
          </>
        )}
      </section>
      <Villages choices={choices} fields={fields} put={put} tried={tried} />
      <Notices choices={choices} fields={fields} put={put} />
      {stage !== "void" && (
        <PaperPhotos
          name={t("outreach.photos")}
          label={t("outreach.photo.take")}
          words={(n) => t("outreach.photo.n", { n })}
          help={t("outreach.photos.help")}
          paperKey={key}
          division={division}
          begun={{ photos: shown, fields }}
        />
      )}
      <section class="form" aria-label={t("outreach.counts")}>
        {stage !== "planned" && (
          <>
            {(["households", "people"] as const).map((name) => (
              <Input
                key={name}
                label={t(`outreach.${name}`)}
                value={fields[name] ?? ""}
                maxLength={6}
                onInput={field(name)}
                error={said(name, t("outreach.number"))}
              />
            ))}
            <Input
              label={t("outreach.counted")}
              help={t("outreach.counted.help")}
              value={fields.counted_by ?? ""}
              maxLength={60}
              onInput={field("counted_by")}
              error={said("counted_by", t("outreach.counted.missing"))}
            />
          </>
        )}
        <Input
          label={t("outreach.note")}
          help={t("outreach.note.help")}
          value={fields.note ?? ""}
          rows={3}
          onInput={field("note")}
          error={said("note", t("outreach.note.missing"))}
        />
        <p class={paperFailed.value ? "error" : "small soft"} role="status">
          {paperFailed.value ? t("outreach.kept.failed") : paper ? t("outreach.kept") : ""}
        </p>
        {paper && (
          <button type="button" class="link quiet" onClick={() => setDropping(true)}>
            {t("outreach.drop")}
          </button>
        )}
      </section>
      {dropping && (
        <Dialog title={t("outreach.drop.sure")} onClose={() => setDropping(false)}>
          <p class="pair">
            <button type="button" class="btn" onClick={() => setDropping(false)}>
              {t("cancel")}
            </button>
            <button
              type="button"
              class="btn"
              onClick={() => void endPaper(key).then(() => route("/app/outreach"))}
            >
              {t("outreach.drop")}
            </button>
          </p>
        </Dialog>
      )}
    </Page>
  );
}

/** Bring what is wrong before the eyes: the button that was pressed is far below it. */
function show(what: string): void {
  requestAnimationFrame(() =>
    document.querySelector(`main ${what}`)?.scrollIntoView({ block: "center" }),
  );
}
