/** The bulletin, the assessment and a village's year: which one, about when, and where it opens. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt } from "../../core/dates";
import { language, t } from "../../messages";
import * as api from "../../net/inspecting";
import { Choice } from "../people/parts";
import { Failure, Skeleton, useAnswer } from "../pieces";
import { Page } from "../shell";

const KINDS = ["bulletin", "assessment", "village"] as const;
type Kind = (typeof KINDS)[number];
const SHOWN = { bulletin: 12, assessment: 8, village: 3 } as const;

/** The last periods of a kind that have begun, newest first: by their keys. */
export function periodsOf(kind: Kind, today: string): string[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  return Array.from({ length: SHOWN[kind] }, (_one, back) => {
    if (kind === "village") return String(year - back);
    const steps = kind === "bulletin" ? 12 : 4;
    const now = kind === "bulletin" ? month - 1 : Math.floor((month - 1) / 3);
    const at = year * steps + now - back;
    const number = (at % steps) + 1;
    const of = Math.floor(at / steps);
    return kind === "bulletin" ? `${of}-${String(number).padStart(2, "0")}` : `${of}Q${number}`;
  });
}

function periodWords(kind: Kind, key: string): string {
  const year = key.slice(0, 4);
  if (kind === "village") return t("circular.year", { year });
  return kind === "bulletin"
    ? t("circular.month", { year, month: Number(key.slice(5)) })
    : t("circular.quarter", { year, quarter: key.slice(5) });
}

export function Circulars() {
  const today = dayAt(Date.now());
  const places = useAnswer(api.orderingChoices, "ordering");
  const [kind, setKind] = useState<Kind>("bulletin");
  const periods = periodsOf(kind, today);
  // The one before the one that runs is what is usually printed.
  const [period, setPeriod] = useState(periods[1] ?? "");
  const [village, setVillage] = useState("");
  const villages = places.answer?.villages ?? [];
  const division = kind === "village" ? village || villages[0]?.code : actor.value?.division;
  const query = { division, period, lang: language.value === "en" ? "en" : "zh" };
  const choose = (chosen: Kind): void => {
    setKind(chosen);
    setPeriod(periodsOf(chosen, today)[chosen === "village" ? 0 : 1] ?? "");
  };
  return (
    <Page
      title={t("draw.bulletin")}
      back={{ href: "/app/inspections", words: t("draw.title") }}
      thumb={
        division && (
          <a
            class="btn main"
            href={api.circularPage(kind, query)}
            target="_blank"
            rel="noopener external"
          >
            {t("circular.open")}
          </a>
        )
      }
    >
      {places.error ? (
        <Failure error={places.error} retry={places.again} />
      ) : places.answer === null ? (
        <section>
          <Skeleton />
        </section>
      ) : (
        <section class="form" aria-label={t("draw.bulletin")}>
          <Choice
            label={t("circular.kind")}
            value={kind}
            options={KINDS.map((value) => ({ value, words: t(`circular.${value}`) }))}
            choose={choose}
          />
          {kind === "village" && (
            <Choice
              label={t("order.village")}
              value={village}
              options={villages.map(({ code, name }) => ({ value: code, words: name }))}
              choose={setVillage}
            />
          )}
          <Choice
            label={t("circular.when")}
            value={period}
            options={periods.map((value) => ({ value, words: periodWords(kind, value) }))}
            choose={setPeriod}
          />
          <p class="small soft">{t("circular.note")}</p>
          {division && (
            <p>
              <a class="link" href={api.circularWorkbook(kind, query)} rel="external">
                {t("circular.xlsx")}
              </a>
            </p>
          )}
        </section>
      )}
    </Page>
  );
}
