#!/bin/bash
# action.yml as GitHub runs it: its steps' scripts in bash -eo pipefail, with the inputs in the environment. The build step
# is not run (scripts/build is what made this program).
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

if ! python3 -c 'import yaml' 2>/dev/null; then
    echo 'python3-yaml is not installed: not tried'
    exit 77
fi
python3 - "$root/action.yml" <<'END' || exit 1
import sys, yaml
action = yaml.safe_load(open(sys.argv[1]))
assert action["runs"]["using"] == "composite" and action["name"] and action["description"]
build, check = action["runs"]["steps"]
assert build["shell"] == check["shell"] == "bash" and "scripts/build" in build["run"]
assert action["outputs"]["sarif"]["value"] == "${{ inputs.sarif }}"
names = {"CHECK_PATHS": "paths", "CHECK_ARGS": "args", "CHECK_SARIF": "sarif"}
assert check["env"] == {k: "${{ inputs.%s }}" % v for k, v in names.items()}, check["env"]
# Inputs must come by the environment: in the script itself they would be code.
assert "${{" not in check["run"] + build["run"]
open("check.sh", "w").write(check["run"])
open("defaults.sh", "w").write("".join("export %s=%r\n" % (k, str(action["inputs"][v].get("default", ""))) for k, v in names.items()))
END
mkdir -p action/build driver
ln -s "$NMRCHECK" action/build/nmrcheck

# check EXPECTED-CODE WHAT: with the inputs in the environment
check()
{
    (cd driver && . ../defaults.sh && export GITHUB_ACTION_PATH=$work/action CHECK_ARGS="${args-}" &&
        bash --noprofile --norc -eo pipefail ../check.sh) >out 2>err
    code=$?
    if [ $code -ne "$1" ]; then
        echo "FAIL $2: exit code $code, not $1"
        sed 's/^/     | /' out err
        bad=$((bad + 1))
    fi
}

cp "$root/testcases/cli/missing_wait.c" driver/driver.c
check 1 'a finding'
grep -qE '^::error file=driver\.c,line=[0-9]+,col=[0-9]+,title=nmrcheck%3A nmr-missing-wait::' out || { echo 'FAIL no annotation'; bad=1; }
python3 -c 'import json; assert len(json.load(open("driver/nmrcheck.sarif"))["runs"][0]["results"]) == 1' || { echo 'FAIL no report'; bad=1; }
args='--disable nmr-missing-wait' check 0 'arguments'
python3 -c 'import json; assert json.load(open("driver/nmrcheck.sarif"))["runs"][0]["results"] == []' || { echo 'FAIL a clean report'; bad=1; }
args='--no-such-option' check 2 'a wrong argument'
rm driver/driver.c
check 2 'nothing to check'

[ $bad -eq 0 ] && echo 'action: all checks passed'
exit $((bad > 0))
