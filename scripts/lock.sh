#!/usr/bin/env bash
# Writes requirements.lock (running) and requirements-dev.lock (building, checking, testing) from pyproject.toml.
# Needs uv: `.venv/bin/pip install uv`, or any uv on PATH. Give `--upgrade` to take newer releases.
set -euo pipefail
cd "$(dirname "$0")/.."
uv="$(command -v uv || true)"
[ -x .venv/bin/uv ] && uv=.venv/bin/uv
if [ -z "$uv" ]; then
  echo "uv is missing: .venv/bin/pip install uv" >&2
  exit 1
fi
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
  --custom-compile-command "make lock")
"$uv" pip compile "${options[@]}" "$@" pyproject.toml --output-file requirements.lock
"$uv" pip compile "${options[@]}" "$@" --extra dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock
