/** Passkeys without the browser: bytes as text, and why there are none here. */
import type { Text } from "./findings";

/** Bytes as base64url without padding, as they travel. */
export function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = new Uint8Array(new ArrayBuffer(binary.length));
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export type NoPasskey =
  | { why: "site"; reason: Text }
  | { why: "address"; address: string }
  | { why: "browser" };

/** Why no passkey can be used; null when one can. `site` is what the server says, `origin` where this page is. */
export function whyNoPasskey(
  site: { usable: boolean; origin: string; reason: Text | null } | undefined,
  origin: string,
  browserCan: boolean,
): NoPasskey | null {
  if (!site || !browserCan) {
    if (site && !site.usable && site.reason) return { why: "site", reason: site.reason };
    return { why: "browser" };
  }
  if (!site.usable) return site.reason ? { why: "site", reason: site.reason } : { why: "browser" };
  return site.origin === origin ? null : { why: "address", address: site.origin };
}

/** What is wrong with a PIN before it is sent; the server's rule is stricter. */
export function pinTooShort(pin: string): boolean {
  return !/^[0-9]{4,6}$/.test(pin);
}
