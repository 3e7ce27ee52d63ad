#!/bin/bash
# SARIF as its consumers take it: Microsoft's validator finds no error in it, and no warning but that nothing says where
# this tool lives on the web. Needs npm; says so where it is not there.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
tools=${NMRCHECK_BUILD:-${TMPDIR:-/tmp}}/npm-sarif
. "$here/../npm.sh"
if [ ! -d "$tools/node_modules/@microsoft/sarif-multitool-linux" ]; then
    npm_there || exit 77
    mkdir -p "$tools"
    (cd "$tools" && npm init -y && npm install @microsoft/sarif-multitool@5) >"$tools/install.log" 2>&1 || {
        cat "$tools/install.log"
        exit 1
    }
fi
validator=$tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$validator"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
mkdir -p driver/sub
cp "$here/../cli/missing_wait.c" driver
sed 's/DriverEntry/OtherEntry/; s/the defect/é 😀/; 1i #include "not there.h"' driver/missing_wait.c >"driver/sub/a b.c"
"$NMRCHECK" driver --quiet --format sarif -o report.sarif
[ $? -eq 1 ] || exit 1
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$validator" validate report.sarif --output validation.sarif --level "Error;Warning;Note" \
    --kind Fail >validator.log 2>&1
python3 - <<'END'
import json, sys

log = json.load(open("validation.sarif", encoding="utf-8-sig"))
fatal = []
for result in log["runs"][0].get("results", []):
    # A result without a level is a warning.
    if result.get("level", "warning") in ("error", "warning") and result["message"]["id"] != "Warning_ProvideToolnformationUri":
        fatal.append(f'{result["ruleId"]} {result["message"]["id"]} {result["message"].get("arguments")}')
print("\n".join(fatal) or "sarif: validated")
sys.exit(1 if fatal else 0)
END
