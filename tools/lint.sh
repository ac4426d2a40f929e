#!/usr/bin/env bash
# Every check that reads the code without running it. Goes on after a failure, so that one run shows all.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# shellcheck source=tools/say.sh
. tools/say.sh

bin="${VENV:-.venv}/bin"
failed=()

check() {
  local name="$1"
  shift
  say "$name"
  "$@" || failed+=("$name")
}

# The front end's checks and the server's know nothing of each other: they run side by side and are read one after the other.
beside="$(mktemp -d)"
trap 'rm -rf "$beside"' EXIT

begin() { "${@:2}" >"$beside/$1" 2>&1 & }

finished() {
  wait "$1"
  local result=$?
  cat "$2"
  return "$result"
}

front() { (cd pwa && ../tools/with_node.sh npm run --silent "$@"); }

# The client's types are made from the API's description; a change of one alone is a mistake.
client_types() {
  local made
  made="$(mktemp -d)/api.d.ts"
  (cd pwa && ../tools/with_node.sh npm exec --silent -- openapi-typescript ../schemas/openapi.json \
    --output "$made" --alphabetize >/dev/null) || return 1
  diff -q "$made" pwa/src/net/api.d.ts >/dev/null || {
    echo "pwa/src/net/api.d.ts is not what schemas/openapi.json says. Write it again:  make generate"
    return 1
  }
}

begin biome front lint
biome=$!
begin tsc front types
tsc=$!
begin client client_types
client=$!
check "ruff: likely mistakes" "$bin/ruff" check --quiet .
check "ruff: format (make format)" "$bin/ruff" format --quiet --check .
check "mypy: types of server/" "$bin/mypy" --no-error-summary
check "import-linter: the floors" "$bin/lint-imports" --no-cache
check "biome: front end style" finished "$biome" "$beside/biome"
check "tsc: front end types, room by room" finished "$tsc" "$beside/tsc"
check "openapi-typescript: the client's types" finished "$client" "$beside/client"
check "shellcheck: scripts" "$bin/shellcheck" -x tools/*.sh .ci/run
check "hadolint: Dockerfile" "$bin/hadolint" --config .hadolint.yaml Dockerfile

if [ ${#failed[@]} -gt 0 ]; then
  stop "lint: ${#failed[@]} failed" "${failed[@]}"
fi
say "lint: everything passes"
