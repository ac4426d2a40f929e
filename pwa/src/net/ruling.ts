/** What the screens of a place's rules ask: policies, what a new one would change, putting it in force. */
import type { Text } from "../core/findings";
import { address, call } from "./client";
import { spoken } from "./questions";

const at = encodeURIComponent;

/** One thing that a policy sets: for what, what it is, its value. */
export interface Saying {
  field: string;
  about: Text;
  name: Text;
  value: Text;
}

export interface PolicyStep {
  at: string;
  name: string;
  reason: string;
  what: "recorded" | "ended" | "end_set" | "goes_on" | "restored" | "taken_back";
  valid_from: string;
  valid_to: string | null;
}

export type PolicyState = "coming" | "in_force" | "over" | "taken_back";

export interface PolicyLine {
  id: string;
  title: Text;
  division: string;
  division_name: string;
  valid_from: string;
  valid_to: string | null;
  state: PolicyState;
  values: Saying[];
  legal_basis: {
    title: Text;
    article: string;
    effective_from: string;
    effective_to: string | null;
    verified: boolean;
    note: Text | null;
  }[];
  shipped: boolean;
  may_take_back: boolean;
  /** It can be given a last day without one that follows; one was given, and it can still go on. */
  may_end: boolean;
  may_go_on: boolean;
  history: PolicyStep[];
}

export interface PolicyList {
  division: string;
  division_name: string;
  may_manage: boolean;
  items: PolicyLine[];
}

/** One side of a comparison: in words, and by which day. */
export interface Side {
  in_use: boolean;
  due: Text;
  display: Text;
  review: Text;
  due_on: string | null;
  state: string | null;
}

export interface RuleChange {
  category: string;
  name: Text;
  event: boolean;
  before: Side;
  after: Side;
}

export interface ComingDue {
  category: string;
  name: Text;
  period: string;
  label: Text;
  owner: "village" | "group";
  villages: number;
  example: string;
  before: Side | null;
  after: Side | null;
}

/** What a policy would change; counts are of one village or village group, one category, one period. */
export interface Preview {
  id: string;
  title: Text;
  division: string;
  division_name: string;
  valid_from: string;
  valid_to: string | null;
  looked_until: string;
  values: Saying[];
  ends: { id: string; title: Text; last_day: string }[];
  /** Where a policy ends and none follows: those that hold then, the nearest first. */
  falls_back: { id: string; title: Text; division_name: string; shipped: boolean }[];
  warnings: Text[];
  rules: RuleChange[];
  dues: ComingDue[];
  more: boolean;
  villages: number;
  groups: number;
  cells: number;
  changed: number;
  state_changed: number;
  newly_owed: number;
  no_longer: number;
  moved: number;
  /** Notices that were over before and cannot be read any more from the first day on. */
  hidden: number;
}

/** A policy's file as it was read or written by a form, and the policies that it ends. */
export interface PolicyText {
  text: string;
  file: string;
  ends: string[];
}

export const policiesCsvAddress = (lang: string): string => address("/policies.csv", { lang });
export const usesCsvAddress = (lang: string): string => address("/categories-in-use.csv", { lang });
export const policies = async (): Promise<PolicyList> =>
  (await call<PolicyList>("GET", "/policies", { language: spoken() })).body;
/** What it would change: nothing is kept. */
export const previewPolicy = async (body: PolicyText): Promise<Preview> =>
  (await call<Preview>("POST", "/policies/preview", { body, language: spoken() })).body;
/** Put it in force from its first day: the very same once more changes nothing. */
export const putPolicy = async (body: PolicyText & { reason: string }): Promise<PolicyList> =>
  (await call<PolicyList>("POST", "/policies", { body, language: spoken() })).body;
export const takePolicyBack = async (id: string, reason: string): Promise<PolicyList> =>
  (
    await call<PolicyList>("POST", `/policies/${at(id)}/taking-back`, {
      body: { reason },
      language: spoken(),
    })
  ).body;
/** What its end would change, and what holds then: nothing is kept. */
export const previewEnding = async (id: string, last_day: string): Promise<Preview> =>
  (
    await call<Preview>("POST", `/policies/${at(id)}/ending/preview`, {
      body: { last_day },
      language: spoken(),
    })
  ).body;
export const endPolicy = async (
  id: string,
  body: { last_day: string; reason: string },
): Promise<PolicyList> =>
  (await call<PolicyList>("POST", `/policies/${at(id)}/ending`, { body, language: spoken() })).body;
export const letPolicyGoOn = async (id: string, reason: string): Promise<PolicyList> =>
  (
    await call<PolicyList>("POST", `/policies/${at(id)}/going-on`, {
      body: { reason },
      language: spoken(),
    })
  ).body;
export const policyFile = (id: string): string => address(`/policies/${at(id)}/document`);

export interface LegalSource {
  title: Text;
  article: string;
  verified: boolean;
}

export interface CategoryUse {
  key: string;
  name: Text;
  publisher: "village" | "township";
  own: boolean;
  legal_basis: LegalSource[];
  often: Text;
  due: Text;
  display: Text;
  use: { in_use: boolean; since: string | null; next_on: string | null; next_by: string | null };
  villages: number;
}

export interface CategoryUses {
  division: string;
  division_name: string;
  may_manage: boolean;
  villages: number;
  items: CategoryUse[];
}

export interface Turning {
  division: string;
  in_use: boolean;
  first: string;
}

export const categoryUses = async (): Promise<CategoryUses> =>
  (await call<CategoryUses>("GET", "/categories-in-use", { language: spoken() })).body;
/** What turning a category would change: nothing is kept. */
export const previewTurning = async (key: string, body: Turning): Promise<Preview> =>
  (
    await call<Preview>("POST", `/categories-in-use/${at(key)}/preview`, {
      body,
      language: spoken(),
    })
  ).body;
export const turn = async (
  key: string,
  body: Turning & { reason: string },
): Promise<CategoryUses> =>
  (await call<CategoryUses>("POST", `/categories-in-use/${at(key)}`, { body, language: spoken() }))
    .body;
export const emptySheet = (key: string): string => address(`/categories/${at(key)}/template.xlsx`);

export interface CalendarYear {
  year: number;
  known: boolean;
  official: boolean;
  source: string;
  holidays: string[];
  makeup_workdays: string[];
  recorded_at: string | null;
}

export interface CalendarYears {
  may_manage: boolean;
  why_not: Text | null;
  items: CalendarYear[];
}

export interface CalendarPreview {
  year: number;
  official: boolean;
  source: string;
  was_official: boolean;
  days: { on: string; works: boolean }[];
  dues: {
    category: string;
    name: Text;
    period: string;
    label: Text;
    owner: "village" | "group";
    villages: number;
    example: string;
    before: string;
    after: string;
  }[];
  moved: number;
  past: number;
  settled: number;
}

export interface NoticeText {
  text: string;
  file: string;
}

export const calendarYears = async (): Promise<CalendarYears> =>
  (await call<CalendarYears>("GET", "/working-days", { language: spoken() })).body;
/** What a year's notice would change: nothing is kept. */
export const previewYear = async (body: NoticeText): Promise<CalendarPreview> =>
  (await call<CalendarPreview>("POST", "/working-days/preview", { body, language: spoken() })).body;
export const loadYear = async (body: NoticeText): Promise<CalendarYears> =>
  (await call<CalendarYears>("POST", "/working-days", { body, language: spoken() })).body;
export const yearFile = (year: number): string => address(`/working-days/${year}/document`);
