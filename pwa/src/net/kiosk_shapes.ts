/** What the API answers, as a query point reads it. */
import type { Text } from "../core/findings";
import type { DivisionLine, DivisionPage, PhotoView, Place, UrgentMark } from "./shapes";
import type { Sheet } from "./sheet_shapes";
import type { ShownSiteNotice } from "./site_notice_shapes";

export type {
  DivisionLine,
  DivisionPage,
  PhotoView,
  Place,
  Sheet,
  ShownSiteNotice,
  Text,
  UrgentMark,
};

export interface Point {
  id: string;
  name: string;
  place: string;
  kind: "kiosk" | "screen";
  /** 0 to 10. */
  volume: number;
  division: { code: string; name: string; path: string[] };
}

export interface Pairing extends Point {
  server_now: string;
}

/** What a heartbeat is answered: the point as the township has it now. */
export interface Retelling {
  received_at: string;
  server_now: string;
  name: string;
  place: string;
  kind: Point["kind"];
  volume: number;
}

export interface Battery {
  /** 0 to 1. */
  level: number;
  charging: boolean;
}

export interface NoticeCard {
  disclosure_id: string;
  title: string;
  category: string;
  category_name: Text;
  wording: string;
  period_label: Text;
  stage: string;
  opened_at: string | null;
  must_stay_until: string | null;
  comes_down_at: string | null;
  hides_at: string | null;
  edition: number;
  corrected: number;
  urgent: UrgentMark | null;
}

/** A card as it is kept: its title in English too, once the notice was fetched in both languages. */
export interface KeptCard extends NoticeCard {
  title_en?: string;
}

/** What of a category's notices a search finds, as patterns over their content. */
export interface Findable {
  searchable: string[];
  /** Those of them that pinyin finds too. */
  names: string[];
}

export type FindableIn = { [category: string]: Findable };

/** A line that holds what was looked for, cut at it. */
export interface HitLine {
  pointer: string;
  excerpt: { text: string; hit: boolean }[];
}

export interface Hit {
  card: NoticeCard;
  division: string;
  division_name: string;
  lines: HitLine[];
  lines_more: number;
}

export interface Missing {
  title: string;
  due_on: string;
}

/** The telephone of an office that answers villagers. */
export interface OfficePhone {
  office: string;
  number: string;
}

export interface VillageAnswer {
  site_notices: ShownSiteNotice[];
  phones: OfficePhone[];
  division: Place;
  as_of: string;
  missing: Missing[];
  changes_at: string | null;
  demo: boolean;
}

/** A notice of a matter as the public may know of it. `stage`: 'hidden' where its content is no longer shown. */
export interface MatterNotice {
  disclosure_id: string;
  title: string;
  phase: "before" | "during" | "after";
  phase_name: Text;
  stage: string;
  /** The first day on which it hung, and of what is over the last one. */
  since: string;
  until: string | null;
}

/** What several notices of a village tell of together. */
export interface MatterThread {
  name: string;
  notices: MatterNotice[];
}

/** As it is kept: with the titles in both languages. */
export interface KeptMatter {
  name: string;
  notices: (Omit<MatterNotice, "title"> & { title: Text })[];
}

export interface Notice {
  card: NoticeCard;
  division: Place;
  sheet: Sheet | null;
  sentences: string[];
  photos: PhotoView[];
  reviews: { decided_at: string; reviewer_name: string; body: Text; post: string | null }[];
  submitted_by_name: string;
  explanation: string | null;
  withdrawn: { at: string; reason: string } | null;
  /** What reads otherwise in English; not there where it was kept by an older version. */
  english?: { title: string; sheet: Sheet | null; sentences: string[] };
  /** The code that leads a phone to it, as SVG; not there where it could not be fetched, or an older version kept it. */
  code?: string;
}
