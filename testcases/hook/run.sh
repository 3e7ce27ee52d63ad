#!/bin/bash
# The git hook, in a real checkout with real commits: it fails on a finding, it fails when it cannot check, it looks at
# what is staged, and else it lets the commit through.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
export NMRCHECK
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
export HOME=$work GIT_CONFIG_NOSYSTEM=1
bad=0

# commit EXPECTED TEXT-IN-OUTPUT WHAT ARGUMENT...
commit()
{
    expected=$1 text=$2 what=$3
    shift 3
    git commit -q -m "$what" "$@" >out 2>&1
    code=$?
    [ $code -ne 0 ] && code=1
    if [ $code -ne "$expected" ] || { [ -n "$text" ] && ! grep -q -e "$text" out; }; then
        echo "FAIL $what: exit code $code (due: $expected); output (due: $text):"
        sed 's/^/     | /' out
        bad=$((bad + 1))
    fi
}

git init -q . && git config user.name Tester && git config user.email tester@example.com
echo 'out' >.gitignore
"$root/scripts/hook" --install >/dev/null || exit 1
if "$root/scripts/hook" --install >/dev/null 2>&1; then
    echo "FAIL an existing hook was replaced"
    bad=$((bad + 1))
fi
sed 's|NmrDeregisterClient(sample_handle);.*|if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);|' \
    "$here/../cli/missing_wait.c" >driver.c

git add .
commit 0 'no findings' 'a clean driver'

cp "$here/../cli/missing_wait.c" driver.c
git add driver.c
commit 1 'nmr-missing-wait' 'a defect'
git show HEAD:driver.c >driver.c
commit 1 'nmr-missing-wait' 'a defect that is staged, mended on disk only'
git add driver.c
echo >>driver.c
git add driver.c
cp "$here/../cli/missing_wait.c" driver.c
commit 0 'no findings' 'a defect on disk only'
git checkout -q driver.c

sed '/NmrWaitForClientDeregisterComplete/d' driver.c >cut.c
mv cut.c driver.c
git add driver.c
commit 1 'nmr-missing-deregister' 'deregistration taken out: the finding stands on a line that did not change'
git reset -q --hard

echo note >readme.txt
git add readme.txt
commit 0 'nothing was checked' 'no code'

cp "$here/../cli/missing_wait.c" driver.c
git add driver.c
commit 0 '' 'without the hook' --no-verify
echo '/* more */' >>driver.c
git add driver.c
commit 0 'on lines that were not changed' 'an old defect does not stop other work'

NMRCHECK=$work/no-such-program
echo '/* more */' >>driver.c
git add driver.c
commit 1 'NOT checked' 'the program is missing'
NMRCHECK=$(command -v false)
commit 1 'the commit was stopped' 'the program fails'

[ $bad -eq 0 ] && echo "hook: all checks passed"
exit $((bad > 0))
