# Sourced by the tests that meet consumers from npm. npm_there: npm is installed and its registry answers; else it says so.
npm_there()
{
    if ! command -v npm >/dev/null; then
        echo 'npm is not installed: not tried with what comes from there'
        return 1
    fi
    if ! timeout 100 npm ping >/dev/null 2>&1; then
        echo "npm's registry cannot be reached: not tried with what comes from there"
        return 1
    fi
}
