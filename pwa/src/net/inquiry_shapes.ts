/** What the desk answers about what villagers ask. */
import type { Text } from "../core/findings";

export type InquiryState = "held" | "waiting" | "answered" | "published" | "refused";

/** By when it is to be answered; days left in the term's own days, days late by the calendar. */
export interface ReplyDue {
  on: string;
  provisional: boolean;
  days_left: number;
  days_late: number;
  /** In which days what is left is counted. */
  unit: "calendar" | "working";
  term: Text;
}

export interface InquiryLine {
  id: string;
  number: string;
  division: string;
  division_name: string;
  kind: "question" | "complaint" | "suggestion" | "report" | "topic";
  kind_name: Text;
  state: InquiryState;
  state_name: Text;
  respondent: "village" | "township";
  excerpt: string;
  line: string | null;
  asked_at: string;
  due: ReplyDue;
  signing: { signatures: number; needed: number; joined: boolean; open: boolean } | null;
  returned: boolean;
  /** By when it is said whether it is taken up, while nobody said so. */
  accept_due: ReplyDue | null;
  /** The office that it is with. */
  referral: Referral | null;
  /** 2 once its sender was not satisfied with the first answer. */
  round: number;
  /** What of it waits for whoever is signed in. */
  turn: "look" | "accept" | "answer" | "report" | "review" | null;
}

export interface InquiryList {
  open: InquiryLine[];
  ended: InquiryLine[];
  next: string | null;
}

export interface InquiryAnswer {
  id: string;
  text: string;
  takes_up: boolean | null;
  answered_by_name: string;
  answered_at: string;
  decision: "approve" | "return" | null;
  decided_by_name: string | null;
  decided_at: string | null;
  reason: string | null;
}

/** A photo that came with it, by its number. */
export interface InquiryPhoto {
  photo: number;
  width: number;
  height: number;
}

export interface InquiryPage {
  head: InquiryLine;
  text: string;
  shown_text: string | null;
  /** Whether whoever asked can be reached; how is asked for by itself, and every look is written down. */
  contact_left: boolean;
  proved: boolean;
  disclosure_id: string | null;
  notice: string | null;
  pointer: string | null;
  refused_reason: string | null;
  answers: InquiryAnswer[];
  photos: InquiryPhoto[];
  /** The numbers of those that the public may see. */
  shown_photos: number[];
  handling: Handling;
  revision: number;
}

export type Office = "village" | "department" | "supervisor" | "discipline";
export type Way =
  | "accept"
  | "refuse"
  | "classify"
  | "refer"
  | "report"
  | "take_back"
  | "extend"
  | "see_contact"
  | "slips";
export type Slip = "register" | "acceptance" | "refusal" | "satisfaction";

/** Something that can be chosen; `turn_to`: where the policy sends people who are refused on that ground. */
export interface Option {
  key: string;
  name: Text;
  turn_to: Text | null;
}

export interface Referral {
  id: string;
  office: Office;
  office_name: Text;
  name: string;
  note: string;
  due_on: string;
  days_late: number;
  referred_by_name: string;
  referred_at: string;
  outcome: "reported" | "taken_back" | "answered" | null;
  report: string | null;
  ended_by_name: string | null;
  ended_at: string | null;
}

/** How it is handled so far, and what whoever reads it can do now. */
export interface Handling {
  subject: string | null;
  subject_name: Text | null;
  about: string | null;
  about_name: Text | null;
  accept_due: ReplyDue;
  accepted_at: string | null;
  accepted_by_name: string | null;
  refused_at: string | null;
  ground: Text | null;
  turn_to: string | null;
  extension: { days: number; reason: string; at: string } | null;
  referrals: Referral[];
  satisfaction: {
    round: number;
    rating: "satisfied" | "basically" | "not";
    rating_name: Text;
    words: string | null;
    rated_at: string;
  }[];
  round: number;
  ways: Way[];
  choices: {
    kinds: Option[];
    subjects: Option[];
    about: Option[];
    offices: Option[];
    grounds: Option[];
    most_extension: number;
    extension_unit: "working" | "calendar";
  };
}

export interface Classification {
  kind: string;
  subject: string;
  about?: string;
}

export interface ContactLook {
  at: string;
  name: string;
  role: Text | null;
  inquiry_id: string;
  number: string;
  division: string;
  division_name: string;
}

/** Counts; rates in hundredths of a percent, null of nothing. */
export interface FigureCounts {
  received: number;
  still_open: number;
  overdue: number;
  finished: number;
  direct: number;
  referred: number;
  other: number;
  in_time: number;
  decided: number;
  accepted_in_time: number;
  satisfied: number;
  basically: number;
  not_satisfied: number;
  second_rounds: number;
  second_answered: number;
  in_time_rate: number | null;
  reply_rate: number | null;
}

export interface FigureGroup {
  key: string;
  name: Text;
  figures: FigureCounts;
}

export interface InquiryFigures {
  division: string;
  division_name: string;
  first: string;
  last: string;
  total: FigureCounts;
  not_inquiries: number;
  by_kind: FigureGroup[];
  by_village: FigureGroup[];
  offices: { office: Office; name: Text; count: number }[];
}
