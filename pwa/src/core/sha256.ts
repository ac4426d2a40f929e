/**
 * SHA-256 in plain arithmetic, for pages opened over http on a village's own network: browsers keep
 * `crypto.subtle` for https. acts/digest.ts uses the browser's own where there is one.
 */

function constants(): { k: Uint32Array; h: Uint32Array } {
  const k = new Uint32Array(64);
  const h = new Uint32Array(8);
  const fraction = (x: number): number => ((x - Math.floor(x)) * 0x1_0000_0000) | 0;
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) h[found] = fraction(Math.sqrt(n));
    k[found] = fraction(Math.cbrt(n));
    found += 1;
  }
  return { k, h };
}

const { k: K, h: H0 } = constants();
const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function block(state: Uint32Array, w: Uint32Array): void {
  for (let n = 16; n < 64; n += 1) {
    const a = w[n - 15] ?? 0;
    const b = w[n - 2] ?? 0;
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[n] = (w[n - 16] ?? 0) + s0 + (w[n - 7] ?? 0) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let n = 0; n < 64; n += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[n] ?? 0) + (w[n] ?? 0)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, n) => {
    state[n] = (state[n] ?? 0) + value;
  });
}

/** The lower-case hex digest of these bytes. */
export function sha256(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(length - 4, bytes.length << 3);
  const state = Uint32Array.from(H0);
  const w = new Uint32Array(64);
  for (let at = 0; at < length; at += 64) {
    for (let n = 0; n < 16; n += 1) w[n] = view.getUint32(at + n * 4);
    block(state, w);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}
