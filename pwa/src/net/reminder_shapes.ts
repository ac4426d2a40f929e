/** Reminders: the groups that get them, and the device that does. */
import type { Text } from "../core/findings";

export type Robot = "dingtalk" | "wecom" | "feishu" | "site";

export interface GroupSent {
  at: string;
  kind: string;
  state: "waiting" | "sending" | "sent" | "failed";
  attempts: number;
  why: Text | null;
  code: number | null;
}

/** A chat group that gets reminders, or a site that is told; of its address only the host and the end. */
export interface GroupLine {
  id: string;
  division: string;
  division_name: string;
  name: string;
  robot: Robot;
  host: string;
  ends_in: string;
  signed: boolean;
  sent: number;
  failed: number;
  stopped_at: string | null;
  stopped_why: Text | null;
  newest: GroupSent[];
}

export interface NewGroup {
  id: string;
  division: string;
  name: string;
  robot: Robot;
  address: string;
  secret?: string;
}

export interface Tried {
  arrived: boolean;
  why: Text | null;
  code: number | null;
}

export interface PushAnswer {
  on: boolean;
  endpoint_hash: string | null;
  key: string;
}

export interface NewSubscription {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  lang: "zh" | "en";
}
