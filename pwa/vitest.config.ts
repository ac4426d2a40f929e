import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic" as const, importSource: "preact" } },
};

const SCREENS = ["src/{ui,messages}/**/*.test.{ts,tsx}"];
// A module that a file replaces by another, or a database of its own, would stay for those after it.
const ALONE = ["src/{ui,messages}/**/*.alone.test.{ts,tsx}"];

/* `core` runs without a browser, as it must; every other room may ask for a document. */
export default defineConfig({
  test: {
    env: { TZ: "America/Los_Angeles" }, // a phone that is set wrongly: dates are Shanghai's whatever the device says
    maxWorkers: "100%", // most of the time goes into documents being made: one processor less is half of two
    testTimeout: 30_000, // how long a test may take says something about the machine, not about the app
    projects: [
      {
        ...shared,
        test: {
          name: "core",
          environment: "node",
          include: ["src/core/**/*.test.ts"],
          isolate: false, // pure: one file can leave nothing behind for another
        },
      },
      {
        ...shared,
        test: {
          name: "screens",
          environment: "jsdom",
          include: SCREENS,
          exclude: ALONE,
          setupFiles: ["./vitest.setup.ts", "./vitest.setup.screens.ts"],
          isolate: false, // they share the browser's document: to make one costs more than all their tests
        },
      },
      {
        ...shared,
        test: {
          name: "rooms", // what keeps, sends and follows replaces the browser's own: each file gets a browser of its own
          environment: "jsdom",
          include: ["src/{acts,keep,net,reader,sw,worker}/**/*.test.{ts,tsx}", ...ALONE],
          setupFiles: ["./vitest.setup.ts"],
          // Its modules are for bundlers: Node would take them for CommonJS.
          server: { deps: { inline: ["tus-js-client"] } },
        },
      },
    ],
  },
});
