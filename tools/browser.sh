#!/usr/bin/env bash
# See to it that the browser tests have a Chromium and a Chinese font; print the Chromium's path.
#
# CHROMIUM=/path/to/chromium uses that one and installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/say.sh
. tools/say.sh

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

missing=()
find_chromium >/dev/null || missing+=(chromium)
has_chinese_font || missing+=(fonts-noto-cjk)

if [ ${#missing[@]} -gt 0 ]; then
  by_hand="apt-get update && apt-get install --yes --no-install-recommends ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    stop "The browser tests need ${missing[*]}, and this machine has no apt-get." \
      "Install them with its own package manager, or say where:  CHROMIUM=/path/to/chromium make test"
  elif [ "$(id -u)" = 0 ]; then
    sudo=()
  elif sudo -n true 2>/dev/null; then
    sudo=(sudo -n)
  else
    stop "The browser tests need ${missing[*]}. Get them:" "sudo sh -c '$by_hand'" \
      "Only the quick tests, without a browser:  make test FAST=1"
  fi
  say "installing ${missing[*]} (once)"
  {
    "${sudo[@]}" apt-get update -qq &&
      "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends -qq "${missing[@]}"
  } >&2 || stop "apt-get could not install ${missing[*]}." "See above; by hand:  $by_hand" \
    "Ubuntu has Chromium as a snap only:  sudo snap install chromium"
fi

find_chromium || stop "Chromium was installed but is not on the PATH." "Say where:  CHROMIUM=/path/to/chromium make test"
