#!/usr/bin/env bash
# Installs River, which ADWIN is held to, into .cache/river. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.26.1
# Written last, so that what was interrupted is made again.
made=.cache/river/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/river
  python3 -m venv .cache/river
  .cache/river/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: "river==$version"
  echo "$version" > "$made"
fi
