#!/bin/bash
# A made-up repository (sample/) with two drivers, a shared library, property sheets, mixed-case names, a broken file, a
# C++ file and a made-up driver kit, the whole way through the program; then project files that are wrong. Needs python3.
#   NMRCHECK=path/of/nmrcheck testcases/projects/run.sh      (or the path as the first argument)
set -u

program=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset WDKContentRoot NUGET_PACKAGES
export HOME=$work
cp -R "$here/sample" "$here/kit" "$work"
mkdir "$work/sample/.git"
cd "$work/sample" || exit 2
bad=0
total=0

# run EXPECTED-EXIT-CODE ARGUMENT...: runs the program; its output is in ../out and ../err.
run()
{
    expected=$1
    shift
    timeout 60 "$program" "$@" >../out 2>../err
    code=$?
    last="nmrcheck $*"
    total=$((total + 1))
    if [ $code -ne "$expected" ]; then
        echo "FAIL $last: exit code $code, not $expected"
        sed 's/^/     | /' ../out ../err | head -20
        bad=$((bad + 1))
    fi
}

# has FILE PATTERN: the file of the last run matches.
has()
{
    total=$((total + 1))
    if ! grep -qE -e "$2" "../$1"; then
        echo "FAIL $last: no /$2/ in $1:"
        sed 's/^/     | /' "../$1" | head -20
        bad=$((bad + 1))
    fi
}

lacks()
{
    total=$((total + 1))
    if grep -qE -e "$2" "../$1"; then
        echo "FAIL $last: /$2/ in $1"
        sed 's/^/     | /' "../$1" | head -20
        bad=$((bad + 1))
    fi
}

# A solution, a repository: two drivers, each with the library; only the second has a defect.
for input in sample.sln sample.slnx .; do
    run 1 "$input"
    has out 'drivers/beta/beta\.cpp:[0-9]+:[0-9]+: .*\[nmr-missing-wait\]'
    lacks out 'alpha/|shared/register\.c:.*error|app\.c'
    has err '^nmrcheck: 1 finding in 5 files of 2 drivers'
    has err 'samplekit\.h'
    has err 'broken\.c:6'
done
run 1 --stats .
has err 'driver +drivers/alpha/alpha\.vcxproj: 3 files'
has err 'driver +drivers/beta/beta\.vcxproj: 4 files'

# One project.
run 0 drivers/alpha/alpha.vcxproj
has err 'no findings in 3 files'
run 1 drivers/beta/beta.vcxproj
run 1 --configuration Debug drivers/alpha/alpha.vcxproj
has out 'Main\.c:17:.*nmr-missing-wait'
run 0 --configuration Checked --platform Win32 --stats drivers/alpha/alpha.vcxproj
has err "no configuration 'Checked\|Win32'"

# A library that is linked by its name only is a project of the solution.
cp drivers/beta/beta.vcxproj ../beta.vcxproj
sed -i 's|<ProjectReference.*|</ItemGroup><ItemDefinitionGroup><Link><AdditionalDependencies>$(SolutionDir)lib\\Shared.lib;ntoskrnl.lib</AdditionalDependencies></Link></ItemDefinitionGroup><ItemGroup>|' \
    drivers/beta/beta.vcxproj
run 1 --stats drivers/beta/beta.vcxproj
has err 'beta\.vcxproj: 4 files'
cp ../beta.vcxproj drivers/beta/beta.vcxproj

# The kit: named, and found by itself as NuGet lays it out.
run 0 --wdk ../kit drivers/alpha/alpha.vcxproj
lacks err 'header not found|samplekit'
run 2 --wdk shared drivers/alpha/alpha.vcxproj
has err "no driver kit in 'shared'"
WDKContentRoot=$work/kit run 0 --stats drivers/alpha/alpha.vcxproj
has err 'driver kit .*version 10\.0\.1\.0'
mkdir -p packages/Microsoft.Windows.WDK.x64.10.0.1.0/c
cp -R ../kit/Include packages/Microsoft.Windows.WDK.x64.10.0.1.0/c/Include
run 0 drivers/alpha/alpha.vcxproj
lacks err 'header not found'
run 0 --wdk none drivers/alpha/alpha.vcxproj
rm -r packages

# A source that no project names; its header is found by name, and that is said.
run 0 --stats loose/loose.c
has err 'INC/Shared\.h: no include folder has it; found by its name: .*/shared/Inc/Shared\.h'
lacks err 'header not found'

# compile_commands.json, out and in.
run 0 --write-database ../compile_commands.json .
has err '5 commands written'
run 1 -p ..
has out 'beta\.cpp.*nmr-missing-wait'
printf '/I "shared\\Inc" /DCHECKED_BUILD' >flags.rsp
cat >compile_commands.json <<END
[{"directory": "$PWD", "file": "drivers/alpha/Main.c",
  "command": "\\"C:\\\\VC Tools\\\\bin\\\\cl.exe\\" /nologo @flags.rsp /DALPHA /FI forced.h /Yuprecomp.h /c drivers\\\\alpha\\\\Main.c"},
 {"directory": "$PWD", "file": "shared/register.c", "arguments": ["CL.EXE", "/TC", "/std:c17", "shared\\\\register.c"]}]
END
run 1 -p .
has out 'Main\.c:17:.*nmr-missing-wait'
lacks err "flags did not arrive"
rm compile_commands.json

# What is wrong is said, at once and with exit code 2.
mkdir ../wrong
head -c 300 drivers/beta/beta.vcxproj >../wrong/cut.vcxproj
head -c 5000 /dev/urandom >../wrong/noise.vcxproj
cp ../wrong/noise.vcxproj ../wrong/noise.sln
cp ../wrong/noise.vcxproj ../wrong/noise.slnx
echo '<Project><Import Project="b.props"/></Project>' | tee ../wrong/a.props ../wrong/cycle.vcxproj >/dev/null
echo '<Project><Import Project="A.props"/></Project>' >../wrong/b.props
echo '<Project/>' >../wrong/nothing.vcxproj
python3 - >../wrong/huge.vcxproj <<'END'
print("<Project><PropertyGroup><A>0123456789</A>" + "<A>$(A)$(A)</A>" * 60 + "</PropertyGroup></Project>")
END
python3 - >../wrong/deep.vcxproj <<'END'
print("<Project>" + "<Choose><When Condition='true'>" * 100000)
END
for input in cut.vcxproj noise.vcxproj noise.sln noise.slnx cycle.vcxproj nothing.vcxproj huge.vcxproj deep.vcxproj \
    none.vcxproj none.sln; do
    run 2 "../wrong/$input"
    has err "$input"
    lacks err 'Sanitizer'
done
run 2 ../wrong/cycle.vcxproj
has err 'imports itself'
cp ../wrong/cut.vcxproj drivers/alpha/cut.vcxproj
run 2 .
has err 'cut\.vcxproj:[0-9]+: '
has out 'beta\.cpp.*nmr-missing-wait'

echo "$((total - bad)) of $total checks passed"
[ $bad -eq 0 ]
