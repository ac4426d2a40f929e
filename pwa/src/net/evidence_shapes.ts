/** What stands behind one cell of the matrix. */
import type { Text } from "../core/findings";
import type { EvidenceExemption } from "./exemption_shapes";
import type { LegalSource } from "./ruling";
import type { EventLine, Place, Signature, UrgentMark } from "./shapes";

export interface EvidenceEdition {
  id: string;
  number: number | null;
  state: string;
  reason: string | null;
  content_hash: string;
  submitted_by_name: string;
  signatures: Signature[];
  clocks: { name: string; at: string | null; judges: boolean }[];
  boards: string[];
  warnings: Text[];
  expired_at: string | null;
}

export interface EvidenceCommitment {
  id: string;
  received_at: string;
  lapses_at: string;
  state: string;
  content_hash: string;
  photos: number;
  committed_by_name: string;
}

export interface Evidence {
  division: Place;
  category: string;
  title: string;
  as_of: string;
  state: string;
  days: number;
  findings: Text[];
  due_on: string;
  judged_at: string | null;
  rule: Text;
  rule_version: string;
  legal_basis: LegalSource[];
  display: { on: string; state: "shown" | "absent" | "ahead" }[];
  coverage: { shown: number; required: number; unit: string; running: boolean } | null;
  points: { days: number; points: number };
  commitments: EvidenceCommitment[];
  editions: EvidenceEdition[];
  events: EventLine[];
  disclosure_id: string | null;
  exemptions: EvidenceExemption[];
  urgent: UrgentMark | null;
  ratings: Ratings;
}

/** What villagers said of a notice: how many devices, and of each point how many yes, no and not sure. */
export interface Ratings {
  ratings: number;
  earlier: number;
  unproved: number;
  points: { point: string; name: Text; yes: number; no: number; unsure: number }[];
}
