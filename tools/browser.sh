#!/usr/bin/env bash
# See to it that the browser tests have a Chromium and a Chinese font; print the Chromium's path.
#
#   tools/browser.sh          the whole browser
#   tools/browser.sh font     only the font, for tests that make a PDF
#   tools/browser.sh engine   the same engine without windows, where Debian's package of it can be had: the same pages,
#                             half the work. It has no notifications; without it the whole browser does everything.
#
# CHROMIUM=/path/to/chromium uses that one for everything and installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/say.sh
. tools/say.sh

engine=chromium-headless-shell

find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$candidate" ] && command -v "$candidate"; then return; fi
  done
  return 1
}

has_chinese_font() {
  if command -v fc-list >/dev/null; then
    [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]
  else
    [ -d /usr/share/fonts/opentype/noto ]
  fi
}

# Who may install here; fails where nobody may without being asked.
may_install() {
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" = 0 ]; then sudo=(); elif sudo -n true 2>/dev/null; then sudo=(sudo -n); else return 1; fi
}

get() {
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq "$@" >&2
}

if [ "${1:-}" = engine ]; then
  if [ -z "${CHROMIUM:-}" ] && command -v "$engine"; then exit 0; fi
  find_chromium
  exit
fi

missing=()
what="The browser tests need"
if [ "${1:-}" = font ]; then what="Posters as PDF need"; else find_chromium >/dev/null || missing+=(chromium); fi
has_chinese_font || missing+=(fonts-noto-cjk)

if [ ${#missing[@]} -gt 0 ]; then
  by_hand="apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    stop "$what ${missing[*]}, and this machine has no apt-get." \
      "Install them with its own package manager, or say where:  CHROMIUM=/path/to/chromium make test"
  fi
  may_install || stop "$what ${missing[*]}. Get them:" "sudo sh -c '$by_hand'" \
    "Only the quick tests, without a browser:  make test FAST=1"
  say "installing ${missing[*]} (once)"
  { "${sudo[@]}" apt-get update -qq >&2 && get "${missing[@]}"; } ||
    stop "apt-get could not install ${missing[*]}." "See above; by hand:  $by_hand" \
      "Ubuntu has Chromium as a snap only:  sudo snap install chromium"
fi

if [ "${1:-}" = font ]; then exit 0; fi

# Only for speed: where it cannot be had, nothing is said and nothing is lost.
if [ -z "${CHROMIUM:-}" ] && ! command -v "$engine" >/dev/null && may_install; then
  if [ -z "$(apt-cache policy "$engine" 2>/dev/null)" ]; then "${sudo[@]}" apt-get update -qq >&2 || true; fi
  get "$engine" 2>/dev/null || true
fi

find_chromium || stop "Chromium was installed but is not on the PATH." "Say where:  CHROMIUM=/path/to/chromium make test"
