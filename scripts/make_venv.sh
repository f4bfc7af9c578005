#!/bin/sh
# Make the virtual environment where there is none that works.
set -eu
here=$(dirname "$0")
venv=$1

if "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exit 0
fi
python=$("$here/find_python.sh")
rm -rf "$venv"
"$python" -m venv "$venv"
