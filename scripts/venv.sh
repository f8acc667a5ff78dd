#!/usr/bin/env bash
# Makes .venv with Python 3.11 or later; on Debian adds the packages for it when run as root.
set -euo pipefail
cd "$(dirname "$0")/.."

newest_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
}

install() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Python $1 is needed. Run this, then try again: sudo apt-get update && sudo apt-get install -y $2" >&2
    exit 1
  fi
  echo "Installing $2"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2 >/dev/null
}

python="$(newest_python)"
if [ -z "$python" ]; then
  install "3.11 or later" "python3 python3-venv"
  python="$(newest_python)"
fi
if [ -z "$python" ]; then
  echo "Python 3.11, 3.12 or 3.13 is needed and was not found; Debian 12 has it." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
  install "$version with venv" "python$version-venv"
fi
echo "Making .venv with $("$python" --version)"
rm -rf .venv
"$python" -m venv .venv
