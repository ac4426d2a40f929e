/** What the screens of ledgers ask, by name. */
import { inAscii } from "../core/ascii";
import { call } from "./client";
import type * as shapes from "./ledger_shapes";
import { inQuery, type ListWanted } from "./listing";
import { spoken } from "./questions";

const get = async <T>(path: string, query?: { [name: string]: string | undefined }): Promise<T> =>
  (await call<T>("GET", path, { language: spoken(), ...(query ? { query } : {}) })).body;

export const ledgers = (
  wanted: ListWanted,
  cursor?: string,
): Promise<{ items: shapes.ImportedLedger[]; next: string | null }> =>
  get("/ledgers", { ...inQuery(wanted), cursor });
export const ledgerChoices = (): Promise<shapes.LedgerChoices> => get("/ledgers/choices");

const send = async <T>(path: string, asked: shapes.LedgerAsked, data: ArrayBuffer): Promise<T> => {
  const { matching, ...said } = asked;
  const query = matching ? { ...said, matching: inAscii(matching) } : said;
  const bytes = { data, type: "application/octet-stream" };
  return (await call<T>("POST", path, { query, bytes, timeout: 120_000, language: spoken() })).body;
};
/** Read a ledger and say what importing it would do; nothing of it is kept. */
export const previewLedger = (
  asked: shapes.LedgerAsked,
  data: ArrayBuffer,
): Promise<shapes.LedgerPreview> => send("/ledgers/preview", asked, data);
/** Import it, whole: safe to repeat, the same file under the same columns is imported once. */
export const importLedger = (
  asked: shapes.LedgerAsked,
  data: ArrayBuffer,
): Promise<shapes.LedgerLoaded> => send("/ledgers", asked, data);
