/** What a commitment promises before the content itself travels: one hash over everything that will be sent. */
import { canonical } from "./canonical";
import { sha256 } from "./sha256";

/** The parts of a submission that its hash covers; everything that is left out counts as null. */
export interface Promised {
  division: string;
  category: string;
  schema_version: number;
  content: unknown;
  photos?: { sha256: string; role: string; caption?: string; pointer?: string }[];
  period?: string;
  event_on?: string;
  occurrence_id?: string;
  publish?: { when?: string; at?: string; until?: string; reason?: string };
  reason?: string;
}

/** `sha256:<hex>` of the canonical bytes. Throws NotCanonical for content that the server would refuse. */
export function contentHash(promised: Promised): string {
  const { photos = [], publish = {} } = promised;
  const spelled = canonical({
    category: promised.category,
    content: promised.content,
    division: promised.division,
    event_on: promised.event_on ?? null,
    period: promised.period ?? null,
    photos: photos.map((photo) => ({
      caption: photo.caption ?? null,
      pointer: photo.pointer ?? null,
      role: photo.role,
      sha256: photo.sha256,
    })),
    occurrence: promised.occurrence_id ?? null,
    publish_at: publish.when === "at" ? momentInUtc(publish.at) : null,
    publish_until: momentInUtc(publish.until),
    reason: promised.reason ?? null,
    schema_version: promised.schema_version,
    // Left out where there is none, as before there was such a thing.
    ...(publish.when === "at_once" ? { urgent_reason: publish.reason ?? "" } : {}),
  });
  return `sha256:${sha256(utf8(spelled))}`;
}

/** A moment as the server spells it: `2026-10-15T00:00:00+00:00`, microseconds only where there are any. */
function momentInUtc(iso: string | undefined): string | null {
  if (iso === undefined) return null;
  const second = Date.parse(iso.replace(/\.\d+/, ""));
  if (!Number.isFinite(second)) return iso;
  const micros = (/\.(\d+)/.exec(iso)?.[1] ?? "").slice(0, 6).padEnd(6, "0");
  const fraction = Number(micros) === 0 ? "" : `.${micros}`;
  return `${new Date(second).toISOString().slice(0, 19)}${fraction}+00:00`;
}

/** UTF-8 in plain arithmetic: this room knows no TextEncoder. Halves of surrogate pairs never come here. */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f));
      bytes.push(0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return Uint8Array.from(bytes);
}
