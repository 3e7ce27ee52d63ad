#!/bin/bash
# Files that are read together share the parse of what they begin with. Their modules must be what they are when each
# is read by itself.
#   testcases/preamble/run.sh PATH-OF-NMRCHECK
set -u

program=${NMRCHECK:-${1:?the path of nmrcheck}}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
total=0

# same NAME FILE...: in the current folder.
same()
{
    name=$1
    shift
    modules=
    for file; do
        module=$work/$name-$(basename "$file").module
        "$program" --no-config --no-cache --emit-module "$module" "$file" || exit 1
        modules="$modules $module"
    done
    "$program" --no-config --no-cache --dump-model "$@" >"$work/$name.together" || exit 1
    "$program" --no-config --no-cache --dump-model $modules >"$work/$name.alone" || exit 1
    total=$((total + 1))
    if [ ! -s "$work/$name.alone" ] || ! diff "$work/$name.alone" "$work/$name.together" >"$work/diff"; then
        echo "FAIL $name: read alone (<) and together (>):"
        head -20 "$work/diff"
        bad=$((bad + 1))
    fi
}

cp -r "$here/src" "$here/include" "$work"
cd "$work/src" || exit 2
same c file*.c
same cxx class*.cpp
cd ..
same from-above src/file*.c
same absolute "$work"/src/file*.c
same dots ./src/../src/file*.c
rm include/second.h
same without-a-header src/file*.c
printf '#pragma data_seg("PAGEDATA")\n' >include/second.h
same open-section src/file*.c
grep -q PAGEDATA "$work/open-section.together" || { echo "FAIL open-section: no section"; bad=$((bad + 1)); }

echo "preamble: $total checks, $bad failed"
[ $bad -eq 0 ]
