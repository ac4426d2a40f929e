/** What the API answers about people: who is signed in and by what, who shares a phone, whose accounts there are. */
import type { Text } from "../core/findings";

export type Role =
  | "accountant"
  | "supervisor"
  | "auditor"
  | "editor"
  | "administrator"
  | "examiner";

export interface Actor {
  account_id: string;
  name: string;
  role: Role;
  division: string;
  division_name?: string;
  session_id?: string;
}

export interface SignedIn {
  actor: Actor;
  must_set_password: boolean;
}

export interface DemoCode {
  code: string;
  role: Role;
  name: string;
  division: string;
  division_name: string;
}

/** Whether passkeys work on this site, at which address, and if not, why. */
export interface PasskeysHere {
  usable: boolean;
  origin: string;
  reason: Text | null;
}

export interface SessionLine {
  id: string;
  device: string;
  created_at: string;
  last_seen_at: string;
  here: boolean;
  /** Somebody else has that shared phone now. */
  waits: boolean;
  has_pin: boolean;
}

export interface PasskeyLine {
  id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
  revision: number;
}

export interface PasskeyToMake {
  challenge_id: string;
  challenge: string;
  rp_id: string;
  rp_name: string;
  user_id: string;
  user_name: string;
  user_display_name: string;
  algorithms: number[];
  exclude: { credential_id: string; transports: string[] }[];
  timeout_ms: number;
}

export interface MadePasskey {
  challenge_id: string;
  credential_id: string;
  client_data: string;
  attestation: string;
  transports: string[];
  name: string;
}

export interface PasskeyToAsk {
  challenge_id: string;
  challenge: string;
  rp_id: string;
  timeout_ms: number;
}

export interface SignedChallenge {
  challenge_id: string;
  credential_id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string | null;
  device: string;
}

/** Somebody who shares this phone. */
export interface PersonOnPhone {
  account_id: string;
  name: string;
  role: Role;
  division_name: string;
  here: boolean;
}

export interface SharedPhone {
  people: PersonOnPhone[];
  most: number;
}

export interface AccountLine {
  id: string;
  login: string;
  name: string;
  role: Role;
  division: string;
  division_name: string;
  /** What the person signs as. */
  post: string | null;
  created_at: string;
  disabled_at: string | null;
  has_password: boolean;
  passkeys: number;
  succeeded_by: string | null;
  succeeds: string | null;
  /** The first day in office; and the first day on which the post is the successor's. */
  starts_on: string | null;
  ends_on: string | null;
  /** That day is still to come, and can be changed. */
  arranged: boolean;
  revision: number;
}

/** From when until when I am in office; `out`: why I can only look now. */
export interface Term {
  starts_on: string | null;
  ends_on: string | null;
  successor: string | null;
  out: Text | null;
  /** Of my account. */
  revision: number;
}

/** A post to choose, and the categories that a rule keeps it from reviewing. */
export interface PostLine {
  post: string;
  may_not_review: Text[];
}

export interface Invited {
  account_id: string;
  login: string;
  name: string;
  code: string;
  expires_at: string;
  /** The sign-in screen with the code behind the '#'. */
  link: string;
  /** The link as an SVG document. */
  qr: string;
}
