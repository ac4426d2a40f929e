/** How long things took: three histograms, and each payment that came slowly, with what the township says of it. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { dayAt, dayText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/administration";
import { Icon } from "../icons";
import { rateText } from "../inquiries/figures";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Page } from "../shell";
import { type Days, SpanForm } from "../span_form";

export function Times() {
  const outside = actor.value?.role === "examiner";
  const home = { href: "/app", words: t("home") };
  const today = dayAt(Date.now());
  const [days, setDays] = useState<Days>({ first: `${today.slice(0, 4)}-01-01`, last: today });
  const found = useAnswer(
    () => api.processingTimes(days.first, days.last),
    `times ${days.first} ${days.last}`,
  );
  return (
    <Page title={t("times")} {...(outside ? {} : { back: home })} wide>
      <section class="form">
        <p class="soft">{t("times.lead")}</p>
        <SpanForm days={days} show={setDays} />
      </section>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : found.answer === null ? (
        <section>
          <Skeleton lines={6} />
        </section>
      ) : (
        <Found found={found.answer} again={found.again} />
      )}
    </Page>
  );
}

export function Found({ found, again }: { found: api.ProcessingTimes; again: () => void }) {
  const [explaining, setExplaining] = useState<api.SlowPayment | null>(null);
  return (
    <>
      {found.steps.map((step) => (
        <Step key={step.step} step={step} without={found.without_notice} />
      ))}
      <section>
        <p class="soft">{t("times.answers")}</p>
        <a class="link" href={api.timesAddress(found.first, found.last, language.value)} download>
          <Icon name="download" />
          {t("times.csv")}
        </a>
      </section>
      {found.slow.length > 0 && <Slow found={found} explain={setExplaining} />}
      {explaining && <Explain slow={explaining} close={() => setExplaining(null)} done={again} />}
    </>
  );
}

function Step({ step, without }: { step: api.Histogram; without: number }) {
  const title = say(step.words);
  return (
    <section>
      <div class="head">
        <h2>{title}</h2>
      </div>
      {step.counted === 0 ? (
        <p>{t("times.empty")}</p>
      ) : (
        <>
          <p>
            {t("times.middle", {
              n: step.counted,
              median: step.median ?? 0,
              longest: step.longest ?? 0,
            })}
          </p>
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">{t("times.took")}</th>
                <th scope="col" class="num">
                  {t("times.count")}
                </th>
                <th scope="col" class="num">
                  {t("times.share")}
                </th>
                {step.step === "payment" && (
                  <th scope="col" class="num">
                    {t("times.excused")}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {step.bands.map((band) => (
                <tr key={band.words.en}>
                  <th scope="row">{say(band.words)}</th>
                  <td class="num">{band.count}</td>
                  <td class="num">{rateText(band.share)}</td>
                  {step.step === "payment" && <td class="num">{band.excused}</td>}
                </tr>
              ))}
              <tr>
                <th scope="row">{t("times.together")}</th>
                <td class="num">{step.counted}</td>
                <td class="num">{rateText(10_000)}</td>
                {step.step === "payment" && <td />}
              </tr>
            </tbody>
          </table>
        </>
      )}
      {step.early > 0 && <p class="soft">{t("times.early", { n: step.early })}</p>}
      {step.step === "payment" && without > 0 && (
        <p class="soft">{t("times.without", { n: without })}</p>
      )}
    </section>
  );
}

interface SlowProps {
  found: api.ProcessingTimes;
  explain: (slow: api.SlowPayment) => void;
}

function Slow({ found, explain }: SlowProps) {
  const thisYear = Number(dayAt(Date.now()).slice(0, 4));
  const day = (one: string): string => dayText(one, language.value, thisYear);
  const explains = actor.value?.role === "editor";
  return (
    <section>
      <div class="head">
        <h2>{t("times.slow")}</h2>
      </div>
      <Scroll class="scroll flat" label={t("times.slow")}>
        <table class="plain stacks">
          <thead>
            <tr>
              <th scope="col">{t("times.payment")}</th>
              <th scope="col">{t("times.village")}</th>
              <th scope="col">{t("times.free")}</th>
              <th scope="col">{t("times.paid")}</th>
              <th scope="col" class="num">
                {t("times.days")}
              </th>
              <th scope="col">{t("times.cause")}</th>
            </tr>
          </thead>
          <tbody>
            {found.slow.map((one) => (
              <tr key={one.list_id}>
                <th scope="row">{one.purpose}</th>
                <td data-label={t("times.village")}>{placed(one.division_name)}</td>
                <td data-label={t("times.free")}>{day(one.free_on)}</td>
                <td data-label={t("times.paid")}>{day(one.paid_on)}</td>
                <td class="num" data-label={t("times.days")}>
                  {one.days}
                </td>
                <td data-label={t("times.cause")}>
                  {one.cause_words
                    ? t("what.says", { what: say(one.cause_words), says: one.words ?? "" })
                    : "—"}
                  {explains && (
                    <small>
                      <button type="button" class="link" onClick={() => explain(one)}>
                        {t("times.explain")}
                        <span class="vh"> {one.purpose}</span>
                      </button>
                    </small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {found.more && <p class="soft">{t("times.slow.more")}</p>}
    </section>
  );
}

interface ExplainProps {
  slow: api.SlowPayment;
  close: () => void;
  done: () => void;
}

function Explain({ slow, close, done }: ExplainProps) {
  const [cause, setCause] = useState<api.Cause | "none">(slow.cause ?? "special");
  const [words, setWords] = useState(slow.words ?? "");
  const leave = (): void => {
    close();
    done();
  };
  return (
    <FormDialog
      title={t("times.explain.title", { name: slow.purpose })}
      words={t("times.explain")}
      close={close}
      stale={leave}
      send={async () => {
        await api.explainDelay(slow, cause === "none" ? null : cause, words.trim());
        leave();
      }}
    >
      <p>{t("times.explain.note")}</p>
      <Choice
        label={t("times.cause")}
        value={cause}
        options={(["special", "by_progress", "none"] as const).map((value) => ({
          value,
          words: t(`times.${value}`),
        }))}
        choose={setCause}
      />
      {cause !== "none" && (
        <Input label={t("times.explain.words")} value={words} onInput={setWords} />
      )}
    </FormDialog>
  );
}
