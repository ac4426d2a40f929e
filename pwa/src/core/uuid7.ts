/** A UUIDv7 of this moment: the phone makes the id, so that a repeated posting is recognised as the same one. */
export function uuid7(moment: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  for (let n = 0; n < 6; n += 1) bytes[n] = Math.floor(moment / 2 ** (8 * (5 - n))) & 0xff;
  for (let n = 6; n < 16; n += 1) bytes[n] = random[n - 6] ?? 0;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}
