#!/usr/bin/env bash
# Takes the native library that @tensorflow/tfjs-node builds against out of a TensorFlow wheel, for machines that reach PyPI
# and not the library's own download address. Writes FOLDER/lib and FOLDER/include.
# Usage: libtensorflow-from-wheel.sh WHEEL FOLDER
set -euo pipefail
wheel=${1:?a TensorFlow wheel}
folder=${2:?the folder to write}

unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
unzip -q "$wheel" 'tensorflow/libtensorflow_cc.so.2' 'tensorflow/libtensorflow_framework.so.2' \
  'tensorflow/include/tensorflow/c/*' 'tensorflow/include/tensorflow/core/platform/ctstring*' \
  'tensorflow/include/tsl/platform/ctstring*' 'tensorflow/include/xla/tsl/c/*' -d "$unpacked"

mkdir -p "$folder/lib" "$folder/include"
cp "$unpacked"/tensorflow/*.so.2 "$folder/lib"
cp -r "$unpacked/tensorflow/include/." "$folder/include"
strip --strip-unneeded "$folder"/lib/*.so.2
# The names that the linker and the package's installer look for.
for version in '' .2 .2.9.1; do ln -sf libtensorflow_cc.so.2 "$folder/lib/libtensorflow.so$version"; done
for version in '' .2.9.1; do ln -sf libtensorflow_framework.so.2 "$folder/lib/libtensorflow_framework.so$version"; done
