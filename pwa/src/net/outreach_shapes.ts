/** What the screens of outreach are answered. */
import type { Text } from "../core/findings";

export type OutreachKind = "letter" | "message" | "broadcast" | "visit_day" | "chat" | "other";
export type OutreachStage = "planned" | "done" | "void";
export const OUTREACH_KINDS: readonly OutreachKind[] = [
  "letter",
  "message",
  "broadcast",
  "visit_day",
  "chat",
  "other",
];

export interface OutreachBody {
  id: string;
  kind: OutreachKind;
  stage: OutreachStage;
  first: string;
  last: string;
  villages: { division: string; groups: string[]; groups_total?: number }[];
  from_time?: string;
  until_time?: string;
  place: string;
  households?: number;
  people?: number;
  counted_by: string;
  note: string;
  notices: string[];
  photos: string[];
  replaces?: string;
}

export interface OutreachLine {
  id: string;
  division: string;
  kind: OutreachKind;
  kind_name: Text;
  stage: OutreachStage;
  stage_name: Text;
  first: string;
  last: string;
  from_time: string | null;
  until_time: string | null;
  place: string;
  households: number | null;
  people: number | null;
  counted_by: string;
  note: string;
  villages: { division: string; name: string; groups: string[]; groups_total: number | null }[];
  notices: { id: string; title: string }[];
  photos: string[];
  recorded_by_name: string;
  recorded_at: string;
  replaces: string | null;
  replaced_by: string | null;
  may_replace: boolean;
}

export interface OutreachList {
  items: OutreachLine[];
  next: string | null;
}

export interface DayViews {
  day: string;
  views: string;
}

export interface OutreachPage {
  record: OutreachLine;
  days: number;
  views: { division: string; name: string; before: DayViews[]; after: DayViews[] }[];
}

export interface OutreachChoices {
  today: string;
  /** `groups`: the names of those that are registered; an answer kept from before has none. */
  villages: { code: string; name: string; groups?: string[] }[];
  notices: { id: string; division: string; title: string }[];
}

export interface VillageLine {
  division: string;
  name: string;
  reached: boolean;
  kinds: { [kind in OutreachKind]?: number };
  last_on: string | null;
  whole: boolean;
  groups: string[];
  groups_total: number | null;
  missed: string[];
  views: string;
}

export interface ActLine {
  record_id: string;
  division: string;
  name: string;
  kind: OutreachKind;
  kind_name: Text;
  first: string;
  last: string;
  groups: string[];
  villages: number;
  households: number | null;
  people: number | null;
  counted_by: string;
  views_before: string;
  views_after: string;
  after_days: number;
}

export interface Coverage {
  division: string;
  division_name: string;
  first: string;
  last: string;
  today: string;
  reached: number;
  groups_reached: number;
  groups_known: number;
  villages: VillageLine[];
  acts: ActLine[];
}

export interface ReadyTexts {
  disclosure_id: string;
  title: string;
  division: string;
  messages: {
    text: string;
    alphabet: string;
    units: number;
    room: number;
    parts: number;
    complete: boolean;
  }[];
  script: { paragraphs: string[]; seconds: number };
  chat: string;
  link: string;
  letter: string;
}
