#!/bin/bash
# The HTML report: self-contained, well-formed, its script works (in Chromium, where it is installed).
set -eu

NMRCHECK=$(realpath "${NMRCHECK:-${1:?the path of nmrcheck}}")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail()
{
    echo "FAIL $1"
    exit 1
}

mkdir driver
sed 's|/\* the defect \*/|/* <script>alert("x")</script> \& \xff */|' "$here/../cli/missing_wait.c" >driver/driver.c
"$NMRCHECK" driver --format html -o report.html -q && fail 'no finding'
python3 - <<'END' || exit 1
import html.parser, re, sys

text = open("report.html", encoding="utf-8").read()
void = {"meta", "link", "br", "img", "input"}


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.targets, self.count = [], set(), set(), {}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.count[tag] = self.count.get(tag, 0) + 1
        assert "src" not in attributes, (tag, attributes)
        if "href" in attributes:
            assert attributes["href"].startswith("#"), attributes
            self.targets.add(attributes["href"][1:])
        if "id" in attributes:
            assert attributes["id"] not in self.ids, attributes
            self.ids.add(attributes["id"])
        if tag not in void and tag != "option":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "option":
            return
        assert self.open and self.open.pop() == tag, (tag, self.getpos())


c = Checker()
c.feed(text)
assert not c.open, c.open
assert c.targets <= c.ids, c.targets - c.ids
assert c.count["script"] == 1 and "<script>alert" not in text
assert "url(" not in text and "@import" not in text
END
# The driver's picture: the registration with its life, the entries with their IRQLs, the fix
for text in '<h4>client registration, kept in <code>sample_handle</code>' '<b>registered</b>' \
    '<li class="stage callback"><b>attached</b><div class="event"><code>sample_attach</code>' \
    '<li class="stage missing"><b>its end is waited for</b>' 'runs here' '<code class="call" title="driver/driver.c:' \
    'calls of the NMR' '<span class="l new">'; do
    grep -qF "$text" report.html || fail "no $text"
done
sed 's|^    NmrDeregisterClient(sample_handle);.*|    if (NmrDeregisterClient(sample_handle) == STATUS_PENDING) NmrWaitForClientDeregisterComplete(sample_handle);|' \
    "$here/../cli/missing_wait.c" >driver/driver.c
"$NMRCHECK" driver --format html -o clean.html -q || fail 'a clean driver'
grep -qF '<code>NmrWaitForClientDeregisterComplete</code> in <code>sample_unload</code>' clean.html || fail 'no wait in the picture'
! grep -qF 'class="stage missing"' clean.html || fail 'a clean driver lacks something'

browser=$(command -v chromium || command -v google-chrome || true)
if [ -n "$browser" ]; then
    sed 's|</script></body>|document.getElementById("open").click();document.title="open:"+all.filter(d=>d.open).length+"/"+all.length;&|' \
        report.html >clicked.html
    HOME=$work timeout 100 "$browser" --headless=new --no-sandbox --disable-gpu --dump-dom "file://$work/clicked.html" >dom.html 2>log ||
        { cat log; fail 'the browser'; }
    grep -q '<title>open:1/1</title>' dom.html || fail 'the script does not work'
    # In both colour schemes each text stands out from what is behind it (WCAG AA: 4.5), and nothing is wider than the page
    for scheme in 0 1; do # dark, light
        sed "s|</body>|<script>$(tr '\n' ' ' <"$here/contrast.js" | sed 's/[&|\\]/\\&/g')</script></body>|" clicked.html >contrast.html
        HOME=$work timeout 100 "$browser" --headless=new --no-sandbox --disable-gpu --window-size=1000,800 \
            --blink-settings=preferredColorScheme=$scheme --dump-dom "file://$work/contrast.html" >dom.html 2>log ||
            { cat log; fail 'the browser'; }
        grep -q "<title>scheme $scheme: fine</title>" dom.html || fail "colours: $(grep -o '<title>[^<]*' dom.html)"
    done
else
    echo 'no browser is installed: the script was not tried'
fi
echo 'html: all checks passed'
