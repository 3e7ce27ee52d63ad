#!/bin/bash
# The CMake module for users, the manual page and shell completion.
set -eu

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail()
{
    echo "FAIL $1"
    exit 1
}

# A project with a driver that has a defect only with its own definition, and a header in a folder of its own
mkdir -p "$work/project/inc"
cd "$work/project"
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.20)
project(sample C)
set(NMRCHECK_EXECUTABLE $NMRCHECK)
find_package(nmrcheck REQUIRED CONFIG PATHS $root/packaging NO_DEFAULT_PATH)
add_library(bad STATIC driver.c inc/own.h)
target_include_directories(bad PRIVATE inc)
target_compile_definitions(bad PRIVATE NO_WAIT "TEXT=a b")
add_library(good STATIC driver.c)
target_include_directories(good PRIVATE inc)
nmrcheck_add_check(bad ARGUMENTS --strict)
nmrcheck_add_check(good ARGUMENTS --strict)
END
echo '#define OWN 1' >inc/own.h
{
    echo '#include "own.h"'
    sed 's|^    NmrDeregisterClient(sample_handle);.*|    NmrDeregisterClient(sample_handle);\n#ifndef NO_WAIT\n    NmrWaitForClientDeregisterComplete(sample_handle);\n#endif|' \
        "$here/../cli/missing_wait.c"
} >driver.c
CC=$CLANG cmake -G Ninja -S . -B out >log 2>&1 || { cat log; fail 'configure'; }
cmake --build out --target good_nmrcheck >log 2>&1 || { cat log; fail 'the good driver is rejected'; }
! cmake --build out --target bad_nmrcheck >log 2>&1 || { cat log; fail 'the bad driver passes'; }
grep -q 'nmr-missing-wait' log || { cat log; fail 'the bad driver is rejected for another reason'; }

# The manual page has no error, and names every option; completion can be read by its shells
"$NMRCHECK" --manual >nmrcheck.1
if command -v man >/dev/null; then
    [ -z "$(man -l --warnings -Tutf8 nmrcheck.1 2>&1 >/dev/null)" ] || fail 'man warns'
fi
for option in $("$NMRCHECK" --help | grep -oE '^ +(-., )?--[a-z-]+' | sed 's/.*--//'); do
    sed 's/\\//g' nmrcheck.1 | grep -q -e "--$option" || fail "the manual lacks --$option"
done
"$NMRCHECK" --completion bash >completion.bash
bash -c '. ./completion.bash; COMP_WORDS=(nmrcheck --rule nmr-missing-w); COMP_CWORD=2; _nmrcheck; [ "${COMPREPLY[*]}" = nmr-missing-wait ]' ||
    fail 'completion of rules in bash'
for shell in zsh fish; do
    "$NMRCHECK" --completion $shell >completion.$shell
    if command -v $shell >/dev/null; then
        $shell -n completion.$shell || fail "completion in $shell"
    fi
done
! "$NMRCHECK" --completion csh 2>/dev/null || fail 'completion for an unknown shell'

# The schema of the configuration file knows the rules that the program knows
"$NMRCHECK" --list-rules | sed -n 's/^  \([a-z-]*\) .*/\1/p' | sort >rules
python3 - "$root/editors/nmrcheck.schema.json" <<'END' | sort >schema_rules
import json, sys
print("\n".join(json.load(open(sys.argv[1]))["definitions"]["rule"]["enum"]))
END
cmp -s rules schema_rules || fail 'editors/nmrcheck.schema.json names other rules'
echo 'packages: all checks passed'
