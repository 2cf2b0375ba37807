export const id = 81;
export const ids = [81];
export const modules = {

/***/ 32105:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dy: () => (/* binding */ utf8Bytes),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   xE: () => (/* binding */ alert),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* harmony import */ var markdown_table__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(735);
/* harmony import */ var _phrase_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42894);


/** A table; titles and cells are Markdown whose foreign text is already escaped. */
function table(columns, rows) {
    return (0,markdown_table__WEBPACK_IMPORTED_MODULE_1__/* .markdownTable */ .Q)([columns.map(({ title }) => title), ...rows], {
        align: columns.map(({ align }) => align ?? null),
        alignDelimiters: false,
    });
}
/** A section that opens on a click. `body` is Markdown. */
function details(summary, body, options = {}) {
    return `<details${options.open ? " open" : ""}><summary>${(0,_phrase_js__WEBPACK_IMPORTED_MODULE_0__/* .phraseToGitHubHtml */ .bW)(summary)}</summary>\n\n${body}\n\n</details>`;
}
/** GitHub's coloured box; it must not be put into another block. `lines` are Markdown. */
function alert(kind, lines) {
    return [`[!${kind}]`, ...lines].map((line) => `> ${line}`.trimEnd()).join("\n");
}
/** Size as GitHub's limits and ours count it. */
function utf8Bytes(text) {
    return new TextEncoder().encode(text).length;
}


/***/ }),

/***/ 92081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   pB: () => (/* binding */ renderStaleComment),
/* harmony export */   renderComment: () => (/* binding */ renderComment)
/* harmony export */ });
/* unused harmony exports commentMarker, commentBudget */
/* harmony import */ var _markdown_blocks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32105);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45845);
/* harmony import */ var _markdown_report_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13970);



/** First line of our comment: it is found again by this and its author. */
const commentMarker = "<!-- assay:report v1 -->";
/** GitHub stops at 65,536 characters. */
const commentBudget = 60_000;
/** The pull request's one comment. */
function renderComment(report) {
    return { marker: commentMarker, body: `${commentMarker}\n${(0,_markdown_report_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownReport */ .q)(report, commentBudget - commentMarker.length - 1)}` };
}
const staleMarker = "<!-- assay:stale -->";
/**
 * Our previous comment, struck out: its verdict is not about the newest commit. Said again for a later commit, it only names
 * that one.
 */
function renderStaleComment(previousBody, olderSha, newerSha) {
    const waiting = `The results below are for \`${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(olderSha)}\`; \`${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(newerSha)}\` is being evaluated.`;
    if (previousBody.includes(staleMarker)) {
        return previousBody.replace(/; `[0-9a-f]{7}` is being evaluated\./, `; \`${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(newerSha)}\` is being evaluated.`);
    }
    const [title = "", ...rest] = previousBody.replace(commentMarker, "").trim().split("\n");
    const old = rest
        .filter((line) => !/^> \[![A-Z]+\]$/.test(line))
        .join("\n")
        .trim();
    return [
        `${commentMarker}\n${staleMarker}\n## ~~${title.replace(/^#+ /, "")}~~`,
        (0,_markdown_blocks_js__WEBPACK_IMPORTED_MODULE_0__/* .alert */ .xE)("NOTE", [waiting]),
        `<details><summary>Results for <code>${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(olderSha)}</code></summary>\n\n${old}\n\n</details>`,
    ].join("\n\n");
}


/***/ }),

/***/ 13970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ markdownReport)
});

// EXTERNAL MODULE: ./build/src/markdown/blocks.js
var markdown_blocks = __webpack_require__(32105);
// EXTERNAL MODULE: ./build/src/markdown/escape.js
var markdown_escape = __webpack_require__(83952);
// EXTERNAL MODULE: ./build/src/markdown/phrase.js
var markdown_phrase = __webpack_require__(42894);
// EXTERNAL MODULE: ./build/src/report/blockers.js
var blockers = __webpack_require__(85165);
// EXTERNAL MODULE: ./build/src/report/format.js
var format = __webpack_require__(45845);
// EXTERNAL MODULE: ./build/src/report/headline.js
var headline = __webpack_require__(17210);
// EXTERNAL MODULE: ./build/src/report/law.js
var law = __webpack_require__(42104);
// EXTERNAL MODULE: ./build/src/report/gate-row.js
var gate_row = __webpack_require__(51160);
// EXTERNAL MODULE: ./build/src/report/input-changes.js
var input_changes = __webpack_require__(35084);
// EXTERNAL MODULE: ./build/src/report/metric-title.js
var metric_title = __webpack_require__(45189);
// EXTERNAL MODULE: ./build/src/report/model-status.js
var model_status = __webpack_require__(96004);
;// CONCATENATED MODULE: ./build/src/report/outcome.js

/** `✅ pass`, always an icon and a word. */
function outcomeWord(outcome) {
    return `${model_status/* statusIcons */.pb[outcome]} ${outcome}`;
}

// EXTERNAL MODULE: ./build/src/report/provenance.js
var provenance = __webpack_require__(93541);
// EXTERNAL MODULE: ./build/src/report/test-set.js
var test_set = __webpack_require__(73255);
;// CONCATENATED MODULE: ./build/src/report/markdown-model.js











const allRows = { passing: true, details: true, rows: Number.MAX_SAFE_INTEGER };
const maxInputChanges = 20;
const maxMetrics = 50;
/** One model's part of the report. */
function modelSection(report, model, limits, folded) {
    const blocks = stateBlocks(report, model, limits).filter((block) => block !== "");
    if (!folded)
        return [`### ${(0,markdown_escape/* codeSpan */.SS)(model.name, 100)}`, ...blocks].join("\n\n");
    const summary = [
        `${model_status/* statusIcons */.pb[(0,model_status/* statusOf */.c2)(model)]} `,
        { strong: [{ code: model.name }] },
        `: ${(0,model_status/* describeStatus */.Wn)(model, report.event)}`,
    ];
    return limits.details ? (0,markdown_blocks/* details */.zH)(summary, blocks.join("\n\n")) : "";
}
function stateBlocks(report, model, limits) {
    const { state } = model;
    switch (state.kind) {
        case "unchanged":
            return [];
        case "pending":
            return [`⏳ In progress${state.job ? `: ${(0,markdown_escape/* link */.nf)((0,markdown_escape/* escapeInline */.VV)(state.job.name), state.job.url)}` : "."}`];
        case "failed":
        case "lost": {
            const log = state.job ? ` See the ${(0,markdown_escape/* link */.nf)(`log of ${(0,markdown_escape/* escapeInline */.VV)(state.job.name)}`, state.job.url)}.` : "";
            const what = state.kind === "failed" ? "Job failed" : "Job lost";
            return [
                `❌ **${what}**: ${(0,markdown_escape/* escapeInline */.VV)(state.message, limits.details ? 1_000 : 300)}${log}`,
                ...folds(report, model, limits),
            ];
        }
        default:
            return [
                ...lines((0,test_set/* testSetPhrases */.r2)(model)),
                ...gateTables(report, model, limits),
                reasons(model),
                ...lines(flipped(model)),
                ...folds(report, model, limits),
            ];
    }
}
function lines(phrases) {
    return phrases.length === 0 ? [] : [phrases.map(markdown_phrase/* phraseToMarkdown */._k).join(" ")];
}
function reasons(model) {
    const verdict = (0,model_status/* verdictOf */.Vj)(model);
    if (verdict === undefined)
        return "";
    const icon = verdict.outcome === "pass" ? "ℹ️" : model_status/* statusIcons */.pb[verdict.outcome];
    return verdict.reasons.map((reason) => `${icon} ${(0,markdown_escape/* escapeInline */.VV)(reason, 500)}`).join("\n\n");
}
function flipped(model) {
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    const phrase = evaluation && (0,test_set/* flippedPhrase */.kG)(evaluation);
    return phrase === undefined ? [] : [[{ strong: "What flipped" }, `: ${phrase}`]];
}
function gateTables(report, model, limits) {
    const current = gateTable(report, model, (0,model_status/* gatesWorstFirst */.yo)(model, "current"), limits);
    const old = (0,model_status/* evaluationOf */.SV)(model, "base");
    if (old === undefined)
        return [current];
    const oldTable = gateTable(report, model, (0,model_status/* gatesWorstFirst */.yo)(model, "base"), limits);
    return [current, "#### On the old test set", ...lines((0,test_set/* oldTestSetPhrases */.wx)(old)), oldTable];
}
function gateTable(report, model, gates, limits) {
    const wanted = gates.filter(({ outcome }) => limits.passing || outcome !== "pass");
    const shown = wanted.slice(0, limits.rows);
    const left = gates.filter((gate) => !shown.includes(gate));
    const count = (outcome) => left.filter((gate) => gate.outcome === outcome).length;
    const notShown = [
        [count("fail"), "failed"],
        [count("inconclusive"), "inconclusive"],
        [count("pass"), "passing"],
    ]
        .filter(([number]) => number !== 0)
        .map(([number, word]) => `${(0,format/* plural */.LS)(Number(number), `more ${word} gate`)}`);
    const where = report.links.page ? `: see the ${(0,markdown_escape/* link */.nf)("full report", report.links.page)}` : "";
    return [
        shown.length === 0
            ? ""
            : (0,markdown_blocks/* table */.tp)([
                { title: "Gate" },
                { title: "Baseline", align: "right" },
                { title: report.event === "pull_request" ? "This PR" : "This commit", align: "right" },
                { title: "Change (95% interval)", align: "right" },
                { title: "Needs" },
                { title: "Result" },
            ], shown.map((gate) => gateCells((0,gate_row/* gateRow */.uH)(model, gate)))),
        notShown.length === 0 ? "" : `And ${notShown.join(", ")}${where}.`,
    ]
        .filter((block) => block !== "")
        .join("\n\n");
}
function gateCells(row) {
    return [
        `${(0,markdown_escape/* escapeInline */.VV)(row.title, 100)}${row.direction === "" ? "" : `, ${row.direction}`}`,
        row.baseline,
        withInterval(row.candidate, row.candidateInterval),
        withInterval(row.change, row.interval),
        row.needs,
        `${outcomeWord(row.outcome)}${row.note === "" ? "" : `, ${(0,markdown_escape/* escapeInline */.VV)(row.note, 200)}`}`,
    ];
}
function withInterval(number, interval) {
    return interval ? `${number} (${interval.low},\u00a0${interval.high})` : number;
}
/** What opens on a click. */
function folds(report, model, limits) {
    if (!limits.details)
        return [];
    return [otherMetrics(model), selfReported(model), changedInputs(model), provenanceFold(report, model)].filter((fold) => fold !== "");
}
function otherMetrics(model) {
    const evaluation = (0,model_status/* evaluationOf */.SV)(model, "current");
    if (evaluation === undefined)
        return "";
    const gated = new Set((0,model_status/* gatesWorstFirst */.yo)(model).map(({ gate }) => gate.metric));
    const rows = metricRows(evaluation).filter(([metric]) => !gated.has(metric));
    if (rows.length === 0)
        return "";
    const shown = rows.slice(0, maxMetrics).map(([metric, ...cells]) => [(0,markdown_escape/* escapeInline */.VV)((0,metric_title/* metricTitle */.V)(metric), 100), ...cells]);
    return (0,markdown_blocks/* details */.zH)(`${(0,format/* plural */.LS)(rows.length, "metric")} without a gate`, (0,markdown_blocks/* table */.tp)([
        { title: "Metric" },
        { title: "Baseline", align: "right" },
        { title: "Candidate", align: "right" },
        { title: "Change (95% interval)", align: "right" },
    ], shown));
}
/** Metric name, then cells. */
function metricRows({ comparisons, candidate }) {
    const compared = comparisons.map((comparison) => {
        const { baseline, candidate: value, change, interval } = (0,gate_row/* changeNumbers */.bR)(comparison);
        const direction = (0,gate_row/* describeDirection */.p6)(comparison.greaterIsBetter);
        return [comparison.metric, baseline, value, `${withInterval(change, interval)}${direction === "" ? "" : `, ${direction}`}`];
    });
    const known = new Set(comparisons.map(({ metric }) => metric));
    const alone = (candidate?.metrics ?? [])
        .filter(({ metric }) => !known.has(metric))
        .map(({ metric, value, undefinedBecause }) => {
        return [metric, "—", (0,format/* formatNumber */.ZV)(value), undefinedBecause ? (0,markdown_escape/* escapeInline */.VV)(undefinedBecause, 200) : "—"];
    });
    return [...compared, ...alone];
}
function selfReported(model) {
    const trainings = (0,model_status/* evidenceOf */.X1)(model)?.trainings ?? [];
    const rows = trainings.flatMap(({ reported, seed }) => Object.entries(reported ?? {}).map(([name, value]) => [
        (0,markdown_escape/* codeSpan */.SS)(name, 100),
        (0,format/* formatNumber */.ZV)(value),
        seed === undefined ? "" : String(seed),
    ]));
    if (rows.length === 0)
        return "";
    const shown = rows.slice(0, maxMetrics);
    return (0,markdown_blocks/* details */.zH)("Self-reported by the trainer (not computed by Assay, no gate reads them)", (0,markdown_blocks/* table */.tp)([{ title: "Name" }, { title: "Value", align: "right" }, { title: "Seed", align: "right" }], shown));
}
function changedInputs({ plan }) {
    const changes = (0,input_changes/* inputChanges */.K)(plan);
    if (changes.length === 0)
        return "";
    return (0,markdown_blocks/* details */.zH)([{ strong: "What changed" }, `: ${(0,format/* plural */.LS)(changes.length, "input")}`], (0,markdown_escape/* fencedBlock */.zW)((0,input_changes/* diffLines */.P)(changes, maxInputChanges), "diff"), { open: changes.length <= 6 });
}
function provenanceFold(report, model) {
    const rows = (0,provenance/* provenance */.a)(report, model).map(({ label, value }) => [(0,markdown_escape/* escapeInline */.VV)(label), (0,markdown_phrase/* phraseToMarkdown */._k)(value)]);
    return (0,markdown_blocks/* details */.zH)([{ strong: "Provenance" }], (0,markdown_blocks/* table */.tp)([{ title: "Fact" }, { title: "Value" }], rows));
}

// EXTERNAL MODULE: ./build/src/report/next-steps.js
var next_steps = __webpack_require__(92189);
;// CONCATENATED MODULE: ./build/src/report/markdown-report.js










/**
 * The whole report as Markdown of at most `budget` UTF-8 bytes. What does not fit goes in this order: rows of passing gates, what
 * opens on a click, then inconclusive and failed gates past the first ones, which are counted. The verdict always stays.
 */
function markdownReport(report, budget) {
    for (const limits of [allRows, { ...allRows, passing: false }, { ...allRows, passing: false, details: false }]) {
        const body = render(report, limits);
        if ((0,markdown_blocks/* utf8Bytes */.dy)(body) <= budget)
            return body;
    }
    let fits = 0;
    let tooMany = Math.max(1, ...report.models.map((model) => (0,model_status/* verdictOf */.Vj)(model)?.gates.length ?? 1), report.models.length);
    while (tooMany - fits > 1) {
        const rows = Math.floor((fits + tooMany) / 2);
        if ((0,markdown_blocks/* utf8Bytes */.dy)(render(report, { passing: false, details: false, rows })) <= budget)
            fits = rows;
        else
            tooMany = rows;
    }
    return render(report, { passing: false, details: false, rows: fits });
}
/** Blockers named above everything else; the tables have them all. */
const maxBlockers = 5;
const maxLawChanges = 10;
function render(report, limits) {
    const { status, title } = (0,headline/* headline */.P)(report);
    return [
        `## ${model_status/* statusIcons */.pb[status]} ${title}`,
        `${counts(report, limits)}\n${facts(report)}`,
        markdown_report_law(report),
        blocked(report, limits),
        ...modelSections(report, limits),
        explanation(report),
        next(report),
        "<sub>Updated on each push. This comment is never proof of approval; the check `assay / verdict` is.</sub>",
    ]
        .filter((block) => block !== "")
        .join("\n\n");
}
function counts(report, limits) {
    const shown = (0,model_status/* worstFirst */.md)(report.models).slice(0, Math.max(5, limits.rows));
    const texts = shown.map((model) => {
        const text = `${(0,markdown_escape/* codeSpan */.SS)(model.name, 100)}: ${(0,model_status/* describeStatus */.Wn)(model, report.event)}`;
        return ["fail", "inconclusive"].includes((0,model_status/* statusOf */.c2)(model)) ? `**${text}**` : text;
    });
    const rest = report.models.length - shown.length;
    if (rest > 0)
        texts.push(`and ${rest} more models`);
    return texts.length === 0 ? "No models are declared." : texts.join(" · ");
}
function facts({ headSha, baseSha, pullRequest, models, jobs, links }) {
    const base = pullRequest ? `${(0,markdown_escape/* codeSpan */.SS)(pullRequest.baseRef, 100)} at ` : "";
    const evaluated = models.filter((model) => (0,model_status/* evaluationOf */.SV)(model, "current")?.baseline);
    const changed = evaluated.filter(({ plan }) => plan.testSetChanged).length;
    const parts = [
        `Head \`${(0,format/* shortSha */.Fu)(headSha)}\`${baseSha === null ? "" : ` vs ${base}\`${(0,format/* shortSha */.Fu)(baseSha)}\``}`,
        ...(evaluated.length === 0 ? [] : [changed === 0 ? "same test rows" : "**test set changed**"]),
        ...(jobs.total === 0 ? [] : [`${jobs.done} of ${jobs.total} jobs`]),
        ...(links.page ? [(0,markdown_escape/* link */.nf)("full report", links.page)] : []),
        ...(links.run ? [(0,markdown_escape/* link */.nf)("run", links.run)] : []),
    ];
    return `<sub>${parts.join(" · ")}</sub>`;
}
function blocked(report, limits) {
    if (report.verdict === "pending")
        return "";
    const all = (0,blockers/* blockers */.m)(report);
    // That there are no rules yet is said above, and by each model.
    if (all.length === 0 || (report.law === null && report.verdict !== "fail"))
        return "";
    const shown = all.slice(0, Math.max(1, Math.min(maxBlockers, limits.rows)));
    const failed = all.slice(shown.length).filter(({ outcome }) => outcome === "fail").length;
    const undecided = all.length - shown.length - failed;
    const lines = shown.map(({ phrase }) => (0,markdown_phrase/* phraseToMarkdown */._k)(phrase));
    if (failed > 0)
        lines.push(`and ${failed} more that failed`);
    if (undecided > 0)
        lines.push(`and ${undecided} more that are inconclusive`);
    const items = lines.length === 1 ? lines : lines.map((line) => `- ${line}`);
    return (0,markdown_blocks/* alert */.xE)(all[0]?.outcome === "fail" ? "CAUTION" : "WARNING", items);
}
function markdown_report_law(report) {
    const introduction = (0,law/* lawIntroduction */.Zt)(report);
    if (introduction === undefined)
        return "";
    const shown = report.lawChanges.slice(0, maxLawChanges);
    const rest = report.lawChanges.length - shown.length;
    return (0,markdown_blocks/* alert */.xE)("IMPORTANT", [
        (0,markdown_phrase/* phraseToMarkdown */._k)(introduction),
        ...shown.map((change) => `- ${(0,markdown_phrase/* phraseToMarkdown */._k)((0,law/* lawChangePhrase */.Kd)(change))}`),
        ...(rest > 0 ? [`- and ${rest} more`] : []),
    ]);
}
function modelSections(report, limits) {
    const touched = (0,model_status/* worstFirst */.md)(report.models).filter((model) => (0,model_status/* statusOf */.c2)(model) !== "unchanged");
    const calm = touched.filter(model_status/* isCalm */.uv);
    // What passes is folded only when there is something else to read.
    const foldCalm = calm.length < touched.length || touched.length > 3;
    const shown = touched.slice(0, Math.max(1, limits.rows));
    const sections = shown.map((model) => modelSection(report, model, limits, foldCalm && calm.includes(model)));
    const rest = touched.slice(shown.length);
    const failed = rest.filter((model) => (0,model_status/* statusOf */.c2)(model) === "fail").length;
    if (rest.length > 0)
        sections.push(`And ${rest.length} more models${failed > 0 ? `, ${failed} of them blocked` : ""}${whereMore(report)}.`);
    return sections.filter((section) => section !== "");
}
function whereMore({ links }) {
    return links.page ? `: see the ${(0,markdown_escape/* link */.nf)("full report", links.page)}` : "";
}
function explanation({ models }) {
    const compared = models.some((model) => (0,model_status/* verdictOf */.Vj)(model)?.gates.some(({ comparison, value }) => comparison?.interval ?? value?.interval));
    if (!compared)
        return "";
    return "<sub>How to read the interval: on rows like these the true change lies between the two numbers with 95% certainty. It compares these two trained models; seed variance not included.</sub>";
}
function next(report) {
    const steps = (0,next_steps/* nextSteps */.Z)(report);
    if (steps.length === 0)
        return "";
    return ["### What to do next", ...steps.map((step, index) => `${index + 1}. ${(0,markdown_phrase/* phraseToMarkdown */._k)(step)}`)].join("\n");
}


/***/ })

};
