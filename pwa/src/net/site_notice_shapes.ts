/** What is asked and answered about notices from offices. */
import type { Text } from "../core/findings";

export type SiteNoticeState = "coming" | "shown" | "over";
export type SiteNoticeAudience = "villagers" | "staff" | "both";
export type SiteNoticeWeight = "plain" | "important";
export type SiteNoticeWay = "change" | "end";

/** Without `from_at` it begins at once. */
export interface SiteNoticeWords {
  division: string;
  title: string;
  text: string;
  audience: SiteNoticeAudience;
  weight: SiteNoticeWeight;
  from_at?: string;
  until_at: string;
}

export interface NewSiteNotice extends SiteNoticeWords {
  id: string;
}

/** As it is read by those it is for. */
export interface ShownSiteNotice {
  id: string;
  title: string;
  text: string;
  weight: SiteNoticeWeight;
  office: string;
  from_at: string;
  until_at: string;
}

export interface SiteNoticeLine {
  id: string;
  division: string;
  division_name: string;
  office_name: string;
  title: string;
  text: string;
  audience: SiteNoticeAudience;
  audience_name: Text;
  weight: SiteNoticeWeight;
  state: SiteNoticeState;
  state_name: Text;
  from_at: string;
  until_at: string;
  written_by_name: string;
  written_at: string;
  changed_at: string | null;
  ended_at: string | null;
  ended_by_name: string;
  ways: SiteNoticeWay[];
  revision: number;
}

export interface SiteNoticeList {
  items: SiteNoticeLine[];
  counts: { [state in SiteNoticeState]: number };
  next: string | null;
}

export interface SiteNoticePlace {
  code: string;
  name: string;
  above: string;
  /** Its office's telephone, or "". */
  phone: string;
}
