/** The server's promise about a posting: that it came, when, on time or late, and what exactly came. */
import { checkReceipt } from "../acts/checking";
import type { Proof } from "../acts/proving";
import { saveFile } from "../acts/saving";
import { dayAt, daysBetween, momentText, shortDay } from "../core/dates";
import type { Commitment } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import { days, language, type Message, t } from "../messages";
import type { Receipt, SubmissionPage } from "../net/shapes";
import { Icon, type IconName } from "./icons";
import { StatusChip, type Tone, useAnswer } from "./pieces";

export const when = (iso: string | null | undefined): string =>
  iso ? momentText(iso, language.value) : "—";

interface Promised {
  /** The moment that judges, and by how many days it was late. */
  at: string;
  late: number;
  dueOn: string;
  hash: string;
  signed: string;
}

/** The newest promise there is: the receipt, the commitment, or what the server says to another phone. */
function promisedBy(posting: Posting | null, page: SubmissionPage | null): Promised | null {
  if (posting?.receipt) {
    const { committed_at, received_at, verdict, late_days, due_on, content_hash, signed } =
      posting.receipt;
    const late = verdict === "late" ? late_days : 0;
    return { at: committed_at ?? received_at, late, dueOn: due_on, hash: content_hash, signed };
  }
  if (posting?.commitment) {
    const { received_at, on_time, days_late, due_on, content_hash, signed } = posting.commitment;
    const late = on_time ? 0 : days_late;
    return { at: received_at, late, dueOn: due_on, hash: content_hash, signed };
  }
  if (!page) return null;
  const { committed_at, received_at, late, due_on } = page.line;
  const at = committed_at ?? received_at;
  const days = late ? Math.max(1, daysBetween(due_on, dayAt(Date.parse(at)))) : 0;
  return { at, late: days, dueOn: due_on, hash: page.content_hash, signed: "" };
}

/** Nothing until the server has promised something; then its newest word. */
export function ReceiptView(props: { posting: Posting | null; page: SubmissionPage | null }) {
  const { posting, page } = props;
  const promised = promisedBy(posting, page);
  if (!promised) return null;
  const { late } = promised;
  const complete = posting?.receipt || page;
  // What was refused is registered anew once it is put right: then another moment judges.
  const refused = posting?.state === "needs_attention";
  const verdict = late ? t("receipt.said.late", { days: days(late) }) : t("receipt.said.on_time");
  return (
    <section aria-labelledby="receipt">
      <div class="receipt">
        <div class="head">
          <h2 id="receipt">{t(complete ? "receipt.title" : "receipt.registered")}</h2>
          {!refused && (
            <StatusChip icon={late ? "late" : "ok"} tone={late ? "late" : "ok"}>
              {late ? t("receipt.late", { days: days(late) }) : t("receipt.on_time")}
            </StatusChip>
          )}
        </div>
        <p class="lead">{t("receipt.said", { when: when(promised.at), verdict })}</p>
        {refused ? (
          <p class="small">{t("receipt.refused")}</p>
        ) : (
          posting?.commitment && <Until commitment={posting.commitment} receipt={posting.receipt} />
        )}
        {posting && promised.signed && <Checked posting={posting} signed={promised.signed} />}
        <Times posting={posting} page={page} promised={promised} />
        <p class="small soft">{t("receipt.note")}</p>
        <p class="small soft">
          {t("receipt.hash")} <code class="hash">{promised.hash}</code>
        </p>
        {posting && promised.signed && <Signed id={posting.id} text={promised.signed} />}
      </div>
    </section>
  );
}

const PROOFS: { [is in Proof["is"]]: [IconName, Tone] } = {
  checked: ["ok", "ok"],
  wrong: ["missing", "missing"],
  "key changed": ["missing", "missing"],
  unknown: ["clock", "up"],
};

/** Whether the signature holds, found out on this phone each time somebody looks. */
function Checked({ posting, signed }: { posting: Posting; signed: string }) {
  const proof = useAnswer(() => checkReceipt(posting), `receipt ${posting.id} ${signed}`);
  const is = proof.error ? "unknown" : proof.answer?.is;
  if (!is) return null;
  const [icon, tone] = PROOFS[is];
  return (
    <p class="facts">
      <StatusChip icon={icon} tone={tone} long>
        {t(`receipt.proof.${is}`)}
      </StatusChip>
    </p>
  );
}

/** Until when the rest must follow, or that it did not. */
function Until(props: { commitment: Commitment; receipt: Receipt | null }) {
  const { commitment, receipt } = props;
  const until = commitment.lapses_at;
  const arrived = receipt ? Date.parse(receipt.received_at) : Date.now();
  const lapsed = arrived >= Date.parse(until);
  if (receipt && !lapsed) return null;
  return (
    <>
      <p class="small">{t(lapsed ? "receipt.lapsed" : "receipt.until", { when: when(until) })}</p>
      {!receipt && commitment.provisional && <p class="small">{t("receipt.provisional")}</p>}
    </>
  );
}

/** Every time there is, in the order in which they pass; the one that judges says so. */
function Times(props: {
  posting: Posting | null;
  page: SubmissionPage | null;
  promised: Promised;
}) {
  const { posting, page, promised } = props;
  const receipt = posting?.receipt;
  const line = page?.line;
  const committed =
    posting?.commitment?.received_at ?? receipt?.committed_at ?? line?.committed_at ?? null;
  const judges = committed === promised.at ? "time.committed" : "time.received";
  const times: [Message, string | null | undefined][] = [
    ["time.captured", page?.captured_at],
    ["time.composed", posting?.submission.composed_at ?? page?.composed_at],
    ["time.committed", committed],
    ["time.received", receipt?.received_at ?? line?.received_at],
    ["time.opens", line?.opens_at ?? receipt?.opens_at],
  ];
  return (
    <dl class="sum-list">
      {times
        .filter(([, at]) => at)
        .map(([name, at]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>
              {when(at)}
              {name === judges && posting?.state !== "needs_attention" && (
                <small>{t("time.judges")}</small>
              )}
            </dd>
          </div>
        ))}
      <div>
        <dt>{t("time.due")}</dt>
        <dd>{shortDay(promised.dueOn, language.value)} 24:00</dd>
      </div>
    </dl>
  );
}

function Signed({ id, text }: { id: string; text: string }) {
  const save = (): void =>
    saveFile(`gongshilan-${id}.txt`, new Blob([text], { type: "text/plain;charset=utf-8" }));
  return (
    <details class="proof">
      <summary>
        {t("receipt.signed")}
        <Icon name="down" />
      </summary>
      <p class="small soft">{t("receipt.signed.note")}</p>
      <pre>{text}</pre>
      <button type="button" class="btn block" onClick={save}>
        <Icon name="download" />
        {t("receipt.save")}
      </button>
    </details>
  );
}
