/** Who looked at how somebody who asked can be reached: for the auditor, who may not look. */
import { actor } from "../../acts/session";
import { momentText } from "../../core/dates";
import { byName } from "../../core/looking";
import { language, placed, say, t } from "../../messages";
import { address } from "../../net/client";
import type { ContactLook } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { useLooking } from "../finder";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Page } from "../shell";

export function Looks() {
  const looks = useAnswer(api.contactLooks, "contact-looks");
  const looking = useLooking<ContactLook>({
    label: t("looks.find"),
    words: (one) => [one.name, one.division_name, one.number],
    orders: [
      [t("list.sort.newest")],
      [t("list.sort.place"), byName((one) => one.division_name)],
      [t("list.who"), byName((one) => one.name)],
    ],
    file: address("/desk/contact-looks.csv", { lang: language.value }),
  });
  const items = looking.of(looks.answer?.items ?? []);
  const outside = actor.value?.role === "examiner";
  const back = outside
    ? { href: "/app/inquiries/figures", words: t("figures") }
    : { href: "/app/inquiries", words: t("nav.inquiries") };
  return (
    <Page title={t("looks")} back={back}>
      {looks.error ? (
        <Failure error={looks.error} retry={looks.again} />
      ) : looks.answer === null ? (
        <section>
          <Skeleton lines={6} />
        </section>
      ) : looks.answer.items.length === 0 ? (
        <Notice icon="lock" title={t("looks.none")}>
          <p>{t("looks.note")}</p>
        </Notice>
      ) : (
        <section>
          <p class="soft">{t("looks.note")}</p>
          {looking.bar}
          {items.length === 0 && looking.nothing}
          <Scroll class="scroll flat" label={t("looks")}>
            <table class="plain stacks">
              <thead>
                <tr>
                  <th scope="col">{t("looks.when")}</th>
                  <th scope="col">{t("looks.who")}</th>
                  <th scope="col">{t("looks.village")}</th>
                  <th scope="col">{t("looks.number")}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((look) => (
                  <tr key={`${look.at} ${look.inquiry_id} ${look.name}`}>
                    <th scope="row">{momentText(look.at, language.value)}</th>
                    <td data-label={t("looks.who")}>
                      {look.name}
                      {look.role && ` · ${say(look.role)}`}
                    </td>
                    <td data-label={t("looks.village")}>{placed(look.division_name)}</td>
                    <td data-label={t("looks.number")}>
                      {outside ? (
                        look.number
                      ) : (
                        <a class="link" href={`/app/inquiries/${look.inquiry_id}`}>
                          {look.number}
                        </a>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {looks.answer.more && <p class="soft">{t("looks.more")}</p>}
        </section>
      )}
    </Page>
  );
}
