#!/usr/bin/env bash
# Installs Evidently, which the preset evidently-0.7 is held to, into .cache/evidently. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.7.23
# Written last, so that what was interrupted is made again.
made=.cache/evidently/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/evidently
  python3 -m venv .cache/evidently
  .cache/evidently/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: "evidently==$version" "pandas<3"
  echo "$version" > "$made"
fi
