/** The lists of payments of an area: what was loaded, how it compares with its notice, who says it came, and who asks. */
import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { longDay, momentText } from "../../core/dates";
import { formatFen } from "../../core/money";
import { language, placed, say, t } from "../../messages";
import type { ListLine } from "../../net/payment_shapes";
import * as api from "../../net/questions";
import { Desk } from "../desk";
import { useFinding } from "../finder";
import { Icon } from "../icons";
import { onceEach, ShowMore, usePages } from "../pages";
import { FormDialog } from "../people/parts";
import { Dialog, Failure, Input, Notice, Skeleton, StatusChip, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { Log } from "./log";

export function Payments() {
  const finding = useFinding("list", "/payment-lists", t("pay.find"));
  const lists = usePages(
    (cursor) => api.paymentLists(finding.wanted, cursor),
    `payments ${JSON.stringify(finding.wanted)}`,
  );
  const items = onceEach(lists.pages.flatMap((page) => page.items));
  const [ending, setEnding] = useState<ListLine | null>(null);
  const [reason, setReason] = useState("");
  const [asking, setAsking] = useState<ListLine | null>(null);
  const loads = actor.value?.role === "editor";
  return (
    <Desk title={t("pay.title")} current="payments">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("pay.title")}</h1>
          <div class="tools">
            <a class="btn small" href="/app/times">
              {t("times")}
            </a>
            <a class="btn small" href="/app/ledgers">
              {t("ledger.title")}
            </a>
            {loads && (
              <a class="btn main small" href="/app/payments/new">
                <Icon name="plus" />
                {t("pay.new")}
              </a>
            )}
          </div>
        </div>
        <p class="soft">{t("pay.lead")}</p>
        {finding.bar}
        {lists.error ? (
          <Failure error={lists.error} retry={lists.again} />
        ) : lists.answer === null ? (
          <Skeleton lines={8} />
        ) : items.length === 0 && finding.sought ? (
          finding.nothing
        ) : items.length === 0 ? (
          <Notice icon="people" title={t("pay.none")}>
            <p>{t("pay.none.note")}</p>
          </Notice>
        ) : (
          <Table items={items} loads={loads} end={setEnding} ask={setAsking} />
        )}
        <ShowMore more={lists.more} />
        <Log />
      </div>
      {ending && (
        <FormDialog
          title={t("pay.remove.title", { name: ending.purpose })}
          words={t("pay.remove")}
          close={() => setEnding(null)}
          send={async () => {
            await api.removePayments(ending.id, reason);
            setEnding(null);
            setReason("");
            lists.again();
          }}
        >
          <p>{t("pay.remove.note")}</p>
          <Input label={t("pay.reason")} value={reason} onInput={setReason} rows={2} required />
        </FormDialog>
      )}
      {asking && <NotReceived line={asking} close={() => setAsking(null)} />}
    </Desk>
  );
}

interface TableProps {
  items: ListLine[];
  loads: boolean;
  end: (line: ListLine) => void;
  ask: (line: ListLine) => void;
}

export function Table({ items, loads, end, ask }: TableProps) {
  return (
    <Scroll class="scroll flat" label={t("pay.title")}>
      <table class="plain pays stacks">
        <thead>
          <tr>
            <th scope="col">{t("pay.village")}</th>
            <th scope="col">{t("pay.what")}</th>
            <th scope="col" class="num">
              {t("pay.rows")}
            </th>
            <th scope="col" class="num">
              {t("pay.total")}
            </th>
            <th scope="col">{t("pay.notice")}</th>
            <th scope="col" class="num">
              {t("pay.said")}
            </th>
            <th scope="col">
              <span class="vh">{t("pay.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.id}>
              <th scope="row">{placed(line.division_name)}</th>
              <td class="what">
                {line.purpose}
                <small>
                  {say(line.category_name)} · {longDay(line.paid_on, language.value)}
                </small>
                <Doubts line={line} />
              </td>
              <td class="num" data-label={t("pay.rows")}>
                {line.rows}
              </td>
              <td class="num" data-label={t("pay.total")}>
                {formatFen(line.total)}
              </td>
              <td data-label={t("pay.notice")}>
                <Beside line={line} />
              </td>
              <td class="num" data-label={t("pay.said")}>
                {line.yes} / {line.no}
              </td>
              <td class="acts-cell">
                {loads ? (
                  <button type="button" class="btn small" onClick={() => end(line)}>
                    {t("pay.remove")}
                  </button>
                ) : (
                  line.no > 0 && (
                    <button type="button" class="btn small" onClick={() => ask(line)}>
                      {t("pay.which")}
                    </button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What of a list cannot be looked up, and why. */
function Doubts({ line }: { line: ListLine }) {
  return (
    <>
      {line.key_state !== "newest" && (
        <StatusChip
          icon={line.key_state === "gone" ? "missing" : "clock"}
          tone={line.key_state === "gone" ? "missing" : "late"}
        >
          {t(`pay.key.${line.key_state}`)}
        </StatusChip>
      )}
      {line.unasked > 0 && <small>{t("pay.unasked", { n: line.unasked })}</small>}
    </>
  );
}

/** How a list's total compares with the one of its notice. */
export function Beside({ line }: { line: Pick<ListLine, "notice" | "differs"> }) {
  if (line.notice === null) return <span class="off">{t("pay.notice.none")}</span>;
  if (line.differs === null) return <span class="off">{t("pay.notice.nothing")}</span>;
  if (line.differs === 0) {
    return (
      <StatusChip icon="ok" tone="ok">
        {t("pay.notice.same")}
      </StatusChip>
    );
  }
  const amount = formatFen(Math.abs(line.differs));
  return (
    <StatusChip icon="act" tone="late">
      {t(line.differs > 0 ? "pay.notice.more" : "pay.notice.less", { amount })}
    </StatusChip>
  );
}

function NotReceived({ line, close }: { line: ListLine; close: () => void }) {
  const found = useAnswer(() => api.notReceived(line.id), `not-received ${line.id}`);
  return (
    <Dialog title={t("pay.which.title", { name: line.purpose })} onClose={close}>
      <p>{t("pay.which.note")}</p>
      {found.error ? (
        <Failure error={found.error} retry={found.again} />
      ) : found.answer === null ? (
        <Skeleton />
      ) : (
        <Scroll class="scroll flat" label={t("pay.which")}>
          <table class="plain">
            <thead>
              <tr>
                <th scope="col" class="num">
                  {t("pay.row")}
                </th>
                <th scope="col" class="num">
                  {t("pay.amount")}
                </th>
                <th scope="col">{t("pay.said.at")}</th>
              </tr>
            </thead>
            <tbody>
              {found.answer.items.map((one) => (
                <tr key={`${one.row} ${one.said_at}`}>
                  <td class="num">{one.row}</td>
                  <td class="num">{formatFen(one.amount)}</td>
                  <td>
                    {momentText(one.said_at, language.value)}
                    {one.removed && <small> {t("pay.gone")}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Dialog>
  );
}
