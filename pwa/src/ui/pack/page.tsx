/** The page inside an evidence pack: everything in it, and beside each thing whether it can be worked out again. */
import { useState } from "preact/hooks";
import { besideTheList, type PackedObligation, type Said, type Verdict } from "../../core/evidence";
import { sha256 } from "../../core/sha256";
import { type PackWord, t } from "../../messages/evidence_pack";
import { chooseLanguage, language, say } from "../../messages/language";
import type { Inquiry, Pack } from "./checking";
import { mark, when } from "./moments";
import { Notice } from "./notice";

function verdictWords(state: string, n: number | null): string {
  return t(`state.${state}` as PackWord, { n: n ?? 0 });
}

export function PackPage({ pack }: { pack: Pack }) {
  const { about } = pack;
  const summary = pack.summary();
  return (
    <main>
      <header>
        <p class="tools">
          <button
            type="button"
            onClick={() => chooseLanguage(language.value === "en" ? "zh-CN" : "en")}
          >
            {t("pack.other")}
          </button>
          <button type="button" onClick={() => window.print()}>
            {t("pack.print")}
          </button>
        </p>
        <h1>{t("pack.title")}</h1>
        <p>
          {[...about.place.path, about.place.name].join(" ")} · {about.place.code}
          <br />
          {t("pack.span", { first: about.first, last: about.last })}
          <br />
          {t("pack.made", { when: when(about.made_at) })}
        </p>
        {about.whole && <p class="caution">{t("pack.whole")}</p>}
      </header>
      <section class={`result ${summary.bad === 0 ? "good" : "bad"}`} aria-live="polite">
        <h2>
          {summary.bad === 0 ? `✓ ${t("pack.good")}` : `✗ ${t("pack.bad", { n: summary.bad })}`}
        </h2>
        <p>{t("pack.counts", { ...summary })}</p>
        {summary.held > 0 && <p>{t("pack.held", { n: summary.held })}</p>}
        <p>
          {t("pack.key")} <code>{about.key}</code>
        </p>
        <p class="soft">{t("pack.hand")}</p>
        <Chosen pack={pack} />
      </section>
      <section>
        <h2>{t("pack.owed")}</h2>
        {pack.owed.length === 0 ? <p>{t("pack.owed.none")}</p> : <Owed pack={pack} />}
      </section>
      {pack.notices.length > 0 && (
        <section>
          <h2>{t("pack.notices")}</h2>
          {pack.notices.map((notice) => (
            <Notice key={notice.id} pack={pack} notice={notice} />
          ))}
        </section>
      )}
      {pack.inquiries.length > 0 && (
        <section>
          <h2>{t("pack.inquiries")}</h2>
          {pack.inquiries.map((inquiry) => (
            <Asked key={inquiry.number} inquiry={inquiry} />
          ))}
        </section>
      )}
      <Rules pack={pack} />
      <Files pack={pack} />
    </main>
  );
}

/** Photos lie beside the page, which may not read them by itself: whoever reads chooses them. */
function Chosen({ pack }: { pack: Pack }) {
  const [found, setFound] = useState<ReturnType<typeof besideTheList> | null>(null);
  const check = async (files: FileList | null): Promise<void> => {
    const chosen: { name: string; digest: string }[] = [];
    for (const file of files ?? []) {
      const digest = sha256(new Uint8Array(await file.arrayBuffer()));
      chosen.push({ name: file.name, digest });
    }
    setFound(besideTheList(pack.sums, chosen));
  };
  return (
    <div class="chosen">
      <label>
        {t("pack.photos")}
        <input
          type="file"
          multiple
          onChange={(event) => void check(event.currentTarget.files)}
          aria-describedby="chosen-note"
        />
      </label>
      <p id="chosen-note" class="soft">
        {t("pack.photos.note")}
      </p>
      {found && (
        <p role="status">
          {found.good > 0 && <b class="good">✓ {t("pack.photos.good", { n: found.good })}</b>}{" "}
          {found.bad.length > 0 && (
            <b class="bad">✗ {t("pack.photos.bad", { names: found.bad.join(", ") })}</b>
          )}{" "}
          {found.unlisted.length > 0 && (
            <span class="soft">
              {t("pack.photos.unlisted", { names: found.unlisted.join(", ") })}
            </span>
          )}
        </p>
      )}
    </div>
  );
}

function Owed({ pack }: { pack: Pack }) {
  return (
    <table class="stacks">
      <thead>
        <tr>
          <th scope="col">{t("pack.what")}</th>
          <th scope="col">{t("pack.village")}</th>
          <th scope="col">{t("pack.due")}</th>
          <th scope="col">{t("pack.said")}</th>
          <th scope="col">{t("pack.again")}</th>
        </tr>
      </thead>
      <tbody>
        {pack.owed.map((owed) => {
          const again = pack.verdict(owed);
          return (
            <tr key={`${owed.division} ${owed.category} ${owed.period}`}>
              <th scope="row">
                {owed.notice === null || !pack.notices.some((one) => one.id === owed.notice) ? (
                  say(owed.title)
                ) : (
                  <a href={`#n-${owed.notice}`}>{say(owed.title)}</a>
                )}
                <Findings owed={owed} />
              </th>
              <td data-label={t("pack.village")}>
                {pack.about.villages[owed.division] ?? owed.division}
              </td>
              <td data-label={t("pack.due")}>
                {owed.due_on}
                {owed.provisional && <small> {t("pack.provisional")}</small>}
              </td>
              <td data-label={t("pack.said")}>{verdictWords(owed.state, owed.late_days)}</td>
              <td data-label={t("pack.again")}>
                <Again pack={pack} owed={owed} again={again} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Findings({ owed }: { owed: PackedObligation }) {
  const said = owed.findings.map((finding) => say(finding.text));
  return (
    <>
      {said.map((one) => (
        <small key={one}>{one}</small>
      ))}
    </>
  );
}

interface AgainProps {
  pack: Pack;
  owed: PackedObligation;
  again: Verdict | null;
}

function Again({ pack, owed, again }: AgainProps) {
  if (again === null) return <span class="held">{t("pack.undecided")}</span>;
  return pack.agrees(owed, again) ? (
    <b class="good">{t("pack.same")}</b>
  ) : (
    <b class="bad">{t("pack.differs", { verdict: verdictWords(again.state, again.days) })}</b>
  );
}

function Asked({ inquiry }: { inquiry: Inquiry }) {
  return (
    <article>
      <h3>
        {inquiry.number} <small>{say(inquiry.kind)}</small>
      </h3>
      {inquiry.line && <p class="soft">{inquiry.line}</p>}
      <p>{inquiry.text}</p>
      {inquiry.answer ? (
        <p>
          <b>{t("pack.answer")}</b> {inquiry.answer.text}
          <br />
          <small>
            {say(inquiry.answer.body)} {inquiry.answer.answered_by} {when(inquiry.answer.at)}
          </small>
        </p>
      ) : (
        <p class="soft">{t("pack.unanswered")}</p>
      )}
      <ol class="events">
        {inquiry.trail.map((one) => (
          <li key={one.on + one.words.en}>
            <time>{when(one.on)}</time> {say(one.words)}
          </li>
        ))}
      </ol>
    </article>
  );
}

function policyWords(policy: { title: Said; valid_from: string; valid_to: string | null }): string {
  const from = t("pack.policy", { title: say(policy.title), from: policy.valid_from });
  return policy.valid_to === null
    ? from
    : from + t("pack.policy.until", { until: policy.valid_to });
}

function Rules({ pack }: { pack: Pack }) {
  return (
    <section>
      <h2>{t("pack.rules")}</h2>
      {Object.entries(pack.rules).map(([name, rule]) => (
        <article key={name}>
          <p>{say(rule.source)}</p>
          <p class="soft">
            {t("pack.version")} <code>{name}</code> · {t("pack.grace", { n: rule.grace_hours })}
          </p>
          {rule.policies.map((policy) => (
            <p key={policy.id} class="soft">
              {policyWords(policy)}
            </p>
          ))}
        </article>
      ))}
    </section>
  );
}

function Files({ pack }: { pack: Pack }) {
  return (
    <section>
      <h2>{t("pack.files")}</h2>
      <table class="stacks small">
        <thead>
          <tr>
            <th scope="col">{t("pack.file")}</th>
            <th scope="col">SHA-256</th>
            <th scope="col">{t("pack.check")}</th>
          </tr>
        </thead>
        <tbody>
          {[...pack.files].map(([path, good]) => (
            <tr key={path}>
              <th scope="row">
                <a href={path}>{path}</a>
              </th>
              <td>
                <code>{pack.sums[path]?.[0]}</code>
              </td>
              <td>
                <span class={mark(good)}>
                  {t(good === null ? "pack.beside" : good ? "pack.hash.good" : "pack.hash.bad")}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
