#!/usr/bin/env bash
# See to it that Lighthouse is there, which audits the reading pages (bench/lighthouse.py); print the path of its command.
#
# It is pinned in bench/lighthouse_pins and installed once (190 MB) in .cache; while it runs it fetches nothing but the pages.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"

pins="$root/bench/lighthouse_pins"
home="$root/.cache/lighthouse"
wanted="$(cat "$pins/package-lock.json" "$0" | sha256sum)"
if [ "$(cat "$home/.gongshilan" 2>/dev/null || true)" != "$wanted" ]; then
  say "getting Lighthouse (once; again only when its lock file changes)"
  mkdir -p "$home"
  cp "$pins/package.json" "$pins/package-lock.json" "$pins/.npmrc" "$home/"
  (cd "$home" && "$root/tools/with_node.sh" npm --loglevel=error ci --no-progress >&2) ||
    stop "Lighthouse could not be installed." \
      "Without a network?  The first run needs a package registry that npm can reach; later ones need none."
  echo "$wanted" >"$home/.gongshilan"
fi
echo "$home/node_modules/.bin/lighthouse"
