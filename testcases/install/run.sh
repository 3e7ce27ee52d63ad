#!/bin/bash
# What cmake --install and the Debian package put on a system, used from there: the program, the manual, completion, the
# CMake module, the plugin, the hook. With NMRCHECK_CHROOT=FOLDER (a Debian of debootstrap's, as root) the package is
# installed there by apt, with nothing of this machine.
set -eu

build=${NMRCHECK_BUILD:?the build folder}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail()
{
    echo "FAIL $1"
    exit 1
}

# check_root PREFIX: everything works from there
check_root()
{
    prefix=$1
    mkdir -p driver
    cp "$here/../cli/missing_wait.c" driver/driver.c
    # Nothing of the build folder or the sources may be needed.
    env -i HOME="$work" PATH="$prefix/bin:/usr/bin:/bin" nmrcheck driver >out 2>err && fail 'the installed program finds nothing'
    grep -q 'nmr-missing-wait' out || { cat out err; fail 'the installed program'; }
    if command -v strip >/dev/null; then # debug information may name it
        strip -o stripped "$prefix/bin/nmrcheck"
        ! grep -qaF "$build" stripped || fail 'the program knows the build folder'
    fi

    manual=$(find "$prefix" -path '*/man1/nmrcheck.1*')
    [ -n "$manual" ] || fail 'no manual'
    if command -v man >/dev/null; then
        MANPATH=${manual%/man1/*} man -P cat nmrcheck >page 2>&1 || fail 'man nmrcheck'
        grep -q 'nmr-missing-wait' page || fail 'the manual is empty'
    fi
    bash -c ". '$prefix/share/bash-completion/completions/nmrcheck'; complete -p nmrcheck" >/dev/null || fail 'completion in bash'
    for file in zsh/vendor-completions/_nmrcheck fish/vendor_completions.d/nmrcheck.fish nmrcheck/hook \
        nmrcheck/nmrcheck.schema.json nmrcheck/nmrcheck.targets doc/nmrcheck/rules/nmr-missing-wait.md; do
        [ -s "$prefix/share/$file" ] || fail "no $file"
    done
    [ -x "$prefix/share/nmrcheck/hook" ] || fail 'the hook cannot be executed'

    # find_package finds it by itself, and the program beside it
    rm -rf project
    mkdir project
    cp "$here/../cli/missing_wait.c" project/driver.c
    cat >project/CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.20)
project(sample C)
find_package(nmrcheck 0.1 REQUIRED)
add_library(driver STATIC driver.c)
nmrcheck_add_check(driver)
END
    env -i HOME="$work" PATH=/usr/bin:/bin CC="$CLANG" CMAKE_GENERATOR=Ninja cmake -S project -B project/out -DCMAKE_PREFIX_PATH="$prefix" >log 2>&1 || { cat log; fail 'find_package'; }
    grep -q "^NMRCHECK_EXECUTABLE:FILEPATH=$prefix/bin/nmrcheck$" project/out/CMakeCache.txt || fail 'another nmrcheck is used'
    cmake --build project/out --target driver_nmrcheck >log 2>&1 && fail 'the check passes on a bad driver'
    grep -q nmr-missing-wait log || { cat log; fail 'the check'; }
    if ! PATH=/usr/local/bin:/usr/bin:/bin command -v nmrcheck >/dev/null; then
        mv "$prefix/bin/nmrcheck" "$prefix/bin/hidden"
        env -i HOME="$work" PATH=/usr/bin:/bin CC="$CLANG" CMAKE_GENERATOR=Ninja cmake -S project -B project/out2 -DCMAKE_PREFIX_PATH="$prefix" >log 2>&1 &&
            fail 'a missing program is not noticed'
        grep -q 'the program nmrcheck is not' log || { cat log; fail 'a missing program is not said to be missing'; }
        mv "$prefix/bin/hidden" "$prefix/bin/nmrcheck"
    fi

    plugin=$(find "$prefix" -name nmrcheck.so)
    if [ -n "$plugin" ] && command -v "${CLANG:-clang}" >/dev/null; then
        "${CLANG:-clang}" -fsyntax-only -w -fplugin="$plugin" --target=x86_64-pc-windows-msvc -fms-extensions -nostdinc \
            -idirafter "${NMRCHECK_HEADERS:?}" -D_KERNEL_MODE=1 -D_AMD64_ driver/driver.c 2>err && fail 'the plugin finds nothing'
        grep -q nmr-missing-wait err || { cat err; fail 'the installed plugin'; }
    fi
}

cmake --install "$build" --prefix "$work/root" >log 2>&1 || { cat log; fail 'cmake --install'; }
check_root "$work/root"

if command -v dpkg-deb >/dev/null && command -v dpkg-shlibdeps >/dev/null; then
    (cd "$build" && cpack -G DEB -B "$work/packages") >log 2>&1 || { cat log; fail 'cpack'; }
    package=$(ls "$work"/packages/nmrcheck_*.deb)
    dpkg-deb -f "$package" Depends >depends
    # Where Clang is not inside of the program.
    ! ldd "$build/nmrcheck" | grep -q libclang-cpp || grep -q libclang-cpp depends || fail "the package does not ask for Clang's library: $(cat depends)"
    ! dpkg-deb -c "$package" | grep -vE ' \./(usr/.*)?$' | grep . || fail 'the package has files outside of /usr'
    dpkg-deb -x "$package" "$work/unpacked"
    check_root "$work/unpacked/usr"
    if command -v lintian >/dev/null; then
        lintian --tags no-manual-page,unstripped-binary-or-object,spelling-error-in-description "$package" >log || true
        ! grep -q '^[EW]' log || { cat log; fail 'lintian'; }
    fi
    if [ -n "${NMRCHECK_CHROOT-}" ]; then
        cp "$package" "$NMRCHECK_CHROOT/tmp/nmrcheck.deb"
        cp "$here/../cli/missing_wait.c" "$NMRCHECK_CHROOT/tmp/driver.c"
        chroot "$NMRCHECK_CHROOT" sh -c 'apt-get -q update && apt-get -q install -y --no-install-recommends /tmp/nmrcheck.deb' >log 2>&1 ||
            { tail -n 20 log; fail 'apt cannot install the package on a clean system'; }
        code=0
        chroot "$NMRCHECK_CHROOT" nmrcheck /tmp/driver.c >out 2>err || code=$?
        [ $code -eq 1 ] && grep -q nmr-missing-wait out || { cat out err; fail 'the program on a clean system'; }
        chroot "$NMRCHECK_CHROOT" apt-get -q remove -y nmrcheck >log 2>&1 || { cat log; fail 'apt cannot remove the package'; }
        [ ! -e "$NMRCHECK_CHROOT/usr/bin/nmrcheck" ] || fail 'the package leaves the program behind'
        echo 'install: works on a clean Debian'
    fi
else
    echo 'dpkg-dev is not installed: no package was made'
fi
echo 'install: all checks passed'
