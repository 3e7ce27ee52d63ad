#!/bin/bash
# The checker's sources are formatted as .clang-format says. 77: no clang-format of the version that it is written for.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v clang-format-19 >/dev/null; then
    echo "skipped: clang-format-19 is not installed"
    exit 77
fi
find "$root/checker" -name '*.c' -o -name '*.h' -o -name '*.cpp' | xargs clang-format-19 --dry-run --Werror
