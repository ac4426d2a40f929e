#!/usr/bin/env bash
# Every test, the fast ones first. Stops at the first stage that fails; in CI goes on, so that one run shows all.
#
#   FAST=1      rules, house rules and SQLite only, without the slow ones
#   WORKERS=n   processes for the stages that can share (default: two more than processors, at most 5; of browsers one less)
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=tools/say.sh
. tools/say.sh

bin="${VENV:-.venv}/bin"
processors="$(nproc 2>/dev/null || echo 2)"
# More than processors: many tests wait, for a server of their own or for time to pass. A browser brings processes along.
workers="${WORKERS:-$((processors > 3 ? 5 : processors + 2))}"
browsers=$((workers > 1 ? workers - 1 : 1))
quick=()
[ -n "${FAST:-}" ] && quick=(-m "not slow")
results=()
failed=0

# Databases of tests are thrown away: kept in memory where there is room, they need not wait for a disk.
scratch="$(mktemp -d)"
if [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -1)" -gt 2000000 ]; then
  rmdir "$scratch"
  scratch="$(mktemp -d -p /dev/shm)"
fi
trap 'rm -rf "$scratch"' EXIT

stage() {
  local name="$1" began=$SECONDS
  shift
  say "tests: $name"
  if "$@"; then
    results+=("✓ $name ($((SECONDS - began)) s)")
  else
    results+=("✗ $name ($((SECONDS - began)) s)")
    failed=1
    if [ -z "${CI:-}" ]; then finish; fi
  fi
}

finish() {
  printf '\n%s\n' "${bold}tests${plain}"
  printf '  %s\n' "${results[@]}"
  exit "$failed"
}

# shellcheck disable=SC2329 # called by stage
tests() { "$bin/python" -m pytest -q --durations 12 --durations-min 5 --basetemp "$scratch/pytest" "$@"; }

# Without it the tests of posters say which package they miss.
tools/browser.sh font || true

# Long tests come first (tests/conftest.py); the others are handed out few at a time, so that all end together.
parallel=(-n "$workers" --dist worksteal)
pure=(tests/rules tests/contracts)
shared=(-n "$workers" --dist load --maxschedchunk 4 --ignore tests/e2e tests)

if [ -n "${CI:-}" ]; then
  # Nobody waits for the first failure, and every stage pays for its processes: a quarter of a minute.
  GSL_TEST_DATABASE=sqlite stage "rules, house rules and everything on SQLite" tests "${shared[@]}" "${quick[@]}"
else
  stage "rules and house rules" tests "${parallel[@]}" "${pure[@]}" "${quick[@]}"
  GSL_TEST_DATABASE=sqlite stage "everything on SQLite" tests "${shared[@]}" "${pure[@]/#/--ignore=}" "${quick[@]}"
fi
if [ -z "${FAST:-}" ]; then
  GSL_TEST_DATABASE=postgres stage "everything on PostgreSQL" tests "${shared[@]}" --ignore tests/rules
  stage "front end" bash -c 'cd pwa && ../tools/with_node.sh npm run --silent test'
  # Asked before CHROMIUM is set: whoever set it wants that one for everything.
  if browser="$(tools/browser.sh)"; then
    CHROMIUM_ENGINE="$(tools/browser.sh engine)"
    export CHROMIUM="$browser" CHROMIUM_ENGINE
    stage "real browser" tests -n "$browsers" --dist load --maxschedchunk 2 tests/e2e
  else
    results+=("✗ real browser: no Chromium")
    failed=1
  fi
fi
finish
