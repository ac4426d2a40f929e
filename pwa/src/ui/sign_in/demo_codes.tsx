/** On a demonstration anyone becomes one of its people by a tap. */
import { say, t } from "../../messages";
import type { DemoCode } from "../../net/shapes";

export function DemoCodes(props: {
  codes: DemoCode[];
  choose: (code: string) => void;
  busy: boolean;
}) {
  return (
    <section aria-labelledby="demo-codes">
      <div class="head">
        <h2 id="demo-codes">{t("sign.demo")}</h2>
        <span class="small">{t("sign.demo.note")}</span>
      </div>
      <ul class="plain-rows">
        {props.codes.map((one) => (
          <li key={one.code}>
            <button
              type="button"
              class="row"
              disabled={props.busy}
              onClick={() => props.choose(one.code)}
            >
              <span>
                <b>{t("sign.demo.as", { role: t(`role.${one.role}`) })}</b>
                <small>
                  {one.name}
                  {one.division_name ? ` · ${say(one.division_name)}` : ""}
                </small>
              </span>
              <code>{one.code}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
