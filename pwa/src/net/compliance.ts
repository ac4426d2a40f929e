/** What the township's desk asks about many villages at once. */
import { address, call } from "./client";
import type {
  CrossJudgementBody,
  CrossLists,
  HollowPostings,
  Overview,
  PlanComparison,
  Warnings,
} from "./compliance_shapes";
import type { GridQuery } from "./questions";

export type * from "./compliance_shapes";

export interface OverviewQuery extends GridQuery {
  by: "category" | "quarter";
  /** The last code of the page before. */
  after?: string;
}

export const overview = async (query: OverviewQuery, language: string): Promise<Overview> =>
  (await call<Overview>("GET", "/compliance/overview", { language, query: { ...query } })).body;

export const overviewFile = (
  query: OverviewQuery,
  kind: "csv" | "xlsx",
  language: string,
): string => address(`/compliance/overview.${kind}`, { ...query, lang: language });

export const warnings = async (division: string, language: string): Promise<Warnings> =>
  (await call<Warnings>("GET", "/compliance/warnings", { language, query: { division } })).body;

export const crossLists = async (division: string, language: string): Promise<CrossLists> =>
  (await call<CrossLists>("GET", "/compliance/cross-lists", { language, query: { division } }))
    .body;

/** Say what is to be thought of a finding: the same again changes nothing. */
export const judgeCross = async (body: CrossJudgementBody): Promise<void> => {
  await call("POST", "/compliance/cross-list-judgements", { body });
};

export const hollow = async (
  division: string,
  first: string,
  last: string,
  language: string,
): Promise<HollowPostings> => {
  const query = { division, first, last };
  return (await call<HollowPostings>("GET", "/compliance/hollow", { language, query })).body;
};

export const planLines = async (
  division: string,
  year: number,
  language: string,
  asOf?: string,
): Promise<PlanComparison> => {
  const query = { division, year: String(year), ...(asOf === undefined ? {} : { as_of: asOf }) };
  return (await call<PlanComparison>("GET", "/compliance/plan-lines", { language, query })).body;
};

export const planLinesFile = (division: string, year: number, language: string): string =>
  address("/compliance/plan-lines.csv", { division, year: String(year), lang: language });
