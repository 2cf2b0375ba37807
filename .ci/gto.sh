#!/usr/bin/env bash
# Installs GTO, whose tags ours are, into .cache/gto. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.10.1
# Written last, so that what was interrupted is made again.
made=.cache/gto/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/gto
  python3 -m venv .cache/gto
  .cache/gto/bin/pip install --quiet --disable-pip-version-check "gto==$version"
  echo "$version" > "$made"
fi
