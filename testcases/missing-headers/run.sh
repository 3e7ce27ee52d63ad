#!/bin/bash
# Sources whose own headers are missing: no function may be lost.
#   testcases/missing-headers/run.sh path/of/nmrcheck [FILE...]
# A file says how many functions it has: // FUNCTIONS: N (at least), and may excuse some: // LOST: N
set -u

program=$(realpath "${1:-${NMRCHECK:?the path of nmrcheck}}")
shift
cd "$(dirname "$0")" || exit 2
[ $# -gt 0 ] || set -- *.c *.cpp
work=$(mktemp)
trap 'rm -f "$work"' EXIT
bad=0
for file; do
    "$program" --no-config --stats --emit-module /dev/null "$file" >"$work" 2>&1 || { echo "FAIL $file: exit code"; bad=1; }
    functions=$(sed -n 's/^functions *//p' "$work")
    lost=$(sed -n 's/^not wholly understood *//p' "$work")
    expected=$(sed -n 's|^// FUNCTIONS: ||p' "$file")
    excused=$(sed -n 's|^// LOST: ||p' "$file")
    if [ "${functions:-0}" -lt "${expected:-1}" ] || [ "${lost:-99}" -gt "${excused:-0}" ]; then
        echo "FAIL $file: ${functions:-no} functions of ${expected:-1}, ${lost:-?} not wholly understood"
        grep 'not analysed:' "$work"
        bad=1
    fi
done
exit $bad
