/** The gate for personal information says on the phone what it says on the server: both walk the same vectors. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { minors } from "./minors";
import type { Content, Json } from "./pointers";
import { spots, without } from "./privacy";
import { HARMLESS, told, WORDS, withoutClauses } from "./sensitive_words";

interface Vectors {
  numbers: { name: string; text: string; office?: boolean; kinds: string[]; offer?: string }[];
  words: {
    name: string;
    text: string;
    told: boolean;
    offer?: string;
    params?: { words?: string[]; allowed?: string[] };
  }[];
  minors: {
    params: { [name: string]: Json };
    rows: { name: string; row: Content; minor: boolean; offer?: string }[];
  };
  vocabulary: { words: string[]; harmless: string[] };
}

const vectors = JSON.parse(
  readFileSync(join(__dirname, "../../../schemas/vectors/personal_numbers.json"), "utf8"),
) as Vectors;

describe("personal numbers", () => {
  it.each(vectors.numbers)("$name", ({ text, office, kinds, offer }) => {
    const seen = spots(text, office);
    expect([...new Set(seen.map(({ kind }) => kind))]).toEqual(kinds);
    if (offer === undefined) return;
    expect(without(text, seen)).toBe(offer);
    expect(spots(without(text, seen))).toEqual([]);
  });
});

describe("sensitive words", () => {
  it.each(vectors.words)("$name", ({ text, params, told: yes, offer }) => {
    const places = told(text, params?.words, params?.allowed);
    expect(places.length > 0).toBe(yes);
    if (offer !== undefined) expect(withoutClauses(text, places)).toBe(offer);
  });

  it("has the server's vocabulary", () => {
    expect(WORDS).toEqual(vectors.vocabulary.words);
    expect(HARMLESS).toEqual(vectors.vocabulary.harmless);
  });
});

describe("names of minors", () => {
  it.each(vectors.minors.rows)("$name", ({ row, minor, offer }) => {
    const found = minors(
      { rows: [row] },
      { period: null, previous: null, yearToDate: [], params: vectors.minors.params },
    );
    expect(found.map((one) => [one.pointer, one.offer])).toEqual(
      minor ? [["/rows/0/name", offer]] : [],
    );
  });
});
