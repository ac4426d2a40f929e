/** Query points, as the township sees them. */

export type PointKind = "kiosk" | "screen";

export interface Uptime {
  day: string;
  /** Stretches of ten minutes: those that could be heard, were heard, and were only claimed afterwards. */
  of: number;
  heard: number;
  claimed: number;
}

export interface PointSaid {
  received_at: string;
  on_screen: string;
  contents_as_of: string | null;
  /** Ahead is positive. */
  skew_ms: number;
  battery: { level: number; charging: boolean | null } | null;
  network: string;
  version: string;
}

export interface PointLine {
  id: string;
  division: string;
  division_name: string;
  name: string;
  place: string;
  kind: PointKind;
  volume: number;
  state: "unpaired" | "heard" | "silent" | "retired";
  created_at: string;
  paired_at: string | null;
  retired_at: string | null;
  code_until: string | null;
  silent_since: string | null;
  revision: number;
  last: PointSaid | null;
  uptime: Uptime[];
}

export interface PointWords {
  name: string;
  place: string;
  kind: PointKind;
  volume: number;
}

export interface NewPoint extends PointWords {
  id: string;
  division: string;
}

/** A point's pairing code, said this once. */
export interface PairingCode {
  id: string;
  name: string;
  code: string;
  expires_at: string;
}
