import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonical, NotCanonical } from "./canonical";
import { contentHash, type Promised, utf8 } from "./content_hash";

describe("the canonical spelling", () => {
  it.each([
    [null, "null"],
    [true, "true"],
    [-0, "0"],
    [9007199254740991, "9007199254740991"],
    ['a"\\\n\u0001\u007f\u2028/é', '"a\\"\\\\\\n\\u0001\u007f\u2028/é"'],
    [[1, [], {}], "[1,[],{}]"],
    [{ b: 1, a: undefined, "": 2 }, '{"":2,"b":1}'],
    // By UTF-16 code units: a pair of surrogates (U+1F600) stands before U+FB33.
    [
      { "\ufb33": 1, "\u{1F600}": 2, "1": 3, "\r": 4, ö: 5 },
      '{"\\r":4,"1":3,"ö":5,"\u{1F600}":2,"\ufb33":1}',
    ],
  ])("of %j", (value, spelled) => {
    expect(canonical(value)).toBe(spelled);
  });

  it.each([
    [{ a: [1.5] }, "/a/0"],
    [{ a: 2 ** 53 }, "/a"],
    [{ a: Number.NaN }, "/a"],
    [{ a: "\ud800" }, "/a"],
    [{ a: "x\udc00" }, "/a"],
    [{ "\udc00": 1 }, ""],
    [{ a: () => 1 }, "/a"],
  ])("is refused for %j", (value, pointer) => {
    expect(() => canonical(value)).toThrow(NotCanonical);
    try {
      canonical(value);
    } catch (error) {
      expect((error as NotCanonical).pointer).toBe(pointer);
    }
  });

  it("is UTF-8 as everybody else writes it", () => {
    const text = "aé公😀";
    expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
  });
});

interface Vector {
  name: string;
  submission: Promised;
  hash: string;
}

describe("the content hash", () => {
  const path = new URL("../../../schemas/vectors/content_hash.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(path, "utf8")) as Vector[];
  it("has vectors that the server made", () => {
    expect(existsSync(path)).toBe(true);
    expect(vectors.length).toBeGreaterThan(4);
  });
  it.each(vectors.map((one) => [one.name, one] as const))(
    "of %s",
    (_name, { submission, hash }) => {
      expect(contentHash(submission)).toBe(hash);
    },
  );
});
