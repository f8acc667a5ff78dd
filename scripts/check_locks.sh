#!/usr/bin/env bash
# The lock files name no package index of somebody's own, and every package has its hash.
set -euo pipefail
cd "$(dirname "$0")/.."
if grep -nE '^(--|-i |-f )|@ (file|https?):|^-e ' requirements.lock requirements-dev.lock; then
  echo "A lock file holds an index, a link or a local path: run \`make lock\`." >&2
  exit 1
fi
for lock in requirements.lock requirements-dev.lock; do
  if grep -nE '^[A-Za-z0-9]' "$lock" | grep -v '\\$'; then
    echo "$lock has a package without a hash: run \`make lock\`." >&2
    exit 1
  fi
done
if grep -nE '"resolved": "https?://' web/package-lock.json | grep -v '"https://registry.npmjs.org/'; then
  echo "web/package-lock.json names another registry than registry.npmjs.org." >&2
  exit 1
fi
