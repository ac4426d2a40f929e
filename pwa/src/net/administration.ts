/** What administrators and auditors ask: the trail of events, who may do what, until when an outside auditor may look. */
import type { Text } from "../core/findings";
import { address, call } from "./client";
import type { AccountLine, Role } from "./shapes";

export interface TrailLine {
  id: number;
  at: string;
  actor_id: string;
  name: Text;
  role: Text | null;
  action: string;
  words: Text;
  subject: string;
  division: string;
  division_name: string;
  address: string;
  details: { [name: string]: unknown };
}

/** Which events: '' is everything. Days are those of the village, both included. */
export interface TrailWanted {
  first: string;
  last: string;
  action: string;
  division: string;
  actor: string;
  subject: string;
}

export interface RoleTable {
  roles: { role: Role; words: Text }[];
  acts: { act: string; words: Text; roles: Role[] }[];
}

const asked = (wanted: TrailWanted): { [name: string]: string | undefined } =>
  Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, value || undefined]));

export const trail = async (
  wanted: TrailWanted,
  before?: number,
): Promise<{ items: TrailLine[]; next: number | null }> =>
  (
    await call<{ items: TrailLine[]; next: number | null }>("GET", "/events", {
      query: { ...asked(wanted), before },
    })
  ).body;

export const trailAddress = (wanted: TrailWanted, lang: string): string =>
  address("/events.csv", { ...asked(wanted), lang });

/** The evidence pack of a place and a span; `whole`: with what the public pages hold back. */
export const packAddress = (
  division: string,
  first: string,
  last: string,
  whole: boolean,
): string => address("/evidence", { division, first, last, whole: String(whole) });

/** The evidence pack of one notice. */
export const noticePackAddress = (id: string): string =>
  address(`/disclosures/${encodeURIComponent(id)}/evidence`, {});

export const actions = async (): Promise<{ items: { action: string; words: Text }[] }> =>
  (await call<{ items: { action: string; words: Text }[] }>("GET", "/events/actions")).body;

export const roleTable = async (): Promise<RoleTable> =>
  (await call<RoleTable>("GET", "/roles")).body;

export const changeLastDay = async (line: AccountLine, last: string): Promise<void> => {
  await call("PUT", `/accounts/${encodeURIComponent(line.id)}/term`, {
    body: { last_day: last },
    etag: `"r${line.revision}"`,
  });
};

export type Cause = "by_progress" | "special";

export interface Histogram {
  step: "payment" | "review" | "answer";
  words: Text;
  counted: number;
  early: number;
  median: number | null;
  longest: number | null;
  /** `share` in hundredths of a percent; together exactly 100.00 %. */
  bands: { words: Text; count: number; share: number | null; excused: number }[];
}

export interface SlowPayment {
  list_id: string;
  division: string;
  division_name: string;
  purpose: string;
  free_on: string;
  paid_on: string;
  days: number;
  cause: Cause | null;
  cause_words: Text | null;
  words: string | null;
  revision: number;
}

export interface ProcessingTimes {
  division_name: string;
  first: string;
  last: string;
  steps: Histogram[];
  without_notice: number;
  slow: SlowPayment[];
  more: boolean;
}

export const processingTimes = async (first: string, last: string): Promise<ProcessingTimes> =>
  (await call<ProcessingTimes>("GET", "/processing-times", { query: { first, last } })).body;

export const timesAddress = (first: string, last: string, lang: string): string =>
  address("/processing-times.csv", { first, last, lang });

/** Why a list was paid late. Throws Problem 412 when somebody changed it meanwhile. */
export const explainDelay = async (
  slow: SlowPayment,
  cause: Cause | null,
  words: string,
): Promise<void> => {
  await call("PUT", `/payment-lists/${encodeURIComponent(slow.list_id)}/delay`, {
    body: { cause, words },
    etag: `"r${slow.revision}"`,
  });
};
