/** What the screens of notices from offices ask, by name. */
import { call } from "./client";
import { inQuery, type ListWanted } from "./listing";
import { spoken } from "./questions";
import type * as shapes from "./site_notice_shapes";

const at = encodeURIComponent;

const get = async <T>(path: string, query?: { [name: string]: string | undefined }): Promise<T> =>
  (await call<T>("GET", path, { language: spoken(), ...(query ? { query } : {}) })).body;

export interface SiteNoticesWanted extends ListWanted {
  state: shapes.SiteNoticeState | "";
}

export const siteNotices = (
  wanted: SiteNoticesWanted,
  cursor?: string,
): Promise<shapes.SiteNoticeList> =>
  get("/site-notices", {
    ...inQuery(wanted),
    state: wanted.state || undefined,
    cursor,
  });
/** What is shown to those who work here now. */
export const shown = async (): Promise<shapes.ShownSiteNotice[]> =>
  (await get<{ items: shapes.ShownSiteNotice[] }>("/site-notices-shown")).items;
export const places = async (): Promise<shapes.SiteNoticePlace[]> =>
  (await get<{ items: shapes.SiteNoticePlace[] }>("/site-notice-places")).items;
/** Write one: safe to repeat with the same words. */
export const write = async (body: shapes.NewSiteNotice): Promise<void> => {
  await call("POST", "/site-notices", { body, language: spoken() });
};
/** Change one as it was looked at. Throws Problem 412 when somebody did meanwhile. */
export const change = async (
  line: shapes.SiteNoticeLine,
  body: shapes.SiteNoticeWords,
): Promise<void> => {
  const etag = `"r${line.revision}"`;
  await call("PUT", `/site-notices/${at(line.id)}`, { body, etag, language: spoken() });
};
export const end = async (line: shapes.SiteNoticeLine): Promise<void> => {
  const etag = `"r${line.revision}"`;
  await call("POST", `/site-notices/${at(line.id)}/ending`, { etag, language: spoken() });
};
/** Say by which telephone an office answers; "" for none. */
export const setPhone = async (code: string, phone: string): Promise<void> => {
  await call("PUT", `/divisions/${at(code)}/phone`, { body: { phone }, language: spoken() });
};
