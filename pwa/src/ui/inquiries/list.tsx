/** What villagers asked: first what waits for me, by the day it falls due, then what waits for others. */
import { momentText, monthOf, partsOf } from "../../core/dates";
import { days, language, say, t } from "../../messages";
import type { InquiryLine } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { Icon, type IconName } from "../icons";
import { Failure, Notice, Skeleton, StatusChip, type Tone, useAnswer } from "../pieces";
import { Page } from "../shell";
import { WhoAmI } from "../tasks";

export function Inquiries() {
  const asked = useAnswer(() => api.inquiries(), `inquiries ${language.value}`);
  const open = asked.answer?.open ?? [];
  const yours = open.filter((line) => line.turn !== null);
  const others = open.filter((line) => line.turn === null);
  const ended = (asked.answer?.ended ?? []).slice(0, 20);
  const first = yours[0];
  return (
    <Page
      title={t("nav.inquiries")}
      tools={<WhoAmI />}
      thumb={
        first && (
          <a class="btn main" href={`/app/inquiries/${first.id}`}>
            {t("asked.first", { number: first.number })}
          </a>
        )
      }
    >
      {asked.error ? (
        <Failure error={asked.error} retry={asked.again} />
      ) : asked.answer === null ? (
        <section>
          <Skeleton lines={5} />
        </section>
      ) : yours.length === 0 ? (
        <Notice icon="ok" title={t("asked.empty")}>
          <p>{t("asked.empty.note")}</p>
        </Notice>
      ) : (
        <List name={t("asked.yours")} items={yours} />
      )}
      {others.length > 0 && <List name={t("asked.others")} items={others} />}
      {ended.length > 0 && <List name={t("asked.ended")} items={ended} />}
    </Page>
  );
}

function List({ name, items }: { name: string; items: InquiryLine[] }) {
  return (
    <section aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        <span class="small">{t("tasks.count", { n: items.length })}</span>
      </div>
      <ol class="ledger">
        {items.map((line) => (
          <li key={line.id}>
            <p class="day">
              <b>{partsOf(line.due.on).date}</b>
              <span>{monthOf(line.due.on, language.value)}</span>
            </p>
            <a class="ent" href={`/app/inquiries/${line.id}`}>
              <span class="what">
                <Icon name="forward" />
                {line.excerpt}
              </span>
              <span class="two">
                <State line={line} />
                <DueChip line={line} />
              </span>
              {line.signing && (
                <span class="say">
                  {line.signing.joined
                    ? t("asked.joined")
                    : t("asked.signatures", {
                        n: line.signing.signatures,
                        needed: line.signing.needed,
                      })}
                </span>
              )}
              <span class="say">
                {t("asked.number", { kind: say(line.kind_name), number: line.number })} ·{" "}
                {line.division_name}
                {line.line && ` · ${line.line}`} ·{" "}
                {t("asked.when", { when: momentText(line.asked_at, language.value) })}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}

const LOOK: { [state: string]: [IconName, Tone] } = {
  published: ["ok", "ok"],
  refused: ["withdrawn", "up"],
};

/** How it stands, in the words of whoever looks. */
export function State({ line }: { line: InquiryLine }) {
  const [icon, tone] = line.returned
    ? (["back2", "late"] as const)
    : (LOOK[line.state] ?? ["eye", "up"]);
  const words = line.returned
    ? t("asked.returned")
    : line.turn
      ? t(`asked.turn.${line.turn}`)
      : say(line.state_name);
  return (
    <StatusChip icon={icon} tone={tone}>
      {words}
    </StatusChip>
  );
}

/** How long there is to answer; nothing once it ended in time. */
export function DueChip({ line }: { line: InquiryLine }) {
  const { days_left: left, days_late: late } = line.due;
  if (line.state === "refused" || (line.state === "published" && late === 0)) return null;
  if (late > 0) {
    return (
      <StatusChip icon="missing" tone="missing">
        {t("asked.late", { days: days(late) })}
      </StatusChip>
    );
  }
  return (
    <StatusChip icon="clock" tone={left <= 1 ? "late" : "up"}>
      {left === 0 ? t("asked.last") : t("tasks.in", { days: days(left) })}
    </StatusChip>
  );
}
