#!/bin/sh
# Print the path of a Python >= 3.11 that can make virtual environments, or one line saying what is missing.
set -eu

# The releases the locks were tried with come first; a plain python3 of any newer release comes last.
for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3}; do
    if found=$(command -v "$candidate") &&
        "$found" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        echo "$found"
        exit 0
    fi
done
echo '需要 Python 3.11 或更新版本（带 venv）。Debian/Ubuntu：apt-get install python3 python3-venv；macOS：brew install python。装好后再运行一次，或用 make PYTHON=/路径/python3 指定。' >&2
exit 1
