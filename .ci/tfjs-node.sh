#!/usr/bin/env bash
# Makes @tensorflow/tfjs-node with its native library, from the locked package and a TensorFlow wheel; kept in .cache.
# Prints, as its last line, the folder in which the package can be resolved. Needs npm ci before, Python's pip and a C++
# compiler. Linux x64 only.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/.cache/tfjs-node
package=$folder/node_modules/@tensorflow/tfjs-node
locked=node_modules/@tensorflow/tfjs-node
wheel_version=2.21.0
PATH=$PWD/node_modules/.bin:$PATH

if [ ! -e "$locked/package.json" ]; then
  echo "$locked is not there: run npm ci without --omit=optional first." >&2
  exit 1
fi

# Written last, so that what was interrupted is made again.
made=$package/made-with
wanted="$(node -p "require('./$locked/package.json').version") on tensorflow-cpu $wheel_version"
if [ "$(cat "$made" 2>/dev/null)" != "$wanted" ]; then
  {
    rm -rf "$package"
    mkdir -p "$(dirname "$package")" "$folder/wheel"
    # Only files are taken out of the wheel, so any of its Python versions will do.
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
      --implementation cp --python-version 3.11 --platform manylinux_2_27_x86_64 -d "$folder/wheel" "tensorflow-cpu==$wheel_version"
    # What the package needs besides is found in the repository's node_modules, one level up.
    cp -R "$locked" "$package"
    bash .ci/libtensorflow-from-wheel.sh "$folder"/wheel/tensorflow_cpu-"$wheel_version"-*.whl "$package/deps"
    (cd "$package" && npm run --silent build-addon-from-source)
    echo "$wanted" > "$made"
  } >&2
fi

echo "$folder"
