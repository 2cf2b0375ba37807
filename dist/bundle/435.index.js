export const id = 435;
export const ids = [435];
export const modules = {

/***/ 16435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderPage: () => (/* binding */ renderPage)
});

// UNUSED EXPORTS: renderIndexPage

// EXTERNAL MODULE: ./build/src/report/headline.js
var report_headline = __webpack_require__(17210);
// EXTERNAL MODULE: ./build/src/markdown/escape.js
var markdown_escape = __webpack_require__(83952);
// EXTERNAL MODULE: ./build/src/markdown/phrase.js
var markdown_phrase = __webpack_require__(42894);
;// CONCATENATED MODULE: ./build/src/report/page/html.js


/** Foreign text is cut here in the page, where there is room. */
const maxText = 1_000;
/** Markup with values in it: strings and numbers are escaped, `Html` is not, undefined is nothing. */
function html_html(strings, ...values) {
    return { markup: strings.map((part, index) => part + (index < values.length ? valueMarkup(values[index]) : "")).join("") };
}
function valueMarkup(value) {
    if (value === undefined)
        return "";
    if (typeof value === "number")
        return String(value);
    if (typeof value === "string")
        return (0,markdown_escape/* escapeHtml */.ZD)(value, maxText);
    return "markup" in value ? value.markup : value.map(({ markup }) => markup).join("");
}
function html_phrase(value) {
    return { markup: (0,markdown_phrase/* phraseToHtml */._C)(value) };
}
/** Markup of ours that was made elsewhere: the style sheet, a drawn chart. */
function html_trusted(markup) {
    return { markup };
}
const html_nothing = { markup: "" };

;// CONCATENATED MODULE: ./build/src/report/page/comment-preview.js


/**
 * A comment of ours as a reader sees it on GitHub, near enough: only the Markdown that our own comments are made of is
 * understood, everything else is shown as text. Nothing of the input gets into the page unescaped.
 */
function comment_preview_commentPreview(markdown) {
    return html `<div class="comment">${blocks(markdown.replaceAll("\u200b", "").split("\n"))}</div>`;
}
const maxDepth = 5;
function blocks(lines, depth = 0) {
    const done = [];
    let rest = lines;
    while (rest.length > 0) {
        const [line = ""] = rest;
        if (line.trim() === "" || /^<!--.*-->$/.test(line)) {
            rest = rest.slice(1);
            continue;
        }
        const [block, used] = readBlock(rest, line, depth);
        done.push(block);
        rest = rest.slice(Math.max(1, used));
    }
    return done;
}
function readBlock(lines, line, depth) {
    const heading = /^(#{2,4}) (.*)$/.exec(line);
    if (heading)
        return [headingOf(heading[1]?.length ?? 2, inline(heading[2] ?? "")), 1];
    if (line.startsWith("<details") && depth < maxDepth)
        return readDetails(lines, depth);
    if (line.startsWith(">"))
        return readQuote(lines, depth);
    const fence = /^(`{3,})(\w*)$/.exec(line)?.[1];
    if (fence !== undefined)
        return readFence(lines, fence);
    if (line.startsWith("| ") && /^\|[ :|-]+\|$/.test(lines[1] ?? ""))
        return readTable(lines);
    const marker = ["- ", "1. "].find((start) => line.startsWith(start));
    if (marker !== undefined)
        return readList(lines, marker === "- ");
    const end = endOf(lines, (next) => next.trim() !== "" && !/^(<\/?details|\| |>|`{3}|- |1\. )/.test(next));
    const text = lines
        .slice(0, Math.max(1, end))
        .map((each, index) => html `${index === 0 ? nothing : trusted("<br>")}${inline(each)}`);
    return [html `<p>${text}</p>`, Math.max(1, end)];
}
function headingOf(level, content) {
    if (level === 2)
        return html `<h3 class="c2">${content}</h3>`;
    return level === 3 ? html `<h4 class="c3">${content}</h4>` : html `<h5 class="c4">${content}</h5>`;
}
function readDetails(lines, depth) {
    const opening = /^<details( open)?><summary>(.*)<\/summary>$/.exec(lines[0] ?? "");
    let open = 0;
    const end = lines.findIndex((line) => {
        if (line.startsWith("<details"))
            open += 1;
        if (line === "</details>")
            open -= 1;
        return open === 0;
    });
    if (opening === null || end < 0)
        return [html `<p>${phrase(lines[0] ?? "")}</p>`, 1];
    const attribute = trusted(opening[1] === undefined ? "" : " open");
    const summary = inline(opening[2] ?? "", htmlRules);
    return [html `<details${attribute}><summary>${summary}</summary>${blocks(lines.slice(1, end), depth + 1)}</details>`, end + 1];
}
function readQuote(lines, depth) {
    const end = endOf(lines, (line) => line.startsWith(">"));
    const inner = lines.slice(0, end).map((line) => line.replace(/^> ?/, ""));
    const kind = /^\[!([A-Z]+)\]$/.exec(inner[0] ?? "")?.[1];
    const words = {
        CAUTION: "Caution",
        WARNING: "Warning",
        IMPORTANT: "Important",
        NOTE: "Note",
    };
    const word = kind && words[kind];
    if (!word)
        return [html `<blockquote>${blocks(inner, depth + 1)}</blockquote>`, end];
    return [
        html `<blockquote class="alert ${word.toLowerCase()}"><b>${word}</b>${blocks(inner.slice(1), depth + 1)}</blockquote>`,
        end,
    ];
}
function readFence(lines, fence) {
    const length = lines.slice(1).indexOf(fence);
    const end = length < 0 ? lines.length : length + 1;
    const content = lines.slice(1, end).map((line) => {
        const kind = line.startsWith("-") ? "d" : line.startsWith("+") ? "a" : "";
        return html `<span class="${kind}">${phrase(line)}</span>${trusted("\n")}`;
    });
    return [html `<pre class="diff">${content}</pre>`, end + 1];
}
function readTable(lines) {
    const end = endOf(lines, (line) => line.startsWith("|"));
    const [head = [], align = [], ...body] = lines.slice(0, end).map(cells);
    const side = (index) => (align[index]?.endsWith(":") ? "n" : "");
    const row = (values) => html `<tr>${values.map((value, index) => html `<td class="${side(index)}">${inline(value)}</td>`)}</tr>`;
    const titles = head.map((title, index) => html `<th scope="col" class="${side(index)}">${inline(title)}</th>`);
    return [html `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${body.map(row)}</tbody></table></div>`, end];
}
/** Our cells never contain a pipe. */
function cells(line) {
    return line
        .replace(/^\||\|$/g, "")
        .split("|")
        .map((cell) => cell.trim());
}
function readList(lines, unordered) {
    const start = unordered ? /^- / : /^\d+\. /;
    const end = endOf(lines, (line) => start.test(line));
    const items = lines.slice(0, end).map((line) => html `<li>${inline(line.replace(start, ""))}</li>`);
    return [unordered ? html `<ul>${items}</ul>` : html `<ol>${items}</ol>`, end];
}
function endOf(lines, belongs) {
    const end = lines.findIndex((line) => !belongs(line));
    return end < 0 ? lines.length : end;
}
const characters = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#124": "|" };
const htmlRules = [
    { pattern: /&(lt|gt|amp|quot|#39|#124|#8203);/y, render: ([, name = ""]) => html_phrase(characters[name] ?? "") },
    { pattern: /<code>(.*?)<\/code>/y, render: ([, text = ""], rules) => html_html `<code>${inline(text, rules)}</code>` },
    { pattern: /<b>(.*?)<\/b>/y, render: ([, text = ""], rules) => html_html `<b>${inline(text, rules)}</b>` },
    { pattern: /<sub>(.*?)<\/sub>/y, render: ([, text = ""], rules) => html_html `<small>${inline(text, rules)}</small>` },
];
const markdownRules = [
    { pattern: /\\([!-/:-@[-`{-~])/y, render: ([, character = ""]) => html_phrase(character) },
    { pattern: /(`+) ?(.*?[^`]) ?\1(?!`)/y, render: ([, , text = ""]) => html_html `<code>${text}</code>` },
    { pattern: /\*\*(.+?)\*\*/y, render: ([, text = ""], rules) => html_html `<b>${inline(text, rules)}</b>` },
    { pattern: /~~(.+?)~~/y, render: ([, text = ""], rules) => html_html `<s>${inline(text, rules)}</s>` },
    {
        pattern: /\[((?:\\.|`[^`]*`|[^\]\\])*)\]\(([^)\s]*)\)/y,
        render: ([, label = "", to = ""], rules) => {
            const address = (0,markdown_escape/* safeAddress */.Md)(to);
            return address === undefined ? inline(label, rules) : html_html `<a href="${address}">${inline(label, rules)}</a>`;
        },
    },
    ...htmlRules,
];
function inline(text, rules = markdownRules) {
    const done = [];
    let plain = "";
    for (let at = 0; at < text.length;) {
        const found = rules.map((rule) => ({ rule, match: matchAt(rule.pattern, text, at) })).find(({ match }) => match !== null);
        if (found?.match) {
            done.push(html_phrase(plain), found.rule.render(found.match, rules));
            plain = "";
            at += found.match[0].length;
        }
        else {
            plain += text.charAt(at);
            at += 1;
        }
    }
    return html_html `${[...done, html_phrase(plain)]}`;
}
function matchAt(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text);
}

;// CONCATENATED MODULE: ./build/src/report/page/style.js
/** Colours are GitHub-like, each at least 4.5:1 on its background where it is text; one set a scheme. */
const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2430;--muted:#596475;--line:#e3e7ee;--card:#f6f8fb;--pass:#1a7f4b;--fail:#c2332b;--inconclusive:#8a6100;--pending:#2f62d9;--base:#9aa7ba;--base-line:#7d8aa0;--cand:#2f62d9;--bad:#c2332b17;--link:#1f55c4}
@media(prefers-color-scheme:dark){:root{--bg:#11151c;--fg:#e4e9f1;--muted:#9aa6b8;--line:#29313e;--card:#181e28;--pass:#4cc38a;--fail:#ff7a70;--inconclusive:#e2b340;--pending:#7da2ff;--base:#66748a;--base-line:#8593a9;--cand:#7da2ff;--bad:#ff7a7026;--link:#8fb0ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
main{max-width:68rem;margin:0 auto;padding:1.75rem 1.25rem 4rem}
h1,h2,h3,h4{line-height:1.25;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h1,h2.title{font-size:1.7rem;margin:.2rem 0 .4rem}h2{font-size:1.25rem;margin:0}h3{font-size:1.02rem;margin:0 0 .6rem}h4{font-size:.9rem;margin:0 0 .4rem}
p{margin:.35rem 0;max-width:72ch}a{color:var(--link);text-underline-offset:2px}a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code{font:.92em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.muted,small{color:var(--muted)}small{display:block;font-weight:400;font-size:.82rem;line-height:1.4}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.verdict{border-left:5px solid var(--muted);padding:.1rem 0 .1rem 1.1rem}.verdict.fail{border-color:var(--fail)}.verdict.pass,.verdict.recorded,.verdict.unchanged{border-color:var(--pass)}.verdict.inconclusive{border-color:var(--inconclusive)}.verdict.pending{border-color:var(--pending)}
.verdict ul.reasons{margin:.5rem 0 0;padding-left:1.1rem;max-width:76ch}.verdict li{margin:.2rem 0}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:.9rem 0 0;padding:0;list-style:none;font-size:.9rem}.facts b{font-weight:600}
.block{margin-top:2.2rem}.model{margin-top:2.6rem;padding-top:1.6rem;border-top:1px solid var(--line)}.folded{margin-top:2.6rem}.folded+.folded{margin-top:0;border-top:0}.folded summary .badge,.folded summary .muted{margin-left:.6rem}.folded summary .muted{font-weight:400}.model>header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem .9rem;margin-bottom:.5rem}
.note{border-left:3px solid var(--inconclusive);background:var(--card);padding:.7rem 1rem;margin:1.4rem 0 0;border-radius:0 8px 8px 0}.note ul{margin:.4rem 0 0;padding-left:1.1rem}.note.fail{border-color:var(--fail)}
.scroll{overflow-x:auto;position:relative}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.6rem .9rem .6rem 0;border-top:1px solid var(--line);vertical-align:top}th:last-child,td:last-child{padding-right:0}thead th{font-size:.8rem;font-weight:500;color:var(--muted);border-top:0;padding-bottom:.4rem;vertical-align:bottom}th[scope=row]{font-weight:600;overflow-wrap:anywhere}
.n{font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right}.gates td,.gates tbody th{vertical-align:middle}.gates th[scope=row]{min-width:9rem;max-width:15rem}.gates .needs{white-space:nowrap}.gates .plot{width:230px}.gates small{white-space:normal}.gates small.range{white-space:nowrap}.gates td,.comment td,.comment th{overflow-wrap:anywhere}.gates td{min-width:4.5rem}.comment th:not(.n),.comment td:not(.n){min-width:8.5rem}
.badge{font-weight:600;white-space:nowrap}.badge.pass,.badge.recorded,.badge.unchanged{color:var(--pass)}.badge.fail{color:var(--fail)}.badge.inconclusive{color:var(--inconclusive)}.badge.pending{color:var(--pending)}
svg{display:block;max-width:100%;height:auto}.bad{fill:var(--bad)}.zero{stroke:var(--base-line);stroke-dasharray:2 3}.limit{stroke:var(--fail);stroke-width:1.5}.ci{stroke-width:3;stroke-linecap:round}.ci.pass{stroke:var(--pass)}.ci.fail{stroke:var(--fail)}.ci.inconclusive{stroke:var(--inconclusive)}.pt.pass{fill:var(--pass)}.pt.fail{fill:var(--fail)}.pt.inconclusive{fill:var(--bg);stroke:var(--inconclusive);stroke-width:2.5}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;font-size:.82rem;color:var(--muted);margin:.5rem 0 0;max-width:none}.key span{display:inline-flex;align-items:center;gap:.4rem}.key i{display:inline-block;flex:none}.k-point{width:9px;height:9px;border-radius:50%;background:var(--muted)}.k-ci{width:18px;height:3px;border-radius:2px;background:var(--muted)}.k-zero{width:0;height:14px;border-left:1px dashed var(--base-line)}.k-limit{width:12px;height:14px;border-left:1.5px solid var(--fail);background:var(--bad)}.k-base{width:18px;height:3px;border-radius:2px;background:var(--base-line)}.k-cand{width:18px;height:3px;border-radius:2px;background:var(--cand)}
.cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1.4rem 2rem}.cols>*{min-width:0}.cols .block{margin-top:2.2rem}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr));gap:1.2rem}figure{margin:0;min-width:0}figcaption{font-size:.85rem;font-weight:600;margin-bottom:.4rem;overflow-wrap:anywhere}
.confusion{width:auto;font-size:.9rem}.confusion th,.confusion td{padding:.45rem .7rem;border:2px solid var(--bg);text-align:right;font-variant-numeric:tabular-nums}.confusion thead th,.confusion thead td{border-bottom-width:0}.confusion th{font-weight:500;color:var(--muted);max-width:9rem;overflow-wrap:anywhere}.confusion tbody th{padding-left:0}.confusion td.right{background:color-mix(in srgb,var(--cand) calc(var(--share)*.42),var(--card))}.confusion td.wrong{background:color-mix(in srgb,var(--fail) calc(var(--share)*.62),var(--card))}.confusion td small{color:inherit;opacity:.85}
.diff{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.7rem 1rem;overflow-x:auto;margin:0}.diff .a{color:var(--pass)}.diff .d{color:var(--fail)}
details{border-top:1px solid var(--line);padding:.65rem 0}details:last-of-type{border-bottom:1px solid var(--line)}summary{cursor:pointer;font-weight:600}details>:not(summary){margin-top:.7rem}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1.1rem;margin:.4rem 0;font-size:.9rem}dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere}
ol.steps{margin:0;padding-left:1.2rem;max-width:72ch}ol.steps li{margin:.3rem 0}
footer{margin-top:2.6rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.82rem;color:var(--muted)}
.index{margin-bottom:2.2rem}.index h1{margin-bottom:.2rem}.index ul{list-style:none;margin:1rem 0 0;padding:0}.index li{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.55rem 0;border-top:1px solid var(--line)}.index li:last-child{border-bottom:1px solid var(--line)}
.pull-request{margin-top:3.5rem}.pull-request>h2{font-size:1.5rem;margin-bottom:1rem}.label{font-size:.8rem;color:var(--muted);margin:1.8rem 0 .5rem}
.comment{border:1px solid var(--line);border-radius:10px;padding:.4rem 1.2rem 1rem;font-size:.93rem}.comment h3.c2{font-size:1.3rem;margin:.8rem 0 .5rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}.comment h4.c3{font-size:1.05rem;margin:1.4rem 0 .4rem}.comment h5.c4{font-size:.95rem;margin:1.1rem 0 .4rem}.comment p{max-width:none}.comment small{display:inline}.comment table{width:auto;margin:.5rem 0}.comment th,.comment td{border:1px solid var(--line);padding:.35rem .7rem;vertical-align:middle}.comment thead th{font-size:inherit;font-weight:600;color:inherit;background:var(--card)}.comment details{border:0;padding:.3rem 0}.comment summary{font-weight:400}.comment details>:not(summary){margin-left:1rem}.comment ol,.comment ul{padding-left:1.4rem;margin:.4rem 0}.comment code{background:var(--card);padding:.1em .35em;border-radius:5px}
blockquote{margin:.9rem 0;padding:.2rem 1rem;border-left:4px solid var(--line)}.alert.caution{border-color:var(--fail)}.alert.caution>b{color:var(--fail)}.alert.warning{border-color:var(--inconclusive)}.alert.warning>b{color:var(--inconclusive)}.alert.important,.alert.note{border-color:var(--cand)}.alert.important>b,.alert.note>b{color:var(--cand)}
@media(max-width:46rem){main{padding:1.1rem 1rem 3rem}h1,h2.title{font-size:1.45rem}.facts{gap:.2rem 1.1rem}
.gates thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.gates tr{display:grid;grid-template-columns:1fr 1fr;gap:.15rem 1rem;border-top:1px solid var(--line);padding:.8rem 0}.gates th,.gates td{border:0;padding:.1rem 0;text-align:left}.gates td[data-label]::before{content:attr(data-label);display:block;font-size:.78rem;color:var(--muted)}.gates th[scope=row],.gates td.plot{grid-column:1/-1;width:auto;max-width:none}.gates .needs{white-space:normal}.gates td.plot svg{width:100%}.gates td.plot:empty{display:none}.gates td:last-child{grid-column:1/-1}
dl{grid-template-columns:1fr;gap:0}.comment{padding:.2rem .9rem .8rem}.comment details>:not(summary){margin-left:.4rem}dd{margin-bottom:.5rem}.confusion th,.confusion td{padding:.4rem .5rem}}
@media print{:root{color-scheme:light}body{font-size:11px}main{max-width:none;padding:0}details::details-content{content-visibility:visible;height:auto}.model,tr,figure{break-inside:avoid}.model{break-inside:auto}a{color:inherit}}
`;

;// CONCATENATED MODULE: ./build/src/report/page/document.js


/** A whole file around the content. Nothing may be loaded and nothing may run, whatever got into the content. */
function document_documentOf(title, content) {
    return html_html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${html_trusted(style)}</style>
</head>
<body><main>${content}</main></body>
</html>
`.markup;
}

// EXTERNAL MODULE: ./build/src/report/blockers.js
var blockers = __webpack_require__(85165);
// EXTERNAL MODULE: ./build/src/report/format.js
var format = __webpack_require__(45845);
// EXTERNAL MODULE: ./build/src/report/law.js
var law = __webpack_require__(42104);
// EXTERNAL MODULE: ./build/src/report/model-status.js
var model_status = __webpack_require__(96004);
// EXTERNAL MODULE: ./build/src/report/next-steps.js
var next_steps = __webpack_require__(92189);
// EXTERNAL MODULE: ./build/src/report/gate-row.js
var gate_row = __webpack_require__(51160);
// EXTERNAL MODULE: ./build/src/report/input-changes.js
var input_changes = __webpack_require__(35084);
// EXTERNAL MODULE: ./build/src/report/metric-title.js
var metric_title = __webpack_require__(45189);
// EXTERNAL MODULE: ./build/src/report/provenance.js
var provenance = __webpack_require__(93541);
// EXTERNAL MODULE: ./build/src/report/test-set.js
var test_set = __webpack_require__(73255);
;// CONCATENATED MODULE: ./build/src/report/page/confusion.js


/** Matrices with more classes are not read by anybody; the pairs that are confused most are. */
const maxClasses = 12;
const maxPairs = 12;
/** Both confusion matrices side by side. */
function confusionSection(baseline, candidate, now) {
    if (baseline === undefined && candidate === undefined)
        return html_nothing;
    return html_html `<section class="block"><h3>Confusion matrix</h3><p class="muted">Rows are the true class, columns the predicted one; the shade is the share of the row.</p><div class="cols">${[
        confusion("Baseline", baseline),
        confusion(now, candidate),
    ]}</div></section>`;
}
function confusion(title, matrix) {
    if (matrix === undefined)
        return html_html `<figure><figcaption>${title}</figcaption><p class="muted">Not recorded.</p></figure>`;
    const { labels, counts } = matrix;
    if (labels.length > maxClasses)
        return confusedPairs(title, labels, counts);
    const head = labels.map((label) => html_html `<th scope="col">${label}</th>`);
    const rows = labels.map((label, row) => {
        const total = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
        const cells = labels.map((_, column) => cell(counts[row]?.[column] ?? 0, total, row === column));
        return html_html `<tr><th scope="row">${label}</th>${cells}</tr>`;
    });
    return html_html `<figure><figcaption>${title}</figcaption><div class="scroll"><table class="confusion"><thead><tr><td></td>${head}</tr></thead><tbody>${rows}</tbody></table></div></figure>`;
}
function cell(count, total, right) {
    const share = total === 0 ? 0 : count / total;
    const percent = total === 0 ? "" : `${(0,format/* formatFixed */.gn)(share * 100, share > 0 && share < 0.1 ? 1 : 0)}%`;
    return html_html `<td class="${right ? "right" : "wrong"}" style="--share:${Math.round(share * 100)}%">${(0,format/* formatFixed */.gn)(count, 0)}<small>${percent}</small></td>`;
}
function confusedPairs(title, labels, counts) {
    const pairs = labels
        .flatMap((truth, row) => labels.map((predicted, column) => ({ truth, predicted, count: counts[row]?.[column] ?? 0, wrong: row !== column })))
        .filter(({ count, wrong }) => wrong && count > 0)
        .sort((a, b) => b.count - a.count)
        .slice(0, maxPairs);
    const rows = pairs.map(({ truth, predicted, count }) => {
        return html_html `<tr><td>${truth}</td><td>${predicted}</td><td class="n">${(0,format/* formatFixed */.gn)(count, 0)}</td></tr>`;
    });
    return html_html `<figure><figcaption>${title}: ${labels.length} classes, the pairs confused most</figcaption><div class="scroll"><table><thead><tr><th scope="col">True</th><th scope="col">Predicted</th><th scope="col" class="n">Rows</th></tr></thead><tbody>${rows}</tbody></table></div></figure>`;
}

;// CONCATENATED MODULE: ./build/src/report/page/interval-plot.js

const width = 230;
const height = 34;
const interval_plot_top = 4;
const bottom = height - 4;
const middle = height / 2;
/** The change (or value) as a point with its interval, on which side of the limit it lies, and what is not allowed shaded. */
function intervalPlot(row) {
    const { plot } = row;
    if (plot === undefined)
        return html_nothing;
    const x = scale(plot);
    const limit = x(plot.limit);
    const [from, to] = plot.badSide === "below" ? [0, limit] : [limit, width];
    const interval = plot.interval &&
        html_html `<line class="ci ${row.outcome}" x1="${fixed(x(plot.interval.low))}" x2="${fixed(x(plot.interval.high))}" y1="${middle}" y2="${middle}"/>`;
    return html_html `<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${describe(row)}"><rect class="bad" x="${fixed(from)}" y="${interval_plot_top}" width="${fixed(to - from)}" height="${bottom - interval_plot_top}" rx="3"/>${plot.reference === undefined ? undefined : vertical("zero", x(plot.reference))}${vertical("limit", limit)}${interval}${point(row.outcome, x(plot.point))}</svg>`;
}
function vertical(kind, x) {
    return html_html `<line class="${kind}" x1="${fixed(x)}" x2="${fixed(x)}" y1="${interval_plot_top}" y2="${bottom}"/>`;
}
/** The outcome's shape differs too, for those who do not see its colour. */
function point(outcome, x) {
    if (outcome === "pass")
        return html_html `<circle class="pt pass" cx="${fixed(x)}" cy="${middle}" r="4.5"/>`;
    if (outcome === "inconclusive")
        return html_html `<circle class="pt inconclusive" cx="${fixed(x)}" cy="${middle}" r="4"/>`;
    return html_html `<rect class="pt fail" x="${fixed(x - 4)}" y="${middle - 4}" width="8" height="8" transform="rotate(45 ${fixed(x)} ${middle})"/>`;
}
/** Everything that is drawn fits, with room at both sides. */
function scale({ point, interval, limit, reference }) {
    const values = [
        point,
        limit,
        ...(reference === undefined ? [] : [reference]),
        ...(interval ? [interval.low, interval.high] : []),
    ];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const span = high - low || Math.abs(high) || 1;
    const room = 0.14;
    const start = low - span * room;
    const whole = span * (1 + 2 * room);
    return (value) => Math.min(width, Math.max(0, ((value - start) / whole) * width));
}
function describe({ title, candidate, change, interval, candidateInterval, needs, plot }) {
    const ofChange = plot?.quantity === "change";
    const value = ofChange ? `change ${change}` : candidate;
    const ends = ofChange ? interval : candidateInterval;
    return `${title}: ${value}${ends ? `, 95% interval ${ends.low} to ${ends.high}` : ""}; needs ${needs}`;
}
function fixed(x) {
    return x.toFixed(1);
}

;// CONCATENATED MODULE: ./build/src/report/page/status-badge.js

/** Marks of the page; the comment uses emoji. Always a mark and a word. */
const marks = {
    pass: "✓",
    fail: "✕",
    inconclusive: "?",
    pending: "…",
    recorded: "✓",
    unchanged: "✓",
};
function status_badge_statusMark(status) {
    return html_html `<span aria-hidden="true">${marks[status]}</span>`;
}
function statusBadge(status) {
    return html_html `<span class="badge ${status}">${status_badge_statusMark(status)} ${status}</span>`;
}

;// CONCATENATED MODULE: ./build/src/report/page/gates-table.js




/** Passing gates past these are folded. */
const maxPassing = 40;
function gatesTable(report, model, gates) {
    if (gates.length === 0)
        return html_html `<p class="muted">No gates are declared for this model.</p>`;
    const rows = gates.map((gate) => (0,gate_row/* gateRow */.uH)(model, gate));
    const urgent = rows.filter(({ outcome }) => outcome !== "pass");
    const passing = rows.filter(({ outcome }) => outcome === "pass");
    const shown = [...urgent, ...passing.slice(0, maxPassing)];
    const rest = passing.slice(maxPassing);
    return html_html `${table(report, shown)}${key(shown)}${rest.length === 0
        ? html_nothing
        : html_html `<details><summary>${rest.length} more passing gates</summary>${table(report, rest)}</details>`}`;
}
function table({ event }, rows) {
    const now = event === "pull_request" ? "This PR" : "This commit";
    return html_html `<div class="scroll"><table class="gates"><thead><tr><th scope="col">Gate</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">${now}</th><th scope="col">Change, with its 95% interval</th><th scope="col" class="n"><span class="hidden">Change in numbers</span></th><th scope="col">Needs</th><th scope="col">Result</th></tr></thead><tbody>${rows.map((row) => tableRow(row, now))}</tbody></table></div>`;
}
function tableRow(row, now) {
    const { title, direction, baseline, candidate, candidateInterval, change, interval, noIntervalBecause, needs, outcome, note } = row;
    return html_html `<tr class="${outcome}"><th scope="row">${title}${small(direction)}</th><td class="n" data-label="Baseline">${baseline}</td><td class="n" data-label="${now}">${candidate}${range(candidateInterval)}</td><td class="plot">${intervalPlot(row)}</td><td class="n" data-label="Change">${change}${range(interval)}${interval ? html_nothing : small(noIntervalBecause ?? "")}</td><td class="needs" data-label="Needs">${needs}</td><td>${statusBadge(outcome)}${small(note)}</td></tr>`;
}
function range(interval) {
    return interval ? html_html `<small class="range">${interval.low} to ${interval.high}</small>` : html_nothing;
}
function small(text) {
    return text === "" ? html_nothing : html_html `<small>${text}</small>`;
}
function key(rows) {
    if (!rows.some(({ plot }) => plot))
        return html_nothing;
    const reference = rows.some(({ plot }) => plot?.quantity === "value") ? "no change, or the baseline’s value" : "no change";
    return html_html `<p class="key"><span><i class="k-point"></i>measured</span><span><i class="k-ci"></i>95% interval</span><span><i class="k-zero"></i>${reference}</span><span><i class="k-limit"></i>limit; shaded: not allowed</span></p>`;
}

;// CONCATENATED MODULE: ./build/src/report/page/charts.js

/** Small multiples past this many are not looked at; the page says how many were left out. */
const maxCurves = 8;
const charts_width = 300;
const charts_height = 210;
const seriesColor = (names) => ({
    field: "series",
    type: "nominal",
    scale: { domain: [...names], range: ["var(--base-line)", "var(--cand)"] },
    legend: null,
});
/** Order in which both are drawn: baseline below, candidate on top. */
const models = ["Baseline", "Candidate"];
function rocCharts(pair) {
    return curveCharts(pair, "roc", {
        group: "ROC curves",
        x: "False positive rate",
        y: "True positive rate",
        diagonal: true,
    });
}
function precisionRecallCharts(pair) {
    return curveCharts(pair, "precisionRecall", { group: "Precision and recall", x: "Recall", y: "Precision", diagonal: false });
}
function curveCharts({ baseline, candidate }, kind, words) {
    const curves = { Baseline: baseline?.[kind] ?? [], Candidate: candidate?.[kind] ?? [] };
    const labels = [...new Set([...curves.Candidate, ...curves.Baseline].map(({ label }) => label))];
    return labels.map((label) => {
        const values = models.flatMap((series) => (curves[series].find((curve) => curve.label === label)?.points ?? []).map(([x, y], order) => ({ x, y, order, series })));
        const title = labels.length === 1 ? "" : (0,markdown_escape/* visible */.RK)(label, 60);
        const axis = { format: ".1~f", tickCount: 5 };
        const scale = { domain: [0, 1] };
        const line = {
            data: { values },
            mark: { type: "line", strokeWidth: 2, interpolate: kind === "roc" ? "linear" : "step-after" },
            encoding: {
                x: { field: "x", type: "quantitative", title: words.x, scale, axis },
                y: { field: "y", type: "quantitative", title: words.y, scale, axis },
                order: { field: "order", type: "quantitative" },
                color: seriesColor(models),
            },
        };
        const spec = {
            width: charts_width,
            height: charts_height,
            layer: words.diagonal ? [diagonal, line] : [line],
        };
        return {
            group: words.group,
            title,
            label: `${words.group}${title === "" ? "" : ` of class ${title}`}, baseline and candidate`,
            spec,
        };
    });
}
const diagonal = {
    data: { values: [{ x: 0, y: 0, x2: 1, y2: 1 }] },
    mark: { type: "rule", strokeDash: [2, 4], color: "var(--base)" },
    encoding: {
        x: { field: "x", type: "quantitative" },
        y: { field: "y", type: "quantitative" },
        x2: { field: "x2" },
        y2: { field: "y2" },
    },
};
/** Histograms of prediction − target over each other, as density, since their bins need not be the same. */
function residualCharts({ baseline, candidate }) {
    const values = [...steps(baseline?.residuals, "Baseline"), ...steps(candidate?.residuals, "Candidate")];
    if (values.length === 0)
        return [];
    const encoding = {
        x: { field: "x", type: "quantitative", title: "Prediction − target", axis: { tickCount: 6, grid: false } },
        y: { field: "y", type: "quantitative", title: "Density of rows", axis: { labels: false, grid: false } },
    };
    const of = (series) => ({ values: values.filter((value) => value.series === series) });
    const spec = {
        width: 300,
        height: charts_height,
        layer: [
            { data: of("Baseline"), mark: { type: "area", interpolate: "step-after", color: "var(--base)", opacity: 0.45 }, encoding },
            {
                data: of("Candidate"),
                mark: { type: "line", interpolate: "step-after", color: "var(--cand)", strokeWidth: 2 },
                encoding,
            },
            {
                data: { values: [{ zero: 0 }] },
                mark: { type: "rule", strokeDash: [2, 4], color: "var(--muted)" },
                encoding: { x: { field: "zero", type: "quantitative" } },
            },
        ],
    };
    return [{ group: "Residuals", title: "", label: "Histogram of prediction minus target, baseline and candidate", spec }];
}
function steps(residuals, series) {
    if (residuals === undefined)
        return [];
    const { edges, counts } = residuals;
    const rows = counts.reduce((sum, count) => sum + count, 0);
    const points = counts.flatMap((count, index) => {
        const [from, to] = [edges[index], edges[index + 1]];
        if (from === undefined || to === undefined || to <= from || rows === 0)
            return [];
        return [{ x: from, y: count / rows / (to - from), series }];
    });
    const end = edges[counts.length];
    return end === undefined || points.length === 0 ? points : [...points, { x: end, y: 0, series }];
}
/** Most epochs a line is drawn with. */
const maxEpochs = 500;
const maxHistories = 4;
/** Loss and the like over epochs: what was trained on against what was held out, one chart a quantity. */
function historyCharts(evidence) {
    const training = evidence?.trainings.find(({ history }) => history && Object.keys(history).length > 0);
    const history = training?.history ?? {};
    const quantities = [...new Set(Object.keys(history).map((name) => name.replace(/^val_/, "")))].slice(0, maxHistories);
    return quantities.flatMap((quantity) => {
        const values = [...epochs(history[quantity], "Training rows"), ...epochs(history[`val_${quantity}`], "Held-out rows")];
        if (values.length === 0)
            return [];
        const title = (0,markdown_escape/* visible */.RK)(quantity, 60);
        const spec = {
            width: charts_width,
            height: charts_height,
            data: { values },
            mark: { type: "line", strokeWidth: 2 },
            encoding: {
                x: {
                    field: "epoch",
                    type: "quantitative",
                    title: "Epoch",
                    scale: { nice: false },
                    axis: { tickMinStep: 1, tickCount: 6, format: "d" },
                },
                y: { field: "value", type: "quantitative", title: null, scale: { zero: false }, axis: { tickCount: 5 } },
                color: seriesColor(["Training rows", "Held-out rows"]),
            },
        };
        return [{ group: "Training", title, label: `${title} over epochs, training and held-out rows`, spec }];
    });
}
function epochs(values, series) {
    const all = (values ?? []).flatMap((value, index) => (value === null ? [] : [{ epoch: index + 1, value, series }]));
    const every = Math.ceil(all.length / maxEpochs);
    return all.filter((_, index) => index % every === 0 || index === all.length - 1);
}

;// CONCATENATED MODULE: ./build/src/report/page/vega.js

/** Colours are the page's own variables, so that one drawing serves light and dark. */
const config = {
    aria: false,
    font: "inherit",
    view: { stroke: null },
    axis: {
        labelColor: "var(--muted)",
        titleColor: "var(--muted)",
        gridColor: "var(--line)",
        domain: false,
        ticks: false,
        labelPadding: 6,
        titlePadding: 8,
        titleFontWeight: "normal",
        labelFontSize: 11,
        titleFontSize: 12,
    },
};
/** Draws charts as SVG that scales down with the page. Loads Vega only when there is one to draw. */
async function drawCharts(charts) {
    if (charts.length === 0)
        return [];
    const [vega, vegaLite] = await Promise.all([__webpack_require__.e(/* import() */ 972).then(__webpack_require__.bind(__webpack_require__, 33972)), Promise.all(/* import() */[__webpack_require__.e(972), __webpack_require__.e(994)]).then(__webpack_require__.bind(__webpack_require__, 10994))]);
    setTextWidths(vega);
    const drawn = [];
    for (const { label, spec } of charts) {
        const { spec: compiled } = vegaLite.compile({ ...spec, background: "transparent", padding: 4, config });
        const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
        const svg = await view.toSVG();
        view.finalize();
        drawn.push(vega_embed(svg, label));
    }
    return drawn;
}
/** The drawing as part of an HTML page: an image with a label, whose parts are not read out one by one. */
function vega_embed(svg, label) {
    const inner = svg.replace(/ (?:xmlns(?::xlink)?|version|role|aria-\w+)="[^"]*"/g, "");
    return html_html `${html_trusted(inner.slice(0, "<svg".length))} role="img" aria-label="${label}"${html_trusted(inner.slice("<svg".length))}`;
}
/** Without a canvas Vega guesses how wide a text is; these are Helvetica's advances in thousandths of the font size. */
function setTextWidths(vega) {
    const { textMetrics } = vega;
    if (textMetrics === undefined)
        return;
    textMetrics.width = ({ fontSize = 11 }, text) => {
        let thousandths = 0;
        for (const character of String(text ?? ""))
            thousandths += advance(character);
        return (thousandths * fontSize) / 1_000;
    };
}
function advance(character) {
    if (/[0-9$]/.test(character))
        return 556;
    if (/[ijl.,:;'|!]/.test(character))
        return 250;
    if (/[ftrI ()[\]/-]/.test(character))
        return 310;
    if (/[mwMW%@]/.test(character))
        return 860;
    if (/[A-Z−+=<>]/.test(character))
        return 670;
    return (character.codePointAt(0) ?? 0) > 0x2e80 ? 1_000 : 556;
}

;// CONCATENATED MODULE: ./build/src/report/page/pictures.js




/** Curves, residuals and training history, as far as the evidence has them. */
async function pictureSections(model, now) {
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    const pair = { baseline: evaluation?.baseline?.pictures, candidate: evaluation?.candidate?.pictures };
    const compare = [
        { class: "k-base", word: "baseline" },
        { class: "k-cand", word: now === "This PR" ? "this PR" : "this commit" },
    ];
    const groups = [
        { charts: rocCharts(pair), key: compare },
        { charts: precisionRecallCharts(pair), key: compare },
        { charts: residualCharts(pair), key: compare },
        {
            charts: historyCharts((0,model_status/* evidenceOf */.X1)(model)),
            key: [
                { class: "k-base", word: "training rows" },
                { class: "k-cand", word: "held-out rows" },
            ],
        },
    ];
    const narrow = [];
    const wide = [];
    for (const { charts, key } of groups)
        (charts.length === 1 ? narrow : wide).push(await section(charts, key));
    // One chart by itself leaves room for another beside it.
    return html_html `${narrow.length === 0 ? html_nothing : html_html `<div class="cols">${narrow}</div>`}${wide}`;
}
async function section(all, key) {
    const [first] = all;
    if (first === undefined)
        return html_nothing;
    const charts = all.slice(0, maxCurves);
    const drawn = await drawCharts(charts);
    const figures = charts.map(({ title }, index) => {
        const caption = title === "" ? html_nothing : html_html `<figcaption>${title}</figcaption>`;
        return html_html `<figure>${caption}${drawn[index] ?? html_nothing}</figure>`;
    });
    const rest = all.length > charts.length ? html_html `<p class="muted">${all.length - charts.length} more classes are not drawn.</p>` : html_nothing;
    const keys = key.map((entry) => html_html `<span><i class="${entry.class}"></i>${entry.word}</span>`);
    return html_html `<section class="block"><h3>${first.group}</h3><div class="charts">${figures}</div>${rest}<p class="key">${keys}</p></section>`;
}

;// CONCATENATED MODULE: ./build/src/report/page/model-section.js













/** The page has room for more than the comment, not for everything. */
const maxInputChanges = 100;
const maxMetrics = 200;
/** Everything about one model. */
async function modelSection(report, model, folded) {
    const { state } = model;
    const header = html_html `<header><h2>${model.name}</h2>${statusBadge((0,model_status/* statusOf */.c2)(model))}<span class="muted">${(0,model_status/* describeStatus */.Wn)(model, report.event)}</span></header>`;
    if (state.kind === "pending")
        return model_section_section([header, html_html `<p>${html_phrase(job(model) ?? "The job has not finished.")}</p>`]);
    if (state.kind === "failed" || state.kind === "lost") {
        return model_section_section([
            header,
            html_html `<div class="note fail"><p>${html_phrase((0,blockers/* jobPhrase */.X)(model))}</p></div>`,
            changes(model),
            more(report, model),
        ]);
    }
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    const now = report.event === "pull_request" ? "This PR" : "This commit";
    const blocks = [
        ...(0,test_set/* testSetPhrases */.r2)(model).map((sentence) => html_html `<p>${html_phrase(sentence)}</p>`),
        ...((0,model_status/* verdictOf */.Vj)(model)?.reasons ?? []).map((reason) => html_html `<div class="note"><p>${reason}</p></div>`),
        html_html `<section class="block"><h3>Gates</h3>${gatesTable(report, model, (0,model_status/* gatesWorstFirst */.yo)(model, "current"))}</section>`,
        oldTestSet(report, model),
        confusionSection(evaluation?.baseline?.pictures?.confusion, evaluation?.candidate?.pictures?.confusion, now),
        flipped(model),
        await pictureSections(model, now),
        changes(model),
        more(report, model),
    ];
    if (!folded)
        return model_section_section([header, ...blocks]);
    const summary = html_html `<summary>${model.name} ${statusBadge((0,model_status/* statusOf */.c2)(model))} <span class="muted">${(0,model_status/* describeStatus */.Wn)(model, report.event)}</span></summary>`;
    return html_html `<details class="folded">${summary}<section>${blocks}</section></details>`;
}
function model_section_section(blocks) {
    return html_html `<section class="model">${blocks}</section>`;
}
function job({ state }) {
    return state.kind === "pending" && state.job ? ["In progress: ", { link: state.job.name, to: state.job.url }] : undefined;
}
function oldTestSet(report, model) {
    const old = (0,model_status/* evaluationOf */.SV)(model, "base");
    if (old === undefined)
        return html_nothing;
    const sentences = (0,test_set/* oldTestSetPhrases */.wx)(old).map((sentence) => html_html `<p>${html_phrase(sentence)}</p>`);
    return html_html `<section class="block"><h3>Gates on the old test set</h3>${sentences}${gatesTable(report, model, (0,model_status/* gatesWorstFirst */.yo)(model, "base"))}</section>`;
}
function flipped(model) {
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    const sentence = evaluation && (0,test_set/* flippedPhrase */.kG)(evaluation);
    return sentence === undefined ? html_nothing : html_html `<section class="block"><h3>What flipped</h3><p>${sentence}</p></section>`;
}
function changes({ plan }) {
    const all = (0,input_changes/* inputChanges */.K)(plan);
    if (all.length === 0)
        return html_nothing;
    const lines = (0,input_changes/* diffLines */.P)(all, maxInputChanges).map((line) => {
        const kind = line.startsWith("-") ? "d" : line.startsWith("+") ? "a" : "";
        return html_html `<span class="${kind}">${line}</span>\n`;
    });
    return html_html `<section class="block"><h3>What changed in the inputs</h3><pre class="diff" tabindex="0" role="region" aria-label="Changed inputs">${lines}</pre></section>`;
}
function more(report, model) {
    const rows = (0,provenance/* provenance */.a)(report, model).map(({ label, value }) => html_html `<dt>${label}</dt><dd>${html_phrase(value)}</dd>`);
    return html_html `<section class="block"><h3>More</h3>${otherMetrics(model)}${selfReported(model)}<details open><summary>Provenance</summary><dl>${rows}</dl></details></section>`;
}
function otherMetrics(model) {
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    const gated = new Set((0,model_status/* gatesWorstFirst */.yo)(model).map(({ gate }) => gate.metric));
    const compared = (evaluation?.comparisons ?? []).filter(({ metric }) => !gated.has(metric));
    const known = new Set(evaluation?.comparisons.map(({ metric }) => metric));
    const alone = (evaluation?.candidate?.metrics ?? []).filter(({ metric }) => !known.has(metric));
    const count = compared.length + alone.length;
    if (count === 0)
        return html_nothing;
    const rows = [
        ...compared.slice(0, maxMetrics).map((comparison) => {
            const { baseline, candidate, change, interval } = (0,gate_row/* changeNumbers */.bR)(comparison);
            const ends = interval ? html_html `<small>${interval.low} to ${interval.high}</small>` : html_nothing;
            return html_html `<tr><th scope="row">${(0,metric_title/* metricTitle */.V)(comparison.metric)}<small>${(0,gate_row/* describeDirection */.p6)(comparison.greaterIsBetter)}</small></th><td class="n">${baseline}</td><td class="n">${candidate}</td><td class="n">${change}${ends}</td></tr>`;
        }),
        ...alone.slice(0, maxMetrics).map(({ metric, value, undefinedBecause }) => {
            return html_html `<tr><th scope="row">${(0,metric_title/* metricTitle */.V)(metric)}<small>${undefinedBecause ?? ""}</small></th><td class="n">—</td><td class="n">${(0,format/* formatNumber */.ZV)(value)}</td><td class="n">—</td></tr>`;
        }),
    ];
    return html_html `<details><summary>${(0,format/* plural */.LS)(count, "metric")} without a gate</summary><div class="scroll"><table><thead><tr><th scope="col">Metric</th><th scope="col" class="n">Baseline</th><th scope="col" class="n">Candidate</th><th scope="col" class="n">Change</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}
function selfReported(model) {
    const trainings = (0,model_status/* evidenceOf */.X1)(model)?.trainings ?? [];
    const rows = trainings.flatMap(({ reported }) => Object.entries(reported ?? {}));
    if (rows.length === 0)
        return html_nothing;
    const cells = rows
        .slice(0, maxMetrics)
        .map(([name, value]) => html_html `<tr><th scope="row"><code>${name}</code></th><td class="n">${(0,format/* formatNumber */.ZV)(value)}</td></tr>`);
    return html_html `<details><summary>${(0,format/* plural */.LS)(rows.length, "number")} reported by the trainer itself</summary><p class="muted">Not computed by Assay; no gate reads them.</p><div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col" class="n">Value</th></tr></thead><tbody>${cells}</tbody></table></div></details>`;
}

;// CONCATENATED MODULE: ./build/src/report/page/report-body.js









const maxReasons = 10;
const maxLawChanges = 100;
/** Everything of one report below the page's own frame. */
async function report_body_reportBody(report, level = "h1") {
    const sections = [];
    const touched = (0,model_status/* worstFirst */.md)(report.models).filter((model) => (0,model_status/* statusOf */.c2)(model) !== "unchanged");
    const calm = touched.filter(model_status/* isCalm */.uv);
    const foldCalm = calm.length < touched.length || touched.length > 3;
    for (const model of touched)
        sections.push(await modelSection(report, model, foldCalm && calm.includes(model)));
    return html_html `${verdict(report, level)}${report_body_law(report)}${sections}${unchanged(report)}${report_body_steps(report)}<footer><p>An interval says: on rows like these the true change lies between the two numbers with 95% certainty. It compares these two trained models; seed variance not included.</p><p>This page is never proof of approval; the check <code>assay / verdict</code> is.</p></footer>`;
}
function verdict(report, level) {
    const { status, title } = (0,report_headline/* headline */.P)(report);
    const all = report.verdict === "pending" ? [] : (0,blockers/* blockers */.m)(report);
    const reasons = all.slice(0, maxReasons).map((blocker) => html_html `<li>${html_phrase(blocker.phrase)}</li>`);
    if (all.length > maxReasons)
        reasons.push(html_html `<li>and ${all.length - maxReasons} more</li>`);
    const said = html_html `${status_badge_statusMark(status)} ${title}`;
    const heading = level === "h1" ? html_html `<h1>${said}</h1>` : html_html `<h2 class="title">${said}</h2>`;
    const { pullRequest } = report;
    const where = pullRequest ? html_html `pull request ${pullRequest.number} · ` : html_nothing;
    const name = pullRequest ? html_html `<p class="muted">${pullRequest.title}</p>` : html_nothing;
    return html_html `<header class="verdict ${status}"><span class="muted">${report.repository} · ${where}<code>${(0,format/* shortSha */.Fu)(report.headSha)}</code></span>${heading}${name}${reasons.length === 0 ? html_nothing : html_html `<ul class="reasons">${reasons}</ul>`}${facts(report)}</header>`;
}
function facts(report) {
    const { baseSha, pullRequest, jobs, models, links } = report;
    const items = [
        ...(baseSha === null
            ? []
            : [html_html `against <b>${pullRequest?.baseRef ?? "the base"}</b> at <code>${(0,format/* shortSha */.Fu)(baseSha)}</code>`]),
        ...(jobs.total === 0 ? [] : [html_html `jobs: <b>${jobs.done} of ${jobs.total}</b>`]),
        ...(models.length > 1
            ? models.slice(0, 20).map((model) => html_html `${model.name}: <b>${(0,model_status/* describeStatus */.Wn)(model, report.event)}</b>`)
            : []),
        ...(links.run ? [html_phrase([{ link: "workflow run", to: links.run }])] : []),
    ];
    return html_html `<ul class="facts">${items.map((item) => html_html `<li>${item}</li>`)}</ul>`;
}
function report_body_law(report) {
    const introduction = (0,law/* lawIntroduction */.Zt)(report);
    if (introduction === undefined)
        return html_nothing;
    const changes = report.lawChanges.slice(0, maxLawChanges).map((change) => html_html `<li>${html_phrase((0,law/* lawChangePhrase */.Kd)(change))}</li>`);
    const list = changes.length === 0 ? html_nothing : html_html `<ul>${changes}</ul>`;
    return html_html `<aside class="note"><p>${html_phrase(introduction)}</p>${list}</aside>`;
}
function report_body_steps(report) {
    // The page does not link to itself.
    const all = (0,next_steps/* nextSteps */.Z)({ ...report, links: { ...report.links, page: undefined } }).map((step) => html_html `<li>${html_phrase(step)}</li>`);
    return all.length === 0
        ? html_nothing
        : html_html `<section class="block"><h3>What to do next</h3><ol class="steps">${all}</ol></section>`;
}
function unchanged(report) {
    const models = report.models.filter((model) => (0,model_status/* statusOf */.c2)(model) === "unchanged");
    if (models.length === 0)
        return html_nothing;
    const rows = models.slice(0, 300).map((model) => html_html `<li>${model.name} ${statusBadge("unchanged")}</li>`);
    return html_html `<section class="block"><details><summary>${(0,format/* plural */.LS)(models.length, "model")} unchanged</summary><ul>${rows}</ul></details></section>`;
}

;// CONCATENATED MODULE: ./build/src/report/page.js






/** The full report as one HTML file: no script, no network, light and dark. */
async function renderPage(report) {
    const number = report.pullRequest ? ` · pull request ${report.pullRequest.number}` : "";
    return document_documentOf(`${(0,report_headline/* headline */.P)(report).title} · ${report.repository}${number}`, await report_body_reportBody(report));
}
/** Several pull requests in one HTML file, each with its comment and its full report. */
async function renderIndexPage(entries) {
    const sections = [];
    for (const [index, { title, report, comment }] of entries.entries()) {
        const preview = html `<p class="label">The comment on the pull request</p>${commentPreview(comment)}`;
        const full = html `<p class="label">The full report that the comment links to</p>${await reportBody(report, "h2")}`;
        sections.push(html `<article class="pull-request" id="pull-request-${index + 1}"><h2>${title}</h2>${preview}${full}</article>`);
    }
    const links = entries.map(({ title, report }, index) => {
        const { status, title: verdict } = headline(report);
        return html `<li><a href="#pull-request-${index + 1}">${title}</a><span class="badge ${status}">${statusMark(status)} ${verdict}</span></li>`;
    });
    const repositories = [...new Set(entries.map(({ report }) => report.repository))].join(", ");
    const index = html `<header class="index"><h1>What a reviewer sees</h1><p class="muted">${repositories}</p><nav aria-label="Pull requests"><ul>${links}</ul></nav></header>`;
    return documentOf(`Pull requests of ${repositories}`, html `${index}${sections}`);
}


/***/ })

};
