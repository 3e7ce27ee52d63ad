#!/bin/sh
# Compiles every header of the model by itself, as C and as C++; an undeclared function is an error too.
# Usage: check_headers.sh CLANG HEADER_DIR [NAME...]   exit 0: all parse, 1: some do not (listed).
set -u
clang=$1
dir=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flags="-target x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -fms-compatibility-version=19.40 -nostdinc
 -isystem $dir -D_AMD64_ -D_M_AMD64 -D_WIN64 -DAMD64 -D_KERNEL_MODE -DNTDDI_VERSION=0x0A00000C -D_WIN32_WINNT=0x0A00
 -fsyntax-only -Wno-everything -Wsystem-headers -Werror=implicit-function-declaration -ferror-limit=5"
export clang flags work

if [ $# -gt 0 ]; then
    printf '%s\n' "$@"
else
    (cd "$dir" && find . -name '*.h' | sed 's|^\./||' | sort)
fi | xargs -P 2 -n 8 sh -c '
    for header; do
        id=$(printf %s "$header" | tr / _)
        printf "#include <%s>\n" "$header" > "$work/$id.c"
        for std in c17 c++17; do
            case $std in c17) language=c ;; *) language=c++ ;; esac
            $clang $flags -x $language -std=$std "$work/$id.c" > "$work/$id.$language.log" 2>&1 ||
                { echo "FAILED $header ($std)"; grep -m 5 "error" "$work/$id.$language.log"; }
        done
    done' sh > "$work/result"
sed "s|$work/||g; s|$dir/||g" "$work/result"
if grep -q '^FAILED' "$work/result"; then
    echo "$(grep -c '^FAILED' "$work/result") failed"
    exit 1
fi
echo "all headers parse"
