/** Divisions through time, and a list of them by file. */
import { address, call } from "./client";
import { spoken } from "./questions";

export type DivisionState = "all" | "open" | "closed";
export type DivisionSort = "code" | "name" | "newest";

export interface DivisionLife {
  code: string;
  name: string;
  level: string;
  parent_name: string;
  /** null: as long as is known. */
  first_day: string | null;
  /** null: it stands. */
  last_day: string | null;
  earlier: { name: string; last_day: string | null }[];
}

export interface Lives {
  items: DivisionLife[];
  count: number;
  next: number | null;
  may_change: boolean;
}

export interface LivesWanted {
  q: string;
  state: DivisionState;
  sort: DivisionSort;
}

/** What a list changes: counted, the first twenty of each kind named. */
export interface DivisionChanges {
  on: string;
  listed: number;
  unchanged: number;
  added: number;
  renamed: number;
  moved: number;
  closed: number;
  additions: { code: string; name: string }[];
  renamings: { code: string; old: string; new: string }[];
  moves: { code: string; name: string; to_code: string | null; to_parent: string | null }[];
  closings: { code: string; name: string }[];
  notices: number;
  accounts: number;
}

export const lives = async (wanted: LivesWanted, start: number): Promise<Lives> =>
  (await call<Lives>("GET", "/division-lives", { query: { ...wanted, start } })).body;

export const livesCsvAddress = (wanted: LivesWanted, lang: string): string =>
  address("/division-lives.csv", { ...wanted, lang });

const send = async (
  path: string,
  division: string,
  on: string,
  data: ArrayBuffer,
): Promise<DivisionChanges> =>
  (
    await call<DivisionChanges>("POST", path, {
      query: { division, on },
      bytes: { data, type: "application/octet-stream" },
      timeout: 120_000,
      language: spoken(),
    })
  ).body;

/** What a list would change; nothing of it is kept. */
export const previewDivisions = (
  division: string,
  on: string,
  data: ArrayBuffer,
): Promise<DivisionChanges> => send("/division-lists/preview", division, on, data);

export const importDivisions = (
  division: string,
  on: string,
  data: ArrayBuffer,
): Promise<DivisionChanges> => send("/division-lists", division, on, data);

export type DivisionActKind = "rename" | "close" | "merge" | "add" | "take_back";

/** What to do to one division. Without `on`: from today on. */
export interface DivisionAct {
  act: DivisionActKind;
  on?: string;
  name?: string;
  successor?: string;
}

/** What an act would do, a sentence each, in the language asked for. */
export interface DivisionActPreview {
  name: string;
  effects: string[];
  revision: number;
}

const actsOf = (code: string): string => `/division-lives/${encodeURIComponent(code)}/acts`;

/** What an act would do; nothing is changed. */
export const previewAct = async (code: string, body: DivisionAct): Promise<DivisionActPreview> =>
  (
    await call<DivisionActPreview>("POST", `${actsOf(code)}/preview`, {
      body,
      language: spoken(),
    })
  ).body;

/** Do it, as it was looked at. Throws Problem 412 when the division was changed meanwhile. */
export const doAct = async (code: string, body: DivisionAct, revision: number): Promise<void> => {
  await call("POST", actsOf(code), { body, etag: `"r${revision}"`, language: spoken() });
};
