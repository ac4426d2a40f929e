/** What villagers asked: first what waits for me, by the day it falls due, then what waits for others. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { longDay, momentText } from "../../core/dates";
import { days, language, placed, say, t, workdays } from "../../messages";
import type { InquiryLine, ReplyDue } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { useFinding } from "../finder";
import type { IconName } from "../icons";
import { onceEach, ShowMore, usePages } from "../pages";
import { StatusChip, type Tone } from "../pieces";
import { Entry, QueuePage } from "../queue";
import { Register } from "./register";

export function Inquiries() {
  const finding = useFinding("queue", "/desk/inquiries", t("asked.find"));
  const asked = usePages(
    (cursor) => api.inquiries(finding.wanted, cursor),
    `inquiries ${language.value} ${JSON.stringify(finding.wanted)}`,
  );
  const open = onceEach(asked.pages.flatMap((page) => page.open));
  const yours = open.filter((line) => line.turn !== null);
  const others = open.filter((line) => line.turn === null);
  const ended = onceEach(asked.pages.flatMap((page) => page.ended));
  return (
    <QueuePage
      title={t("nav.inquiries")}
      asked={asked}
      finding={finding}
      yours={{ name: t("asked.yours"), items: yours }}
      rest={[
        { name: t("asked.others"), items: others },
        { name: t("asked.ended"), items: ended },
      ]}
      empty={{ title: t("asked.empty"), note: t("asked.empty.note") }}
      first={({ id, number }) => ({
        href: `/app/inquiries/${id}`,
        words: t("asked.first", { number }),
      })}
      entry={(line) => <Asked line={line} />}
      foot={
        <>
          <ShowMore more={asked.more} />
          <Together />
        </>
      }
    />
  );
}

/** What the township reads of all of it together. */
function Together() {
  const role = actor.value?.role;
  const [registering, setRegistering] = useState(false);
  if (role !== "auditor" && role !== "editor") return null;
  return (
    <section aria-label={t("figures.open")}>
      {registering && <Register close={() => setRegistering(false)} />}
      <p class="handling-ways">
        <button type="button" class="btn" onClick={() => setRegistering(true)}>
          {t("register.title")}
        </button>
        <a class="btn" href="/app/inquiries/figures">
          {t("figures.open")}
        </a>
        {role === "auditor" && (
          <a class="btn" href="/app/inquiries/looks">
            {t("looks.open")}
          </a>
        )}
      </p>
    </section>
  );
}

function Asked({ line }: { line: InquiryLine }) {
  return (
    <Entry day={line.due.on} href={`/app/inquiries/${line.id}`} what={line.excerpt}>
      <span class="two">
        <State line={line} />
        <DueChip line={line} />
        <AcceptChip line={line} />
      </span>
      {line.round > 1 && line.state === "waiting" && (
        <StatusChip icon="missing" tone="missing">
          {t("asked.again")}
        </StatusChip>
      )}
      {line.referral && (
        <span class="say">
          {line.referral.days_late > 0
            ? t("asked.with.late", {
                name: line.referral.name,
                days: days(line.referral.days_late),
              })
            : t("asked.with", {
                name: line.referral.name,
                day: longDay(line.referral.due_on, language.value),
              })}
        </span>
      )}
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
        {placed(line.division_name)}
        {line.line && ` · ${line.line}`} ·{" "}
        {t("asked.when", { when: momentText(line.asked_at, language.value) })}
      </span>
    </Entry>
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
      : line.state === "waiting"
        ? t(`asked.waits.${line.respondent}`)
        : say(line.state_name);
  return (
    <StatusChip icon={icon} tone={tone}>
      {words}
    </StatusChip>
  );
}

/** How long there still is, in the days that the rule counts in. */
const leftWords = ({ days_left: left, unit }: ReplyDue): string =>
  t("tasks.in", { days: unit === "working" ? workdays(left) : days(left) });

/** How long there is to say whether it is taken up; nothing once that was said. */
export function AcceptChip({ line }: { line: InquiryLine }) {
  if (!line.accept_due || line.turn === "look") return null;
  const { days_left: left, days_late: late } = line.accept_due;
  if (late > 0) {
    return (
      <StatusChip icon="missing" tone="missing">
        {t("asked.accept.late", { days: days(late) })}
      </StatusChip>
    );
  }
  return (
    <StatusChip icon="clock" tone={left <= 1 ? "late" : "up"}>
      {left === 0
        ? t("asked.accept.last")
        : t("asked.accept.left", { days: leftWords(line.accept_due) })}
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
      {left === 0 ? t("asked.last") : leftWords(line.due)}
    </StatusChip>
  );
}
