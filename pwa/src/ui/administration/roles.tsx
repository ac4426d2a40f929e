/** Roles × acts: what an account of each role may do in the area it is bound to. */
import { language, say, t } from "../../messages";
import * as api from "../../net/administration";
import { Failure, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Page } from "../shell";

export function Roles() {
  const table = useAnswer(api.roleTable, `roles ${language.value}`);
  return (
    <Page title={t("roles.title")} back={{ href: "/app", words: t("home") }} wide>
      <section>
        <p class="soft">{t("roles.lead")}</p>
        {table.error ? (
          <Failure error={table.error} retry={table.again} />
        ) : table.answer === null ? (
          <Skeleton lines={8} />
        ) : (
          <Scroll class="scroll flat" label={t("roles.title")}>
            <table class="plain marks">
              <thead>
                <tr>
                  <th scope="col">{t("roles.act")}</th>
                  {table.answer.roles.map((role) => (
                    <th key={role.role} scope="col">
                      {say(role.words)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.answer.acts.map((act) => (
                  <tr key={act.act}>
                    <th scope="row">{say(act.words)}</th>
                    {table.answer?.roles.map((role) => {
                      const may = act.roles.includes(role.role);
                      return (
                        <td key={role.role}>
                          <span aria-hidden="true">{may ? "✓" : "·"}</span>
                          <span class="vh">{t(may ? "roles.yes" : "roles.no")}</span>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
    </Page>
  );
}
