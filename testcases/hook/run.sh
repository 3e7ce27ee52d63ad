#!/bin/bash
# The git hook, in a real checkout with real commits: it fails on a finding, it fails when it cannot check, it looks at
# what is staged, and else it lets the commit through.
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
export NMRCHECK
real=$NMRCHECK
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
printf 'out\nhooks/\ndriver/\n' >.gitignore
"$root/scripts/hook" --install >/dev/null || exit 1
if "$root/scripts/hook" --install >/dev/null 2>&1; then
    echo "FAIL an existing hook was replaced"
    bad=$((bad + 1))
fi
sed 's|NmrDeregisterClient(sample_handle);.*|if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);|' \
    "$here/../cli/missing_wait.c" >driver.c

cp driver.c "$work/clean.c"
echo clean.c >>.gitignore
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

# The same with the pre-commit framework, where it is installed: its own clone of a repository that holds our hook's
# definition, with a scripts/check that does not build.
if command -v pre-commit >/dev/null; then
    NMRCHECK=$real
    mkdir "$work/hooks" "$work/driver"
    cd "$work/hooks" || exit 2
    git init -q . && git config user.name Tester && git config user.email tester@example.com
    cp "$root/.pre-commit-hooks.yaml" .
    mkdir scripts
    printf '#!/bin/sh\nexec "$NMRCHECK" "$@"\n' >scripts/check
    chmod +x scripts/check
    git add . && git commit -qm hooks && git tag v1
    cd "$work/driver" || exit 2
    git init -q . && git config user.name Tester && git config user.email tester@example.com
    printf 'repos:\n- repo: %s\n  rev: v1\n  hooks: [{ id: nmrcheck }]\n' "$work/hooks" >.pre-commit-config.yaml
    pre-commit install >out 2>&1 || { cat out; bad=$((bad + 1)); }
    rm -f out
    cp "$work/clean.c" driver.c
    git add driver.c .pre-commit-config.yaml
    commit 0 'Passed' 'pre-commit: a clean driver'
    cp "$here/../cli/missing_wait.c" driver.c
    git add driver.c
    commit 1 'nmr-missing-wait' 'pre-commit: a defect'
    cp "$work/clean.c" driver.c
    commit 1 'nmr-missing-wait' 'pre-commit: a defect that is staged, mended on disk only'
    git reset -q --hard
    echo 'disabel: [nmr-missing-wait]' >.nmrcheck.yaml
    git add .nmrcheck.yaml
    commit 1 "no key 'disabel'" 'pre-commit: a configuration that is wrong, and no code in the commit'
    git rm -qf --cached .nmrcheck.yaml && rm .nmrcheck.yaml
    echo '/* more */' >>driver.c
    git add driver.c
    NMRCHECK=$work/no-such-program
    commit 1 'not found' 'pre-commit: the program is missing'
    NMRCHECK=$real
    git reset -q --hard
    git rm -q driver.c
    commit 1 'no C or C' 'pre-commit: the last source is deleted, so nothing can be checked'
else
    echo 'pre-commit is not installed: not tried with it'
fi

[ $bad -eq 0 ] && echo "hook: all checks passed"
exit $((bad > 0))
