#!/bin/bash
# The language server, with a strict client, and, where they are installed, with those of Neovim and of VS Code.
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
find_eglot='(progn (setq package-directory-list (quote ("/usr/share/emacs/site-lisp/elpa"))) (package-initialize) (require (quote eglot)))'
if command -v emacs >/dev/null && HOME=$work emacs -Q --batch --eval "$find_eglot" 2>/dev/null; then
    mkdir "$work/emacs"
    cp "$here/../cli/missing_wait.c" "$work/emacs/driver.c"
    (cd "$work/emacs" && HOME=$work timeout 120 emacs -Q --batch -l "$here/emacs.el") >"$work/emacs.log" 2>&1 || {
        cat "$work/emacs.log"
        exit 1
    }
    grep 'all checks passed' "$work/emacs.log"
else
    echo "emacs with eglot is not installed: not tried with it"
fi
. "$here/../npm.sh"
tools=${NMRCHECK_BUILD:-${TMPDIR:-/tmp}}/npm-lsp
if [ ! -d "$tools/node_modules/vscode-languageserver-protocol" ] && npm_there; then
    mkdir -p "$tools"
    (cd "$tools" && npm init -y && npm install vscode-languageserver-protocol@3.17) >"$tools/install.log" 2>&1 || {
        cat "$tools/install.log"
        exit 1
    }
fi
if [ -d "$tools/node_modules/vscode-languageserver-protocol" ]; then
    NODE_PATH=$tools/node_modules timeout 120 node "$here/vscode_client.js" "$NMRCHECK" "$work/driver"
fi
