#!/usr/bin/env bash
# Installs the programs that look at workflows: act, which runs them, and actionlint and zizmor, which lint them. Kept in
# .cache/tools/bin, where `npm run e2e` and `npm run check` find them. Needs Go (1.24 or newer, or one that may fetch it) and Python.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$PWD/.cache/tools/bin
mkdir -p "$bin"

# Written last, so that what was interrupted is made again.
install() { # NAME VERSION COMMAND...
  local name=$1 version=$2 made=.cache/tools/$1.version
  shift 2
  if [ "$(cat "$made" 2>/dev/null)" != "$version" ] || [ ! -x "$bin/$name" ]; then
    rm -f "$made"
    "$@"
    echo "$version" > "$made"
  fi
}

from_go() { # MODULE@VERSION BUILD-ARGUMENT...
  local module=$1
  shift
  GOBIN=$bin go install "$@" "$module"
}

from_pypi() { # NAME==VERSION
  python3 -m venv .cache/tools/python
  .cache/tools/python/bin/pip install --quiet --disable-pip-version-check --only-binary=:all: "$1"
  ln -sf "../python/bin/${1%%==*}" "$bin/${1%%==*}"
}

install act 0.2.89 from_go github.com/nektos/act@v0.2.89 -tags WITHOUT_DOCKER
install actionlint 1.7.12 from_go github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
install zizmor 1.32.0 from_pypi zizmor==1.32.0
