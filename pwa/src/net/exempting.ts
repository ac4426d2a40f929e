/** What the screens of exemptions and other deadlines ask, by name. */
import { address, call } from "./client";
import type * as shapes from "./exemption_shapes";
import { spoken } from "./questions";

const at = encodeURIComponent;

export const exemptions = async (): Promise<shapes.ExemptionList> =>
  (await call<shapes.ExemptionList>("GET", "/exemptions", { language: spoken() })).body;
export const exemptionsCsvAddress = (lang: string): string => address("/exemptions.csv", { lang });
/** How many wait for my decision. */
export const exemptionsWaiting = async (): Promise<number> =>
  (await call<{ waiting: number }>("GET", "/exemptions/waiting")).body.waiting;
/** Ask for one: safe to repeat with the same words. */
export const ask = async (body: shapes.ExemptionBody): Promise<void> => {
  await call("POST", "/exemptions", { body, language: spoken() });
};
const act = async (line: shapes.ExemptionLine, path: string, body: unknown): Promise<void> => {
  const etag = `"r${line.revision}"`;
  await call("POST", `/exemptions/${at(line.id)}/${path}`, { body, etag, language: spoken() });
};
/** Decide on one as it was looked at. Throws Problem 412 when somebody decided meanwhile. */
export const decide = (
  line: shapes.ExemptionLine,
  approve: boolean,
  words: string,
): Promise<void> => act(line, "decision", { approve, words });
export const end = (line: shapes.ExemptionLine, reason: string): Promise<void> =>
  act(line, "ending", { reason });
