function lum(c) { const f = c.map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
  return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2]; }
function rgb(t) { const m = t.match(/[\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m.slice(0, 3); }
function back(e) { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; }
const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? 0 : 1;
let bad = [];
for (const e of document.querySelectorAll("main *")) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest("select,.hidden")) continue;
  const a = lum(rgb(getComputedStyle(e).color)), b = lum(back(e));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) bad.push(e.tagName + "." + e.className + " " + ratio.toFixed(2));
}
if (document.documentElement.scrollWidth > document.documentElement.clientWidth) bad.push("wider than the page");
document.title = "scheme " + scheme + ": " + (bad.length ? [...new Set(bad)].slice(0, 5).join("; ") : "fine");
