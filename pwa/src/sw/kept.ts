/** Kept answers carry the time they were kept; kept pages say it to their reader. */

export const OFFLINE = "/offline";
export const STAFF = "/app";
export const KEPT_AT = "x-kept-at";
export const TITLE = "x-kept-title";

/** A copy of an answer with the time on it; a page also with its title, for the list of kept pages. */
export async function stamped(answer: Response, now: number): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, new Date(now).toISOString());
  // The body is kept as it reads, not as it was packed for the journey.
  headers.delete("content-encoding");
  headers.delete("content-length");
  if ((headers.get("content-type") ?? "").startsWith("text/html")) {
    const text = await answer.text();
    const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
    headers.set(TITLE, encodeURIComponent(title));
    return new Response(text, { status: answer.status, headers });
  }
  return new Response(await answer.blob(), { status: answer.status, headers });
}

/** When the notice on a page ends, if it does. */
export function hideAfter(text: string): string | null {
  return /<html[^>]* data-hide-after="([^"]+)"/.exec(text)?.[1] ?? null;
}

/** A kept page that tells its scripts, and so its reader, how old it is. */
export function withKeptAt(kept: Response, text: string): Response {
  const at = kept.headers.get(KEPT_AT) ?? "";
  return new Response(text.replace("<html ", `<html data-kept-at="${at}" `), {
    status: 200,
    headers: kept.headers,
  });
}
