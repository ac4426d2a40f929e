/** What every screen stands in: the bar at the top, one heading that takes the focus, the demo's own label. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { lock, sharers } from "../acts/phone";
import { actor, ended, installation, signInAgain } from "../acts/session";
import { chooseLanguage, language, say, t } from "../messages";
import { Problem } from "../net/client";
import { Icon } from "./icons";
import { Dialog } from "./pieces";
import { addressOf, PLACES } from "./places";

export function LanguageSwitch() {
  const other = language.value === "en" ? "zh-CN" : "en";
  return (
    <button type="button" class="tool" lang={other} onClick={() => chooseLanguage(other)}>
      {other === "en" ? "English" : "中文"}
    </button>
  );
}

/** On a shared phone: hand it over with one tap. */
function SwitchPerson() {
  const [failed, setFailed] = useState<string | null>(null);
  if (!actor.value || !sharers.value?.some((one) => one.here)) return null;
  const go = async (): Promise<void> => {
    try {
      await lock();
    } catch (problem) {
      setFailed(problem instanceof Problem ? say(problem.detail) : t("share.offline"));
    }
  };
  return (
    <>
      <button type="button" class="tool" onClick={() => void go()}>
        <Icon name="people" />
        {t("nav.switch")}
      </button>
      {failed !== null && (
        <Dialog title={t("nav.switch")} onClose={() => setFailed(null)}>
          <p role="alert">{failed}</p>
        </Dialog>
      )}
    </>
  );
}

export function DemoNote() {
  if (!installation.value?.demo) return null;
  return (
    <footer class="foot">
      <p>
        <strong>{t("demo")}</strong>
        {t("demo.note")}
      </p>
    </footer>
  );
}

interface PageProps {
  title: string;
  /** Where the arrow leads, and its words. Without it the product's name stands there. */
  back?: { href: string; words: string };
  tools?: ComponentChildren;
  /** Under the bar: title block and rule. Without it a plain heading is drawn. */
  head?: ComponentChildren;
  thumb?: ComponentChildren;
  wide?: boolean;
  children: ComponentChildren;
}

/** A screen. Its h1 (or `.focus-here`) takes the focus when the screen appears, so that a reader hears where it is. */
export function Page({ title, back, tools, head, thumb, wide, children }: PageProps) {
  const { path } = useLocation();
  const top = useRef<HTMLDivElement>(null);
  // With the frame that shows the screen: a moment later it would move the page under a thumb that is quick.
  useLayoutEffect(() => {
    const heading = top.current?.querySelector<HTMLElement>("h1");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    document.title = `${title} · ${t("site")}`;
  }, [title, language.value]);
  return (
    <div class={wide ? "page wide" : "page"} ref={top}>
      <header class="masthead">
        <div class="bar">
          {back ? (
            <a class="back" href={back.href}>
              <Icon name="back" />
              {back.words}
            </a>
          ) : (
            <a class="name" href="/app">
              {t("site")}
            </a>
          )}
          <div class="acts">
            <SwitchPerson />
            {tools ?? <LanguageSwitch />}
          </div>
        </div>
        {!back && <RoleNav />}
        {head ?? (
          <>
            <div class="title">
              <h1 class={title.length > 9 ? "long" : ""}>{title}</h1>
            </div>
            <hr class="ww" />
          </>
        )}
      </header>
      <main>
        {signInAgain.value && !ended.value && <SignInAgain />}
        {ended.value && path !== "/app/sign-in" && <EndedElsewhere />}
        {path !== "/app/me" && <NoPinYet />}
        {children}
        <DemoNote />
      </main>
      {thumb && (
        <section class="thumb" aria-label={t("thumb")}>
          {thumb}
        </section>
      )}
    </div>
  );
}

/** For roles with more than one place to be. */
function RoleNav() {
  const { path } = useLocation();
  const who = actor.value;
  const places = who ? PLACES[who.role] : [];
  if (places.length < 2 || path === "/app/sign-in") return null;
  return (
    <nav class="role-nav" aria-label={t("nav.main")}>
      {places.map((place) => (
        <a
          key={place}
          href={addressOf(place)}
          aria-current={path === addressOf(place) ? "page" : undefined}
        >
          {t(`nav.${place}`)}
        </a>
      ))}
    </nav>
  );
}

/** Signed out by somebody else: why, and that what was written is still here. */
function EndedElsewhere() {
  return (
    <p class="net" role="status">
      <Icon name="lock" />
      <span>
        <b>{t("ended.title")}</b>
        <small>{say(ended.value)}</small>
        <a class="link" href="/app/sign-in">
          {t("again.go")}
        </a>
      </span>
    </p>
  );
}

/** On a phone that others share, somebody without a PIN: what happens to them when it changes hands. */
function NoPinYet() {
  const people = sharers.value ?? [];
  if (!actor.value || people.length === 0 || people.some((one) => one.here)) return null;
  return (
    <p class="net" role="status">
      <Icon name="people" />
      <span>
        <b>{t("pin.ask")}</b>
        <small>{t("pin.ask.note")}</small>
        <a class="link" href="/app/me">
          {t("share.begin")}
        </a>
      </span>
    </p>
  );
}

function SignInAgain() {
  return (
    <p class="net" role="status">
      <Icon name="lock" />
      <span>
        <b>{t("again.title")}</b>
        <small>{t("again.note")}</small>
        <a class="link" href="/app/sign-in">
          {t("again.go")}
        </a>
      </span>
    </p>
  );
}
