#!/bin/bash
# --fix: what it writes, that the code is better for it, and that a second run has nothing to do.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
cases=$(cd "$here/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

fail()
{
    echo "FAIL $1"
    bad=$((bad + 1))
}

# The forms of each fix, to the letter
for name in waits sizes statics; do
    cp "$here/$name.c" driver.c
    "$NMRCHECK" driver.c -q --fix >out 2>&1
    tail -n +2 driver.c >is
    tail -n +2 "$here/$name.fixed.c" >due
    diff due is >difference || { fail "$name.c"; cat difference; }
    "$NMRCHECK" driver.c -q --fix >out 2>&1
    tail -n +2 driver.c | cmp -s - due || fail "$name.c: a second run changes it again"
    if [ -n "${NMRCHECK_HEADERS-}" ] && command -v "${CLANG:-clang}" >/dev/null; then
        "${CLANG:-clang}" -fsyntax-only -w --target=x86_64-pc-windows-msvc -fms-extensions -nostdinc \
            -idirafter "$NMRCHECK_HEADERS" -D_KERNEL_MODE=1 -D_AMD64_ driver.c || fail "$name.c does not compile any more"
    fi
    sed 's/$/\r/' "$here/$name.c" >driver.c
    "$NMRCHECK" driver.c -q --fix >out 2>&1
    [ "$(grep -c $'\r$' driver.c)" -eq "$(grep -c '' driver.c)" ] || fail "$name.c with CRLF: lines end differently"
    tail -n +2 driver.c | tr -d '\r' | cmp -s - due || fail "$name.c with CRLF is fixed in another way"
done

# Every case of the rules that have fixes: a fix leaves no finding of that kind, and nothing new
fixed=0
for case in "$cases"/{nmr-missing-wait,nmr-bad-characteristics,nmr-stack-*,nmr-nonresident-memory,nmr-wrong-handle,irql-too-high}/bad_*; do
    rm -rf copy before
    mkdir copy before
    cp -r "$case" copy
    cp -r "$case" before
    "$NMRCHECK" copy -q --fix >out 2>&1
    code=$?
    diff -r before copy >/dev/null && continue
    fixed=$((fixed + 1))
    name=${case#"$cases/"}
    grep -q '^nmrcheck:.*left out' out && fail "$name: a fix that is called sure is left out"
    rm -rf before
    cp -r copy before
    "$NMRCHECK" copy -q --fix >again 2>&1
    [ $? -eq $code ] || { fail "$name: not what was promised"; grep -E '(error|warning):' again; }
    diff -r before copy >/dev/null || fail "$name: a second run changes it again"
done
[ $fixed -ge 18 ] || fail "only $fixed cases have a fix"

# A fix that would bring another finding is left out, and the file stays as it is
sed 's|NmrDeregisterClient(sample_handle);.*|KIRQL old; KeRaiseIrql(DISPATCH_LEVEL, \&old);\n    NmrDeregisterClient(sample_handle);\n    KeLowerIrql(old);|' \
    "$cases/cli/missing_wait.c" >raised.c
cp raised.c raised.before
"$NMRCHECK" raised.c --fix >out 2>err
[ $? -eq 1 ] || fail 'a finding that stays does not fail'
grep -q 'left out: with it, raised.c:38 would have nmr-irql-too-high' err || { fail 'nothing says why a fix is left out'; cat err; }
cmp -s raised.c raised.before || fail 'a fix that makes it worse is applied'

# Beside it, the others are applied
mkdir both
cp raised.c both/raised.c
sed 's/DriverEntry/SecondEntry/; s/sample_/second_/g' "$cases/cli/missing_wait.c" >both/second.c
"$NMRCHECK" both --part --fix >out 2>err
cp raised.c both/raised.c
"$NMRCHECK" both/raised.c both/second.c --entry SecondEntry --fix >out 2>err
grep -q 'NmrWaitForClientDeregisterComplete' both/second.c || fail 'a good fix beside a bad one is not applied'

# What cannot be written is said
if [ "$(id -u)" != 0 ]; then
    mkdir locked
    cp "$cases/cli/missing_wait.c" locked/driver.c
    chmod a-w locked
    "$NMRCHECK" locked --fix >out 2>err
    [ $? -eq 2 ] && grep -q 'cannot write' err || fail 'a folder that cannot be written'
    chmod u+w locked
fi
"$NMRCHECK" raised.c --staged --fix >out 2>err
[ $? -eq 2 ] || fail '--staged --fix'

# SARIF has them
cp "$cases/cli/missing_wait.c" driver.c
"$NMRCHECK" driver.c -q --format sarif -o report.sarif
python3 - <<'END' || fail 'fixes in SARIF'
import json
result = json.load(open("report.sarif"))["runs"][0]["results"][0]
change, = result["fixes"][0]["artifactChanges"]
lines = open("driver.c", encoding="utf-8").read().split("\n")
for r in sorted(change["replacements"], key=lambda r: (r["deletedRegion"]["startLine"], r["deletedRegion"]["startColumn"]), reverse=True):
    region = r["deletedRegion"]
    assert region["startLine"] == region["endLine"]
    n = region["startLine"] - 1
    text = r.get("insertedContent", {"text": ""})["text"]
    lines[n] = lines[n][:region["startColumn"] - 1] + text + lines[n][region["endColumn"] - 1:]
open("by_sarif.c", "w", encoding="utf-8").write("\n".join(lines))
END
"$NMRCHECK" driver.c -q --fix >out 2>&1
cmp -s driver.c by_sarif.c || fail 'SARIF describes another fix than --fix applies'

[ $bad -eq 0 ] && echo "fix: all checks passed ($fixed cases fixed)"
exit $((bad > 0))
