#!/usr/bin/env bash
# docs/configuration.md says what the settings in the code say.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! env -i PATH="$PATH" HOME="${HOME:-/}" .venv/bin/voltkeep settings --markdown | diff -u docs/configuration.md -; then
  echo "docs/configuration.md is out of date: run \`make docs\`." >&2
  exit 1
fi
