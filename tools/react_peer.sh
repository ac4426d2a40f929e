#!/usr/bin/env bash
# Build the React application that bench/reading.py measures beside our pages; print the folder it is in.
#
# Its packages are pinned in bench/peers/react_spa and installed once (45 MB) in .cache, by the bench alone.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"

source="$root/bench/peers/react_spa"
home="$root/.cache/react_spa"
wanted="$(cat "$source/package-lock.json" "$source/index.html" "$source"/src/* "$0" | sha256sum)"
if [ "$(cat "$home/.gongshilan" 2>/dev/null || true)" != "$wanted" ]; then
  say "building the React peer (once; again only when it changes)"
  rm -rf "$home"
  mkdir -p "$home"
  cp -R "$source/." "$home/"
  (cd "$home" && "$root/tools/with_node.sh" npm --loglevel=error ci --no-progress >&2 &&
    "$root/tools/with_node.sh" npx --no-install vite build --logLevel warn >&2) ||
    stop "The React peer could not be built." \
      "Without a network?  The first run needs a package registry that npm can reach; later ones need none."
  echo "$wanted" >"$home/.gongshilan"
fi
echo "$home/dist"
