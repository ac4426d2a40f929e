/** A notice of the pack: its editions with their moments, what was signed and shown, and what happened to it. */
import type { ComponentChildren } from "preact";
import type { PackedEdition, PackedNotice } from "../../core/evidence";
import { type PackWord, t } from "../../messages/evidence_pack";
import { say } from "../../messages/language";
import type { Pack } from "./checking";
import { Content } from "./content";
import { mark, when } from "./moments";

export function Notice({ pack, notice }: { pack: Pack; notice: PackedNotice }) {
  return (
    <article id={`n-${notice.id}`}>
      <h3>
        {say(notice.title)} <small>{pack.about.villages[notice.division] ?? notice.division}</small>
      </h3>
      {notice.editions.map((edition) => (
        <Edition key={edition.id} pack={pack} notice={notice} edition={edition} />
      ))}
      <h4>{t("pack.events")}</h4>
      <ol class="events">
        {notice.events.map((event) => (
          <li key={event.at + event.action}>
            <time>{when(event.at)}</time> {say(event.words)} {event.name}{" "}
            {event.role && <small>{say(event.role)}</small>}
          </li>
        ))}
      </ol>
    </article>
  );
}

interface EditionProps {
  pack: Pack;
  notice: PackedNotice;
  edition: PackedEdition;
}

function Edition({ pack, notice, edition }: EditionProps) {
  const hashed = pack.hashed(edition);
  const found = pack.content(edition);
  const fields = pack.words[`${notice.category}:${found?.schema_version}`]?.fields ?? {};
  const said: [PackWord, string | null][] = [
    ["pack.reason", edition.reason],
    ["pack.explanation", edition.explanation],
    ["pack.urgent", edition.urgent_reason],
    ["pack.withdrawn.why", edition.withdrawn_reason],
    ["pack.objection", edition.objection],
  ];
  const clocks: [PackWord, string | null][] = [
    ["pack.composed", edition.composed_at],
    ["pack.committed", edition.committed_at],
    ["pack.received", edition.received_at],
    ["pack.opens", edition.opens_at],
    ["pack.judged", edition.judged_at],
    ["pack.withdrawn", edition.withdrawn_at],
  ];
  const hash = { good: "pack.hash.good", bad: "pack.hash.bad", held: "pack.hash.held" } as const;
  return (
    <section class="edition">
      <h4>
        {t("pack.edition", { n: edition.number ?? 0 })} · {t(`stage.${edition.stage}` as PackWord)}
      </h4>
      <dl class="facts">
        <Fact word="pack.hash">
          <code>{edition.content_hash}</code>{" "}
          <b class={mark(hashed)}>{t(hash[mark(hashed) as keyof typeof hash])}</b>
        </Fact>
        {edition.receipts.map((path) => {
          const good = pack.receipt(edition, path);
          return (
            <Fact key={path} word="pack.receipt">
              <a href={path}>{path}</a>{" "}
              <b class={mark(good)}>{t(good ? "pack.receipt.good" : "pack.receipt.bad")}</b>
            </Fact>
          );
        })}
        {clocks.map(([word, at]) => at !== null && <Fact word={word}>{when(at)}</Fact>)}
        {said.map(([word, text]) => text && <Fact word={word}>{text}</Fact>)}
        {edition.signatures.length > 0 && (
          <Fact word="pack.signed">
            {edition.signatures.map((one) => (
              <span key={one.at} class="line">
                {one.name} · {one.post ?? say(one.body)} · {when(one.at)}
              </span>
            ))}
          </Fact>
        )}
      </dl>
      {edition.photos.length > 0 && (
        <ul class="photos">
          {edition.photos.map((photo) => (
            <li key={photo.original_sha256}>
              {photo.file && (
                <a href={photo.file}>
                  <img
                    src={photo.file}
                    alt={photo.caption ?? t(photo.role === "board" ? "pack.board" : "pack.voucher")}
                    loading="lazy"
                  />
                </a>
              )}
              <small>
                {photo.caption ?? t(photo.role === "board" ? "pack.board" : "pack.voucher")}
                <br />
                {t("pack.original")} <code>{photo.original_sha256}</code>
              </small>
            </li>
          ))}
        </ul>
      )}
      {found && (
        <details open>
          <summary>{t("pack.content")}</summary>
          <Content value={found.content} at="" fields={fields} />
        </details>
      )}
    </section>
  );
}

function Fact({ word, children }: { word: PackWord; children: ComponentChildren }) {
  return (
    <div>
      <dt>{t(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
}
