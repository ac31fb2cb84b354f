// The page's style: light, dark and paper, from a telephone to a projector. Colours of the contestants are Okabe and Ito's,
// which people who see few colours can tell apart, lighter on dark.
const COLOURS_LIGHT = `color-scheme:light;
--ink:#1b1d21;--dim:#5a6069;--paper:#fff;--panel:#f4f5f7;--line:#d6dae0;--plain:#d3d8df;--bad:#e8a4a433;--bad-edge:#b3261e;
--good:#1a7f37;--warn:#8a5a00;
--series-0:#0072b2;--series-1:#c44f00;--series-2:#00795c;--series-3:#9d4a7e;--series-4:#5b5b5b;--series-5:#7a6a00`;

const COLOURS_DARK = `color-scheme:dark;
--ink:#e8eaed;--dim:#a4abb6;--paper:#14161a;--panel:#1d2026;--line:#3a404a;--plain:#454c57;--bad:#ff8a8026;--bad-edge:#ff8a80;
--good:#6fd08c;--warn:#f0c060;
--series-0:#6cb8f0;--series-1:#ff9a5c;--series-2:#4fd0a8;--series-3:#e29cc8;--series-4:#c8c8c8;--series-5:#e0d060`;

export const STYLE = `
:root{${COLOURS_LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${COLOURS_DARK}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main,footer{max-width:96rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:clamp(1.5rem,1.1rem + 1.6vw,2.4rem);line-height:1.2;margin:0 0 .4rem}
h2{font-size:clamp(1.2rem,1rem + .7vw,1.6rem);line-height:1.25;margin:2.8rem 0 .4rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p,li{max-width:75ch;overflow-wrap:anywhere}
p{margin:.4rem 0}
.question{font-size:1.1rem}
.dim{color:var(--dim)}
.headline{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,16rem),1fr));gap:.9rem;padding:0;margin:1rem 0}
.headline li{max-width:none;background:var(--panel);border-radius:.4rem;padding:.8rem 1rem;display:grid;align-content:start}
.headline .of{font-weight:600}
.headline .value{font-size:clamp(1.6rem,1.2rem + 1.3vw,2.4rem);font-weight:700;line-height:1.2;font-variant-numeric:tabular-nums}
.headline .dim{font-size:.92rem}
.verdicts{list-style:none;padding:0;display:grid;gap:.8rem}
.verdicts>li{max-width:none;background:var(--panel);border-left:.35rem solid var(--dim);border-radius:.3rem;padding:.8rem 1rem}
.verdicts .held{border-color:var(--good)}.verdicts .refuted{border-color:var(--bad-edge)}
.verdicts .partly,.verdicts .not-tested{border-color:var(--warn)}
.verdicts blockquote{margin:0;font-weight:600}
.verdicts .outcome{font-weight:700;text-transform:uppercase;font-size:.85rem;letter-spacing:.04em}
.held .outcome{color:var(--good)}.refuted .outcome{color:var(--bad-edge)}.partly .outcome,.not-tested .outcome{color:var(--warn)}
.verdicts ul{margin:.3rem 0 0;padding-left:1.1rem}
.warning{border-left:.35rem solid var(--warn);padding:.3rem 1rem;margin:.6rem 0}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1.6rem;margin-top:.8rem}
.charts:not(.small)>figure:only-child{grid-column:1/-1;max-width:46rem}.charts.wide>figure:only-child{max-width:60rem}
.charts.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr))}
figure{margin:0;min-width:0;max-width:60rem}
figcaption{min-height:1.5rem;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;align-items:baseline}
.plot{position:relative}
.plot:focus-visible,.table:focus-visible{outline:2px solid var(--series-0);outline-offset:3px}
.chart{display:block;width:100%;height:auto;background:none;color:var(--ink);font:12px system-ui,sans-serif;overflow:visible;touch-action:pan-y}
.zoomed .chart{cursor:grab;touch-action:none}
.chart [data-part$="-grid"]{stroke-opacity:.12}
.content path,.content line,.content rect,.content circle{vector-effect:non-scaling-stroke}
.mark{transition:opacity .12s}.lit .mark.dark{opacity:.1}
.tip{position:absolute;z-index:2;max-width:min(22rem,100%);background:var(--ink);color:var(--paper);padding:.25rem .55rem;border-radius:.3rem;font-size:.85rem;line-height:1.35;pointer-events:none;width:max-content}
.spot{position:absolute;z-index:1;width:11px;height:11px;margin:-5.5px;border:2px solid var(--ink);border-radius:50%;pointer-events:none}
[hidden]{display:none}
.buttons{margin-left:auto;display:flex;gap:.25rem}
button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:.3rem;padding:.05rem .5rem;cursor:pointer}
button:disabled{opacity:.45;cursor:default}
.legend button,th button{background:none;border:0;padding:0;font-weight:inherit;text-align:inherit}
.legend button{display:flex;gap:.4rem;align-items:center;padding:.1rem .3rem;margin:-.1rem -.3rem}
.legend button[aria-pressed=true]{background:var(--panel);outline:1px solid var(--line)}
th button::after{content:"\\2195";opacity:.35;padding-left:.25em;font-size:.8em}
th[aria-sort=ascending] button::after{content:"\\2191";opacity:1}th[aria-sort=descending] button::after{content:"\\2193";opacity:1}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:0;padding:0;font-size:.9rem}
.legend li{display:flex;gap:.4rem;align-items:center}
.sample{width:30px;height:12px;flex:none}
.fillings{position:absolute}
.filling .ground{fill:color-mix(in srgb,var(--own) 26%,var(--paper))}.filling .stroke{stroke:var(--own);stroke-width:1.4;fill:none}.filling .wide{stroke-width:3}.filling .fill{fill:var(--own)}
.f0{--own:var(--series-1)}.f1{--own:var(--series-0)}.f2{--own:var(--series-3)}.f3{--own:var(--series-2)}.f4{--own:var(--series-5)}.f5{--own:var(--series-4)}.f6{--own:var(--series-1)}.f7{--own:var(--series-3)}
.gallery{list-style:none;padding:0}.gallery>li{max-width:none;border-top:1px solid var(--line);padding:.2rem 0 1.2rem}.gallery h2{margin-top:1rem}
.outcomes{list-style:none;padding:0}.outcomes .outcome{font-weight:700;text-transform:uppercase;font-size:.8rem;letter-spacing:.04em}
details{margin-top:1rem}summary{cursor:pointer;padding:.3rem 0}
.table{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.25rem .9rem .25rem 0;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
thead th{font-weight:600;white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:400}
th.word,td.word{text-align:left}
code{font:.9em ui-monospace,"SFMono-Regular",Menlo,Consolas,monospace;overflow-wrap:anywhere;background:var(--panel);padding:.05em .3em;border-radius:.2em}
dt{font-weight:600;margin-top:.6rem}dd{margin:0;max-width:80ch}
footer{padding-bottom:3rem;margin-top:3rem;border-top:1px solid var(--line);color:var(--dim);font-size:.9rem}
a{color:inherit}
@media (max-width:40rem){.chart{font-size:15px}}
@media print{body{font-size:10pt}header,main,footer{max-width:none;padding:0}
figure,tr,.verdicts>li,.headline li{break-inside:avoid}h2,h3,figcaption{break-after:avoid}h2{margin-top:1.6rem}
.table{overflow:visible}table{font-size:7.5pt}th,td{padding-right:.5rem;overflow-wrap:anywhere}thead th{white-space:normal}
.charts,.charts.small{grid-template-columns:1fr 1fr;gap:.8rem}.charts:not(.small):has(>:only-child){grid-template-columns:1fr}section>p{break-after:avoid}figure{max-width:none}
dt{break-after:avoid}.legend button[aria-pressed=true]{outline:0}.buttons,.copy,.tip,.spot,details:not([open]){display:none}th button::after{content:none}@page{size:A4;margin:14mm}}
`;
