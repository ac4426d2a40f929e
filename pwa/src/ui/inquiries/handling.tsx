/** How something asked is handled: its steps so far, and what can be done now. */
import { longDay, momentText } from "../../core/dates";
import { days, language, say, t, workdays } from "../../messages";
import type { InquiryPage, Referral, Slip, Way } from "../../net/inquiry_shapes";
import { StatusChip } from "../pieces";
import type { Step } from "./steps";

// In the order of the work; accepting and reporting stand under the thumb where they wait for me.
const STEPS: readonly Step[] = ["classify", "refer", "report", "take_back", "extend"];

interface Props {
  page: InquiryPage;
  open: (step: Step) => void;
}

export function Handling({ page, open }: Props) {
  const { head, handling } = page;
  const can = (way: Way): boolean => handling.ways.includes(way);
  const steps = STEPS.filter((step) => can(step) && !(step === "report" && head.turn === "report"));
  const slips = slipsOf(page);
  return (
    <section aria-labelledby="handling">
      <div class="head">
        <h2 id="handling">{t("handling")}</h2>
      </div>
      <ol class="handled">
        <Accepted page={page} />
        {handling.referrals.map((one) => (
          <Referred key={one.id} referral={one} />
        ))}
        {handling.extension && (
          <li>
            <b>
              {t("handling.extended", {
                days: (head.due.unit === "working" ? workdays : days)(handling.extension.days),
              })}
            </b>
            <p>{handling.extension.reason}</p>
            <p class="small soft">{momentText(handling.extension.at, language.value)}</p>
          </li>
        )}
        {handling.satisfaction.map((one) => (
          <li key={one.round}>
            <StatusChip
              icon={one.rating === "not" ? "missing" : "ok"}
              tone={one.rating === "not" ? "missing" : "ok"}
              long
            >
              {t(one.round === 1 ? "handling.rated" : "handling.rated.again", {
                rating: say(one.rating_name),
              })}
            </StatusChip>
            {one.words && <p class="typed">{one.words}</p>}
            <p class="small soft">{momentText(one.rated_at, language.value)}</p>
          </li>
        ))}
      </ol>
      {steps.length > 0 && (
        <p class="handling-ways">
          {steps.map((step) => (
            <button key={step} type="button" class="btn" onClick={() => open(step)}>
              {t(`step.${step}`)}
            </button>
          ))}
        </p>
      )}
      {slips.length > 0 && (
        <>
          <h3 class="slips-title">{t("slips")}</h3>
          <ul class="slip-links">
            {slips.map((slip) => (
              <li key={slip}>
                <a
                  class="link"
                  href={`/desk/inquiries/${head.id}/${slip}?lang=${language.value === "en" ? "en" : "zh"}`}
                  target="_blank"
                  rel="noopener external"
                >
                  {t(`slip.${slip}`)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Accepted({ page: { head, handling } }: { page: InquiryPage }) {
  const what = [handling.subject_name, handling.about_name].filter((one) => one !== null).map(say);
  if (handling.accepted_at) {
    return (
      <li>
        <b>{t("handling.accepted", { name: handling.accepted_by_name ?? "" })}</b>
        {what.length > 0 && <p>{[say(head.kind_name), ...what].join(" · ")}</p>}
        <p class="small soft">{momentText(handling.accepted_at, language.value)}</p>
      </li>
    );
  }
  if (handling.ground) {
    return (
      <li>
        <b>{t("handling.refused", { ground: say(handling.ground) })}</b>
        {handling.turn_to && <p>{t("handling.turn_to", { where: handling.turn_to })}</p>}
        {handling.refused_at && (
          <p class="small soft">{momentText(handling.refused_at, language.value)}</p>
        )}
      </li>
    );
  }
  if (!head.accept_due) return null;
  const { on, days_late: late, provisional, term } = head.accept_due;
  return (
    <li>
      <b>{t("handling.accept.by", { day: longDay(on, language.value), term: say(term) })}</b>
      {late > 0 && (
        <p>
          <StatusChip icon="missing" tone="missing">
            {t("handling.accept.late", { days: late })}
          </StatusChip>
        </p>
      )}
      {provisional && <p class="small soft">{t("asked.due.provisional")}</p>}
    </li>
  );
}

function Referred({ referral }: { referral: Referral }) {
  const until = longDay(referral.due_on, language.value);
  return (
    <li>
      <b>{t("handling.referred", { name: referral.name, day: until })}</b>
      <p class="typed">{referral.note}</p>
      {referral.days_late > 0 && (
        <StatusChip icon="missing" tone="missing">
          {t("handling.referral.late", { days: referral.days_late })}
        </StatusChip>
      )}
      {referral.outcome && (
        <p class="typed">
          {t(`handling.${referral.outcome}`, { name: referral.ended_by_name ?? "" })}
          {referral.report && `\n${referral.report}`}
        </p>
      )}
      <p class="small soft">
        {t("asked.answer.by", {
          name: referral.referred_by_name,
          when: momentText(referral.referred_at, language.value),
        })}
      </p>
    </li>
  );
}

/** The slips that there are by now. */
export function slipsOf({ head, handling }: InquiryPage): Slip[] {
  if (!handling.ways.includes("slips")) return [];
  const there: { [slip in Slip]: boolean } = {
    register: true,
    acceptance: handling.accepted_at !== null,
    refusal: handling.ground !== null,
    satisfaction: head.state === "published" || head.round > 1,
  };
  return (Object.keys(there) as Slip[]).filter((slip) => there[slip]);
}
