#!/bin/bash
# The cache: what may come from it, and what may not. Needs python3.
#   testcases/cache/run.sh PATH-OF-NMRCHECK
set -u

program=${NMRCHECK:-${1:?the path of nmrcheck}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/driver" "$work/driver/.git" "$work/driver/first" "$work/driver/second"
cd "$work/driver" || exit 2
bad=0
total=0

fail()
{
    echo "FAIL $*"
    [ $bad -gt 5 ] || sed 's/^/     | /' "$work/out" "$work/err" | head -8
    bad=$((bad + 1))
}

# check WHAT FILES DRIVERS EXIT-CODE [OPTION...]: runs over everything; so much must come from the cache.
check()
{
    what=$1 files=$2 drivers=$3 expected=$4
    shift 4
    "$program" --no-config --cache-dir "$work/cache" --stats "$@" -Ifirst -Isecond ./*.c >"$work/out" 2>"$work/err"
    code=$?
    total=$((total + 1))
    found=$(sed -n 's/^from the cache *\([0-9]*\) files*, analysis of \([0-9]*\) .*/\1 \2/p' "$work/err")
    [ $code -eq "$expected" ] || fail "$what: exit code $code, not $expected"
    [ "${found:-0 0}" = "$files $drivers" ] || fail "$what: from the cache: ${found:-0 0}, not $files $drivers"
    # It must be what a run without a cache says.
    "$program" --no-config --no-cache "$@" -Ifirst -Isecond ./*.c >"$work/fresh" 2>/dev/null
    cmp -s "$work/out" "$work/fresh" || fail "$what: the output is another one without a cache"
}

cat >common.h <<'X'
#include <ntddk.h>
#include <netioddk.h>
#include <options.h>
extern NPI_CLIENT_CHARACTERISTICS g_Characteristics;
extern HANDLE g_Handle;
VOID Stop(VOID);
VOID Helper(VOID);
#define WAIT(handle) NmrWaitForClientDeregisterComplete(handle)
X
echo '#define PLAIN 1' >second/options.h
cat >entry.c <<'X'
#include "common.h"
HANDLE g_Handle;
static VOID Unload(PDRIVER_OBJECT driver) { Stop(); }
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    driver->DriverUnload = Unload;
    return NmrRegisterClient(&g_Characteristics, NULL, &g_Handle);
}
X
cat >stop.c <<'X'
#include "common.h"
VOID Stop(VOID)
{
    if (NmrDeregisterClient(g_Handle) == STATUS_PENDING) {
        WAIT(g_Handle);
    }
#ifdef LEAVE
    return;
#endif
    Helper();
}
X
cat >helper.c <<'X'
#include "common.h"
VOID Helper(VOID) { }
X

check "first run" 0 0 0
check "nothing changed" 3 1 0
touch ./*.c ./*.h second/options.h
check "all touched" 3 1 0

sed -i 's/(NmrWait.*//' common.h
sed -i 's/#define WAIT.*/#define WAIT(handle) ((void)handle)/' common.h
check "header edited" 0 0 1
check "header edited, again" 3 1 1
sed -i 's/#define WAIT.*/#define WAIT(handle) NmrWaitForClientDeregisterComplete(handle)/' common.h
check "header edited back" 0 0 0

echo 'VOID Helper(VOID) { Other(); }' >>helper.c
sed -i '2d' helper.c
check "one source edited" 2 0 0
check "one source edited, again" 3 1 0

# As many bytes, and the time of before: only the content tells.
cp -p stop.c old.txt
sed -i 's/STATUS_PENDING/STATUS_SUCCESS/' stop.c
touch -r old.txt stop.c
check "edited behind its time's back" 2 0 1
cp -p old.txt stop.c
check "and back" 2 1 0

echo '#define PLAIN 2' >first/options.h
check "header appears earlier on the search path" 0 0 0
rm first/options.h
check "and goes" 0 0 0
echo '#define PLAIN 2' >first/OPTIONS.H
check "the same, in other letters" 0 0 0
rm first/OPTIONS.H
check "and goes, too" 0 0 0
rm second/options.h
check "header is gone" 0 0 0
check "header is gone, again" 3 1 0
mkdir deep
echo '#define PLAIN 3' >deep/options.h
check "a header of the name appears elsewhere" 0 0 0
rm -r deep
echo '#define PLAIN 1' >second/options.h
check "header is back" 0 0 0

check "flag" 0 0 0 -DLEAVE
check "flag, again" 3 1 0 -DLEAVE
check "without the flag" 3 1 0
check "another entry" 3 0 1 --entry Stop
check "rules are chosen later" 3 1 0 --disable nmr-missing-wait

printf 'functions:\n  Other: { irql: PASSIVE }\n' >"$work/contracts.yaml"
if "$program" --no-config --no-cache --contracts "$work/contracts.yaml" helper.c >/dev/null 2>&1; then
    check "contracts" 3 0 0 --contracts "$work/contracts.yaml"
    check "contracts, again" 3 1 0 --contracts "$work/contracts.yaml"
    printf 'functions:\n  Other: { irql: <= APC }\n' >"$work/contracts.yaml"
    check "contracts edited" 3 0 0 --contracts "$work/contracts.yaml"
else
    fail "contracts of the test"
fi

# Another build of the program: the same bytes under another build id.
python3 - "$program" "$work/nmrcheck" <<'X' || fail "no build id in the program"
import sys
data = bytearray(open(sys.argv[1], "rb").read())
at = data.find(b"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0")
if at < 0:
    at = data.find(b"\x04\0\0\0\x08\0\0\0\x03\0\0\0GNU\0")
if at < 0:
    sys.exit(1)
data[at + 16] ^= 0xff
open(sys.argv[2], "wb").write(data)
X
chmod +x "$work/nmrcheck"
before=$program
program=$work/nmrcheck
check "another build" 0 0 0
check "another build, again" 3 1 0
program=$before
check "this build" 3 1 0

"$program" --no-config --no-cache --cache-dir "$work/none" ./*.c >/dev/null 2>&1
total=$((total + 1))
[ ! -e "$work/none" ] || fail "--no-cache made a cache"

# Damage of all kinds.
python3 - "$work/cache" <<'X'
import pathlib, random, sys
random.seed(1)
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*")):
    if not path.is_file():
        continue
    data = bytearray(path.read_bytes())
    kind = random.randrange(4)
    if kind == 0:
        data = data[: len(data) // 2]
    elif kind == 1 and data:
        data[random.randrange(len(data))] ^= 1
    elif kind == 2:
        data = b""
    else:
        data += b"x"
    path.write_bytes(data)
X
check "damaged" 0 0 0
check "damaged, again" 3 1 0

# Many runs at the same time, some of them killed.
rm -rf "$work/cache"
for i in $(seq 40); do echo "#include \"common.h\"
VOID Many$i(VOID) { KeLowerIrql($i); }" >many$i.c; done
"$program" --no-config --no-cache -q -Ifirst -Isecond ./*.c >"$work/fresh"
for i in 1 2 3 4 5 6; do
    "$program" --no-config --cache-dir "$work/cache" -q -Ifirst -Isecond ./*.c >"$work/out.$i" 2>/dev/null &
    pids[i]=$!
done
for i in 5 6; do
    sleep 0.2
    kill -9 "${pids[i]}" 2>/dev/null
done
wait 2>/dev/null
total=$((total + 4))
for i in 1 2 3 4; do cmp -s "$work/out.$i" "$work/fresh" || fail "run $i of several: another output"; done
check "after several runs" 43 1 "$("$program" --no-config --no-cache -q -Ifirst -Isecond ./*.c >/dev/null; echo $?)"

# Bounded.
for i in 1 2 3; do
    "$program" --no-config --cache-dir "$work/cache" --cache-size 1 -q -DROUND=$i -Ifirst -Isecond ./*.c >/dev/null 2>&1
    total=$((total + 1))
    size=$(du -sk "$work/cache" | cut -f1)
    [ "$size" -le $((1024 + 256 * 4 + 8)) ] || fail "the cache is $size KiB large"
    files=$(find "$work/cache" -type f -size +0 | wc -l)
    [ "$files" -gt 1 ] || fail "nothing is left in the cache"
done
entries=$(find "$work/cache" -type f -name '??????????????????????????????' -printf '%b\n' | awk '{ s += $1 } END { print s / 2 }')
[ "${entries%.*}" -le 1024 ] || fail "entries are $entries KiB large"

# A folder that cannot be used.
total=$((total + 1))
echo >"$work/file"
"$program" --no-config --cache-dir "$work/file" ./*.c >"$work/out" 2>"$work/err"
grep -q 'cannot be used' "$work/err" || fail "no word about a cache that cannot be used"

echo "cache: $total checks, $bad failed"
[ $bad -eq 0 ]
