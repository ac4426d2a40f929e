/**
 * Signed notes (c2sp.org/signed-note) and the spelling of their keys, taken apart. Nothing is verified here:
 * that takes a curve, which is the engine's affair or a library's.
 */
import { utf8 } from "./content_hash";
import { sha256 } from "./sha256";

export interface Key {
  /** name+id+base64, as the server publishes it. */
  spelled: string;
  name: string;
  /** Eight hex digits: what people compare over the telephone. */
  id: string;
  raw: Uint8Array;
}

export interface Note {
  /** What is signed, with its newline at the end. */
  text: string;
  signatures: { name: string; id: string; bytes: Uint8Array }[];
}

const ED25519 = 1;
const MOST_SIGNATURES = 16;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The bytes of a base64 text; null for what is none. This room knows no atob. */
export function unbase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const digits = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    held = ((held << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}

/** A key's spelling; null when it is no Ed25519 key or its id is another key's. */
export function keyOf(spelled: string): Key | null {
  const [, name, id, rest] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(spelled) ?? [];
  const bytes = unbase64(rest ?? "");
  if (!name || !id || bytes === null || bytes.length !== 33 || bytes[0] !== ED25519) return null;
  const named = Uint8Array.from([...utf8(`${name}\n`), ...bytes]);
  return sha256(named).slice(0, 8) === id ? { spelled, name, id, raw: bytes.slice(1) } : null;
}

/** The parts of a signed note; null for what is none. */
export function noteOf(note: string): Note | null {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 1 || !note.endsWith("\n")) return null;
  const lines = note.slice(cut + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures = [];
  for (const line of lines) {
    const [, name, rest] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = unbase64(rest ?? "");
    if (!name || bytes === null || bytes.length < 5) return null;
    signatures.push({ name, id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) });
  }
  return { text: note.slice(0, cut + 1), signatures };
}
