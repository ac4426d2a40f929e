/** The ledgers that were imported: which file, of what, when and by whom, and what each village got. */
import { actor } from "../../acts/session";
import { momentText } from "../../core/dates";
import { formatFen } from "../../core/money";
import { language, listed, placed, say, t } from "../../messages";
import type { ImportedLedger } from "../../net/ledger_shapes";
import * as api from "../../net/ledgers";
import { Desk } from "../desk";
import { useFinding } from "../finder";
import { Icon } from "../icons";
import { onceEach, ShowMore, usePages } from "../pages";
import { Failure, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";

export function Ledgers() {
  const finding = useFinding("list", "/ledgers", t("ledger.find"));
  const lists = usePages(
    (cursor) => api.ledgers(finding.wanted, cursor),
    `ledgers ${JSON.stringify(finding.wanted)}`,
  );
  const items = onceEach(lists.pages.flatMap((page) => page.items));
  return (
    <Desk
      title={t("ledger.title")}
      current={actor.value?.role === "examiner" ? "ledgers" : "payments"}
    >
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("ledger.title")}</h1>
          {actor.value?.role === "editor" && (
            <div class="tools">
              <a class="btn main small" href="/app/ledgers/new">
                <Icon name="plus" />
                {t("ledger.new")}
              </a>
            </div>
          )}
        </div>
        <p class="soft">{t("ledger.lead")}</p>
        {finding.bar}
        {lists.error ? (
          <Failure error={lists.error} retry={lists.again} />
        ) : lists.answer === null ? (
          <Skeleton lines={8} />
        ) : items.length === 0 && finding.sought ? (
          finding.nothing
        ) : items.length === 0 ? (
          <Notice icon="grid" title={t("ledger.none")}>
            <p>{t("ledger.none.note")}</p>
          </Notice>
        ) : (
          <Imports items={items} />
        )}
        <ShowMore more={lists.more} />
      </div>
    </Desk>
  );
}

function Imports({ items }: { items: ImportedLedger[] }) {
  return (
    <Scroll class="scroll flat" label={t("ledger.title")}>
      <table class="plain pays stacks">
        <thead>
          <tr>
            <th scope="col">{t("ledger.file")}</th>
            <th scope="col">{t("ledger.of")}</th>
            <th scope="col" class="num">
              {t("ledger.rows")}
            </th>
            <th scope="col" class="num">
              {t("ledger.total")}
            </th>
            <th scope="col">{t("ledger.villages")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              <td class="what">
                {say(one.category_name)}
                <small>
                  {t("ledger.by", {
                    when: momentText(one.loaded_at, language.value),
                    name: one.loaded_by_name,
                  })}
                </small>
                {one.warnings > 0 && <small>{t("ledger.warned", { n: one.warnings })}</small>}
              </td>
              <td class="num" data-label={t("ledger.rows")}>
                {one.rows}
              </td>
              <td class="num" data-label={t("ledger.total")}>
                {one.total === null ? "" : formatFen(one.total)}
              </td>
              <td data-label={t("ledger.villages")}>
                {listed(
                  one.parts.map((part) =>
                    t("ledger.part", { name: placed(part.division_name), n: part.rows }),
                  ),
                  "list.then",
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
