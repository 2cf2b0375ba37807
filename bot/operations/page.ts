import type { Page } from "../server.ts";

/** A page without scripts that asks nothing of anybody. @param body inside of `main` */
export function htmlPage(status: number, title: string, body: string): Page {
  return {
    status,
    type: "text/html; charset=utf-8",
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`,
  };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--line:light-dark(#d8dee4,#30363d);--dim:light-dark(#59636e,#9198a1);--card:light-dark(#f6f8fa,#151b23);--bad:light-dark(#b3261e,#ff7b72);--good:light-dark(#116329,#3fb950);--link:light-dark(#0550ae,#79c0ff)}
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 system-ui,sans-serif;background:light-dark(#fff,#0d1117);color:light-dark(#1f2328,#e6edf3)}
main{max-width:62rem;margin:0 auto;padding:2rem 1rem 3rem;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 0}
p{margin:.25rem 0 .75rem}
.dim,header p{color:var(--dim)}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1rem 0}
dl div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem}
dt{color:var(--dim);font-size:.85rem}dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
.bad dd,.alarm b,.state.dead{color:var(--bad)}.good dd,.state.looked-at{color:var(--good)}
.alarm{border:1px solid var(--bad);border-left-width:4px;border-radius:8px;padding:.75rem 1rem;margin:1rem 0}
.alarm p{margin:.25rem 0 0}
.scroll{border:1px solid var(--line);border-radius:8px;overflow:hidden}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.45rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
th{background:var(--card);font-weight:600;font-size:.85rem;white-space:nowrap}td:first-child:not(.short){min-width:13rem}tr:last-child td{border-bottom:0}
td.short{white-space:nowrap}
.detail{font-family:ui-monospace,monospace;font-size:.85rem}
code{font-family:ui-monospace,monospace;font-size:.9em;background:var(--card);border:1px solid var(--line);border-radius:4px;padding:0 .25rem;box-decoration-break:clone;-webkit-box-decoration-break:clone}
pre{overflow-x:auto;user-select:all;font:13px/1.4 ui-monospace,monospace;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.75rem}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
.none{border:1px dashed var(--line);border-radius:8px;padding:.75rem 1rem;color:var(--dim)}
button,.button{display:inline-block;font:inherit;font-weight:600;padding:.6rem 1.2rem;margin:.5rem 0;border:0;border-radius:8px;background:light-dark(#116329,#238636);color:#fff;cursor:pointer}
.narrow{max-width:44rem;margin:0 auto}
.steps{padding-left:1.25rem}.steps li{margin:.5rem 0}
@media (max-width:40rem){
thead{position:absolute;clip-path:inset(50%)}
tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}tbody tr:last-child{border-bottom:0}
td{display:block;border:0;padding:.1rem .75rem}td.short{display:inline-block;padding-right:.25rem}
td[data-head]::before{content:attr(data-head) ": ";color:var(--dim)}
}
`;
