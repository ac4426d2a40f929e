/** What the API answers, as the staff screens read it. */
import type { CheckUse } from "../core/checks";
import type { Finding, Override, Text } from "../core/findings";
import type { Form } from "../core/form";
import type { Content } from "../core/pointers";
import type { ServerTask } from "../core/tasks";
import type { Waiting } from "../core/turns";
import type { DemoCode, PasskeysHere } from "./shapes_people";
import type { CellValue, Sheet } from "./sheet_shapes";

export type * from "./shapes_people";
export type * from "./sheet_shapes";

export interface Installation {
  name: string;
  demo: boolean;
  demo_codes: DemoCode[];
  lang: string;
  passkeys: PasskeysHere;
}

export interface TaskList {
  today: string;
  items: ServerTask[];
}

export interface CategoryCard {
  key: string;
  name: Text;
  title: Text;
  publisher: "village" | "township";
  wording: string;
  icon: string;
  current_version: number;
  /** How often it falls due; 'event': whenever something happens. */
  cadence: string;
}

export interface FormAnswer {
  category: string;
  category_name: Text;
  division: string;
  division_name: string;
  period: string | null;
  period_label: Text | null;
  period_start: string | null;
  period_end: string | null;
  schema_version: number;
  schema: { required?: string[] };
  form: Form;
  previous_period: string | null;
  previous: Content | null;
  year_to_date: Content[];
  standing: Content | null;
  standing_edition: number | null;
  /** What a posting would be a new edition of, with a reason; drafts that were begun with an older form lack it. */
  corrects?: string | null;
  due_on: string | null;
  due_before: string | null;
  provisional: boolean;
  rule: Text;
  /** The sources in force at the period's end; drafts that were begun with an older form lack them. */
  legal_basis?: { title: Text; article: string; note: Text | null }[];
  /** How a display ends; drafts that were begun with an older form lack it. */
  display?: { until: string; min_days: number | null; unit: string };
  /** The county's next common disclosure day, where one was agreed. */
  common_day_on?: string | null;
  checks?: CheckUse[];
  board_photo_required?: boolean;
  review_required?: boolean;
  /** What is urgent may be published before its review, which then follows within so many working days. */
  urgent?: { workdays: number; source: Text } | null;
  /** What the township prepared from a ledger of its own; drafts that were begun with an older form lack it. */
  prepared?: {
    name: string;
    loaded_at: string;
    loaded_by_name: string;
    rows: number;
    content: Content;
  } | null;
}

/** When villagers may read it; `at_once`: before its review, for a reason that is published. */
export interface Publish {
  when: "on_approval" | "at" | "at_once";
  at?: string;
  until?: string;
  reason?: string;
}

/** What everybody reads of a publication that came before its review. */
export interface UrgentMark {
  state: "waiting" | "overdue" | "reviewed" | "late" | "objected" | "withdrawn";
  text: Text;
  reason: string | null;
  review_due_on: string;
  reviewed_at: string | null;
  objection: string | null;
  provisional: boolean;
}

export type PreviewShape = "page" | "poster";

export interface PreviewAnswer {
  html: string;
  opens_at: string;
}

export interface PhotoUse {
  sha256: string;
  role: "board" | "voucher";
  caption?: string;
  pointer?: string;
}

export interface Submission {
  id: string;
  division: string;
  category: string;
  period?: string;
  event_on?: string;
  occurrence_id?: string;
  schema_version: number;
  content: Content;
  photos: PhotoUse[];
  composed_at: string;
  publish: Publish;
  reason?: string;
  overrides?: Override[];
}

export type { Commitment } from "../core/outbox";

/** What is said first: which task, and the hashes of everything that will follow. */
export interface CommitmentBody {
  division: string;
  category: string;
  schema_version: number;
  content_hash: string;
  photos: string[];
  composed_at: string;
  period?: string;
  event_on?: string;
  occurrence_id?: string;
  publish_at?: string;
  replaces?: string;
}

export interface Receipt {
  id: string;
  disclosure_id: string;
  content_hash: string;
  received_at: string;
  due_on: string;
  due_before: string;
  verdict: "on_time" | "late";
  late_days: number;
  stage: string;
  opens_at: string | null;
  replayed: boolean;
  findings: Finding[];
  /** When the commitment came, if it still counts: then it is the moment that judges. */
  committed_at: string | null;
  /** The receipt as a signed note; empty for what was sent before there were any. */
  signed: string;
}

export interface PhotoView {
  sha256: string;
  role: "board" | "voucher";
  caption: string | null;
  pointer: string | null;
  width: number;
  height: number;
  captured_at: string | null;
  received_at: string;
}

export interface Signature {
  reviewer_name: string;
  /** The body that is signed for, and the reviewer's post there as it was then. */
  body: Text;
  post: string | null;
  decision: string;
  points: { [point: string]: boolean };
  reason: string | null;
  decided_at: string;
  step: string | null;
  notes: Note[];
}

/** What a reviewer wrote beside one line of the content. */
export interface Note {
  pointer: string;
  text: string;
}

export type { Waiting };

export interface EventLine {
  at: string;
  action: string;
  actor_name: string;
}

export interface SubmissionLine {
  id: string;
  disclosure_id: string;
  division: string;
  division_name: string;
  category: string;
  title: string;
  stage: string;
  number: number | null;
  committed_at: string | null;
  received_at: string;
  due_on: string;
  due_before: string;
  late: boolean;
  opens_at: string | null;
  expired_at: string | null;
  submitted_by_name: string;
  mine: boolean;
  warnings: number;
  /** Whom it waits for while it is reviewed, and whether the person who asks may sign it now. */
  turn: Waiting | null;
  yours: boolean;
  urgent: UrgentMark | null;
}

export interface Change {
  pointer: string;
  label: Text | null;
  before: CellValue | boolean;
  after: CellValue | boolean;
  kind: string;
  type: string;
}

export interface Place {
  code: string;
  name: string;
  level: string;
  path: string[];
}

export interface SubmissionPage {
  line: SubmissionLine;
  division: Place;
  period: string;
  event_on: string | null;
  occurrence_id: string | null;
  content: Content;
  content_hash: string;
  schema_version: number;
  sheet: Sheet;
  sentences: string[];
  figures: { label: Text; amount: number }[];
  findings: Finding[];
  reason: string | null;
  photos: PhotoView[];
  reviews: Signature[];
  changes: Change[];
  history: EventLine[];
  composed_at: string;
  captured_at: string | null;
  plan_at: string | null;
  rule: Text;
  revision: number;
  turn: Waiting | null;
  may_review: boolean;
  why_not: Text | null;
}

export interface GridCell {
  column: string;
  category: string;
  period: string;
  state: string;
  days: number;
  due_on: string;
  opened_on: string | null;
  needs_person: boolean;
  findings: { kind: string; text: Text; displayed: number | null; required: number | null }[];
  disclosure_id: string | null;
  edition_id: string | null;
}

export interface GridColumn {
  key: string;
  category: string;
  category_name: Text;
  period: string;
  label: Text;
  due_on: string | null;
  provisional: boolean;
}

export interface GridSummary {
  owed: number;
  on_time: number;
  late: number;
  missing: number;
  due_soon: number;
  open: number;
  not_yet: number;
  exempt: number;
  needs_person: number;
}

export interface GridRow {
  division: string;
  name: string;
  /** The name above, where there is more than one township in the table. */
  township: string | null;
  initials: string;
  last_day: string | null;
  successor: string | null;
  cells: (GridCell | null)[];
  behind: GridCell[];
  needs_person: number;
}

export interface GridAnswer {
  division: Place;
  first: string;
  last: string;
  as_of: string;
  /** "village" or "group": what its rows are. */
  level?: string;
  columns: GridColumn[];
  rows: GridRow[];
  summary: GridSummary;
}

export interface DivisionLine {
  code: string;
  name: string;
  level: string;
  parent: string | null;
  path: string[];
}

export interface DivisionPage {
  division: Place;
  children: DivisionLine[];
}
