/** Where each role can go from its bar; the first is its home. */
import type { Role } from "../net/shapes";

export type Place =
  | "grid"
  | "publish"
  | "accounts"
  | "groups"
  | "points"
  | "tasks"
  | "review"
  | "inquiries"
  | "payments";

export const PLACES: { [role in Role]: Place[] } = {
  accountant: ["tasks", "inquiries"],
  supervisor: ["review", "inquiries"],
  auditor: ["grid", "review", "inquiries", "payments", "points"],
  editor: ["tasks", "grid", "publish", "review", "inquiries", "payments", "points"],
  administrator: ["grid", "accounts", "groups", "points"],
};
