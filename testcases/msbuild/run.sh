#!/bin/bash
# editors/msbuild/nmrcheck.targets in an MSBuild engine (Debian's mono-xbuild; dotnet's msbuild where there is one).
set -u

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
export -n NMRCHECK # MSBuild takes environment variables as properties, in any case of letters: this one is its NmrCheck
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
bad=0

if command -v dotnet >/dev/null && dotnet msbuild -version >/dev/null 2>&1; then
    build() { dotnet msbuild -nologo "$@" >out 2>&1; }
elif command -v xbuild >/dev/null; then
    build() { xbuild /nologo "$@" >out 2>&1; }
else
    echo 'no MSBuild engine is installed: not tried'
    exit 77
fi

fail()
{
    echo "FAIL $1"
    sed 's/^/     | /' out
    bad=$((bad + 1))
}

mkdir 'a driver' && cd 'a driver' || exit 2
cat >driver.vcxproj <<END
<?xml version="1.0" encoding="utf-8"?>
<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup Label="ProjectConfigurations">
    <ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform></ProjectConfiguration>
    <ProjectConfiguration Include="Release|x64"><Configuration>Release</Configuration><Platform>x64</Platform></ProjectConfiguration>
  </ItemGroup>
  <PropertyGroup>
    <Configuration Condition="'\$(Configuration)' == ''">Release</Configuration>
    <Platform Condition="'\$(Platform)' == ''">x64</Platform>
  </PropertyGroup>
  <PropertyGroup Label="Configuration"><ConfigurationType>Driver</ConfigurationType></PropertyGroup>
  <ItemGroup>
    <ClCompile Include="driver.c">
      <PreprocessorDefinitions Condition="'\$(Configuration)' == 'Debug'">WAIT=1;%(PreprocessorDefinitions)</PreprocessorDefinitions>
    </ClCompile>
  </ItemGroup>
  <Target Name="Build"><Message Text="built" Importance="high"/></Target>
  <Import Project="$root/editors/msbuild/nmrcheck.targets" />
</Project>
END
sed 's|^    NmrDeregisterClient(sample_handle);.*|    NmrDeregisterClient(sample_handle);\n#ifdef WAIT\n    NmrWaitForClientDeregisterComplete(sample_handle);\n#endif|' \
    "$root/testcases/cli/missing_wait.c" >driver.c

build /p:NmrCheckCommand="$NMRCHECK" driver.vcxproj
grep -qE 'driver\.c\([0-9]+,[0-9]+\): error nmr-missing-wait: ' out || fail 'no finding'
grep -qE '[1-9][0-9]* Error\(s\)' out || fail 'a finding is no error of the build'
grep -q 'could not check' out && fail 'a finding counts as a failure to check'
build /p:NmrCheckCommand="$NMRCHECK" /p:Configuration=Debug driver.vcxproj || fail 'the configuration that is built is not the one that is checked'
grep -q 'no findings in 1 file' out || fail 'a clean configuration'
build /p:NmrCheckCommand="$NMRCHECK" /p:NmrCheckArguments='--disable nmr-missing-wait' driver.vcxproj || fail 'arguments'
build /p:NmrCheckCommand="$NMRCHECK" /p:NmrCheck=false driver.vcxproj || fail 'NmrCheck=false'
grep -q 'nmrcheck' out && fail 'NmrCheck=false runs it'
build /p:NmrCheckCommand="$work/nowhere" driver.vcxproj
grep -q 'could not check driver.vcxproj' out || fail 'the program is missing, and nothing says so'

[ $bad -eq 0 ] && echo 'msbuild: all checks passed'
exit $((bad > 0))
