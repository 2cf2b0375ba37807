#!/usr/bin/env bash
# Installs Python programs that tests use or hold Assay to, each into .cache/NAME: bash .ci/python-tool.sh NAME... Needs Python with venv.
set -euo pipefail
cd "$(dirname "$0")/.."

install() { # NAME OPTION-OR-REQUIREMENT..., the program's own requirement last
  local name=$1 version=${*: -1} made=.cache/$1/made-with
  version=${version##*==}
  shift
  # Written last, so that what was interrupted is made again.
  if [ "$(cat "$made" 2>/dev/null)" != "$version" ]; then
    rm -rf ".cache/$name"
    python3 -m venv ".cache/$name"
    ".cache/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
    echo "$version" > "$made"
  fi
}

for name; do
  case $name in
    cyclonedx) install "$name" --only-binary=:all: "cyclonedx-python-lib[json-validation]==11.12.0" ;;
    dvc) install "$name" dvc==3.67.1 ;;
    evidently) install "$name" --only-binary=:all: "pandas<3" evidently==0.7.23 ;;
    gto) install "$name" gto==1.10.1 ;;
    huggingface-hub) install "$name" --only-binary=:all: huggingface_hub==2.4.0 ;;
    mlflow) install "$name" --only-binary=:all: mlflow==3.17.2 ;;
    # It imports pyopenssl and does not ask for it.
    model-signing) install "$name" pyopenssl==26.4.0 model-signing==1.1.1 ;;
    nannyml) install "$name" --only-binary=:all: "pandas<3" statsmodels nannyml==0.13.1 ;;
    ray) install "$name" --only-binary=:all: "ray[default]==2.60.0" ;;
    river) install "$name" --only-binary=:all: river==0.26.1 ;;
    *)
      echo "$0 does not know $name." >&2
      exit 2
      ;;
  esac
done
