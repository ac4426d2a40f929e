# shellcheck shell=bash
# Shared by the scripts beside it (sourced): one way to speak and one way to stop.

if [ -t 2 ]; then bold=$'\033[1m' red=$'\033[31m' plain=$'\033[0m'; else bold='' red='' plain=''; fi

say() { printf '%s\n' "${bold}· $*${plain}" >&2; }

# stop WHAT-IS-MISSING HOW-TO-GET-IT…: the second and later arguments are printed one per line.
stop() {
  printf '\n%s\n' "${red}✗ $1${plain}" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  printf '\n' >&2
  exit 1
}
