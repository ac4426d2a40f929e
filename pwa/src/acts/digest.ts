import { sha256 } from "../core/sha256";
import { uuid7 } from "../core/uuid7";

/** The lower-case hex SHA-256 of these bytes, by the browser where it may, in arithmetic where it may not. */
export async function digest(bytes: ArrayBuffer): Promise<string> {
  if (typeof crypto !== "undefined" && crypto.subtle) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  return sha256(new Uint8Array(bytes));
}

export function newId(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
