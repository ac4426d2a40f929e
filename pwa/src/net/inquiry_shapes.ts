/** What the desk answers about what villagers ask. */
import type { Text } from "../core/findings";

export type InquiryState = "held" | "waiting" | "answered" | "published" | "refused";

/** By when it is to be answered; days left in the term's own days, days late by the calendar. */
export interface ReplyDue {
  on: string;
  provisional: boolean;
  days_left: number;
  days_late: number;
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
  /** What of it waits for whoever is signed in. */
  turn: "look" | "answer" | "review" | null;
}

export interface InquiryList {
  open: InquiryLine[];
  ended: InquiryLine[];
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
  /** For people at work alone. */
  contact: string | null;
  proved: boolean;
  disclosure_id: string | null;
  notice: string | null;
  pointer: string | null;
  refused_reason: string | null;
  answers: InquiryAnswer[];
  photos: InquiryPhoto[];
  /** The numbers of those that the public may see. */
  shown_photos: number[];
  revision: number;
}
