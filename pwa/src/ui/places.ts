/** Where each role can go from its bar; the first is its home. */
import type { Role } from "../net/shapes";

export type Place = "grid" | "publish" | "accounts" | "groups" | "tasks" | "review";

export const PLACES: { [role in Role]: Place[] } = {
  accountant: ["tasks"],
  supervisor: ["review"],
  auditor: ["grid", "review"],
  editor: ["tasks", "grid", "publish", "review"],
  administrator: ["grid", "accounts", "groups"],
};
