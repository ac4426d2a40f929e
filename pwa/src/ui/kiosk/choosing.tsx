/** The three lists that lead to a notice: villages, what a village shows by kind, and the notices of a kind. */
import type { ComponentChildren } from "preact";
import { online, villages } from "../../acts/kiosk/contents";
import { enter } from "../../acts/kiosk/running";
import { now } from "../../acts/kiosk/timing";
import { dayAt, dayText, partsOf } from "../../core/dates";
import { daysLeft } from "../../core/keeping";
import { byCategory, endOf, inRotation, shownAs } from "../../core/kiosk_notices";
import { standing as standingNotices } from "../../core/site_notices";
import type { KeptVillage } from "../../keep/kiosk";
import { t } from "../../messages/kiosk";
import { language, say } from "../../messages/language";
import type { KeptCard, NoticeCard } from "../../net/kiosk";
import { Icon } from "../icons";
import { Frame, Phones } from "./frame";

const NEW_MS = 7 * 86_400_000;

/** A notice's title in the language of the screen, as far as it was fetched in it. */
export function titleOf(card: KeptCard): string {
  return language.value === "en" ? (card.title_en ?? card.title) : card.title;
}

/** "10月19日公开 · 还剩 3 天" */
export function standing(card: NoticeCard, time: number): string {
  const words = [t("opened", { day: dayOf(Date.parse(card.opened_at ?? ""), time) })];
  if (card.corrected > 0) words.push(t("corrected", { n: card.edition }));
  const shown = shownAs(card, time);
  const end = endOf(card, time);
  if (end !== null) words.push(leftOf(end, time));
  else if (shown !== null && shown !== "open") words.push(t(`stage.${shown}`));
  return words.join(" · ");
}

export function leftOf(end: number, time: number): string {
  const left = daysLeft(end, time);
  return left <= 1 ? t("left.last") : t("left", { n: left });
}

export function dayOf(moment: number, time: number): string {
  return dayText(dayAt(moment), language.value, partsOf(dayAt(time)).year);
}

interface RowProps {
  words: string;
  under: string;
  fresh?: boolean;
  onClick: () => void;
  /** Below both: lines of the notice. */
  children?: ComponentChildren;
}

export function Row({ words, under, fresh, onClick, children }: RowProps) {
  return (
    <li>
      <button type="button" class="row" onClick={onClick}>
        <span class="words">
          <b>{words}</b>
          <small>{under}</small>
          {children}
        </span>
        {fresh && <span class="fresh">{t("new")}</span>}
        <Icon name="forward" />
      </button>
    </li>
  );
}

const isNew = (card: NoticeCard): boolean =>
  now.value - Date.parse(card.opened_at ?? "") < NEW_MS && shownAs(card, now.value) === "open";

/** Nothing was fetched yet: why, and that nobody needs to do anything. */
function Nothing() {
  return (
    <p class="nothing" role="status">
      {t(online.value === false ? "fetching.offline" : "fetching")}
    </p>
  );
}

export function Villages() {
  return (
    <Frame title={t("villages.title")} step={0}>
      {villages.value.length === 0 && <Nothing />}
      <ul class="rows two">
        {villages.value.map((one) => (
          <Row
            key={one.code}
            words={one.name}
            under={t("villages.count", { n: inRotation(one.cards, now.value).length })}
            fresh={one.cards.some(isNew)}
            onClick={() => enter({ at: "village", code: one.code })}
          />
        ))}
      </ul>
    </Frame>
  );
}

export function Village({ code }: { code: string }) {
  const here = villages.value.find((one) => one.code === code);
  if (!here) return <Villages />;
  const groups = byCategory(here.cards, now.value);
  return (
    <Frame
      title={here.name}
      step={1}
      asOf={here.asOf}
      under={
        <>
          <p>{t("village.open", { open: inRotation(here.cards, now.value).length })}</p>
          <Said village={here} />
          <Missing village={here} />
          <p>
            <Phones village={code} />
          </p>
        </>
      }
    >
      {groups.length === 0 && <p class="nothing">{t("village.none")}</p>}
      <ul class="rows">
        {groups.map(([category, [newest, ...others]]) =>
          newest === undefined ? null : (
            <Row
              key={category}
              words={say(newest.category_name)}
              under={`${say(newest.period_label)} · ${standing(newest, now.value)}${
                others.length > 0 ? ` · ${t("category.count", { n: others.length + 1 })}` : ""
              }`}
              fresh={isNew(newest)}
              onClick={() => enter({ at: "category", code, category })}
            />
          ),
        )}
      </ul>
    </Frame>
  );
}

/** What the offices have to say, until its time is over, with or without a network. */
function Said({ village }: { village: KeptVillage }) {
  return (
    <>
      {standingNotices(village.said ?? [], now.value).map((one) => (
        <div class="said" key={one.id} lang="zh-CN">
          <p>
            <b>
              {one.weight === "important" ? t("said.important", { title: one.title }) : one.title}
            </b>{" "}
            <small>{one.office}</small>
          </p>
          <p>{one.text}</p>
        </div>
      ))}
    </>
  );
}

function Missing({ village }: { village: KeptVillage }) {
  if (village.missing.length === 0) return null;
  const titles = village.missing.map((one) => say(one.title)).join(t("list.else"));
  return (
    <p class="missing">
      <Icon name="missing" />
      <span>{t("village.missing", { titles })}</span>
    </p>
  );
}

export function Category({ code, category }: { code: string; category: string }) {
  const here = villages.value.find((one) => one.code === code);
  const cards = byCategory(here?.cards ?? [], now.value).find(([key]) => key === category)?.[1];
  const [newest] = cards ?? [];
  if (!here || !cards || newest === undefined) return <Village code={code} />;
  return (
    <Frame title={say(newest.category_name)} step={2} asOf={here.asOf} under={<p>{here.name}</p>}>
      <ul class="rows">
        {cards.map((card) => (
          <Row
            key={card.disclosure_id}
            words={titleOf(card)}
            under={standing(card, now.value)}
            fresh={isNew(card)}
            onClick={() => enter({ at: "notice", id: card.disclosure_id })}
          />
        ))}
      </ul>
    </Frame>
  );
}
