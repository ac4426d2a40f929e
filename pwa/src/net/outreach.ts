/** What the screens of outreach ask, by name. */
import { address, call } from "./client";
import { inQuery, type ListWanted } from "./listing";
import type * as shapes from "./outreach_shapes";
import { spoken } from "./questions";

const at = encodeURIComponent;
type Query = { [name: string]: string | undefined };

const get = async <T>(path: string, query?: Query): Promise<T> =>
  (await call<T>("GET", path, { language: spoken(), ...(query ? { query } : {}) })).body;

export const records = (wanted: ListWanted, cursor?: string): Promise<shapes.OutreachList> =>
  get("/outreach", { ...inQuery(wanted), cursor });
export const record = (id: string): Promise<shapes.OutreachPage> => get(`/outreach/${at(id)}`);
export const choices = (): Promise<shapes.OutreachChoices> => get("/outreach-choices");
/** Record something: safe to repeat under the same id with the same words. */
export const keep = async (body: shapes.OutreachBody): Promise<void> => {
  await call("POST", "/outreach", { body, language: spoken() });
};
export const coverage = (query: Query): Promise<shapes.Coverage> =>
  get("/outreach-coverage", query);
export const coverageCsv = (query: Query): string => address("/outreach-coverage.csv", query);
export const coverageWorkbook = (query: Query): string => address("/outreach-coverage.xlsx", query);
export const coveragePaper = (query: Query): string =>
  address("", query).replace("/api/v1", "/desk/outreach");
/** The ready texts of a notice, in the language of those who are told. */
export const texts = (id: string, text: "zh" | "en"): Promise<shapes.ReadyTexts> =>
  get(`/disclosures/${at(id)}/texts`, { text });
