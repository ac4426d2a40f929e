/** With how many zero bits a hexadecimal digest begins. */
export function zeroBits(digest: string): number {
  let bits = 0;
  for (const digit of digest) {
    const value = Number.parseInt(digit, 16);
    if (value !== 0) return bits + Math.clz32(value) - 28;
    bits += 4;
  }
  return bits;
}
