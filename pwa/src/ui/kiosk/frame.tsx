/** What every screen of a kiosk stands in: where it is, what time it is, how old what it shows is, and four large buttons. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asOf, online, villages } from "../../acts/kiosk/contents";
import { point, replaced } from "../../acts/kiosk/point";
import { back, enter, isFirst, large, pairing, startOver } from "../../acts/kiosk/running";
import { jumped, now } from "../../acts/kiosk/timing";
import { clockAt, dayAt, momentText, partsOf, shortDay, weekday } from "../../core/dates";
import { OTHER, t } from "../../messages/kiosk";
import { chooseLanguage, language } from "../../messages/language";
import { Icon, type IconName } from "../icons";

export function Brand() {
  return (
    <p class="brand">
      <span class="seal" aria-hidden="true">
        {t("seal")}
      </span>
      <b>{t("site")}</b>
      {villages.value.some((one) => one.demo) && <span class="tag">{t("demo")}</span>}
    </p>
  );
}

export function Time() {
  const day = dayAt(now.value);
  return (
    <p class="time">
      <span>
        {shortDay(day, language.value)} {weekday(day, language.value)}
      </span>
      <b>{clockAt(now.value).padStart(5, "0")}</b>
    </p>
  );
}

/** How old what is shown is; on every screen. */
export function AsOf({ at = asOf.value }: { at?: number | null }) {
  if (at === null) return <>{t("as_of.none")}</>;
  const year = partsOf(dayAt(now.value)).year;
  return <>{t("as_of", { when: momentText(new Date(at).toISOString(), language.value, year) })}</>;
}

/** Whom to call about a village's notices; nothing where no office said so. */
export function Phones({ village }: { village: string | undefined }) {
  const phones = villages.value.find((one) => one.code === village)?.phones ?? [];
  if (phones.length === 0) return null;
  const said = phones.map((one) => `${one.office} ${one.number}`).join(t("list.else"));
  return <>{t("phone", { phones: said })}</>;
}

/** The line under the head: whether there is a network, whether the clock can be trusted, who took over. */
export function Status({ at }: { at?: number | null }) {
  return (
    <div class={online.value === false ? "status off" : "status"} role="status">
      <p>
        {online.value === false && (
          <>
            <Icon name="noSignal" />
            <b>{t("offline")}</b>
          </>
        )}
        <span class="as-of">
          <AsOf {...(at === undefined ? {} : { at })} />
        </span>
      </p>
      {jumped.value && (
        <p>
          <Icon name="clock" />
          {t("jumped")}
        </p>
      )}
      {replaced.value && point.value?.kind === "kiosk" && (
        <p>
          <Icon name="warn" />
          {t("replaced")}
          <button
            type="button"
            class="inline"
            onClick={() => {
              pairing.value = true;
            }}
          >
            {t("replaced.do")}
          </button>
        </p>
      )}
    </div>
  );
}

interface FrameProps {
  title: string;
  under?: ComponentChildren;
  step?: number;
  asOf?: number | null;
  /** Beside the buttons that every screen has, or in their place. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

export function Frame({ title, under, step, asOf: at, bar, children }: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { box, room, move } = useMoving();
  useEffect(() => {
    document.title = `${title} · ${t("site")}`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div class="frame">
      <header>
        {isFirst.value ? (
          <Brand />
        ) : (
          <button type="button" class="back" onClick={back}>
            <Icon name="back" />
            {t("back")}
          </button>
        )}
        {isFirst.value && <LanguageSwitch />}
        <Time />
      </header>
      <Status {...(at === undefined ? {} : { at })} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by a keyboard too */}
      <main class="moving" ref={box} tabIndex={0}>
        <div class="head">
          <h1 ref={heading} tabIndex={-1} class={title.length > 8 ? "long" : ""}>
            {title}
          </h1>
          {step !== undefined && <Steps step={step} />}
          {under !== undefined && <div class="under">{under}</div>}
        </div>
        {children}
      </main>
      <nav class="bar" aria-label={t("bar")}>
        <Press icon="house" words={t("home")} disabled={isFirst.value} onClick={startOver} />
        {bar}
        <Press
          icon="plus"
          words={t(large.value ? "smaller" : "larger")}
          pressed={large.value}
          onClick={() => {
            large.value = !large.value;
          }}
        />
        <Press icon="search" words={t("find")} onClick={() => enter({ at: "search" })} />
        {(room.up || room.down) && (
          <>
            <button
              type="button"
              class="move"
              aria-label={t("up")}
              disabled={!room.up}
              onClick={() => move(-1)}
            >
              <Icon name="up" />
            </button>
            <button
              type="button"
              class="move"
              aria-label={t("down")}
              disabled={!room.down}
              onClick={() => move(1)}
            >
              <Icon name="down" />
            </button>
          </>
        )}
      </nav>
    </div>
  );
}

function LanguageSwitch() {
  const other = language.value === "en" ? "zh-CN" : "en";
  return (
    <button type="button" class="language" lang={other} onClick={() => chooseLanguage(other)}>
      {OTHER[language.value]}
    </button>
  );
}

interface PressProps {
  icon: IconName;
  words: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function Press({ icon, words, pressed, disabled, onClick }: PressProps) {
  return (
    <button type="button" aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
      <span>{words}</span>
    </button>
  );
}

/** How far it is to a notice: a village's own point has one step less. */
function Steps({ step }: { step: number }) {
  const all = ["step.village", "step.category", "step.notice", "step.read"] as const;
  const names = villages.value.length > 1 ? all : all.slice(1);
  const here = step - (all.length - names.length);
  const name = names[here];
  if (name === undefined) return null;
  return (
    <p class="steps">
      <span class="vh">{t("steps", { n: here + 1, of: names.length, name: t(name) })}</span>
      {names.map((one, n) => (
        <span key={one} class={n === here ? "here" : ""} aria-hidden="true">
          <i>{n + 1}</i>
          {t(one)}
        </span>
      ))}
    </p>
  );
}

/** What is longer than the screen: a finger moves it, and so do two large buttons that say so. */
function useMoving() {
  const box = useRef<HTMLElement>(null);
  const [room, setRoom] = useState({ up: false, down: false });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = element;
      const next = { up: scrollTop > 8, down: scrollTop + clientHeight < scrollHeight - 8 };
      setRoom((last) => (last.up === next.up && last.down === next.down ? last : next));
    };
    const watch = new ResizeObserver(look);
    watch.observe(element);
    for (const child of element.children) watch.observe(child);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      watch.disconnect();
      element.removeEventListener("scroll", look);
    };
  });
  const move = (way: 1 | -1): void => {
    const element = box.current;
    element?.scrollBy({ top: way * element.clientHeight * 0.8, behavior: "smooth" });
  };
  return { box, room, move };
}
