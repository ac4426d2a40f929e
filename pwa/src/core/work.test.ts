import { expect, test } from "vitest";
import { sha256 } from "./sha256";
import { zeroBits } from "./work";

test("zero bits are counted over whole digits and within one", () => {
  for (const [digest, bits] of [
    ["ffff", 0],
    ["8000", 0],
    ["7fff", 1],
    ["1000", 3],
    ["0800", 4],
    ["00ff", 8],
    ["001f", 11],
    ["0000", 16],
  ] as const) {
    expect(zeroBits(digest)).toBe(bits);
  }
});

test("the server counts the same on the same words", () => {
  // sha256 of "abc" begins ba78…, of "39" 0b91…: four zero bits.
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  expect(zeroBits(sha256(text("abc")))).toBe(0);
  expect(zeroBits(sha256(text("39")))).toBe(4);
});
