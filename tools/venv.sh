#!/usr/bin/env bash
# Make .venv hold exactly what the requirements files say; does nothing when it already does.
#
#   tools/venv.sh run     what the server needs (requirements.txt)
#   tools/venv.sh dev     that, and what the tests and checks need (requirements-dev.txt)
#   tools/venv.sh bench   that, and the peers that bench/ measures beside us (requirements-bench.txt)
#
# PYTHON chooses the interpreter, VENV the folder (default .venv). The Dockerfile runs this same script.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=tools/say.sh
. tools/say.sh

# One at a time: `make -j` may ask twice at once.
if [ -z "${GSL_ONE_AT_A_TIME:-}" ] && command -v flock >/dev/null; then
  GSL_ONE_AT_A_TIME=1 exec flock tools/venv.sh tools/venv.sh "$@"
fi

kind="${1:-run}"
venv="${VENV:-.venv}"

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  if [ -n "${PYTHON:-}" ]; then
    command -v "$PYTHON" >/dev/null || stop "PYTHON=$PYTHON is not a command on this machine."
    new_enough "$PYTHON" || stop "PYTHON=$PYTHON is $("$PYTHON" -V 2>&1); 3.11 or newer is needed."
    echo "$PYTHON"
    return
  fi
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  if command -v python3 >/dev/null; then
    stop "Python 3.11 or newer is needed; this machine has $(python3 -V 2>&1)." \
      "Debian 12, Ubuntu 24.04 and later have one:  sudo apt-get install python3 python3-venv" \
      "Another one already there?                   make PYTHON=/path/to/python3.12 run"
  fi
  stop "Python is missing." "Get it:  sudo apt-get install python3 python3-venv"
}

if [ ! -x "$venv/bin/python" ] || ! new_enough "$venv/bin/python"; then
  python="$(find_python)"
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    stop "$("$python" -V 2>&1) has no venv module (Debian packs it separately)." \
      "Get it:  sudo apt-get install python3-venv"
  say "making $venv with $("$python" -V 2>&1)"
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi

case "$kind" in
  run) files=(requirements.txt) ;;
  dev) files=(requirements.txt requirements-dev.txt) ;;
  bench) files=(requirements.txt requirements-dev.txt requirements-bench.txt) ;;
  *) stop "tools/venv.sh: say 'run', 'dev' or 'bench', not '$kind'." ;;
esac

# A stamp says which requirements are inside; 'dev' holds everything that 'run' does.
contents() { echo "$(cat "$@" | sha256sum | cut -d' ' -f1) $("$venv/bin/python" -V)"; }
stamped() { [ "$(cat "$venv/.gongshilan-$1" 2>/dev/null || true)" = "$2" ]; }

if stamped "$kind" "$(contents "${files[@]}")"; then exit 0; fi

pip() { "$venv/bin/python" -m pip --quiet --quiet --disable-pip-version-check --no-input "$@"; }

say "installing ${files[*]} into $venv (once; again only when they change)"
arguments=()
for file in "${files[@]}"; do arguments+=(-r "$file"); done
# Not compiled ahead: of most packages little is ever imported, and Python keeps what it compiled by itself.
# The lists are whole, each package with what it needs: nothing is left to look for.
{ pip install --require-hashes -r requirements-pip.txt &&
  pip install --no-compile --no-deps --require-hashes "${arguments[@]}"; } ||
  stop "The packages could not be installed." \
    "Without a network?  The first run needs a package index that pip can reach; later runs need none." \
    "Through a mirror?   Set PIP_INDEX_URL to its address and run again; every file is checked by its hash."
# The project itself: a link to this folder and the command 'gongshilan', nothing from a network.
pip install --no-index --no-deps --no-build-isolation --editable .
contents requirements.txt >"$venv/.gongshilan-run"
contents "${files[@]}" >"$venv/.gongshilan-$kind"
