#!/bin/sh
# Compiles annotations.c with the header model and counts the annotations that reach the AST against its COUNT lines.
# Usage: check_annotations.sh CLANG HEADER_DIR   exit 0: as expected, 1: not.
set -u
here=$(dirname "$0")
dump=$(mktemp)
trap 'rm -f "$dump"' EXIT

# Only the test's own declarations: the headers' role types carry annotations, too.
if ! "$1" -target x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -fms-compatibility-version=19.40 -nostdinc \
    -isystem "$2" -D_AMD64_ -D_WIN64 -D_KERNEL_MODE -std=c17 -Wno-everything -Werror=implicit-function-declaration \
    -fsyntax-only -Xclang -ast-dump -fno-color-diagnostics "$here/annotations.c" > "$dump"; then
    exit 1
fi
sed -n '/_WIDGET definition/,$p' "$dump" | grep -v Inherited > "$dump.own"
failed=0
grep -o 'COUNT [^*]*' "$here/annotations.c" | sed 's/^COUNT //; s/, /\n/g' | while read -r name count; do
    found=$(grep -c "AnnotateAttr.*\"nmrcheck:$name\"" "$dump.own")
    [ "$found" = "$count" ] || echo "$name: $found instead of $count"
done > "$dump.bad"
[ -s "$dump.bad" ] && { cat "$dump.bad"; failed=1; }
rm -f "$dump.own" "$dump.bad"
[ $failed = 0 ] && echo "annotations are as expected"
exit $failed
