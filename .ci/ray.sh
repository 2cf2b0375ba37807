#!/usr/bin/env bash
# Installs Ray, whose Jobs API the tests of its engine speak to, into .cache/ray. Needs Python.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.60.0
# Written last, so that what was interrupted is made again.
made=.cache/ray/made-with
if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
  rm -rf .cache/ray
  python3 -m venv .cache/ray
  .cache/ray/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: "ray[default]==$version"
  echo "$version" > "$made"
fi
