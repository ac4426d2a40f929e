/** Which townships and villages there are and were; and for a county, a list by file that is looked at before it is done. */
import { useState } from "preact/hooks";
import { actsFor } from "../../core/division_acts";
import { language, t } from "../../messages";
import * as api from "../../net/divisions";
import { Desk } from "../desk";
import { AsFile, Pager, Search, usePlace } from "../finder";
import { Choice } from "../people/parts";
import { Failure, Notice, Skeleton, useAnswer } from "../pieces";
import { Scroll } from "../scroll";
import { DivisionActDialog } from "./division_act";
import { DivisionImport } from "./division_import";

const STATES: readonly api.DivisionState[] = ["all", "open", "closed"];
const SORTS: readonly api.DivisionSort[] = ["code", "name", "newest"];

export function DivisionsScreen() {
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState<api.LivesWanted>({ q: "", state: "all", sort: "code" });
  const place = usePlace<number>(JSON.stringify(wanted));
  const start = place.cursor ?? 0;
  const found = useAnswer(
    () => api.lives(wanted, start),
    `lives ${JSON.stringify(wanted)} ${start}`,
  );
  const [changing, setChanging] = useState<api.DivisionLife | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const ask = (change: Partial<api.LivesWanted>): void => {
    setWanted({ ...wanted, ...change });
  };
  const page = found.answer;
  return (
    <Desk title={t("lives.title")} current="divisions">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("lives.title")}</h1>
          <div class="tools">
            <AsFile href={api.livesCsvAddress(wanted, language.value)} />
          </div>
        </div>
        <p class="soft">{t("lives.lead")}</p>
        {page?.may_change && <DivisionImport done={found.again} />}
        {said && <Notice icon="ok" title={said} live />}
        <div class="finding">
          <Search label={t("lives.find")} typed={typed} type={setTyped} find={(q) => ask({ q })} />
          <Choice
            label={t("lives.state")}
            value={wanted.state}
            options={STATES.map((value) => ({ value, words: t(`lives.state.${value}`) }))}
            choose={(state) => ask({ state })}
          />
          <Choice
            label={t("list.sort")}
            value={wanted.sort}
            options={SORTS.map((value) => ({ value, words: t(`lives.sort.${value}`) }))}
            choose={(sort) => ask({ sort })}
          />
        </div>
        {found.error ? (
          <Failure error={found.error} retry={found.again} />
        ) : page === null ? (
          <Skeleton lines={8} />
        ) : page.items.length === 0 ? (
          <Notice icon="act" title={t("lives.none")} />
        ) : (
          <>
            <p class="soft">{t("lives.count", { n: page.count })}</p>
            <Lines
              items={page.items}
              change={
                page.may_change
                  ? (line) => {
                      setSaid(null);
                      setChanging(line);
                    }
                  : null
              }
            />
          </>
        )}
        <Pager place={place} next={page?.next} />
      </div>
      {changing && (
        <DivisionActDialog
          line={changing}
          close={() => setChanging(null)}
          done={(words) => {
            setChanging(null);
            setSaid(words);
            found.again();
          }}
        />
      )}
    </Desk>
  );
}

interface LinesProps {
  items: api.DivisionLife[];
  /** null: whoever looks changes nothing. */
  change: ((line: api.DivisionLife) => void) | null;
}

function Lines({ items, change }: LinesProps) {
  return (
    <Scroll class="scroll flat" label={t("lives.title")}>
      <table class="plain stacks">
        <thead>
          <tr>
            <th scope="col">{t("lives.name")}</th>
            <th scope="col">{t("lives.code")}</th>
            <th scope="col">{t("lives.above")}</th>
            <th scope="col">{t("lives.first")}</th>
            <th scope="col">{t("lives.last")}</th>
            {change && <td />}
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.code} class={line.last_day ? "off" : ""}>
              <th scope="row">
                {line.name}
                {line.earlier.map((was) => (
                  <small key={`${was.name} ${was.last_day}`}>
                    {t("lives.was", { day: was.last_day ?? "", name: was.name })}
                  </small>
                ))}
              </th>
              <td data-label={t("lives.code")}>{line.code}</td>
              <td data-label={t("lives.above")}>{line.parent_name || "—"}</td>
              <td data-label={t("lives.first")}>{line.first_day ?? t("lives.always")}</td>
              <td data-label={t("lives.last")}>{line.last_day ?? t("lives.stands")}</td>
              {change && (
                <td class="acts-cell">
                  {actsFor(line).length > 0 && (
                    <button type="button" class="btn small" onClick={() => change(line)}>
                      {t("lives.change")}
                      <span class="vh"> {line.name}</span>
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
