/**
 * One narrow door to the network. An answer is ours only when it carries our signature and our media type:
 * a captive portal or an in-app browser that answers 200 with its own page counts as 'no network'.
 */
import type { Refusal } from "../core/outbox";

export class Problem extends Error implements Refusal {
  readonly slug: string;
  readonly status: number;
  readonly detail: { zh: string; en: string };
  readonly errors: Refusal["errors"];
  readonly retryAfter: number | null;
  readonly heading: { zh: string; en: string };

  constructor(refusal: Refusal, retryAfter: number | null = null) {
    super(refusal.detail.en || refusal.title.en || refusal.slug);
    this.slug = refusal.slug;
    this.status = refusal.status;
    this.heading = refusal.title;
    this.detail = refusal.detail;
    this.errors = refusal.errors;
    this.retryAfter = retryAfter;
  }

  get title(): { zh: string; en: string } {
    return this.heading;
  }

  /** The plain value, for a record that is stored. */
  plain(): Refusal {
    const { slug, status, heading, detail, errors } = this;
    return { slug, status, title: heading, detail, errors };
  }
}

/** The network did not carry the question, or somebody else answered it. */
export class Offline extends Error {}

/** The network did not carry the question, and the phone has no earlier answer to it. */
export class NeverSeen extends Offline {}

export interface Answer<T> {
  body: T;
  status: number;
  etag: string | null;
}

interface Ask {
  query?: { [name: string]: string | number | undefined };
  body?: unknown;
  /** Raw bytes with their media type, instead of JSON. */
  bytes?: { data: BodyInit; type: string };
  etag?: string;
  headers?: { [name: string]: string };
  /** "no-cache": what the browser holds is good when the server says that nothing changed. */
  cache?: RequestCache;
  language?: string;
  timeout?: number;
}

let account: string | null = null;

/** Whose screen this is: the server refuses what another person's cookie would sign (a shared phone, another tab). */
export function speakFor(accountId: string | null): void {
  account = accountId;
}

/** The header that says so, for whoever asks in another way than `call`. */
export function spokenFor(): { [name: string]: string } {
  return account === null ? {} : { "Gongshilan-Account": account };
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

const text = (value: unknown): { zh: string; en: string } => {
  if (typeof value === "string") return { zh: value, en: value };
  if (value !== null && typeof value === "object") {
    const { zh, en } = value as { zh?: unknown; en?: unknown };
    return { zh: String(zh ?? en ?? ""), en: String(en ?? zh ?? "") };
  }
  return { zh: "", en: "" };
};

/** Where in a spreadsheet something stands, and the word that nobody knows. */
const cellOf = (
  cell: string,
  { table, column, word }: { [name: string]: unknown },
): { cell: string; table: string; column: string; word?: string } => ({
  cell,
  table: String(table ?? ""),
  column: String(column ?? ""),
  ...(typeof word === "string" ? { word } : {}),
});

function problemFrom(status: number, body: unknown, retryAfter: string | null): Problem {
  const raw = (body ?? {}) as {
    type?: unknown;
    title?: unknown;
    detail?: unknown;
    errors?: unknown;
  };
  const errors = Array.isArray(raw.errors) ? raw.errors : [];
  const seconds = Number(retryAfter);
  return new Problem(
    {
      slug: String(raw.type ?? "").replace(/^.*\//, "") || `status-${status}`,
      status,
      title: text(raw.title),
      detail: text(raw.detail),
      errors: errors.map((e: { [name: string]: unknown }) => ({
        pointer: String(e.pointer ?? "").replace(/^\/content(?=\/|$)/, ""),
        detail: text(e.detail),
        ...(typeof e.cell === "string" ? cellOf(e.cell, e) : {}),
      })),
    },
    retryAfter !== null && Number.isFinite(seconds) ? seconds * 1000 : null,
  );
}

export function address(path: string, query: Ask["query"] = {}): string {
  const pairs = Object.entries(query)
    .filter((pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== "")
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `/api/v1${path}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
}

/** Ask the server. Throws Problem (it said no) or Offline (it was not reached). */
export async function call<T>(method: Method, path: string, ask: Ask = {}): Promise<Answer<T>> {
  const headers: { [name: string]: string } = { Accept: "application/json", ...ask.headers };
  if (ask.language) headers["Accept-Language"] = ask.language;
  if (ask.etag) headers["If-Match"] = ask.etag;
  Object.assign(headers, spokenFor());
  if (ask.bytes) headers["Content-Type"] = ask.bytes.type;
  else if (ask.body !== undefined) headers["Content-Type"] = "application/json";
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ask.timeout ?? 30_000);
  try {
    const body = ask.bytes?.data ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
    const response = await fetch(address(path, ask.query), {
      method,
      headers,
      credentials: "same-origin",
      cache: ask.cache ?? "no-store",
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    });
    return await read<T>(response, method);
  } catch (error) {
    if (error instanceof Problem || error instanceof Offline) throw error;
    throw new Offline(error instanceof Error ? error.message : "no answer");
  } finally {
    clearTimeout(timer);
  }
}

/** Throws Offline for an answer that our server did not give, whatever its status says. */
export function mustBeOurs(response: Response): void {
  if (response.headers.get("Gongshilan") === "1") return;
  throw new Offline(`somebody else answered: ${response.status}`);
}

async function json(response: Response): Promise<unknown> {
  const type = response.headers.get("Content-Type") ?? "";
  if (!/^application\/(problem\+)?json\b/.test(type)) {
    throw new Offline(`not in our words: ${response.status} ${type}`);
  }
  return response.json();
}

/** What our server said no with; HEAD has no body, so its status is all there is. */
export async function problemOf(response: Response, method: string): Promise<Problem> {
  const body = method === "HEAD" ? null : await json(response);
  return problemFrom(response.status, body, response.headers.get("Retry-After"));
}

async function read<T>(response: Response, method: Method): Promise<Answer<T>> {
  mustBeOurs(response);
  const { status } = response;
  const etag = response.headers.get("ETag");
  if (status === 204) return { body: undefined as T, status, etag };
  if (!response.ok) throw await problemOf(response, method);
  return { body: (await json(response)) as T, status, etag };
}
