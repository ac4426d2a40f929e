/** Slips for many people: six on a sheet of A4, cut along the dashes. In both languages, whoever prints them. */
import { useEffect } from "preact/hooks";
import { momentText } from "../../core/dates";
import { both, type Message, t } from "../../messages";
import type { SlipsMade, SlipView } from "../../net/batches";
import { Icon } from "../icons";

const STEPS: Message[] = ["strip.one", "strip.two", "strip.three"];
/** What fits on a sheet. */
const ON_A_SHEET = 6;

const role = (slip: SlipView): { zh: string; en: string } => both(`role.${slip.role}`);

/** Everybody's slip, to look at here and to print. */
export function Slips({ made }: { made: SlipsMade }) {
  useEffect(() => {
    document.body.classList.add("printing-strips");
    return () => document.body.classList.remove("printing-strips");
  }, []);
  const sheets = Array.from({ length: Math.ceil(made.slips.length / ON_A_SHEET) }, (_, n) =>
    made.slips.slice(n * ON_A_SHEET, (n + 1) * ON_A_SHEET),
  );
  return (
    <>
      <button type="button" class="btn main block" onClick={() => window.print()}>
        <Icon name="print" />
        {t("batch.print", { n: made.slips.length })}
      </button>
      <div class="strips">
        {sheets.map((slips) => (
          <div class="strip-sheet" key={slips[0]?.account_id}>
            {slips.map((slip) => (
              <Strip key={slip.account_id} slip={slip} link={made.link} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function Strip({ slip, link }: { slip: SlipView; link: string }) {
  const zh = both("strip.until", { when: momentText(slip.expires_at, "zh-CN") }).zh;
  const en = both("strip.until", { when: momentText(slip.expires_at, "en") }).en;
  const { zh: roleZh, en: roleEn } = role(slip);
  return (
    <article class="strip">
      <div class="strip-head">
        <img
          alt={t("invite.qr", { name: slip.name })}
          src={`data:image/svg+xml,${encodeURIComponent(slip.qr)}`}
        />
        <div>
          <p class="strip-site">{both("site").zh}</p>
          <p class="strip-name">{slip.name}</p>
          <p>
            {slip.division_name} · {slip.post ?? roleZh}{" "}
            <span class="slip-en" lang="en">
              {roleEn}
            </span>
          </p>
          {slip.phone && <p>{slip.phone}</p>}
          <p>
            {both("strip.login").zh} <b>{slip.login}</b>
          </p>
        </div>
      </div>
      <p class="slip-code">{slip.code}</p>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>
            {both(step).zh}
            <span class="slip-en" lang="en">
              {both(step).en}
            </span>
          </li>
        ))}
      </ol>
      <p class="strip-foot">
        <b>{link}</b>
        <br />
        {zh}
        <span class="slip-en" lang="en">
          {en}
        </span>
      </p>
    </article>
  );
}
