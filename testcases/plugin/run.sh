#!/bin/bash
# The plugin in a real Clang: it finds what the program finds, lets good code and the object file alone, and hands modules
# on. NMRCHECK_PLUGIN and CLANG belong together (the same version of LLVM); scripts/matrix runs this with several.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
plugin=$(realpath "${NMRCHECK_PLUGIN:?the path of nmrcheck.so}")
clang=${CLANG:-clang}
headers=${NMRCHECK_HEADERS:?the header model}
here=$(cd "$(dirname "$0")" && pwd)
cases=$(cd "$here/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

fail()
{
    echo "FAIL $1"
    [ -f err ] && head -n 20 err | sed 's/^/     | /'
    bad=$((bad + 1))
}

compile()
{
    "$clang" --target=x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -nostdinc -idirafter "$headers" -w \
        -D_KERNEL_MODE=1 -D_AMD64_ -DAMD64 "$@" >out 2>err
}

with=(-fplugin="$plugin")
argument() { echo -Xclang -plugin-arg-nmrcheck -Xclang "$1"; }

cp "$cases/cli/missing_wait.c" driver.c
sed 's|NmrDeregisterClient(sample_handle);.*|if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);|' \
    driver.c >clean.c
compile "${with[@]}" -c driver.c -o bad.o && fail 'a finding does not fail the compile'
grep -qE '^driver\.c:[0-9]+:[0-9]+: error: .*\[nmr-missing-wait\]$' err || fail 'the finding'
grep -q 'note: .*DriverEntry' err || fail 'its path'
# Object files have the time in them, but for this option
compile "${with[@]}" -mno-incremental-linker-compatible -c clean.c -o clean.o || fail 'a clean driver'
[ -s err ] && fail 'a clean driver gets output'
compile -mno-incremental-linker-compatible -c clean.c -o without.o
cmp -s clean.o without.o || fail 'the plugin changes the object file'
compile "${with[@]}" -fsyntax-only driver.c && fail 'with -fsyntax-only'

# Arguments
# shellcheck disable=SC2046
compile "${with[@]}" $(argument disable=nmr-missing-wait) -fsyntax-only driver.c || fail 'disable='
# shellcheck disable=SC2046
compile "${with[@]}" $(argument rule=irql-too-high) -fsyntax-only driver.c || fail 'rule='
# shellcheck disable=SC2046
compile "${with[@]}" $(argument rule=irql-to-high) -fsyntax-only driver.c && fail 'a rule that does not exist'
grep -q 'nearest is irql-too-high' err || fail 'no word about a rule that does not exist'
# shellcheck disable=SC2046
compile "${with[@]}" $(argument nonsense) -fsyntax-only clean.c && fail 'an unknown argument'
sed 's|/\* the defect \*/|// nmrcheck: allow(nmr-missing-wait) a test|' driver.c >allowed.c
compile "${with[@]}" -fsyntax-only allowed.c || fail 'a suppression'

# Code that does not compile gets the compiler's errors only
echo 'int x = ;' >>driver.c
compile "${with[@]}" -fsyntax-only driver.c && fail 'code that does not compile'
grep -q 'nmr-' err && fail 'findings in code that does not compile'

# Modules: each file compiled by itself, then judged together
mkdir modules
cp "$cases"/nmr-missing-wait/bad_destroy_frees_unwaited/* modules
for source in modules/*.c; do
    # shellcheck disable=SC2046
    compile "${with[@]}" $(argument "module=$source.module") $(argument only-module) -c "$source" -o "$source.o" ||
        fail "a module of $source"
done
"$NMRCHECK" modules/*.module >out 2>err
[ $? -eq 1 ] && grep -q '\[nmr-missing-wait\]' out || fail 'modules judged together'
# shellcheck disable=SC2046
compile "${with[@]}" $(argument module=no/such/folder/x) -fsyntax-only clean.c && fail 'a module that cannot be written'

# With a precompiled header
printf '#include <ntddk.h>\n#include <netioddk.h>\n' >all.h
if compile -x c-header all.h -o all.pch; then
    compile "${with[@]}" -include-pch all.pch -fsyntax-only "$cases/cli/missing_wait.c" && fail 'with a precompiled header'
    grep -q 'nmr-missing-wait' err || fail 'the finding with a precompiled header'
fi

# The cases of one file: what the plugin says is what the program says
compared=0
number=0
for case in "$cases"/{nmr,irql}-*/*.{c,cpp}; do
    number=$((number + 1))
    [ $((number % ${NMRCHECK_EACH:-10})) = 0 ] || continue
    "$NMRCHECK" -q "$case" >out 2>err
    sed -nE 's/^.*:([0-9]+):([0-9]+): (error|warning): .*\[([a-z-]+)\]$/\1:\2 \4/p' out | sort >due
    language=(-std=c17)
    [ "${case%.cpp}" = "$case" ] || language=(-std=c++17)
    compile "${with[@]}" -fsyntax-only "${language[@]}" -ferror-limit=0 "$case"
    sed -nE 's/^.*:([0-9]+):([0-9]+): (error|warning): .*\[([a-z-]+)\]$/\1:\2 \4/p' err | grep -v ' -W' | sort >is
    cmp -s due is || { fail "$case: the plugin says something else than the program"; diff due is; }
    compared=$((compared + 1))
done
[ $compared -ge 20 ] || fail "only $compared cases were compared"

[ $bad -eq 0 ] && echo "plugin: all checks passed with $("$clang" --version | head -n 1) ($compared cases compared)"
exit $((bad > 0))
