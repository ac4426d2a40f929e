/** What the screens of inspections and of what is put right ask, by name. */
import { type Answer, address, call } from "./client";
import type * as shapes from "./inspection_shapes";
import { inQuery, type ListWanted } from "./listing";
import { spoken } from "./questions";

const at = encodeURIComponent;

const get = async <T>(path: string, query?: { [name: string]: string | undefined }): Promise<T> =>
  (await call<T>("GET", path, { language: spoken(), ...(query ? { query } : {}) })).body;

export const draws = (wanted: ListWanted, cursor?: string): Promise<shapes.DrawList> =>
  get("/inspections", { ...inQuery(wanted), cursor });
export const drawPage = (id: string): Promise<shapes.DrawPage> => get(`/inspections/${at(id)}`);
/** Draw a list: the same id answers what was drawn first. */
export const drawList = async (body: shapes.DrawBody): Promise<shapes.DrawPage> =>
  (await call<shapes.DrawPage>("POST", "/inspections", { body, language: spoken() })).body;
/** Say what was found at a place of a list: safe to repeat with the same words. */
export const visit = async (draw: string, rank: string, body: shapes.VisitBody): Promise<void> => {
  await call("PUT", `/inspections/${at(draw)}/items/${at(rank)}/visit`, {
    body,
    language: spoken(),
  });
};

export const orders = (wanted: ListWanted, cursor?: string): Promise<shapes.OrderList> =>
  get("/rectifications", { ...inQuery(wanted), cursor });
export const orderingChoices = (): Promise<shapes.OrderingChoices> => get("/rectification-choices");
export const order = (id: string): Promise<Answer<shapes.OrderPage>> =>
  call("GET", `/rectifications/${at(id)}`, { language: spoken() });
export const giveOrder = async (body: shapes.OrderBody): Promise<shapes.OrderPage> =>
  (await call<shapes.OrderPage>("POST", "/rectifications", { body, language: spoken() })).body;
/** Do something with an order as it was looked at: safe to repeat under the same id. */
export const step = async (
  id: string,
  act: "proof" | "return" | "escalation" | "closure",
  etag: string,
  body: unknown,
): Promise<void> => {
  await call("POST", `/rectifications/${at(id)}/${act}`, { body, etag, language: spoken() });
};

type Query = { [name: string]: string | undefined };
export const circularWorkbook = (kind: string, query: Query): string =>
  address(`/circulars/${at(kind)}/table.xlsx`, query);
export const circularPage = (kind: string, query: Query): string =>
  address("", query).replace("/api/v1", `/desk/circulars/${at(kind)}`);
