import { sha256 } from "@/core/sha256";
import { zeroBits } from "@/core/work";

/** So many tries and then a breath, so that typing never waits; a few hundredths of a second on an old phone. */
const AT_ONCE = 1024;
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0x7f);

/** The number that solves a challenge for something; challenge and subject are plain ASCII. */
export async function solve(challenge: string, bits: number, subject: string): Promise<number> {
  for (let number = 0; ; number += 1) {
    if (zeroBits(sha256(bytesOf(`${challenge}:${subject}:${number}`))) >= bits) return number;
    if (number % AT_ONCE === 0) await breath();
  }
}
