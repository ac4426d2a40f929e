/** Which notices tell of one thing, as those who link them see it. */
import type { Text } from "../core/findings";

export type Phase = "before" | "during" | "after";

export interface LinkedNotice {
  link_id: string;
  disclosure_id: string;
  title: string;
  phase: Phase;
  stage: string;
  opens_at: string | null;
  here: boolean;
}

export interface Matter {
  id: string;
  name: string;
  /** Counts its names. */
  revision: number;
  notices: LinkedNotice[];
}

export interface LinkChoice {
  disclosure_id: string;
  title: string;
  category_name: Text;
  stage: string;
  opens_at: string | null;
}

export interface LinkChoices {
  items: LinkChoice[];
  more: boolean;
}

export interface LinkBody {
  matter_id: string;
  disclosure_id: string;
  phase: Phase;
  /** For a matter that begins with this link. */
  name?: string;
}
