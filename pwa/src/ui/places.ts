/** Where each role can go from its bar; the first is its home. */
import type { Role } from "../net/shapes";

export type Place =
  | "grid"
  | "publish"
  | "accounts"
  | "divisions"
  | "groups"
  | "points"
  | "tasks"
  | "review"
  | "inquiries"
  | "inspections"
  | "rectifications"
  | "outreach"
  | "payments"
  | "ledgers"
  | "figures"
  | "times"
  | "policies"
  | "notices"
  | "trail";

export const PLACES: { [role in Role]: Place[] } = {
  accountant: ["tasks", "inquiries", "rectifications", "outreach"],
  supervisor: ["review", "inquiries", "rectifications"],
  auditor: [
    "grid",
    "review",
    "inquiries",
    "inspections",
    "outreach",
    "payments",
    "points",
    "notices",
    "trail",
  ],
  editor: [
    "tasks",
    "grid",
    "publish",
    "review",
    "inquiries",
    "inspections",
    "outreach",
    "payments",
    "points",
    "notices",
  ],
  administrator: [
    "grid",
    "accounts",
    "divisions",
    "groups",
    "points",
    "notices",
    "policies",
    "trail",
  ],
  examiner: [
    "grid",
    "inspections",
    "rectifications",
    "outreach",
    "ledgers",
    "figures",
    "times",
    "points",
    "notices",
    "policies",
    "trail",
  ],
};

/** Where a place is: what belongs to another screen has an address below it. */
export const addressOf = (place: Place): string =>
  place === "figures" ? "/app/inquiries/figures" : `/app/${place}`;
