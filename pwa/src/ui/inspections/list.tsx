/** The lists that were drawn in an area, and drawing another one. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { addDays, dayAt, dayText, momentText } from "../../core/dates";
import { language, placed, t } from "../../messages";
import * as api from "../../net/inspecting";
import type { DrawBody, DrawLine, DrawList } from "../../net/inspection_shapes";
import { EVERYTHING, type ListWanted } from "../../net/listing";
import { useFinding } from "../finder";
import { askOrKept } from "../kept_answer";
import { onceEach, ShowMore, usePages } from "../pages";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input, Notice, Skeleton, StatusChip } from "../pieces";
import { Entry } from "../queue";
import { Page } from "../shell";
import { WhoAmI } from "../tasks";

/** Under which name a list is kept on the phone. */
export const drawKey = (id: string): string => `draw ${actor.value?.account_id} ${id}`;

/** A page of the lists; the first one, as it comes by itself, is kept on the phone. */
async function readOn(
  wanted: ListWanted,
  cursor?: string,
): Promise<DrawList & { keptAt: number | null }> {
  if (cursor || wanted.q || wanted.sort !== EVERYTHING.sort)
    return { ...(await api.draws(wanted, cursor)), keptAt: null };
  const { body, keptAt } = await askOrKept(`draws ${actor.value?.account_id}`, () =>
    api.draws(wanted),
  );
  return { ...body, keptAt };
}

export function Inspections() {
  const [drawing, setDrawing] = useState(false);
  const finding = useFinding("list", "/inspections", t("draw.find"));
  const lists = usePages(
    (cursor) => readOn(finding.wanted, cursor),
    `draws ${actor.value?.account_id} ${JSON.stringify(finding.wanted)}`,
  );
  const first = lists.answer;
  const items = onceEach(lists.pages.flatMap((page) => page.items));
  const open = items.filter((one) => one.visited < one.size).map((one) => one.id);
  useEffect(() => {
    // What is still to be visited is kept on the phone: there may be no signal in the village.
    if (first === null || first.keptAt !== null) return;
    for (const id of open)
      void askOrKept(drawKey(id), () => api.drawPage(id)).catch(() => undefined);
  }, [open.join()]);
  return (
    <Page
      title={t("draw.title")}
      tools={<WhoAmI />}
      thumb={
        actor.value?.role !== "examiner" && (
          <button type="button" class="btn main" onClick={() => setDrawing(true)}>
            {t("draw.new")}
          </button>
        )
      }
    >
      <section>
        <p class="soft">{t("draw.lead")}</p>
        <p class="handling-ways">
          <a class="btn" href="/app/rectifications">
            {t("draw.orders")}
          </a>
          <a class="btn" href="/app/inspections/circulars">
            {t("draw.bulletin")}
          </a>
        </p>
        {finding.bar}
      </section>
      {lists.error ? (
        <Failure error={lists.error} retry={lists.again} />
      ) : first === null ? (
        <section>
          <Skeleton lines={5} />
        </section>
      ) : items.length === 0 && finding.sought ? (
        finding.nothing
      ) : items.length === 0 ? (
        <Notice icon="search" title={t("draw.none")}>
          <p>{t("draw.none.note")}</p>
        </Notice>
      ) : (
        <section aria-label={t("draw.title")}>
          {first.keptAt !== null && <Old at={first.keptAt} />}
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
      {drawing && <Drawing close={() => setDrawing(false)} />}
    </Page>
  );
}

/** That there is no signal, and how old what is shown is. */
export function Old({ at }: { at: number }) {
  const when = momentText(new Date(at).toISOString(), language.value);
  return (
    <p class="small soft" role="status">
      {t("visit.old", { when })}
    </p>
  );
}

/** Which days a list is about: with the year where it is not this one. */
export function spanWords({ first, last }: { first: string; last: string }): string {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const day = (on: string): string => dayText(on, language.value, year);
  return t("draw.span", { first: day(first), last: day(last) });
}

function Line({ line }: { line: DrawLine }) {
  const done = line.visited === line.size;
  return (
    <Entry
      day={dayAt(Date.parse(line.drawn_at))}
      href={`/app/inspections/${line.id}`}
      what={line.purpose}
    >
      <span class="two">
        <StatusChip icon={done ? "ok" : "clock"} tone={done ? "ok" : "up"}>
          {t("draw.count", { visited: line.visited, size: line.size })}
        </StatusChip>
        {line.faulty > 0 && (
          <StatusChip icon="act" tone="late">
            {t("draw.faulty", { n: line.faulty })}
          </StatusChip>
        )}
      </span>
      <span class="say">
        {placed(line.division_name)} ·{" "}
        {t("draw.of", { population: line.population, size: line.size })} · {spanWords(line)}
      </span>
    </Entry>
  );
}

const whole = (typed: string, least: number, most: number): number | null => {
  const n = /^\d{1,3}$/.test(typed.trim()) ? Number(typed.trim()) : Number.NaN;
  return n >= least && n <= most ? n : null;
};

function Drawing({ close }: { close: () => void }) {
  const { route } = useLocation();
  const today = dayAt(Date.now());
  const [id] = useState(newId);
  const [kind, setKind] = useState<DrawBody["kind"]>("villages");
  const [purpose, setPurpose] = useState("");
  const [first, setFirst] = useState(addDays(today, -91));
  const [last, setLast] = useState(today);
  const [share, setShare] = useState("10");
  const [detect, setDetect] = useState("90");
  const [tried, setTried] = useState(false);
  const shared = whole(share, 1, 100);
  const found = whole(detect, 1, 99);
  const send = async (): Promise<void> => {
    setTried(true);
    if (purpose.trim() === "" || shared === null || found === null) return;
    const page = await api.drawList({
      id,
      division: actor.value?.division ?? "",
      kind,
      purpose: purpose.trim(),
      first,
      last,
      share_permille: shared * 10,
      detect_permille: found * 10,
    });
    route(`/app/inspections/${page.head.id}`);
  };
  return (
    <FormDialog title={t("draw.new")} words={t("draw.go")} close={close} send={send}>
      <Input
        label={t("draw.purpose")}
        help={t("draw.purpose.help")}
        value={purpose}
        maxLength={60}
        onInput={setPurpose}
        error={tried && purpose.trim() === "" ? t("order.missing") : null}
      />
      <Choice
        label={t("draw.kind")}
        value={kind}
        options={(["villages", "disclosures"] as const).map((value) => ({
          value,
          words: t(`draw.kind.${value}`),
        }))}
        choose={setKind}
      />
      <Input label={t("draw.first")} type="date" value={first} onInput={setFirst} required />
      <Input label={t("draw.last")} type="date" value={last} onInput={setLast} required />
      <Input
        label={t("draw.share")}
        value={share}
        maxLength={3}
        onInput={setShare}
        error={tried && shared === null ? t("draw.wrong.share", { n: share.trim() || "—" }) : null}
      />
      <Input
        label={t("draw.detect")}
        help={t("draw.detect.help")}
        value={detect}
        maxLength={3}
        onInput={setDetect}
        error={tried && found === null ? t("draw.wrong.detect", { n: detect.trim() || "—" }) : null}
      />
    </FormDialog>
  );
}
