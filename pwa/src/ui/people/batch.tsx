/** Accounts in bulk: a sheet in, every row judged, then the accounts and a slip of paper for each. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { momentText } from "../../core/dates";
import { language, placed, say, t } from "../../messages";
import * as api from "../../net/batches";
import { Desk } from "../desk";
import { Icon } from "../icons";
import { onceEach, ShowMore, usePages } from "../pages";
import { Failure, Notice, Skeleton } from "../pieces";
import { Scroll } from "../scroll";
import { type Chosen, SheetTaker } from "../sheet_taker";
import { FormDialog } from "./parts";
import { Slips } from "./slips";

interface Sheet extends Chosen {
  id: string;
}

export function Batch() {
  const [file, setFile] = useState<Sheet | null>(null);
  const [seen, setSeen] = useState<api.PeopleSeen | null>(null);
  const [made, setMade] = useState<{ answer: api.SlipsMade; anew: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const during = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const read = (chosen: Sheet): Promise<void> =>
    during(async () => {
      setSeen(null);
      setFile(chosen);
      setSeen(await api.previewPeople(chosen.data));
    });
  const make = (onlyRight: boolean): Promise<void> =>
    during(async () => {
      if (file === null) return;
      const answer = await api.makeAccounts(file.id, file.data, onlyRight);
      setMade({ answer, anew: false });
      setSeen(null);
      setFile(null);
    });
  return (
    <Desk title={t("batch.title")} current="accounts">
      <div class="desk-page">
        <div class="grid-head">
          <h1 tabIndex={-1}>{t("batch.title")}</h1>
          <div class="tools">
            <a class="btn small" href="/app/accounts">
              {t("accounts.title")}
            </a>
          </div>
        </div>
        {made === null ? (
          <>
            <p class="soft">{t("batch.lead")}</p>
            <p>
              <a class="btn small" href={api.peopleTemplateAddress(language.value)} download>
                <Icon name="download" />
                {t("batch.template")}
              </a>
            </p>
            <SheetTaker
              id="people-file"
              words={busy ? t("batch.reading") : t("batch.file")}
              help={t("batch.file.help")}
              off={busy}
              take={(chosen) => void read({ ...chosen, id: newId() })}
            />
            {error !== null && <Failure error={error} />}
            {seen && file && (
              <Seen seen={seen} file={file.name} busy={busy} make={(only) => void make(only)} />
            )}
            <Past made={(answer) => setMade({ answer, anew: true })} />
          </>
        ) : (
          <Made made={made.answer} anew={made.anew} leave={() => setMade(null)} />
        )}
      </div>
    </Desk>
  );
}

interface SeenProps {
  seen: api.PeopleSeen;
  file: string;
  busy: boolean;
  make: (onlyRight: boolean) => void;
}

/** What the sheet would make, and what is wrong with it, row by row. */
function Seen({ seen, file, busy, make }: SeenProps) {
  const { right, wrong } = seen;
  const button = (words: string, only: boolean, main: boolean) => (
    <button
      type="button"
      class={main ? "btn main block" : "btn block"}
      disabled={busy}
      onClick={() => make(only)}
    >
      {busy ? t("batch.making") : words}
    </button>
  );
  return (
    <div class="read-list" role="status">
      <h2>{t("batch.read", { file, n: right.length })}</h2>
      {seen.left_out.length > 0 && (
        <p class="small">{t("batch.left.out", { names: seen.left_out.join(", ") })}</p>
      )}
      {wrong.length > 0 && (
        <Notice icon="act" title={t("batch.wrong", { n: wrong.length })}>
          <Wrong rows={wrong} />
          <p>{t("batch.fix")}</p>
        </Notice>
      )}
      {right.length > 0 && (
        <details class="unfolds" open={wrong.length === 0}>
          <summary>{t("batch.right")}</summary>
          <Scroll class="scroll flat" label={t("batch.right")}>
            <table class="plain stacks">
              <thead>
                <tr>
                  <th scope="col">{t("accounts.name")}</th>
                  <th scope="col">{t("accounts.role")}</th>
                  <th scope="col">{t("accounts.place")}</th>
                  <th scope="col">{t("batch.row")}</th>
                </tr>
              </thead>
              <tbody>
                {right.map((one) => (
                  <tr key={one.row}>
                    <th scope="row">{one.name}</th>
                    <td data-label={t("accounts.role")}>
                      {t(`role.${one.role}`)}
                      {one.post && <small>{one.post}</small>}
                    </td>
                    <td data-label={t("accounts.place")}>
                      {placed(one.division_name)}
                      <small>{one.division}</small>
                    </td>
                    <td data-label={t("batch.row")}>{one.row}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
      {right.length > 0 &&
        (wrong.length === 0
          ? button(t("batch.make", { n: right.length }), false, true)
          : button(t("batch.make.right", { n: right.length }), true, false))}
    </div>
  );
}

function Wrong({ rows }: { rows: api.WrongPerson[] }) {
  return (
    <ul class="wrong-rows">
      {rows.map((one) => (
        <li key={`${one.row} ${one.column} ${one.detail.zh}`}>
          <b>
            {t("batch.wrong.row", {
              row: one.row,
              column: t(one.column === "place" ? "batch.column.place" : `accounts.${one.column}`),
            })}
          </b>{" "}
          {say(one.detail)}
        </li>
      ))}
    </ul>
  );
}

function Made(props: { made: api.SlipsMade; anew: boolean; leave: () => void }) {
  const { made, anew } = props;
  const n = made.slips.length;
  return (
    <>
      <div>
        {n === 0 ? (
          <Notice icon="ok" title={t("batch.print.none")} live />
        ) : (
          <Notice icon="ok" title={t(anew ? "batch.renewed" : "batch.done", { n })} live>
            <p>{t("batch.once")}</p>
          </Notice>
        )}
        {made.signed_in.length > 0 && (
          <p class="small">{t("batch.came", { names: made.signed_in.join(", ") })}</p>
        )}
        {made.wrong.length > 0 && (
          <details class="unfolds">
            <summary>{t("batch.left", { n: made.wrong.length })}</summary>
            <Wrong rows={made.wrong} />
          </details>
        )}
      </div>
      {n > 0 && <Slips made={made} />}
      <p>
        <button type="button" class="btn" onClick={props.leave}>
          {t("batch.leave")}
        </button>
      </p>
    </>
  );
}

/** The sheets of before, and new codes for whoever of them has not come. */
function Past({ made }: { made: (answer: api.SlipsMade) => void }) {
  const past = usePages((cursor) => api.batches(cursor), "account batches");
  const [asked, setAsked] = useState<api.BatchLine | null>(null);
  const lines = onceEach(past.pages.flatMap((page) => page.items));
  return (
    <section aria-label={t("batch.past")}>
      <h2>{t("batch.past")}</h2>
      {past.error ? (
        <Failure error={past.error} retry={past.again} />
      ) : past.answer === null ? (
        <Skeleton lines={2} />
      ) : lines.length === 0 ? (
        <p class="soft">{t("batch.past.none")}</p>
      ) : (
        <ul class="plain-rows">
          {lines.map((line) => (
            <li key={line.id}>
              <p>
                {t("batch.past.line", {
                  when: momentText(line.made_at, language.value),
                  name: line.made_by,
                  n: line.people,
                })}
              </p>
              {line.waiting === 0 ? (
                <p class="small soft">{t("batch.past.all")}</p>
              ) : (
                <p class="pair">
                  <span class="small">{t("batch.past.waiting", { n: line.waiting })}</span>
                  <button type="button" class="btn small" onClick={() => setAsked(line)}>
                    {t("batch.renew")}
                  </button>
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      <ShowMore more={past.more} />
      {asked && (
        <FormDialog
          title={t("batch.renew.title", { n: asked.waiting })}
          words={t("batch.renew")}
          close={() => setAsked(null)}
          send={async () => made(await api.renewBatch(asked.id))}
        >
          <p>{t("batch.renew.note")}</p>
        </FormDialog>
      )}
    </section>
  );
}
