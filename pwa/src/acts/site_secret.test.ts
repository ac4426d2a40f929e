import { expect, test } from "vitest";
import { newSecret } from "./site_secret";

test("it is spelt as standardwebhooks.com wants it, and another one each time", () => {
  const made = Array.from({ length: 20 }, newSecret);
  for (const secret of made) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(atob(secret.slice("whsec_".length))).toHaveLength(32);
  }
  expect(new Set(made).size).toBe(made.length);
});
