#!/usr/bin/env bash
# Installs DVC, by which tests pull data; kept in .cache/dvc/bin, where they find it. Needs Python with venv.
set -euo pipefail
cd "$(dirname "$0")/.."

version=3.67.1
made=.cache/dvc/made-with

# Written last, so that what was interrupted is made again.
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/dvc
  python3 -m venv .cache/dvc
  .cache/dvc/bin/pip install --quiet --disable-pip-version-check "dvc==$version"
  echo "$version" > "$made"
fi
