#!/usr/bin/env bash
# See to it that the browser tests have an old Chromium; print its path.
#
#   tools/old_browser.sh 92   the oldest in which a quarter can be posted (July 2021)
#   tools/old_browser.sh 78   the oldest in which a notice can be read (October 2019)
#
# Each comes packed inside an npm package (about 40 MB), pinned in tests/e2e/old_browser, and is unpacked once (150 MB) in
# .cache. CHROMIUM_92=/path/to/chromium and CHROMIUM_78=/path/to/chromium use those and install nothing.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"

version="${1:-}"
pins="$root/tests/e2e/old_browser/$version"
{ [ -n "$version" ] && [ -d "$pins" ]; } || stop "tools/old_browser.sh: say '92' or '78'."

own="CHROMIUM_$version"
if [ -n "${!own:-}" ] && command -v "${!own}"; then exit; fi

[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
  stop "Chromium $version comes for Linux on x86-64 only, and this is $(uname -s) on $(uname -m)." \
    "Have one?  $own=/path/to/chromium make test"

home="$root/.cache/old_browser/$version"
browser="$home/chromium"
mkdir -p "$home"
# Several tests ask at once: one unpacks, the others wait for it.
exec 9>"$home/.lock"
flock 9
wanted="$(cat "$pins/package-lock.json" "$0" | sha256sum)"
if [ "$(cat "$home/.gongshilan" 2>/dev/null || true)" != "$wanted" ]; then
  say "getting Chromium $version for the browser tests (once; again only when its lock file changes)"
  cp "$pins/package.json" "$pins/package-lock.json" "$pins/.npmrc" "$home/"
  (cd "$home" && "$root/tools/with_node.sh" npm --loglevel=error ci --no-progress >&2) ||
    stop "Chromium $version could not be installed." \
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
