#!/usr/bin/env bash
# Installs NannyML, which the preset nannyml-0.13 is held to, into .cache/nannyml. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.13.1
# Written last, so that what was interrupted is made again.
made=.cache/nannyml/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/nannyml
  python3 -m venv .cache/nannyml
  .cache/nannyml/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: "nannyml==$version" "pandas<3" statsmodels
  echo "$version" > "$made"
fi
