/** The frame of the township's screens: one thin bar with what this role can do. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { actor, installation } from "../acts/session";
import { language, placed, t } from "../messages";
import { addressOf, PLACES, type Place } from "./places";
import { LanguageSwitch } from "./shell";

interface Props {
  title: string;
  current: Place;
  drawer?: boolean;
  children: ComponentChildren;
}

export function Desk({ title, current, drawer, children }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const who = actor.value;
  useLayoutEffect(() => {
    const heading = frame.current?.querySelector<HTMLElement>("h1");
    heading?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · ${t("site")}`;
  }, [title, language.value]);
  return (
    <div class={drawer ? "desk with-drawer" : "desk"} ref={frame}>
      <header class="desk-top">
        <a class="brand" href="/app">
          <i aria-hidden="true">{t("site.seal")}</i>
          {t("site")}
        </a>
        <nav aria-label={t("nav.main")}>
          <ul>
            {(who ? PLACES[who.role] : []).map((place) => (
              <li key={place}>
                <a href={addressOf(place)} aria-current={place === current ? "page" : undefined}>
                  {t(`nav.${place}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {who && (
          <a class="whom" href="/app/me">
            <span>{placed(who.division_name ?? "")} </span>
            <b>{who.name}</b>
            <span> · {t(`role.${who.role}`)}</span>
          </a>
        )}
        <LanguageSwitch />
        {installation.value?.demo && <span class="demo">{t("demo.tag")}</span>}
      </header>
      <main class="desk-work">{children}</main>
    </div>
  );
}
