// The page's style: light, dark and paper, from a telephone to a projector. Colours of the contestants are Okabe and Ito's,
// which people who see few colours can tell apart, lighter on dark.
export const STYLE = `
:root{color-scheme:light dark;
--ink:#1b1d21;--dim:#5a6069;--paper:#fff;--panel:#f5f6f8;--line:#d6dae0;--bad:#e8a4a433;--bad-edge:#b3261e;
--good:#1a7f37;--warn:#8a5a00;
--series-0:#0072b2;--series-1:#c44f00;--series-2:#00795c;--series-3:#9d4a7e;--series-4:#5b5b5b;--series-5:#7a6a00}
@media (prefers-color-scheme:dark){:root{
--ink:#e8eaed;--dim:#a4abb6;--paper:#14161a;--panel:#1d2026;--line:#3a404a;--bad:#ff8a8026;--bad-edge:#ff8a80;
--good:#6fd08c;--warn:#f0c060;
--series-0:#6cb8f0;--series-1:#ff9a5c;--series-2:#4fd0a8;--series-3:#e29cc8;--series-4:#c8c8c8;--series-5:#e0d060}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main,footer{max-width:90rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:clamp(1.5rem,1.1rem + 1.6vw,2.4rem);line-height:1.2;margin:0 0 .4rem}
h2{font-size:clamp(1.15rem,1rem + .6vw,1.5rem);line-height:1.25;margin:2.6rem 0 .4rem}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
p,li{max-width:75ch;overflow-wrap:anywhere}
p{margin:.4rem 0}
.dim{color:var(--dim)}
.verdicts{list-style:none;padding:0;display:grid;gap:.8rem}
.verdicts>li{max-width:none;background:var(--panel);border-left:.35rem solid var(--dim);border-radius:.3rem;padding:.8rem 1rem}
.verdicts .held{border-color:var(--good)}.verdicts .refuted{border-color:var(--bad-edge)}
.verdicts .partly,.verdicts .not-tested{border-color:var(--warn)}
.verdicts blockquote{margin:0;font-weight:600}
.verdicts .outcome{font-weight:700;text-transform:uppercase;font-size:.85rem;letter-spacing:.04em}
.verdicts ul{margin:.3rem 0 0;padding-left:1.1rem}
.warning{border-left:.35rem solid var(--warn);padding:.3rem 1rem;margin:.8rem 0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1.4rem}
figure{margin:0;min-width:0}
figcaption{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;align-items:baseline}
.chart{display:block;width:100%;height:auto;background:none;color:var(--ink);font:11px system-ui,sans-serif;overflow:visible}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:0;padding:0;font-size:.9rem}
.legend li{display:flex;gap:.4rem;align-items:center}
.sample{width:26px;height:12px;flex:none}
.table{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.25rem .8rem .25rem 0;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap}
.word{text-align:left}
code{font:.9em ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;overflow-wrap:anywhere;background:var(--panel);padding:.05em .3em;border-radius:.2em}
dt{font-weight:600;margin-top:.6rem}dd{margin:0;max-width:80ch}
footer{padding-bottom:3rem;margin-top:3rem;border-top:1px solid var(--line);color:var(--dim);font-size:.9rem}
a{color:inherit}
@media print{:root{color-scheme:light}body{font-size:10pt}figure,tr,.verdicts>li{break-inside:avoid}h2,h3{break-after:avoid}
.table{overflow:visible}table{font-size:8pt}.charts{grid-template-columns:1fr 1fr}@page{size:A4;margin:14mm}}
`;
