/** The evidence of one obligation: the verdict in words, days on show, clocks, the rule in force, editions, photos. */
import { longDay, momentText, partsOf, shortDay } from "../../core/dates";
import { days, language, say, t } from "../../messages";
import type {
  Evidence,
  EvidenceCommitment,
  EvidenceEdition,
  Ratings,
} from "../../net/evidence_shapes";
import * as api from "../../net/questions";

export function EvidenceShown({ evidence }: { evidence: Evidence }) {
  const newest = evidence.editions[evidence.editions.length - 1] ?? null;
  const [version = "", ...local] = evidence.rule_version.split("+");
  return (
    <>
      <section>
        <h3>
          {t("drawer.verdict")}{" "}
          <span>{t("drawer.as_of", { when: momentText(evidence.as_of, language.value) })}</span>
        </h3>
        <ul class="verdict">
          <li>{t("drawer.due", { day: longDay(evidence.due_on, language.value) })}</li>
          {evidence.findings.map((finding) => (
            <li key={finding.zh}>{say(finding)}</li>
          ))}
          {evidence.urgent?.reason && (
            <li>{t("drawer.urgent.why", { reason: evidence.urgent.reason })}</li>
          )}
          {evidence.exemptions.map((one) => (
            <li key={one.id}>
              {one.asked_by_name === ""
                ? t("drawer.exempt.by", { name: one.decided_by_name })
                : t("drawer.exempt.who", {
                    asked: one.asked_by_name,
                    when: momentText(one.asked_at, language.value),
                    decided: one.decided_by_name,
                  })}
            </li>
          ))}
        </ul>
        {evidence.display.length > 0 && <Days evidence={evidence} />}
        <CoverageShown evidence={evidence} />
      </section>
      {newest && (
        <section>
          <h3>
            {t("drawer.clocks")}{" "}
            <span>{newest.number === null ? "" : t("drawer.edition", { n: newest.number })}</span>
          </h3>
          <Clocks edition={newest} />
        </section>
      )}
      <section>
        <h3>
          {t("drawer.rule")} <span>{t("drawer.version", { n: version })}</span>
        </h3>
        <p>{say(evidence.rule)}</p>
        {evidence.legal_basis.length > 0 && (
          <ul class="verdict" aria-label={t("uses.law")}>
            {evidence.legal_basis.map((one) => (
              <li key={`${one.title.en} ${one.article}`}>
                {say(one.title)} {one.article && t("policies.article", { n: one.article })}
                {!one.verified && <small class="soft"> {t("policies.unverified")}</small>}
              </li>
            ))}
          </ul>
        )}
        {local.map((policy) => (
          <p key={policy} class="soft">
            {localWords(policy)}
          </p>
        ))}
      </section>
      {evidence.commitments.length > 0 && (
        <section>
          <h3>{t("drawer.commitments")}</h3>
          <ul class="verdict">
            {evidence.commitments.map((one) => (
              <li key={one.id}>
                <b>
                  {t("drawer.registered", {
                    when: momentText(one.received_at, language.value),
                    name: one.committed_by_name,
                  })}
                </b>{" "}
                {commitmentWords(one)}{" "}
                <small class="soft">
                  {t("drawer.fixed", { n: one.photos })}{" "}
                  <code class="hash">{one.content_hash}</code>
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.editions.length > 0 && (
        <section>
          <h3>{t("drawer.editions")}</h3>
          <ul class="verdict">
            {evidence.editions.map((edition) => (
              <li key={edition.id}>
                <b>
                  {edition.number === null
                    ? t("drawer.unnumbered")
                    : t("drawer.edition", { n: edition.number })}
                </b>{" "}
                {t("drawer.author", { author: edition.submitted_by_name })}
                {edition.reason && ` · ${edition.reason}`}
                {edition.expired_at !== null &&
                  ` · ${t("drawer.expired", { when: momentText(edition.expired_at, language.value) })}`}
                <Signatures edition={edition} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {newest && newest.boards.length > 0 && (
        <section>
          <h3>
            {t("photo.boards")} <span>{t("photo.count", { n: newest.boards.length })}</span>
          </h3>
          <ul class="thumbs">
            {newest.boards.map((sha256, n) => (
              <li key={sha256}>
                <img
                  src={api.photoAddress(sha256, 320)}
                  alt={t("photo.board.n", { n: n + 1 })}
                  loading="lazy"
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {evidence.ratings.ratings > 0 && <RatingsShown ratings={evidence.ratings} />}
      {evidence.events.length > 0 && (
        <section>
          <h3>{t("drawer.events")}</h3>
          <ol class="events">
            {evidence.events.map((event) => (
              <li key={event.at + event.action}>
                <time>{momentText(event.at, language.value)}</time> {eventWords(event.action)}{" "}
                {event.actor_name}
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

/** A policy that a rule was made with: its key, and since when that one is in force. */
function localWords(policy: string): string {
  const [key = "", since] = policy.split("@");
  return since
    ? t("drawer.local", { key, day: longDay(since, language.value) })
    : t("drawer.local.key", { key });
}

/** What villagers said of the notice, point by point: from the first rating on. */
function RatingsShown({ ratings }: { ratings: Ratings }) {
  return (
    <section>
      <h3>
        {t("drawer.ratings")} <span>{t("drawer.ratings.n", { n: ratings.ratings })}</span>
      </h3>
      <ul class="verdict">
        {ratings.points.map(({ point, name, yes, no, unsure }) => (
          <li key={point}>
            <b>{say(name)}</b> {t("drawer.ratings.point", { yes, no, unsure })}
          </li>
        ))}
      </ul>
      <p class="small soft">
        {t("drawer.ratings.public")}
        {ratings.earlier > 0 && ` ${t("drawer.ratings.earlier", { n: ratings.earlier })}`}
        {ratings.unproved > 0 && ` ${t("drawer.ratings.unproved", { n: ratings.unproved })}`}
      </p>
    </section>
  );
}

/** Everybody who signed an edition, one after the other: in which post or for which body, when, and what they said. */
function Signatures({ edition }: { edition: EvidenceEdition }) {
  if (edition.signatures.length === 0) return <p class="soft">{t("drawer.unsigned")}</p>;
  return (
    <ol
      class="events"
      aria-label={
        edition.number === null
          ? t("drawer.signatures.unnumbered")
          : t("drawer.signatures", { n: edition.number })
      }
    >
      {edition.signatures.map((one) => (
        <li key={one.decided_at + one.reviewer_name}>
          <time>{momentText(one.decided_at, language.value)}</time> {one.reviewer_name}
          {` · ${one.post ?? say(one.body)} · `}
          {t(one.decision === "approve" ? "review.approved" : "review.returned")}
          {[one.reason, ...one.notes.map((note) => note.text)].filter(Boolean).map((said) => (
            <p key={said} class="soft">
              {said}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}

const FATES = ["pending", "completed", "lapsed", "replaced"] as const;

/** What became of a registration, with the moment until which its content had to follow. */
function commitmentWords({ state, lapses_at }: EvidenceCommitment): string {
  const known = FATES.find((one) => one === state);
  return known
    ? t(`drawer.fate.${known}`, { until: momentText(lapses_at, language.value) })
    : state;
}

const EVENTS = [
  "posting.committed",
  "posting.replaced",
  "edition.submitted",
  "edition.published_first",
  "edition.signed",
  "edition.reviewed_after",
  "edition.objected",
  "edition.approved",
  "edition.returned",
  "disclosure.withdrawn",
] as const;

function eventWords(action: string): string {
  const known = EVENTS.find((one) => one === action);
  return known ? t(`event.${known}`) : action;
}

/** The minimum display day by day: shown, taken down early, still to come. */
function Days({ evidence }: { evidence: Evidence }) {
  const shown = evidence.display.filter((day) => day.state === "shown").length;
  return (
    <>
      <ol class="day-strip" aria-label={t("days.name", { n: shown, all: evidence.display.length })}>
        {evidence.display.map((day) => (
          <li
            key={day.on}
            class={day.state}
            title={`${shortDay(day.on, language.value)} ${t(`days.${day.state}`)}`}
          >
            <i />
            <span>{partsOf(day.on).date}</span>
          </li>
        ))}
      </ol>
      <p class="small soft">{t("days.key")}</p>
    </>
  );
}

/** Days that prove the display, of days required; what query points said stands beside it. */
function CoverageShown({ evidence: { coverage, points } }: { evidence: Evidence }) {
  if (coverage === null) return null;
  const values = { shown: coverage.shown, required: coverage.required };
  const working = coverage.unit === "working";
  return (
    <>
      <p>
        <b>{t(working ? "coverage.working" : "coverage.days", values)}</b>
        {coverage.running && ` ${t("coverage.running")}`}
      </p>
      {points.days > 0 && (
        <p>{t("coverage.points", { days: days(points.days), n: points.points })}</p>
      )}
      <p class="small soft">{t("coverage.proof")}</p>
    </>
  );
}

/** Two clocks claim, two judge; where a posting was registered first, that clock judges for its arrival. */
function Clocks({ edition }: { edition: EvidenceEdition }) {
  const registered = edition.clocks.some((one) => one.name === "committed");
  const names = (["composed", "captured", "committed", "received", "published"] as const).filter(
    (name) => registered || name !== "committed",
  );
  const unjudged = (name: string): string =>
    t(registered && name === "received" ? "clock.complete" : "clock.claims");
  return (
    <table class="clocks">
      <tbody>
        {names.map((name) => {
          const clock = edition.clocks.find((one) => one.name === name);
          return (
            <tr key={name} class={clock?.judges ? "j" : ""}>
              <th scope="row">{t(`clock.${name}`)}</th>
              <td>{clock?.at ? momentText(clock.at, language.value) : "—"}</td>
              <td>{clock?.judges ? t("clock.judges") : unjudged(name)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
