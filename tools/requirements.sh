#!/usr/bin/env bash
# Pin requirements*.in into requirements*.txt: by hash, for every Python from 3.11 on, with no address in it.
#
#   tools/requirements.sh [--upgrade]
set -euo pipefail
cd "$(dirname "$0")/.."
uv="${VENV:-.venv}/bin/uv"
for name in requirements requirements-dev requirements-bench requirements-node requirements-pip; do
  "$uv" pip compile --quiet --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make requirements' \
    "$@" "$name.in" --output-file "$name.txt"
done
