/** Accounts in bulk: what a sheet would make, making it, and the slips. */
import type { Text } from "../core/findings";
import { address, call } from "./client";
import { spoken } from "./questions";
import type { Role } from "./shapes";

export interface WrongPerson {
  row: number;
  column: "name" | "role" | "place" | "post" | "phone" | "last_day";
  detail: Text;
}

export interface RightPerson {
  row: number;
  name: string;
  role: Role;
  division: string;
  division_name: string;
  post: string | null;
}

/** What a sheet would make; `left_out`: hidden sheets that were not looked into. */
export interface PeopleSeen {
  sheet: string;
  right: RightPerson[];
  wrong: WrongPerson[];
  left_out: string[];
}

export interface SlipView {
  account_id: string;
  login: string;
  name: string;
  role: Role;
  post: string | null;
  division_name: string;
  /** As the sheet said it; it is kept nowhere. */
  phone: string | null;
  code: string;
  expires_at: string;
  /** The sign-in screen with the code, as an SVG document. */
  qr: string;
}

export interface SlipsMade {
  id: string;
  slips: SlipView[];
  /** Who has signed in already and needs no slip. */
  signed_in: string[];
  wrong: WrongPerson[];
  link: string;
}

export interface BatchLine {
  id: string;
  made_at: string;
  made_by: string;
  people: number;
  waiting: number;
}

const send = async <T>(
  path: string,
  data: ArrayBuffer,
  query: { [name: string]: string } = {},
): Promise<T> =>
  (
    await call<T>("POST", path, {
      query,
      bytes: { data, type: "application/octet-stream" },
      timeout: 120_000,
      language: spoken(),
    })
  ).body;

export const previewPeople = (data: ArrayBuffer): Promise<PeopleSeen> =>
  send("/account-batches/preview", data);

/** Make the accounts of a sheet; the same id again makes nobody twice. */
export const makeAccounts = (
  id: string,
  data: ArrayBuffer,
  onlyRight: boolean,
): Promise<SlipsMade> =>
  send("/account-batches", data, { id, ...(onlyRight ? { only_right: "true" } : {}) });

export const renewBatch = async (id: string): Promise<SlipsMade> =>
  (
    await call<SlipsMade>("POST", `/account-batches/${encodeURIComponent(id)}/codes`, {
      timeout: 120_000,
      language: spoken(),
    })
  ).body;

export const batches = async (
  cursor?: string,
): Promise<{ items: BatchLine[]; next: string | null }> =>
  (
    await call<{ items: BatchLine[]; next: string | null }>("GET", "/account-batches", {
      query: { cursor },
    })
  ).body;

export const peopleTemplateAddress = (lang: string): string =>
  address("/account-batches/template", { lang });

export type AccountSort = "login" | "place" | "newest";

export const accountsCsvAddress = (q: string, sort: AccountSort, lang: string): string =>
  address("/accounts.csv", { q, sort, lang });
