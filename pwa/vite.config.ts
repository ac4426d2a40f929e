/*
 * Five builds from one file.
 *
 *   vite build             the pages: dist/assets/<name>-<hash>.js|css and dist/.vite/manifest.json,
 *                          in which the server looks up `src/reader.tsx`, `src/staff.tsx`, `src/kiosk.tsx` and
 *                          `src/style/poster.css`.
 *   vite build --mode sw   the service worker of a phone that reads: dist/sw.js, one classic script with a fixed name.
 *                          It comes second because it carries the names of what the first one made.
 *   vite build --mode sw-staff   the same with the outbox in it, for phones that post: dist/sw-staff.js.
 *   vite build --mode sw-kiosk   a query point's: dist/sw-kiosk.js.
 *   vite build --mode evidence   what stands in the page of an evidence pack: dist/evidence.js, script and style in one.
 *
 * The server serves dist/assets/ as /assets/ (immutable) and everything else in dist/ at the root.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Old phones' in-app browsers: reading must work in Chromium 78 (2019), posting in 92. */
const OLDEST_READER = "chrome78";

/** No light-dark() is written, so nobody carries what stands in for it in old browsers (Features.LightDark of lightningcss). */
const LIGHT_DARK = 1 << 20;

interface ManifestEntry {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

/** What each half needs without a network: its entry, what that imports now or later, and the styles. */
function builtFiles(): { reader: string[]; staff: string[]; kiosk: string[] } {
  const path = here("./dist/.vite/manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { [key: string]: ManifestEntry };
  const neededBy = (entry: string): Set<string> => {
    const files = new Set<string>();
    const visit = (key: string): void => {
      const found = manifest[key];
      if (found === undefined || files.has(`/${found.file}`)) return;
      files.add(`/${found.file}`);
      for (const css of found.css ?? []) files.add(`/${css}`);
      for (const other of [...(found.imports ?? []), ...(found.dynamicImports ?? [])]) visit(other);
    };
    visit(entry);
    return files;
  };
  const reader = new Set([...neededBy("src/reader.tsx"), ...neededBy("src/style/print.css")]);
  const staff = neededBy("src/staff.tsx");
  // The manifest does not name workers: photos must be made smaller without a network too.
  for (const file of readdirSync(here("./dist/assets"))) {
    if (file.startsWith("photos-")) staff.add(`/assets/${file}`);
  }
  return {
    reader: [...reader].sort(),
    staff: [...staff].filter((file) => !reader.has(file)).sort(),
    kiosk: [...neededBy("src/kiosk.tsx")].sort(),
  };
}

const shared: UserConfig = {
  base: "/",
  resolve: { alias: { "@": here("./src") } },
  css: { lightningcss: { exclude: LIGHT_DARK } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
};

function pages(): UserConfig {
  return {
    ...shared,
    build: {
      target: OLDEST_READER,
      cssTarget: OLDEST_READER,
      outDir: "dist",
      manifest: true,
      modulePreload: { polyfill: false },
      // The pages' Content-Security-Policy allows no data: scripts or fonts, so nothing is inlined.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: {
          reader: here("./src/reader.tsx"),
          asking: here("./src/asking.ts"),
          following: here("./src/following.ts"),
          staff: here("./src/staff.tsx"),
          kiosk: here("./src/kiosk.tsx"),
          // Read by nobody else: a phone that reads a notice does not carry it.
          household: here("./src/style/household.css"),
          print: here("./src/style/print.css"),
          poster: here("./src/style/poster.css"),
          slip: here("./src/style/slip.css"),
        },
        output: {
          // The upload client's own file is called 'browser'; here it has a name that says what it is.
          chunkFileNames: ({ facadeModuleId }) =>
            facadeModuleId?.includes("tus-js-client")
              ? "assets/tus-[hash].js"
              : "assets/[name]-[hash].js",
        },
      },
    },
    server: {
      // `npm run dev` beside `make run`: pages and data come from the server, modules from here.
      proxy: {
        "^/(api|healthz|readyz|problems|v|d|c|C|s|S|app|kiosk)(/|$)": "http://127.0.0.1:8000",
      },
    },
  };
}

const WORKERS = { sw: "index", "sw-staff": "staff", "sw-kiosk": "kiosk" } as const;

function serviceWorker(name: keyof typeof WORKERS): UserConfig {
  const { reader, staff, kiosk } = builtFiles();
  const version = (files: string[]): string =>
    createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 12);
  return {
    ...shared,
    publicDir: false,
    define: {
      __READER_FILES__: JSON.stringify(reader),
      __READER_VERSION__: JSON.stringify(version(reader)),
      __STAFF_FILES__: JSON.stringify(staff),
      __STAFF_VERSION__: JSON.stringify(version([...reader, ...staff])),
      __KIOSK_FILES__: JSON.stringify(kiosk),
      __KIOSK_VERSION__: JSON.stringify(version(kiosk)),
    },
    build: {
      target: OLDEST_READER,
      outDir: "dist",
      emptyOutDir: false,
      // One classic script: module service workers need Chromium 91. What a page would load later stands in it.
      lib: {
        entry: here(`./src/sw/${WORKERS[name]}.ts`),
        formats: ["iife"],
        name: "worker",
        fileName: () => `${name}.js`,
      },
    },
  };
}

function evidencePage(): UserConfig {
  return {
    ...shared,
    publicDir: false,
    build: {
      target: OLDEST_READER,
      cssTarget: OLDEST_READER,
      outDir: "dist",
      emptyOutDir: false,
      // One classic script: a page that was opened from a folder may load no module.
      lib: {
        entry: here("./src/evidence.tsx"),
        formats: ["iife"],
        name: "evidence",
        fileName: () => "evidence.js",
      },
    },
  };
}

export default defineConfig(({ mode }) => {
  if (mode === "evidence") return evidencePage();
  return mode in WORKERS ? serviceWorker(mode as keyof typeof WORKERS) : pages();
});
