#!/bin/bash
# The module in the real clang-tidy: a check for each rule, NOLINT, --fix, options, several files in one run.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
module=${NMRCHECK_TIDY:-${NMRCHECK_BUILD:?}/nmrcheck-tidy.so}
tidy=${CLANG_TIDY:-clang-tidy-${CLANG##*-}}
headers=${NMRCHECK_HEADERS:?the header model}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

if [ ! -e "$module" ] || ! command -v "$tidy" >/dev/null; then
    echo "$tidy or its headers are not installed: not tried"
    exit 77
fi

fail()
{
    echo "FAIL $1"
    [ -f out ] && head -n 20 out | sed 's/^/     | /'
    bad=$((bad + 1))
}

flags=(-- --target=x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -nostdinc -idirafter "$headers" -w
    -D_KERNEL_MODE=1 -D_AMD64_ -DAMD64)
checks="-*,nmr-*,irql-*"

# tidy ARGUMENT...: with our module and checks
run()
{
    "$tidy" -load "$module" --checks="$checks" "$@" "${flags[@]}" >out 2>&1
}

cp "$here/../cli/missing_wait.c" driver.c
"$tidy" -load "$module" --checks="$checks" --list-checks driver.c -- 2>/dev/null | sed -n 's/^ *\([a-z]*-[a-z-]*\)$/\1/p' | sort >is
"$NMRCHECK" --list-rules | sed -n 's/^  \([a-z-]*\) .*/\1/p' | sort >due
cmp -s is due || fail 'the checks are not the rules'

run driver.c || fail 'a warning is no error'
grep -qE 'driver\.c:[0-9]+:5: warning: .* \[nmr-missing-wait\]$' out || fail 'the finding'
grep -q "note: 'DriverEntry' is called" out || fail 'its path'
run --warnings-as-errors='nmr-*' driver.c && fail '--warnings-as-errors'
checks="-*,irql-*" run driver.c
grep -q 'nmr-' out && fail 'a check that is off reports'

sed 's|/\* the defect \*/|// NOLINT(nmr-missing-wait)|' driver.c >nolint.c
run nolint.c
grep -q 'warning:' out && fail 'NOLINT'
sed 's|^\( *\)NmrDeregisterClient(sample_handle);.*|\1// NOLINTNEXTLINE\n&|' driver.c >next.c
run next.c
grep -q 'warning:' out && fail 'NOLINTNEXTLINE'
sed 's|/\* the defect \*/|// NOLINT(irql-too-high)|' driver.c >other.c
run other.c
grep -q 'nmr-missing-wait' out || fail 'NOLINT of another check'

cp driver.c fixed.c
run --fix fixed.c
cp driver.c due.c
"$NMRCHECK" due.c -q --fix >/dev/null 2>&1
cmp -s fixed.c due.c || { fail '--fix writes something else than nmrcheck --fix'; diff due.c fixed.c; }
run fixed.c
grep -q 'warning:' out && fail 'the fixed file has a finding'

# Each file is looked at by itself, whatever was looked at before
run fixed.c driver.c fixed.c
[ "$(grep -c '\[nmr-missing-wait\]$' out)" = 1 ] || fail 'several files in one run'

# A configuration file as clang-tidy has it
cat >own.c <<'END'
#include <ntddk.h>
void OwnWait(void);
KDEFERRED_ROUTINE Dpc;
VOID NTAPI Dpc(PKDPC dpc, PVOID context, PVOID first, PVOID second)
{
    OwnWait();
}
END
printf 'functions:\n  OwnWait: { irql: PASSIVE }\n' >own.yaml
run own.c
grep -q 'warning:' out && fail 'a finding without the contracts'
printf 'CheckOptions:\n  nmrcheck.Contracts: "%s/own.yaml"\n' "$work" >.clang-tidy
run own.c
grep -q '\[irql-too-high\]$' out || fail 'contracts in .clang-tidy'
printf 'CheckOptions:\n  nmrcheck.Contracts: "%s/none.yaml"\n' "$work" >.clang-tidy
run own.c
grep -q 'none.yaml' out || fail 'no word about contracts that are not there'
rm .clang-tidy

echo 'int x = ;' >>driver.c
run driver.c && fail 'code that does not compile'
grep -q '\[nmr-' out && fail 'findings in code that does not compile'

[ $bad -eq 0 ] && echo "tidy: all checks passed with $("$tidy" --version | grep -o 'LLVM version.*')"
exit $((bad > 0))
