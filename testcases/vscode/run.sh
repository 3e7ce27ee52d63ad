#!/bin/bash
# The VS Code extension: vsce packs it, the package holds what it needs, and activating it starts the server that the
# settings name.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/../npm.sh"
npm_there || exit 77
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "vsce needs Node 20, this is $(node --version): not tried"
    exit 77
fi
work=${NMRCHECK_BUILD:-${TMPDIR:-/tmp}}/npm-vscode
mkdir -p "$work"
cp -r "$root/editors" "$work"
cd "$work/editors/vscode"
rm -f ./*.vsix
{ npm install --no-audit --no-fund && npx --yes @vscode/vsce@3 package --allow-missing-repository --skip-license; } >"$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }
python3 - ./*.vsix <<'END'
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
names = set(z.namelist())
package = json.loads(z.read("extension/package.json"))
assert "extension/" + package["main"].removeprefix("./") in names
assert "extension/nmrcheck.schema.json" in names, "the schema of .nmrcheck.yaml is not in the package"
assert "extension/node_modules/vscode-languageclient/package.json" in names
assert json.loads(z.read("extension/nmrcheck.schema.json"))["properties"]
END
node "$here/activate.js" "$PWD/extension.js"
