/** The phone's checks and the server's answer the same: both walk the examples in schemas/. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHECKS, type CheckUse, runChecks } from "./checks";
import { withComputed } from "./computed";
import { type Change, difference } from "./difference";
import { type Form, gapsIn } from "./form";
import { parsePeriod } from "./periods";
import type { Content } from "./pointers";

const ROOT = join(__dirname, "../../../schemas/categories");

interface Example {
  content: Content;
  /** Other periods are named by their files. */
  context?: { period?: string; previous?: string; year_to_date?: string[] };
  expect?: {
    check?: string;
    pointer?: string;
    schema?: boolean;
    expected?: number;
    actual?: number;
  }[];
}

const json = <T>(...path: string[]): T =>
  JSON.parse(readFileSync(join(ROOT, ...path), "utf8")) as T;

const VERSIONS = readdirSync(ROOT).flatMap((key) =>
  readdirSync(join(ROOT, key, "examples")).map((version) => ({ key, version })),
);

describe.each(VERSIONS)("$key $version", ({ key, version }) => {
  const { checks } = json<{ checks: CheckUse[] }>(key, "category.json");
  const form = json<Form>(key, `${version}.form.json`);
  const folder = join(key, "examples", version);
  const names = readdirSync(join(ROOT, folder));
  const other = (name: string): Content => json<Example>(folder, name).content;
  const found = (example: Example) =>
    runChecks(checks, example.content, {
      period: parsePeriod(example.context?.period ?? ""),
      previous: example.context?.previous ? other(example.context.previous) : null,
      yearToDate: (example.context?.year_to_date ?? []).map(other),
    });

  it.each(names.filter((name) => name.startsWith("good-")))(
    "%s has nothing that blocks",
    (name) => {
      const example = json<Example>(folder, name);
      expect(found(example).filter((f) => f.severity === "blocking")).toEqual([]);
      expect(
        gapsIn(
          example.content,
          form.steps.flatMap((step) => step.fields),
        ),
      ).toEqual([]);
      expect(withComputed(form, example.content)).toEqual(example.content);
    },
  );

  it.each(names.filter((name) => name.startsWith("bad-")))(
    "%s is noticed where the server notices it",
    (name) => {
      const example = json<Example>(folder, name);
      const mirrored = (example.expect ?? []).filter((one) => one.check && one.check in CHECKS);
      const seen = mirrored.length > 0 ? found(example) : [];
      for (const wanted of mirrored) expect(seen).toContainEqual(expect.objectContaining(wanted));
    },
  );
});

describe("a correction shows what villagers will read", () => {
  const vectors = JSON.parse(readFileSync(join(ROOT, "../vectors/difference.json"), "utf8")) as {
    name: string;
    category: string;
    before: Content;
    after: Content;
    changes: Change[];
  }[];
  it.each(vectors)("$name", ({ category, before, after, changes }) => {
    expect(difference(before, after, json<Form>(category, "v1.form.json"))).toEqual(changes);
  });
});
