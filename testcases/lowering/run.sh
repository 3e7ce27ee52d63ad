#!/bin/bash
# Tests of the front end: each file here is lowered, and its dump must have the lines that the file asks for.
#   testcases/lowering/run.sh path/of/nmrcheck [FILE...]
#
#   // DUMP: text    the dump has a line with this text, after the line of the DUMP before it
#   // SAME: text    ... and it is the line right after that
#   // ALSO: text    that line has this text too
#   // NOT: text     no line has this text
#   // FLAGS: -DX    passed to the program
#
# Spaces at both ends of the text don't count; a trailing '$' means the end of the line.
set -u

program=$(realpath "${1:-${NMRCHECK:?the path of nmrcheck}}")
shift
here=$(cd "$(dirname "$0")" && pwd)
cd "$here" || exit 2
[ $# -gt 0 ] || set -- *.c *.cpp
work=$(mktemp)
trap 'rm -f "$work"' EXIT
bad=0
for file; do
    # shellcheck disable=SC2046
    if ! "$program" --dump-model "$file" $(sed -n 's|^// FLAGS: |-- |p' "$file") >"$work" 2>&1; then
        echo "FAIL $file: no dump"
        head -5 "$work"
        bad=$((bad + 1))
        continue
    fi
    awk -v file="$file" '
        function matches(line, text) {
            if (text ~ /\$$/) {
                text = substr(text, 1, length(text) - 1)
                return length(line) >= length(text) && substr(line, length(line) - length(text) + 1) == text
            }
            return index(line, text) > 0
        }
        FNR == NR { dump[++count] = $0; next }
        match($0, /\/\/ (DUMP|SAME|ALSO|NOT): /) {
            text = substr($0, RSTART + RLENGTH)
            kind = substr($0, RSTART + 3, RLENGTH - 5)
            sub(/^ +/, "", text)
            sub(/ +$/, "", text)
            if (kind == "NOT") {
                for (i = 1; i <= count; i++)
                    if (matches(dump[i], text)) {
                        print "FAIL " file ":" FNR ": the dump has: " dump[i]
                        failed = 1
                    }
                next
            }
            first = kind == "ALSO" ? at : at + 1
            last = kind == "DUMP" ? count : first
            for (i = first; i <= last; i++)
                if (matches(dump[i], text))
                    break
            if (i > last) {
                print "FAIL " file ":" FNR ": not in the dump (after its line " at "): " text
                if (kind != "DUMP")
                    print "     instead: " dump[first]
                failed = 1
            } else
                at = i
        }
        END { exit failed }' "$work" "$file" || bad=$((bad + 1))
done
[ $bad -eq 0 ] || echo "$bad of $# files failed"
exit $((bad != 0))
