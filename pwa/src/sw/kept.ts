/** Kept answers carry the time they were kept; kept pages say it to their reader. */

import { type KeptPage, mayShow, photosOn } from "@/core/keeping";

export const OFFLINE = "/offline";
export const STAFF = "/app";
export const KEPT_AT = "x-kept-at";
export const TITLE = "x-kept-title";

const PHOTOS = "x-kept-photos";
const UNTIL = "x-kept-until";

/**
 * A copy of an answer with the time on it. A page also gets its title, for the list of kept pages, the photos it shows and
 * when it ends, so that nobody has to read it for that; and its age stands in it already: it opens as it lies there.
 */
export async function stamped(answer: Response, now: number): Promise<Response> {
  const headers = new Headers(answer.headers);
  const at = new Date(now).toISOString();
  headers.set(KEPT_AT, at);
  // The body is kept as it reads, not as it was packed for the journey.
  headers.delete("content-encoding");
  headers.delete("content-length");
  if ((headers.get("content-type") ?? "").startsWith("text/html")) {
    const text = await answer.text();
    const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
    headers.set(TITLE, encodeURIComponent(title));
    headers.set(PHOTOS, photosOn(text).join(" "));
    headers.set(UNTIL, hideAfter(text) ?? "");
    return new Response(withAge(text, at), { status: answer.status, headers });
  }
  return new Response(await answer.blob(), { status: answer.status, headers });
}

/** When the notice on a page ends, if it does. */
function hideAfter(text: string): string | null {
  return /<html[^>]* data-hide-after="([^"]+)"/.exec(text)?.[1] ?? null;
}

/** A page that tells its scripts, and so its reader, how old it is. */
const withAge = (text: string, at: string): string =>
  text.replace("<html ", `<html data-kept-at="${at}" `);

/** What is known of a kept page. One that an earlier version kept is read for it. */
export async function keptPage(address: string, kept: Response): Promise<KeptPage> {
  const photos = kept.headers.get(PHOTOS);
  if (photos !== null) {
    const until = kept.headers.get(UNTIL) || null;
    return { address, photos: photos.split(" ").filter(Boolean), until };
  }
  const text = await kept.text();
  return { address, photos: photosOn(text), until: hideAfter(text) };
}

/** A kept page on its way out, or null once its time is over. */
export async function toShow(kept: Response, now: number): Promise<Response | null> {
  if (kept.headers.has(PHOTOS)) {
    return mayShow(kept.headers.get(UNTIL) || null, now) ? kept : null;
  }
  const text = await kept.text();
  if (!mayShow(hideAfter(text), now)) return null;
  return new Response(withAge(text, kept.headers.get(KEPT_AT) ?? ""), { headers: kept.headers });
}
