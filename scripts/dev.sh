#!/usr/bin/env bash
# Everything with reload: roles start again when Python changes, and Vite serves the panel from its sources.
set -euo pipefail
cd "$(dirname "$0")/.."
trap 'kill "$vite" 2>/dev/null || true; wait' EXIT
export VOLTKEEP_DEV_API="${VOLTKEEP_DEV_API:-http://127.0.0.1:${VOLTKEEP_HTTP_PORT:-8080}}"
(cd web && exec npm run dev) &
vite=$!
.venv/bin/voltkeep up --reload "$@"
