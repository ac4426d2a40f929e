#!/usr/bin/env bash
# Install the front end's tools from the lock file, and build it.
#
#   tools/pwa.sh install   pwa/node_modules as pwa/package-lock.json says
#   tools/pwa.sh build     pwa/dist
#
# `npm install --no-save` and not `npm ci`: some npm 11 refuse a lock file that lists other platforms'
# optional packages, and npm 10 would write its own dialect of it. The lock is compared before and after.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"
cd "$root/pwa"

npm_() { "$root/tools/with_node.sh" npm --loglevel=error "$@"; }

install() {
  local before wanted
  before="$(sha256sum <package-lock.json)"
  wanted="$(cat package.json package-lock.json | sha256sum)"
  if [ "$(cat node_modules/.gongshilan 2>/dev/null || true)" = "$wanted" ]; then
    return
  fi
  say "installing the front end's tools (once; again only when pwa/package-lock.json changes)"
  npm_ install --no-save --no-progress >&2 ||
    stop "The front end's tools could not be installed." \
      "Without a network?  The first build needs a package registry that npm can reach; later ones need none."
  if [ "$(sha256sum <package-lock.json)" != "$before" ]; then
    stop "npm changed pwa/package-lock.json, which an install must never do." \
      "Take it back:  git checkout pwa/package-lock.json"
  fi
  echo "$wanted" >node_modules/.gongshilan
}

case "${1:-}" in
  install) install ;;
  build)
    install
    say "building the front end"
    npm_ run --silent build >&2
    ;;
  *) stop "tools/pwa.sh: say 'install' or 'build'." ;;
esac
