/** Where each role can go from its bar; the first is its home. */
import type { Role } from "../net/shapes";

export type Place =
  | "grid"
  | "publish"
  | "accounts"
  | "groups"
<<<<<<< HEAD
  | "points"
  | "tasks"
  | "review"
  | "inquiries";
=======
  | "tasks"
  | "review"
  | "inquiries"
  | "payments";
>>>>>>> 5816bea (ui/payments: the township loads lists, sees how they compare and who says they came, and how often anybody asks)

export const PLACES: { [role in Role]: Place[] } = {
  accountant: ["tasks", "inquiries"],
  supervisor: ["review"],
<<<<<<< HEAD
  auditor: ["grid", "review", "inquiries", "points"],
  editor: ["tasks", "grid", "publish", "review", "inquiries", "points"],
  administrator: ["grid", "accounts", "groups", "points"],
=======
  auditor: ["grid", "review", "inquiries", "payments"],
  editor: ["tasks", "grid", "publish", "review", "inquiries", "payments"],
  administrator: ["grid", "accounts", "groups"],
>>>>>>> 5816bea (ui/payments: the township loads lists, sees how they compare and who says they came, and how often anybody asks)
};
