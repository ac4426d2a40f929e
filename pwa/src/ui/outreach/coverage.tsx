/** Which villages and groups were reached by what in a span, which were not, and page views around each act. */
import { useState } from "preact/hooks";
import { addDays, dayAt, dayText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/outreach";
import {
  type ActLine,
  type Coverage,
  OUTREACH_KINDS,
  type VillageLine,
} from "../../net/outreach_shapes";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { Failure, Input, Skeleton, StatusChip, useAnswer } from "../pieces";
import { type Days, SpanForm } from "../span_form";
import { daysWords } from "./list";
import { type Column, SortedTable } from "./sorted_table";

const USUAL_DAYS = 90;

export function CoverageScreen() {
  const today = dayAt(Date.now());
  const [days, setDays] = useState<Days>({ first: addDays(today, -USUAL_DAYS), last: today });
  const span = { first: days.first, last: days.last };
  const found = useAnswer(
    () => api.coverage(span),
    `coverage ${days.first} ${days.last} ${language.value}`,
  );
  const title = t("outreach.coverage");
  return (
    <Desk title={title} current="outreach">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        <p>
          <a class="link" href="/app/outreach">
            {t("outreach.title")}
          </a>
        </p>
        <SpanForm days={days} show={setDays} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : (
          <Found found={found.answer} span={span} />
        )}
      </div>
    </Desk>
  );
}

export function Found({ found, span }: { found: Coverage; span: Days }) {
  return (
    <>
      <section aria-label={t("outreach.coverage")}>
        <p>{t("coverage.lead", { n: found.reached, all: found.villages.length })}</p>
        {found.groups_known > 0 && (
          <p>{t("coverage.groups", { n: found.groups_reached, all: found.groups_known })}</p>
        )}
        <Files span={span} />
      </section>
      <Villages lines={found.villages} />
      <Acts lines={found.acts} />
    </>
  );
}

function Files({ span }: { span: Days }) {
  const query = { ...span, lang: language.value === "en" ? "en" : "zh" };
  return (
    <p class="handling-ways">
      <a class="btn" href={api.coveragePaper(query)} target="_blank" rel="noopener external">
        <Icon name="print" />
        {t("coverage.print")}
      </a>
      <a class="btn" href={api.coverageWorkbook(query)} download>
        <Icon name="download" />
        {t("coverage.xlsx")}
      </a>
      {(["villages", "acts"] as const).map((table) => (
        <a class="btn" key={table} href={api.coverageCsv({ ...query, table })} download>
          <Icon name="download" />
          {t(`coverage.csv.${table}`)}
        </a>
      ))}
    </p>
  );
}

/** "<5" stands between nothing and five. */
const amount = (views: string): number => (views.startsWith("<") ? 1 : Number(views));

function groupsOf(line: VillageLine) {
  if (!line.reached) {
    return (
      <StatusChip icon="missing" tone="late">
        {t("coverage.not")}
      </StatusChip>
    );
  }
  if (line.whole) return t("outreach.all");
  const groups = line.groups.join(" ");
  if (line.missed.length > 0) {
    return t("coverage.groups.missed", {
      groups,
      n: line.groups_total ?? 0,
      missed: line.missed.join(" "),
    });
  }
  return line.groups_total === null
    ? groups
    : t("outreach.groups.of", { groups, n: line.groups_total });
}

function Villages({ lines }: { lines: VillageLine[] }) {
  const [wanted, setWanted] = useState("");
  const [only, setOnly] = useState(false);
  const fits = lines.filter((line) => line.name.includes(wanted.trim()) && !(only && line.reached));
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const columns: Column<VillageLine>[] = [
    {
      key: "name",
      label: t("coverage.village"),
      of: (l) => l.division,
      cell: (l) => placed(l.name),
    },
    ...OUTREACH_KINDS.map((kind) => ({
      key: kind,
      label: t(`outreach.kind.${kind}`),
      num: true,
      of: (l: VillageLine) => l.kinds[kind] ?? 0,
      cell: (l: VillageLine) => l.kinds[kind] ?? 0,
    })),
    {
      key: "groups",
      label: t("coverage.groups.head"),
      of: (l) => (l.whole ? 1000 : l.groups.length),
      cell: groupsOf,
    },
    {
      key: "newest",
      label: t("coverage.newest"),
      of: (l) => l.last_on ?? "",
      cell: (l) => (l.last_on ? dayText(l.last_on, language.value, year) : "—"),
    },
    {
      key: "views",
      label: t("coverage.views"),
      num: true,
      of: (l) => amount(l.views),
      cell: (l) => l.views,
    },
  ];
  return (
    <section>
      <div class="head">
        <h2>{t("coverage.villages")}</h2>
      </div>
      <div class="form span-form">
        <Input label={t("coverage.search")} value={wanted} maxLength={20} onInput={setWanted} />
        <label class="tick">
          <input type="checkbox" checked={only} onChange={() => setOnly(!only)} />
          <span>{t("coverage.only")}</span>
        </label>
      </div>
      <SortedTable
        label={t("coverage.villages")}
        lines={fits}
        columns={columns}
        id={(line) => line.division}
        nothing={t("coverage.nothing")}
      />
    </section>
  );
}

function after(line: ActLine): string {
  if (line.after_days === 0) return t("coverage.after.not");
  return line.after_days === 7
    ? line.views_after
    : t("coverage.after.part", { views: line.views_after, n: line.after_days });
}

function Acts({ lines }: { lines: ActLine[] }) {
  const columns: Column<ActLine>[] = [
    {
      key: "name",
      label: t("coverage.village"),
      of: (l) => l.division,
      cell: (l) => placed(l.name),
    },
    {
      key: "kind",
      label: t("outreach.kind"),
      of: (l) => l.kind,
      cell: (l) => (
        <a class="link" href={`/app/outreach/${l.record_id}`}>
          {say(l.kind_name)}
        </a>
      ),
    },
    { key: "day", label: t("coverage.day"), of: (l) => l.first, cell: (l) => daysWords(l) },
    {
      key: "households",
      label: t("coverage.households"),
      num: true,
      of: (l) => l.households ?? -1,
      cell: (l) => l.households ?? "—",
    },
    {
      key: "before",
      label: t("coverage.before"),
      num: true,
      of: (l) => amount(l.views_before),
      cell: (l) => l.views_before,
    },
    {
      key: "after",
      label: t("coverage.after"),
      num: true,
      of: (l) => amount(l.views_after),
      cell: after,
    },
  ];
  return (
    <section>
      <div class="head">
        <h2>{t("coverage.acts")}</h2>
      </div>
      <p class="small soft">{t("outreach.views.note")}</p>
      <SortedTable
        label={t("coverage.acts")}
        lines={lines}
        columns={columns}
        id={(line) => `${line.record_id} ${line.division}`}
        nothing={t("coverage.acts.none")}
      />
    </section>
  );
}
