#!/bin/bash
# The language server, with a strict client and, where it is installed, with Neovim's.
set -eu

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
export NMRCHECK
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/driver"
cp "$here/../cli/missing_wait.c" "$work/driver/driver.c"
timeout 120 python3 "$here/client.py" "$NMRCHECK" "$work/driver"
if command -v nvim >/dev/null; then
    cd "$work/driver"
    HOME=$work timeout 120 nvim --headless -u NONE -i NONE -n -c "luafile $here/neovim.lua" 2>&1
else
    echo "neovim is not installed: not tried with it"
fi
