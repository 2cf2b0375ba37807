/** Colours are GitHub-like, each at least 4.5:1 on its background where it is text; one set a scheme. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2430;--muted:#596475;--line:#e3e7ee;--card:#f6f8fb;--pass:#1a7f4b;--fail:#c2332b;--inconclusive:#8a6100;--pending:#2f62d9;--base:#9aa7ba;--base-line:#7d8aa0;--cand:#2f62d9;--bad:#c2332b17;--link:#1f55c4}
@media(prefers-color-scheme:dark){:root{--bg:#11151c;--fg:#e4e9f1;--muted:#9aa6b8;--line:#29313e;--card:#181e28;--pass:#4cc38a;--fail:#ff7a70;--inconclusive:#e2b340;--pending:#7da2ff;--base:#66748a;--base-line:#8593a9;--cand:#7da2ff;--bad:#ff7a7026;--link:#8fb0ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:68rem;margin:0 auto;padding:1.75rem 1.25rem 4rem}
h1,h2,h3,h4{line-height:1.25;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:1.7rem;margin:.2rem 0 .4rem}h2{font-size:1.25rem;margin:0}h3{font-size:1.02rem;margin:0 0 .6rem}h4{font-size:.9rem;margin:0 0 .4rem}
p{margin:.35rem 0;max-width:72ch}a{color:var(--link);text-underline-offset:2px}a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code{font:.92em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.muted,small{color:var(--muted)}small{display:block;font-weight:400;font-size:.82rem;line-height:1.4}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.verdict{border-left:5px solid var(--muted);padding:.1rem 0 .1rem 1.1rem}.verdict.fail{border-color:var(--fail)}.verdict.pass,.verdict.recorded,.verdict.unchanged{border-color:var(--pass)}.verdict.inconclusive{border-color:var(--inconclusive)}.verdict.pending{border-color:var(--pending)}
.verdict ul.reasons{margin:.5rem 0 0;padding-left:1.1rem;max-width:76ch}.verdict li{margin:.2rem 0}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:.9rem 0 0;padding:0;list-style:none;font-size:.9rem}.facts b{font-weight:600}
.block{margin-top:2.2rem}.model{margin-top:2.6rem;padding-top:1.6rem;border-top:1px solid var(--line)}.model>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .9rem;margin-bottom:.5rem}
.note{border-left:3px solid var(--inconclusive);background:var(--card);padding:.7rem 1rem;margin:1.4rem 0 0;border-radius:0 8px 8px 0}.note ul{margin:.4rem 0 0;padding-left:1.1rem}.note.fail{border-color:var(--fail)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.6rem .9rem .6rem 0;border-top:1px solid var(--line);vertical-align:top}th:last-child,td:last-child{padding-right:0}thead th{font-size:.8rem;font-weight:500;color:var(--muted);border-top:0;padding-bottom:.4rem;vertical-align:bottom}th[scope=row]{font-weight:600;overflow-wrap:anywhere}
.n{font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right}.gates td,.gates tbody th{vertical-align:middle}.gates small{white-space:normal}.gates td.n small{white-space:nowrap}
.badge{font-weight:600;white-space:nowrap}.badge.pass,.badge.recorded,.badge.unchanged{color:var(--pass)}.badge.fail{color:var(--fail)}.badge.inconclusive{color:var(--inconclusive)}.badge.pending{color:var(--pending)}
svg{display:block;max-width:100%;height:auto}.bad{fill:var(--bad)}.zero{stroke:var(--base-line);stroke-dasharray:2 3}.limit{stroke:var(--fail);stroke-width:1.5}.ci{stroke-width:3;stroke-linecap:round}.ci.pass{stroke:var(--pass)}.ci.fail{stroke:var(--fail)}.ci.inconclusive{stroke:var(--inconclusive)}.pt.pass{fill:var(--pass)}.pt.fail{fill:var(--fail)}.pt.inconclusive{fill:var(--bg);stroke:var(--inconclusive);stroke-width:2.5}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;font-size:.82rem;color:var(--muted);margin:.5rem 0 0;max-width:none}.key span{display:inline-flex;align-items:center;gap:.4rem}.key i{display:inline-block;flex:none}.k-point{width:9px;height:9px;border-radius:50%;background:var(--muted)}.k-ci{width:18px;height:3px;border-radius:2px;background:var(--muted)}.k-zero{width:0;height:14px;border-left:1px dashed var(--base-line)}.k-limit{width:12px;height:14px;border-left:1.5px solid var(--fail);background:var(--bad)}.k-base{width:18px;height:3px;border-radius:2px;background:var(--base-line)}.k-cand{width:18px;height:3px;border-radius:2px;background:var(--cand)}
.cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1.4rem 2rem}.cols>*{min-width:0}.cols .block{margin-top:2.2rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(18rem,100%),1fr));gap:1.2rem}.charts.wide{grid-template-columns:1fr}figure{margin:0;min-width:0}figcaption{font-size:.85rem;font-weight:600;margin-bottom:.4rem;overflow-wrap:anywhere}
.confusion{width:auto;font-size:.9rem}.confusion th,.confusion td{padding:.45rem .7rem;border:2px solid var(--bg);text-align:right;font-variant-numeric:tabular-nums}.confusion thead th,.confusion thead td{border-bottom-width:0}.confusion th{font-weight:500;color:var(--muted);max-width:9rem;overflow-wrap:anywhere}.confusion tbody th{padding-left:0}.confusion td.right{background:color-mix(in srgb,var(--cand) calc(var(--share)*.42),var(--card))}.confusion td.wrong{background:color-mix(in srgb,var(--fail) calc(var(--share)*.62),var(--card))}.confusion td small{color:inherit;opacity:.85}
.diff{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.7rem 1rem;overflow-x:auto;margin:0}.diff .a{color:var(--pass)}.diff .d{color:var(--fail)}
details{border-top:1px solid var(--line);padding:.65rem 0}details:last-of-type{border-bottom:1px solid var(--line)}summary{cursor:pointer;font-weight:600}details>:not(summary){margin-top:.7rem}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1.1rem;margin:.4rem 0;font-size:.9rem}dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
ol.steps{margin:0;padding-left:1.2rem;max-width:72ch}ol.steps li{margin:.3rem 0}
footer{margin-top:2.6rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.82rem;color:var(--muted)}
@media(max-width:46rem){main{padding:1.1rem 1rem 3rem}h1{font-size:1.45rem}.facts{gap:.2rem 1.1rem}
.gates thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.gates tr{display:grid;grid-template-columns:1fr 1fr;gap:.15rem 1rem;border-top:1px solid var(--line);padding:.8rem 0}.gates th,.gates td{border:0;padding:.1rem 0;text-align:left}.gates td[data-label]::before{content:attr(data-label);display:block;font-size:.78rem;color:var(--muted)}.gates th[scope=row],.gates td.plot{grid-column:1/-1}.gates td.plot svg{width:100%}.gates td.plot:empty{display:none}.gates td:last-child{grid-column:1/-1}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}.confusion th,.confusion td{padding:.4rem .5rem}}
@media print{:root{color-scheme:light}body{font-size:11px}main{max-width:none;padding:0}details::details-content{content-visibility:visible;height:auto}.model,tr,figure{break-inside:avoid}.model{break-inside:auto}a{color:inherit}}
`;
