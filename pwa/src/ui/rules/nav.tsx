/** The way between the screens of a place's rules. */
import { t } from "../../messages";

const SCREENS = ["policies", "in-use", "working-days"] as const;
export type RulesScreen = (typeof SCREENS)[number];

export function RulesNav({ here }: { here: RulesScreen }) {
  return (
    <nav class="rules-nav" aria-label={t("nav.policies")}>
      {SCREENS.map((one) => (
        <a key={one} href={`/app/${one}`} aria-current={one === here ? "page" : undefined}>
          {t(`rules.${one}`)}
        </a>
      ))}
    </nav>
  );
}
