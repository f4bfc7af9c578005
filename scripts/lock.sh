#!/bin/sh
# Resolve requirements/*.in into locks: pinned, hashed, for Linux and macOS, Python >= 3.11, naming no address.
set -eu
here=$(dirname "$0")
tools=.venv/.lock-tools
[ -x "$tools/bin/uv" ] || { "$("$here/find_python.sh")" -m venv "$tools" && "$tools/bin/pip" install -q 'uv>=0.13,<0.14'; }

resolve() { # NAME [CONSTRAINT…]
    name=$1
    shift
    for lock in "$@"; do set -- "$@" -c "requirements/$lock.lock"; shift; done
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --override requirements/overrides.txt "$@" \
        "requirements/$name.in" -o "requirements/$name.lock"
}

resolve core
resolve models core
resolve dev core models
