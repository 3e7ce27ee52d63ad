#!/bin/bash
# Black-box tests of the program: options, exit codes, messages, formats. Needs python3 and git.
#   NMRCHECK=path/of/nmrcheck testcases/cli/run.sh      (or the path as the first argument)
set -u

program=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0
total=0

# run EXPECTED-EXIT-CODE ARGUMENT...: runs the program; its output is in out and err.
run()
{
    expected=$1
    shift
    "$program" "$@" >out 2>err
    code=$?
    last="nmrcheck $*"
    total=$((total + 1))
    if [ $code -ne "$expected" ]; then
        echo "FAIL $last: exit code $code, not $expected"
        sed 's/^/     | /' out err | head -20
        bad=$((bad + 1))
    fi
}

# has FILE PATTERN: the file of the last run matches.
has()
{
    total=$((total + 1))
    if ! grep -qE -e "$2" "$1"; then
        echo "FAIL $last: no /$2/ in $1:"
        sed 's/^/     | /' "$1" | head -20
        bad=$((bad + 1))
    fi
}

lacks()
{
    total=$((total + 1))
    if grep -qE -e "$2" "$1"; then
        echo "FAIL $last: /$2/ in $1"
        bad=$((bad + 1))
    fi
}

# is PYTHON-EXPRESSION FILE: true of the JSON document d (and of its first SARIF run r, and that one's first result f).
is()
{
    total=$((total + 1))
    if ! python3 - "$1" "$2" <<'END'
import json, re, sys
d = json.load(open(sys.argv[2], encoding="utf-8"))
r = d.get("runs", [{}])[0]
f = (r.get("results") or [{}])[0]
sys.exit(0 if eval(sys.argv[1]) else 1)
END
    then
        echo "FAIL $last: not true of $2: $1"
        bad=$((bad + 1))
    fi
}

mkdir src clean empty
cp "$here/missing_wait.c" src/driver.c
sed 's|NmrDeregisterClient(sample_handle);.*|if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);|' \
    src/driver.c >clean/driver.c

# What it is told
run 0 --help
has out '^Usage: nmrcheck'
run 0 --version
has out '^nmrcheck [0-9]+\.[0-9]+'
run 0 --list-rules
has out 'nmr-missing-wait +error'
run 0 --explain nmr-missing-wait
has out 'nmr-missing-wait'
run 2 --explain nmr-mising-wait
has err "did you mean 'nmr-missing-wait'"
run 2
has err 'nothing to check'
run 2 --no-such-option src
has err 'unknown option --no-such-option'
run 2 src --format=xml
has err 'formats are text, sarif'
run 2 src --format
has err 'needs an argument'
run 2 src --jobs 0
run 2 src --rule nmr-missing-wiat
has err "did you mean 'nmr-missing-wait'"
run 2 src --strict=yes
has err 'takes no argument'

# Input that cannot be read is never clean
run 2 nowhere.c
has err "cannot read 'nowhere.c'"
run 2 empty
has err 'no C or C\+\+ source'
echo hello >notes.txt
run 2 notes.txt
has err 'is no C or C\+\+ source'
run 2 src nowhere
printf 'NCMODULE and then garbage' >broken.module
run 2 broken.module
has err 'broken.module'
lacks err 'no findings'
mkdir -p hopeless
printf '#include "not-there.h"\nthis is no C at all\n' >hopeless/x.c
run 2 hopeless
has err 'NOT checked'
run 2 -p empty
has err 'cannot read the compilation database'
echo '[]' >compile_commands.json
run 2 -p .
has err 'names no C or C\+\+ source'
echo '{' >compile_commands.json
run 2 -p .
echo '[{"directory": "/", "file": "x.c"}]' >compile_commands.json
run 2 -p .
has err 'entry 1 lacks'
rm compile_commands.json

# Findings
run 1 src
has out '^src/driver\.c:[0-9]+:[0-9]+: error: .* \[nmr-missing-wait\]$'
has out '^src/driver\.c:[0-9]+:[0-9]+: note: '
has out '\^~+'
has err '^nmrcheck: 1 finding in 1 file \([0-9]+ functions'
run 0 clean
has err '^nmrcheck: no findings in 1 file'
run 1 src/driver.c -q
lacks err finding
run 1 src --color=always
has out $'\033\\[1;31m'
run 1 src
lacks out $'\033'
run 0 src --disable nmr-missing-wait
run 0 src --rule irql-too-high
run 1 src --rule irql-too-high,nmr-missing-wait
run 1 src clean
has err 'of 2 drivers'
run 1 src --stats
has err '^functions analysed'
run 1 src -- -DNDEBUG=1
run 1 src --jobs 3
run 1 src -o report.txt
has report.txt 'nmr-missing-wait'
run 2 src -o no/such/folder/report.txt
has err 'cannot write'
run 0 src --dump-model
has out 'DriverEntry'

# A compilation database
cat >compile_commands.json <<END
[{"directory": "$work/src", "file": "driver.c", "command": "clang -c -DX=\"a b\" -I. -o driver.o driver.c"},
 {"directory": "$work/src", "file": "../clean/driver.c", "arguments": ["cl.exe", "/c", "/Iinc", "/DDBG=1", "/TC", "../clean/driver.c"]}]
END
run 1 -p .
run 1 -p . src
run 0 -p . clean/driver.c
run 2 -p . nowhere.c
has err "no entry for 'nowhere.c'"
rm compile_commands.json

# Files without functions
run 0 "$here/no_code/data.c" "$here/no_code/precomp.c"

# Modules
run 0 src --emit-module driver.module --stats
has err '^functions +[1-9]'
has err '^not wholly understood +0$'
run 1 driver.module
has out 'nmr-missing-wait'
head -c 200 driver.module >short.module
run 2 short.module

# SARIF
run 1 src --format sarif -o report.sarif
is 'd["version"] == "2.1.0" and len(d["runs"]) == 1' report.sarif
is 'len(r["results"]) == 1' report.sarif
is 'f["ruleId"] == r["tool"]["driver"]["rules"][f["ruleIndex"]]["id"]' report.sarif
is 'f["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "src/driver.c", "uriBaseId": "SRCROOT"}' report.sarif
is 'f["locations"][0]["logicalLocations"][0]["name"] == "sample_unload"' report.sarif
is 're.fullmatch("[0-9a-f]{16}", f["partialFingerprints"]["nmrcheck/v1"])' report.sarif
is 'len(f["codeFlows"][0]["threadFlows"][0]["locations"]) > 1' report.sarif
is 'r["invocations"][0]["executionSuccessful"]' report.sarif
is 'len(r["tool"]["driver"]["rules"]) == 27' report.sarif
is 'all("markdown" in rule["help"] for rule in r["tool"]["driver"]["rules"])' report.sarif
fingerprint=$(sed -n 's|.*"nmrcheck/v1": "\([0-9a-f]*\)".*|\1|p' report.sarif)
mkdir moved
sed '1i /* shifted */\n' src/driver.c >moved/renamed.c
run 1 moved --format sarif -o moved.sarif
is "f['partialFingerprints']['nmrcheck/v1'] == '$fingerprint'" moved.sarif

# The other formats
run 1 src --format json -o report.json
is '[(x["rule"], x["state"]) for x in d["findings"]] == [("nmr-missing-wait", "open")]' report.json
run 1 src --format github
has out '^::error file=src/driver\.c,line=[0-9]+,col=[0-9]+,title=nmrcheck%3A nmr-missing-wait::'
run 1 src --format msvc
has out '^src/driver\.c\([0-9]+,[0-9]+\): error nmr-missing-wait: '
run 1 src --format junit
has out '<testsuite name="nmrcheck" tests="1" failures="1" errors="0">'
run 0 clean --format junit
has out 'failures="0"'
run 1 src --format html
has out '<!doctype html>'

# Suppressions
mkdir allowed
sed 's|/\* the defect \*/|// nmrcheck: allow(nmr-missing-wait) the sample never unloads|' src/driver.c >allowed/driver.c
run 0 allowed
has err '1 suppressed'
run 0 allowed --suppressions
has out 'driver\.c:[0-9]+: nmr-missing-wait: the sample never unloads \[used\]'
run 0 allowed --format sarif -o allowed.sarif
is 'f["suppressions"][0]["kind"] == "inSource" and f["suppressions"][0]["justification"] == "the sample never unloads"' allowed.sarif
sed -i 's| the sample never unloads||' allowed/driver.c
run 1 allowed
has err 'gives no reason'
sed 's|^void NTAPI sample_unload|// nmrcheck: allow(irql-too-low) not needed\n&|' clean/driver.c >allowed/driver.c
run 0 allowed
has err 'is not needed'
run 1 allowed --strict

# Baseline
run 1 src --baseline-write base.json
run 0 src --baseline base.json
has err '1 in the baseline'
run 0 moved --baseline base.json
run 0 clean --baseline base.json
has err '1 finding of the baseline is gone'
run 2 src --baseline nowhere.json
run 2 src --baseline report.sarif

# Configuration
mkdir -p configured/src
cp src/driver.c configured/src
echo 'disable: [nmr-missing-wait]' >configured/.nmrcheck.yaml
run 0 configured/src
run 1 configured/src --no-config
echo 'disabel: [nmr-missing-wait]' >configured/.nmrcheck.yaml
run 2 configured
has err "\.nmrcheck\.yaml:1: there is no key 'disabel'"
run 2 src --config nowhere.yaml

# Contracts of several files
mkdir contracts
cat >contracts/driver.c <<'END'
#include <ntddk.h>
void OwnFirst(void);
void OwnSecond(void);
KDEFERRED_ROUTINE Dpc;
VOID NTAPI Dpc(PKDPC dpc, PVOID context, PVOID first, PVOID second)
{
    OwnFirst();
    OwnSecond();
}
END
printf 'functions:\n  OwnFirst: { irql: PASSIVE }\n' >contracts/first.yaml
printf 'functions:\n  OwnSecond: { irql: PASSIVE }\n' >contracts/second.yaml
run 0 contracts
run 1 contracts --contracts contracts/first.yaml
has err '^nmrcheck: 1 finding '
run 1 contracts --contracts contracts/first.yaml --contracts contracts/second.yaml
has err '^nmrcheck: 2 findings'
run 2 contracts --contracts contracts/first.yaml --contracts contracts/first.yaml
has err 'defined twice'
echo 'contracts: [first.yaml, second.yaml]' >contracts/.nmrcheck.yaml
run 1 contracts
has err '^nmrcheck: 2 findings'
run 1 contracts --contracts contracts/first.yaml
has err '^nmrcheck: 1 finding '

# Changes
mkdir checkout
cp src/driver.c checkout
(cd checkout && git init -q . && git add . && git -c user.name=t -c user.email=t@example.com commit -qm one) >/dev/null 2>&1
cd checkout || exit 2
run 0 . --diff HEAD
has err 'on lines that were not changed'
sed -i 's|the defect|the very defect|' driver.c
run 1 . --diff HEAD
git checkout -q .
git mv driver.c renamed.c
run 0 . --diff HEAD
has err 'on lines that were not changed'
git mv renamed.c driver.c
run 2 . --diff no-such-revision
cd "$work" || exit 2
run 2 src --diff HEAD
has err 'no git checkout'

# What is staged
cd checkout || exit 2
git checkout -q .
run 0 --staged
has err 'nothing was checked'
sed -i 's|the defect|the very defect|' driver.c
git add driver.c
git show HEAD:driver.c >driver.c
run 1 --staged
has out 'the very defect'
git reset -q --hard
echo >>driver.c
git add driver.c
run 0 --staged
git reset -q --hard
git mv driver.c renamed.c
run 0 --staged
has err 'on lines that were not changed'
git reset -q --hard
git rm -q driver.c
run 2 --staged
has err 'no C or C'
git reset -q --hard
run 2 --staged --diff HEAD
cd "$work" || exit 2
run 2 --staged

# --verify fails when it should
mkdir -p cases
sed 's|/\* the defect \*/|// EXPECT: nmr-missing-wait|' src/driver.c >cases/bad_one.c
cp clean/driver.c cases/ok_one.c
run 0 --verify cases
has out '^2 passed, 0 failed$'
run 0 --verify cases/bad_one.c cases/ok_one.c
sed 's|// EXPECT.*||' cases/bad_one.c >cases/ok_two.c
run 1 --verify cases
has out 'FAIL cases/ok_two\.c'
has out 'unexpected nmr-missing-wait'
has out '^2 passed, 1 failed$'
rm cases/ok_two.c
sed 's|EXPECT: nmr-missing-wait|EXPECT: nmr-missing-wait, irql-too-high|' cases/bad_one.c >cases/bad_two.c
run 1 --verify cases
has out 'missing irql-too-high'
sed 's|EXPECT: nmr-missing-wait|EXPECT: irql-too-high\|nmr-missing-wait|' cases/bad_one.c >cases/bad_two.c
run 0 --verify cases
sed 's|EXPECT: nmr-missing-wait|EXPECT: nmr-missing-weight|' cases/bad_one.c >cases/bad_two.c
run 1 --verify cases
has out 'no rule; nearest is nmr-missing-wait'
sed 's|EXPECT: nmr-missing-wait|KNOWN-GAP: nmr-missing-wait|' cases/bad_one.c >cases/bad_two.c
run 1 --verify cases
has out 'is closed: make it an EXPECT'
sed 's|^NTSTATUS NTAPI DriverEntry|int x = ;\n&|' cases/bad_one.c >cases/bad_two.c
run 1 --verify cases
has out 'not understood'
rm cases/bad_two.c
sed 's|^NTSTATUS NTAPI DriverEntry|int x; // KNOWN-GAP: irql-too-high\n&|' cases/ok_one.c >cases/bad_gap.c
run 0 --verify cases
has out ', 1 known gap$'
cp clean/driver.c cases/other.c
run 2 --verify cases
has err 'neither bad_\* nor ok_\*'
run 2 --verify empty
has err 'no test case found'
run 2 --verify nowhere

if [ $bad -gt 0 ]; then
    echo "$bad of $total checks failed"
    exit 1
fi
echo "$total checks passed"
