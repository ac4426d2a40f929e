import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic" as const, importSource: "preact" } },
};

/* `core` runs without a browser, as it must; every other room may ask for a document. */
export default defineConfig({
  test: {
    env: { TZ: "America/Los_Angeles" }, // a phone that is set wrongly: dates are Shanghai's whatever the device says
    maxWorkers: "100%", // most of the time goes into documents being made: one processor less is half of two
    testTimeout: 30_000, // how long a test may take says something about the machine, not about the app
    projects: [
      {
        ...shared,
        test: { name: "core", environment: "node", include: ["src/core/**/*.test.ts"] },
      },
      {
        ...shared,
        test: {
          name: "rooms",
          environment: "jsdom",
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: ["src/core/**"],
          setupFiles: ["./vitest.setup.ts"],
          // Its modules are for bundlers: Node would take them for CommonJS.
          server: { deps: { inline: ["tus-js-client"] } },
        },
      },
    ],
  },
});
