/*
 * Style and script of the HTML report: everything is inside the page, nothing is fetched.
 */
#ifndef NC_REPORT_HTML_STYLE_H
#define NC_REPORT_HTML_STYLE_H

static const char html_style[] =
    ":root{color-scheme:light dark;--bg:#fbfbf9;--card:#fff;--fg:#1c1e21;--dim:#5d636b;--line:#d9dbd6;--mark:#fff1b8;"
    "--error:#b3261e;--warning:#8a5a00;--step:#1f5fa8;--code:#f4f4f0}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#16181b;--card:#1e2125;--fg:#e6e7e4;--dim:#9aa1a9;--line:#363b41;"
    "--mark:#4d4313;--error:#ff8a80;--warning:#f2c14e;--step:#8ab8f0;--code:#121417}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}\n"
    "main{max-width:68rem;margin:0 auto;padding:1.5rem 1rem 4rem}\n"
    "h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}\n"
    ".dim{color:var(--dim)}\n"
    "table{border-collapse:collapse;margin:.75rem 0}td,th{text-align:left;padding:.15rem 1.25rem .15rem 0;"
    "border-bottom:1px solid var(--line)}td.n{text-align:right}\n"
    "details{background:var(--card);border:1px solid var(--line);border-radius:.5rem;margin:.6rem 0}\n"
    "summary{cursor:pointer;padding:.6rem .8rem;border-radius:.5rem}\n"
    "summary:focus-visible,a:focus-visible,button:focus-visible,select:focus-visible{outline:3px solid var(--step);"
    "outline-offset:1px}\n"
    ".body{padding:0 .9rem .9rem}\n"
    ".sev{font-weight:600}.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--step)}\n"
    "code,pre{font:13px/1.5 ui-monospace,Consolas,monospace}\n"
    "pre{background:var(--code);border:1px solid var(--line);border-radius:.35rem;margin:.3rem 0;padding:.4rem 0;"
    "overflow-x:auto}\n"
    "pre .l{display:block;padding:0 .7rem;white-space:pre;min-width:max-content}pre .l.at{background:var(--mark)}\n"
    "pre .no{display:inline-block;width:3.2rem;color:var(--dim);user-select:none}\n"
    "pre u{text-decoration:underline 2px;text-underline-offset:3px;font-weight:600}\n"
    "ol.path{list-style:none;margin:.75rem 0 0;padding:0;counter-reset:step}\n"
    "ol.path>li{counter-increment:step;position:relative;padding-left:2.4rem;margin-bottom:1.3rem}\n"
    "ol.path>li::before{content:counter(step);position:absolute;left:0;top:0;width:1.7rem;height:1.7rem;line-height:1."
    "7rem;"
    "text-align:center;border-radius:50%;background:var(--step);color:var(--bg);font-weight:600;font-size:.85rem}\n"
    "ol.path>li:not(:last-child)::after{content:\"\\2193\";position:absolute;left:0;width:1.7rem;text-align:center;"
    "bottom:-1.2rem;color:var(--step);font-size:1.2rem}\n"
    ".where{color:var(--dim);font-size:.9rem}\n"
    ".page{white-space:pre-wrap;font:13px/1.5 ui-monospace,Consolas,monospace}\n"
    ".bar{display:flex;gap:.75rem;flex-wrap:wrap;align-items:center;margin:1rem 0}\n"
    "button,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.35rem;"
    "padding:.25rem .7rem}\n"
    "@media print{details{break-inside:avoid}.bar{display:none}}\n";

static const char html_script[] = "const all=[...document.querySelectorAll('details.finding')];\n"
                                  "document.getElementById('bar').hidden=false;\n"
                                  "document.getElementById('rule').onchange=e=>{for(const d of "
                                  "all)d.hidden=e.target.value!==''&&d.dataset.rule!==e.target.value;\n"
                                  "for(const s of "
                                  "document.querySelectorAll('section.file'))s.hidden=![...s.querySelectorAll('details."
                                  "finding')].some(d=>!d.hidden)};\n"
                                  "document.getElementById('open').onclick=()=>{const "
                                  "o=all.some(d=>!d.hidden&&!d.open);for(const d of all)if(!d.hidden)d.open=o};\n"
                                  "addEventListener('beforeprint',()=>{for(const d of all)d.open=true});\n";

#endif
