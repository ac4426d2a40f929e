/** What nobody has answered: a working day ahead, overdue, and long so or again; the gravest first. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { longDay } from "../../core/dates";
import { byName } from "../../core/looking";
import { days, language, type Message, placed, t } from "../../messages";
import { address } from "../../net/client";
import type { VillageWarning } from "../../net/compliance";
import * as api from "../../net/compliance";
import { Desk } from "../desk";
import { useLooking } from "../finder";
import { Icon, type IconName } from "../icons";
import { useDeskAnswer } from "../kept_answer";
import { KeptNote } from "../kept_note";
import { Failure, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";
import { EvidenceDrawer } from "./drawer";
import { foundWords, HandOn, mayOrder } from "./hand_on";

type Level = "red" | "yellow" | "prompt";
const LEVELS: { [level in Level]: { icon: IconName; face: string; words: Message } } = {
  red: { icon: "cross", face: "missing", words: "warning.red" },
  yellow: { icon: "warn", face: "late", words: "warning.yellow" },
  prompt: { icon: "soon", face: "due_soon", words: "warning.prompt" },
};
const GOES_TO: { [office: string]: Message } = {
  village: "warning.to.village",
  township: "warning.to.township",
  county: "warning.to.county",
};
const isLevel = (level: string): level is Level => level in LEVELS;

export function WarningsScreen() {
  const division = actor.value?.division ?? "";
  const [only, setOnly] = useState<Level | null>(null);
  const [open, setOpen] = useState<VillageWarning | null>(null);
  const found = useDeskAnswer("warnings", `warnings ${division} ${language.value}`, () =>
    api.warnings(division, language.value),
  );
  const looking = useLooking<VillageWarning>({
    label: t("warnings.find"),
    words: (one) => [one.village, one.title],
    orders: [
      [t("warnings.order")],
      [t("list.sort.place"), byName((one) => one.village)],
      [t("list.days"), (one, other) => other.days - one.days],
    ],
    file: address("/compliance/warnings.csv", { division, lang: language.value }),
  });
  const items = looking.of(
    (found.answer?.items ?? []).filter((one) => only === null || one.level === only),
  );
  return (
    <Desk title={t("warnings.title")} current="grid" drawer={open !== null}>
      <div class="grid-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("warnings.title")}</h1>
          {found.answer && found.answer.waiting > 0 && (
            <p class="sum">{t("warnings.waiting", { n: found.answer.waiting })}</p>
          )}
          <div class="tools">
            <a class="btn small" href="/app/grid/hollow">
              {t("hollow.title")}
            </a>
            <a class="btn small" href="/app/grid/cross">
              {t("cross.title")}
            </a>
            <a class="btn small" href="/app/grid">
              <Icon name="grid" />
              {t("grid.title")}
            </a>
          </div>
        </div>
        <KeptNote at={found.keptAt} again={found.again} />
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : found.answer === null ? (
          <Skeleton lines={8} />
        ) : (
          <>
            <form class="grid-bar" onSubmit={(event) => event.preventDefault()}>
              <fieldset class="group filters" aria-label={t("grid.only")}>
                <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
                  {t("filter.all")}
                </button>
                {(Object.keys(LEVELS) as Level[]).map((level) => (
                  <button
                    type="button"
                    key={level}
                    aria-pressed={only === level}
                    onClick={() => setOnly(level)}
                  >
                    {t(LEVELS[level].words)} <b>{found.answer?.[level]}</b>
                  </button>
                ))}
              </fieldset>
            </form>
            {looking.bar}
            {items.length === 0 && looking.sought ? (
              looking.nothing
            ) : items.length === 0 ? (
              <Notice icon="check" title={t("warnings.none")} />
            ) : (
              <List items={items} open={open} choose={setOpen} />
            )}
            <p class="small soft">{t("warnings.note")}</p>
          </>
        )}
      </div>
      {open && (
        <EvidenceDrawer
          key={keyOf(open)}
          division={open.division}
          village={open.village}
          category={open.category}
          period={open.period}
          published={false}
          close={() => setOpen(null)}
          face={
            isLevel(open.level) && (
              <p>
                <Colour level={open.level} />
              </p>
            )
          }
        >
          {(shown) =>
            mayOrder() &&
            open.days > 0 &&
            open.heir === null && (
              <HandOn
                division={open.division}
                village={open.village}
                found={foundWords(shown, t("grid.over", { days: days(open.days) }))}
                notice={null}
              />
            )
          }
        </EvidenceDrawer>
      )}
    </Desk>
  );
}

const keyOf = (one: VillageWarning): string => `${one.division} ${one.category} ${one.period}`;

interface ListProps {
  items: VillageWarning[];
  open: VillageWarning | null;
  choose: (one: VillageWarning) => void;
}

function List({ items, open, choose }: ListProps) {
  return (
    <Scroll class="grid-scroll" label={t("warnings.title")}>
      <table class="grid overview">
        <thead>
          <tr class="r2 alone">
            <th class="v" scope="col">
              {t("grid.village")}
            </th>
            <th scope="col">{t("warnings.level")}</th>
            <th scope="col">{t("warnings.what")}</th>
            <th scope="col">{t("warnings.due")}</th>
            <th scope="col">{t("warnings.goes_to")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={keyOf(one)}>
              <th scope="row" class="v">
                {placed(one.village)}
                {one.heir && <small>{t("warnings.heir", { name: placed(one.heir) })}</small>}
              </th>
              <td>{isLevel(one.level) && <Colour level={one.level} />}</td>
              <td class="what">
                <button
                  type="button"
                  class="link"
                  aria-pressed={open !== null && keyOf(open) === keyOf(one)}
                  onClick={() => choose(one)}
                >
                  {one.title}
                </button>
              </td>
              <td class="due">
                {longDay(one.due_on, language.value)}
                <small>
                  {one.days > 0 && t("grid.over", { days: days(one.days) })}
                  {one.missed > 1 && " · "}
                  {one.missed > 1 && <span>{t("warnings.again", { n: one.missed })}</span>}
                </small>
              </td>
              <td>{t(GOES_TO[one.goes_to] ?? "warning.to.village")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Colour({ level }: { level: Level }) {
  const { icon, face, words } = LEVELS[level];
  return (
    <span class={`cell ${face}`}>
      <Icon name={icon} />
      {t(words)}
    </span>
  );
}
