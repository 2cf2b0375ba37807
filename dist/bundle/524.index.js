export const id = 524;
export const ids = [524];
export const modules = {

/***/ 83952:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fq: () => (/* binding */ escapeHtmlOnGitHub),
/* harmony export */   Md: () => (/* binding */ safeAddress),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   SS: () => (/* binding */ codeSpan),
/* harmony export */   VV: () => (/* binding */ escapeInline),
/* harmony export */   ZD: () => (/* binding */ escapeHtml),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   zW: () => (/* binding */ fencedBlock)
/* harmony export */ });
/** Between two characters that GitHub would otherwise read together as a mention, a reference or a link. */
const zeroWidthSpace = "\u200b";
// Control and format characters (bidi, zero-width, soft hyphen, tags), fillers that look like nothing, variation selectors that can hide bytes.
const invisible = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0]|\p{VS}/gu;
/**
 * Text that somebody else wrote, made fit to be looked at: on one line, with characters that hide or reorder others shown as
 * `⟨U+202E⟩`, and cut to `max` characters.
 */
function visible(text, max = 200) {
    const shown = text
        .slice(0, max * 4 + 4)
        .toWellFormed()
        .replace(/\s+/g, " ")
        .replace(/(\p{M}{3})\p{M}+/gu, "$1")
        .replace(invisible, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`)
        .trim();
    const characters = [...shown];
    return characters.length > max || text.length > max * 4 + 4 ? `${characters.slice(0, max - 1).join("")}…` : shown;
}
/**
 * Foreign text for running Markdown and table cells: comes out as the same characters and nothing else, so no link, image,
 * mention, reference, HTML, emphasis, heading, list, fence, math, command or marker of ours.
 */
function escapeInline(text, max) {
    return breakReferences(visible(text, max), "\0")
        .replace(/[\\`*_{}[\]~$#]/g, "\\$&")
        .replace(/[&<>|]/g, (character) => entities[character] ?? character)
        .replace(/^([-+=/]|:(?=-))/, "\\$1")
        .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
        .replaceAll("\0", "&#8203;");
}
/** Foreign text as code, in running Markdown and in table cells. */
function codeSpan(text, max) {
    const shown = visible(text, max);
    if (shown === "")
        return "``` ```";
    // A pipe in a code span ends a table cell, and parsers differ in how it may be escaped there.
    if (shown.includes("|"))
        return `<code>${escapeInline(text, max)}</code>`;
    const inert = breakMarkers(breakMentions(shown, zeroWidthSpace));
    const fence = "`".repeat(longestRun(inert, "`") + 1);
    const padding = inert.startsWith("`") || inert.endsWith("`") ? " " : "";
    return `${fence}${padding}${inert}${padding}${fence}`;
}
/** Lines of foreign text as a fenced block; `language` is ours. */
function fencedBlock(lines, language = "", maxLine = 200) {
    const inert = lines.map((line) => breakMarkers(breakMentions(visible(line, maxLine), zeroWidthSpace)));
    const fence = "`".repeat(Math.max(3, ...inert.map((line) => longestRun(line, "`") + 1)));
    return [`${fence}${language}`, ...inert, fence].join("\n");
}
/** Foreign text inside HTML, element content or quoted attribute. */
function escapeHtml(text, max) {
    return visible(text, max).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
/** As `escapeHtml`, for HTML that GitHub renders: it looks for mentions and references in there too. */
function escapeHtmlOnGitHub(text, max) {
    return breakReferences(visible(text, max), "\0")
        .replace(/[&<>"']/g, (character) => entities[character] ?? character)
        .replaceAll("\0", "&#8203;");
}
/** A Markdown link; `label` is Markdown. An address that is not plain http(s) is left out. */
function link(label, address) {
    const safe = safeAddress(address);
    return safe === undefined ? label : `[${label}](${safe})`;
}
/** The address in a form that cannot end a Markdown link or an attribute; undefined when it is not http(s). */
function safeAddress(address) {
    if (address.length > 2_000 || !URL.canParse(address))
        return undefined;
    const url = new URL(address);
    if (url.protocol !== "https:" && url.protocol !== "http:")
        return undefined;
    return url.href.replace(/[()<>"'|\\`\s*_[\]~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
const entities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    '"': "&quot;",
    "'": "&#39;",
};
function breakMentions(text, gap) {
    return text
        .replace(/@(?=\w)/g, `@${gap}`)
        .replace(/#(?=\w)/g, `#${gap}`)
        .replace(/(GH-)(?=\d)/gi, `$1${gap}`);
}
function breakReferences(text, gap) {
    return breakMentions(text, gap)
        .replaceAll("://", `:${gap}//`)
        .replace(/www(?=\.)/gi, `$&${gap}`)
        .replace(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/gi, (hex) => hex.replace(/.{6}(?=.)/g, `$&${gap}`));
}
function breakMarkers(text) {
    return text.replaceAll("<!--", `<${zeroWidthSpace}!--`);
}
function longestRun(text, character) {
    let longest = 0;
    for (const [run] of text.matchAll(new RegExp(`\\${character}+`, "g")))
        longest = Math.max(longest, run.length);
    return longest;
}


/***/ }),

/***/ 42894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KZ: () => (/* binding */ phraseToText),
/* harmony export */   _C: () => (/* binding */ phraseToHtml),
/* harmony export */   _k: () => (/* binding */ phraseToMarkdown),
/* harmony export */   bW: () => (/* binding */ phraseToGitHubHtml)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83952);

const maxPart = 2_000;
const maxCode = 120;
function phraseToMarkdown(phrase) {
    return render(phrase, {
        text: (text) => keepSpaces(text, _escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeInline */ .VV),
        code: (text) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)(text, maxCode),
        strong: (inner) => `**${inner}**`,
        link: _escape_js__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf,
    });
}
/** For the page, which is ours alone. */
function phraseToHtml(phrase) {
    return renderHtml(phrase, _escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeHtml */ .ZD);
}
/** For HTML in a comment, such as the summary line of `<details>`. */
function phraseToGitHubHtml(phrase) {
    return renderHtml(phrase, _escape_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeHtmlOnGitHub */ .Fq);
}
/** For titles, annotations and logs: one line, no markup. */
function phraseToText(phrase) {
    return render(phrase, {
        text: (text) => keepSpaces(text, _escape_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK),
        code: (text) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(text, maxCode),
        strong: (inner) => inner,
        link: (label) => label,
    });
}
function renderHtml(phrase, escaped) {
    return render(phrase, {
        text: (text) => keepSpaces(text, escaped),
        code: (text) => `<code>${escaped(text, maxCode)}</code>`,
        strong: (inner) => `<b>${inner}</b>`,
        link: (label, to) => {
            const address = (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .safeAddress */ .Md)(to);
            return address === undefined ? label : `<a href="${address.replaceAll("&", "&amp;")}">${label}</a>`;
        },
    });
}
function render(phrase, writer) {
    const parts = typeof phrase === "string" ? [phrase] : phrase;
    return parts.map((part) => renderPart(part, writer)).join("");
}
function renderPart(part, writer) {
    if (typeof part === "string")
        return writer.text(part);
    if ("code" in part)
        return writer.code(part.code);
    if ("strong" in part)
        return writer.strong(render(part.strong, writer));
    return writer.link(render(part.link, writer), part.to);
}
/** Escaping trims; the space at the edge of a part belongs to the sentence. */
function keepSpaces(text, escaped) {
    if (text.trim() === "")
        return text === "" ? "" : " ";
    return `${/^\s/.test(text) ? " " : ""}${escaped(text, maxPart)}${/\s$/.test(text) ? " " : ""}`;
}


/***/ }),

/***/ 85165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ jobPhrase),
/* harmony export */   m: () => (/* binding */ blockers)
/* harmony export */ });
/* harmony import */ var _gate_row_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51160);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96004);


function blockers(report) {
    const all = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .worstFirst */ .md)(report.models).flatMap(blockersOf);
    return [...all.filter(({ outcome }) => outcome === "fail"), ...all.filter(({ outcome }) => outcome === "inconclusive")];
}
function blockersOf(model) {
    const { name, state } = model;
    if (state.kind === "failed" || state.kind === "lost")
        return [{ model: name, outcome: "fail", phrase: jobPhrase(model) }];
    const verdict = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .verdictOf */ .Vj)(model);
    if (verdict === undefined || verdict.outcome === "pass")
        return [];
    const gates = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .gatesWorstFirst */ .yo)(model)
        .filter(({ outcome }) => outcome !== "pass")
        .map((result) => {
        const old = result.role === "base" ? [" on the old test set"] : [];
        return {
            model: name,
            outcome: result.outcome === "fail" ? "fail" : "inconclusive",
            phrase: [{ code: name }, " ", ...gatePhrase((0,_gate_row_js__WEBPACK_IMPORTED_MODULE_0__/* .gateRow */ .uH)(model, result), old)],
        };
    });
    const outcome = verdict.outcome;
    return [
        ...gates,
        ...verdict.reasons.map((reason) => ({ model: name, outcome, phrase: [{ code: name }, ": ", reason] })),
    ];
}
/** `fraud: the job failed: message (log)`. */
function jobPhrase({ name, state }) {
    if (state.kind !== "failed" && state.kind !== "lost")
        return [];
    const log = state.job ? [" (", { link: ["log of ", state.job.name], to: state.job.url }, ")"] : [];
    return [{ code: name }, state.kind === "lost" ? ": job lost. " : ": ", state.message, ...log];
}
function gatePhrase(row, where) {
    const { title, baseline, candidate, change, interval, candidateInterval } = row;
    const verb = change === "—" ? "" : change.startsWith("−") ? " fell" : change === "0" ? " did not change:" : " rose";
    const values = verb === "" ? ` is ${candidate}` : `${verb} ${baseline} → ${candidate}`;
    const certainty = candidateInterval
        ? `with 95% certainty ${candidateInterval.low} to ${candidateInterval.high}`
        : interval
            ? `with 95% certainty by ${interval.low} to ${interval.high}`
            : undefined;
    const note = row.outcome === "inconclusive" ? [row.note] : [];
    const inner = [certainty, `needs ${row.needs}`, ...note].filter((part) => part !== undefined && part !== "").join("; ");
    return [{ strong: title }, ...where, `${values} (${inner})`];
}


/***/ }),

/***/ 51160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bR: () => (/* binding */ changeNumbers),
/* harmony export */   p6: () => (/* binding */ describeDirection),
/* harmony export */   uH: () => (/* binding */ gateRow)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45845);
/* harmony import */ var _metric_title_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45189);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96004);



/** What a gate asks, for a reader who never met an interval. */
function describeNeed(gate) {
    switch (gate.kind) {
        case "no-worse-than":
            return gate.margin === 0 ? "no worse" : `at most ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLimit */ .tW)(gate.margin)} worse`;
        case "better-than":
            return gate.margin === 0 ? "better" : `more than ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLimit */ .tW)(gate.margin)} better`;
        case "at-least":
            return `at least ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLimit */ .tW)(gate.limit)}`;
        case "at-most":
            return `at most ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatLimit */ .tW)(gate.limit)}`;
    }
}
function describeDirection(greaterIsBetter) {
    if (greaterIsBetter === undefined)
        return "";
    return greaterIsBetter ? "higher is better" : "lower is better";
}
function gateRow(model, result) {
    const comparison = result.comparison ??
        (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluationOf */ .SV)(model, result.role)?.comparisons.find((candidate) => candidate.metric === result.gate.metric);
    const { gate } = result;
    const row = "limit" in gate ? valueRow(result, gate, comparison) : changeRow(gate, comparison);
    return {
        name: result.name,
        title: (0,_metric_title_js__WEBPACK_IMPORTED_MODULE_0__/* .metricTitle */ .V)(gate.metric),
        direction: describeDirection(comparison?.greaterIsBetter ?? (0,_metric_title_js__WEBPACK_IMPORTED_MODULE_0__/* .greaterIsBetter */ .B)(gate.metric)),
        needs: describeNeed(gate),
        outcome: result.outcome,
        note: result.note,
        ...row,
    };
}
/** A metric of both models that no gate reads. */
function changeNumbers(comparison, limit) {
    const { baseline, candidate, change, interval, noIntervalBecause } = comparison ?? {};
    const decimals = (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .decimalsForRow */ .Q3)({ baseline, candidate, change, interval, limit });
    return {
        baseline: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(baseline, decimals),
        candidate: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(candidate, decimals),
        candidateInterval: undefined,
        change: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatChange */ .eD)(change, decimals),
        interval: interval && { low: formatEnd(interval.low, decimals), high: formatEnd(interval.high, decimals) },
        noIntervalBecause: comparison?.identical ? undefined : noIntervalBecause,
        plot: undefined,
    };
}
function changeRow(gate, comparison) {
    if (comparison === undefined)
        return changeNumbers(undefined);
    const allowedLoss = gate.kind === "no-worse-than" ? -gate.margin : gate.margin;
    const limit = (comparison.greaterIsBetter ? allowedLoss : -allowedLoss) + 0;
    const { change, interval } = comparison;
    return {
        ...changeNumbers(comparison, limit),
        plot: change === null
            ? undefined
            : {
                quantity: "change",
                point: change,
                interval,
                limit,
                badSide: comparison.greaterIsBetter ? "below" : "above",
                reference: 0,
            },
    };
}
function valueRow({ value }, gate, comparison) {
    const candidate = value?.value ?? comparison?.candidate;
    const interval = value?.interval;
    const baseline = comparison?.baseline;
    const decimals = (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .decimalsForRow */ .Q3)({ baseline, candidate, interval, limit: gate.limit });
    return {
        ...changeNumbers(comparison),
        baseline: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(baseline, decimals),
        candidate: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(candidate, decimals),
        candidateInterval: interval && { low: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(interval.low, decimals), high: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(interval.high, decimals) },
        noIntervalBecause: value?.undefinedBecause ?? value?.noIntervalBecause,
        plot: typeof candidate !== "number"
            ? undefined
            : {
                quantity: "value",
                point: candidate,
                interval,
                limit: gate.limit,
                badSide: gate.kind === "at-least" ? "below" : "above",
                reference: baseline ?? undefined,
            },
    };
}
/** The end of an interval may round to zero: its sign says nothing then. */
function formatEnd(value, decimals) {
    if (value === 0)
        return "0";
    return Number(value.toFixed(decimals)) === 0 ? (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatFixed */ .gn)(0, decimals) : (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatChange */ .eD)(value, decimals);
}


/***/ }),

/***/ 17210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ headline)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45845);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(96004);


/** The verdict of the whole report. */
function headline(report) {
    switch (report.verdict) {
        case "pending":
            return { status: "pending", title: `In progress: ${report.jobs.done} of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(report.jobs.total, "job")} done` };
        case "fail":
            return { status: "fail", title: failTitle(report) };
        case "inconclusive":
            return { status: "inconclusive", title: inconclusiveTitle(report) };
        case "pass":
            return passHeadline(report);
    }
}
function failTitle({ models }) {
    const failed = models.filter((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) === "fail");
    const judged = failed.filter(({ state }) => state.kind === "judged" || state.kind === "recorded");
    if (judged.length > 0 || failed.length === 0)
        return `Do not promote: ${share(failed.length, models.length)} blocked`;
    const word = failed.every(({ state }) => state.kind === "lost") ? "left no evidence" : "could not be trained or evaluated";
    return `Do not promote: ${share(failed.length, models.length)} ${word}`;
}
function inconclusiveTitle({ models, law, onInconclusive }) {
    if (law === null)
        return "No rules to judge by yet: an owner decides";
    const undecided = models.filter((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) === "inconclusive").length;
    const ending = onInconclusive === "allow" ? ", which the rules allow" : ": an owner decides";
    return `Inconclusive for ${share(undecided, models.length)}${ending}`;
}
function passHeadline({ models, event }) {
    const touched = models.filter((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) !== "unchanged");
    if (touched.length === 0)
        return { status: "unchanged", title: "Nothing to train: no model is touched" };
    const recorded = touched.filter((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) === "recorded").length;
    if (recorded === touched.length) {
        const then = event === "pull_request" ? "; comparison starts after merge" : "";
        return { status: "recorded", title: `Baseline recorded${then}` };
    }
    const passes = touched.length === 1 ? "passes" : "pass";
    return { status: "pass", title: `May be promoted: ${share(touched.length, touched.length)} ${passes}` };
}
function share(part, whole) {
    return `${part} of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_1__/* .plural */ .LS)(whole, "model")}`;
}


/***/ }),

/***/ 35084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ inputChanges),
/* harmony export */   P: () => (/* binding */ diffLines)
/* harmony export */ });
const kindOrder = ["data", "param", "code", "environment", "command", "seed", "backend", "contract"];
/** What changed from the baseline's inputs to the candidate's, in the order in which people ask for it. */
function inputChanges({ candidate, baseline }) {
    if (baseline === undefined || baseline.inputHash === candidate.inputHash)
        return [];
    const before = new Map(baseline.inputs.map((input) => [keyOf(input), input]));
    const after = new Map(candidate.inputs.map((input) => [keyOf(input), input]));
    const changes = [];
    for (const [key, { kind, name, id }] of before) {
        const other = after.get(key)?.id;
        if (other !== id)
            changes.push({ kind, name, before: id, after: other });
    }
    for (const [key, { kind, name, id }] of after)
        if (!before.has(key))
            changes.push({ kind, name, before: undefined, after: id });
    return changes.sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}
function keyOf({ kind, name }) {
    return `${kind}\0${name}`;
}
/** Lines of a diff, at most `max` changes. */
function diffLines(changes, max) {
    const lines = changes
        .slice(0, max)
        .flatMap(({ kind, name, before, after }) => [
        ...(before === undefined ? [] : [`- ${kindWords[kind]}${name === "" ? "" : ` ${name}`}: ${shortId(before)}`]),
        ...(after === undefined ? [] : [`+ ${kindWords[kind]}${name === "" ? "" : ` ${name}`}: ${shortId(after)}`]),
    ]);
    return changes.length > max ? [...lines, `  and ${changes.length - max} more`] : lines;
}
const kindWords = {
    code: "code",
    data: "data",
    param: "param",
    environment: "environment",
    command: "command",
    seed: "seed",
    backend: "backend",
    contract: "training contract",
};
function shortId(id) {
    return id.replace(/[0-9a-f]{32,64}/g, (hex) => `${hex.slice(0, 12)}…`);
}


/***/ }),

/***/ 42104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fl: () => (/* binding */ baseName),
/* harmony export */   Kd: () => (/* binding */ lawChangePhrase),
/* harmony export */   Zt: () => (/* binding */ lawIntroduction)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45845);

function baseName({ pullRequest }) {
    return pullRequest?.baseRef ?? "the base branch";
}
/** That the pull request changes the rules, and by which it was decided; undefined when it does not. */
function lawIntroduction(report) {
    const { law, lawChanges } = report;
    if (law === null) {
        return [
            { strong: ["There are no rules on ", { code: baseName(report) }, " yet."] },
            " This change brings the first ",
            { code: "assay.yml" },
            "; an owner reviews it, and once it is merged its gates decide.",
        ];
    }
    if (lawChanges.length === 0)
        return undefined;
    return [
        { strong: "This PR changes the rules." },
        " Decided by those of ",
        { code: baseName(report) },
        " (",
        { code: law.path },
        " at ",
        { code: (0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .shortSha */ .Fu)(law.commit) },
        "), not by its own:",
    ];
}
/** `fraud: gate accuracy.no-worse-than: 0.03 → 0.10. By the new rules it would be: pass.` */
function lawChangePhrase({ model, what, wouldBe }) {
    return [{ code: model }, ": ", what, wouldBe === undefined ? "" : ` (by the new rules the model would be: ${wouldBe})`];
}


/***/ }),

/***/ 45189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ greaterIsBetter),
/* harmony export */   V: () => (/* binding */ metricTitle)
/* harmony export */ });
/* harmony import */ var _evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29083);

/** A metric's name for people; one that is not known keeps its own. */
function metricTitle(metric) {
    return (0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOfMetric */ .NY)(metric)?.title ?? metric;
}
/** Undefined for a metric that is not known. */
function greaterIsBetter(metric) {
    return (0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOfMetric */ .NY)(metric)?.greaterIsBetter;
}


/***/ }),

/***/ 96004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   SV: () => (/* binding */ evaluationOf),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   Wn: () => (/* binding */ describeStatus),
/* harmony export */   X1: () => (/* binding */ evidenceOf),
/* harmony export */   c2: () => (/* binding */ statusOf),
/* harmony export */   md: () => (/* binding */ worstFirst),
/* harmony export */   pb: () => (/* binding */ statusIcons),
/* harmony export */   uv: () => (/* binding */ isCalm),
/* harmony export */   yo: () => (/* binding */ gatesWorstFirst)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45845);

/** A failed or lost job is a fail; a recorded model that still needs somebody's decision is inconclusive. */
function statusOf({ state }) {
    switch (state.kind) {
        case "judged":
            return state.verdict.outcome;
        case "recorded":
            return state.verdict.outcome === "pass" ? "recorded" : state.verdict.outcome;
        case "failed":
        case "lost":
            return "fail";
        default:
            return state.kind;
    }
}
/** A status is always an icon and a word. */
const statusIcons = {
    pass: "✅",
    fail: "❌",
    inconclusive: "❔",
    pending: "⏳",
    recorded: "✅",
    unchanged: "✅",
};
/** Worst first, so that what matters is read first and dropped last. */
const statusOrder = ["fail", "inconclusive", "pending", "pass", "recorded", "unchanged"];
function worstFirst(models) {
    return models.toSorted((a, b) => statusOrder.indexOf(statusOf(a)) - statusOrder.indexOf(statusOf(b)));
}
/** Nothing to decide about: it may be folded where something else has to be read. */
function isCalm(model) {
    return ["pass", "recorded"].includes(statusOf(model));
}
function verdictOf({ state }) {
    return state.kind === "judged" || state.kind === "recorded" ? state.verdict : undefined;
}
function evidenceOf({ state }) {
    return "evidence" in state ? state.evidence : undefined;
}
function evaluationOf(model, role) {
    return evidenceOf(model)?.evaluations.find((evaluation) => evaluation.role === role);
}
const outcomeOrder = ["fail", "inconclusive", "pass"];
function gatesWorstFirst(model, role) {
    const gates = verdictOf(model)?.gates ?? [];
    return gates
        .filter((gate) => role === undefined || gate.role === role)
        .toSorted((a, b) => outcomeOrder.indexOf(a.outcome) - outcomeOrder.indexOf(b.outcome));
}
/** `2 failed, 1 inconclusive, 4 passed`, `5 of 5 passed`, `training failed`, … */
function describeStatus(model, event) {
    const { state } = model;
    switch (state.kind) {
        case "unchanged":
            return "unchanged";
        case "pending":
            return "in progress";
        case "failed":
            return "job failed";
        case "lost":
            return "job lost";
        default: {
            const counts = countGates(state.verdict.gates);
            if (state.kind === "judged")
                return counts;
            const recorded = event === "pull_request" ? "no baseline yet" : "baseline recorded";
            return state.verdict.gates.length === 0 ? recorded : `${recorded}, ${counts}`;
        }
    }
}
function countGates(gates) {
    const count = (outcome) => gates.filter((gate) => gate.outcome === outcome).length;
    const [failed, inconclusive, passed] = [count("fail"), count("inconclusive"), count("pass")];
    if (gates.length === 0)
        return "no gates";
    if (passed === gates.length)
        return `${passed} of ${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .plural */ .LS)(gates.length, "gate")} passed`;
    return [
        [failed, "failed"],
        [inconclusive, "inconclusive"],
        [passed, "passed"],
    ]
        .filter(([number]) => number !== 0)
        .map(([number, word]) => `${number} ${word}`)
        .join(", ");
}


/***/ }),

/***/ 92189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ nextSteps)
/* harmony export */ });
/* harmony import */ var _law_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42104);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(96004);


const maxOwners = 5;
/** What a person can do now; only what works without the app. */
function nextSteps(report) {
    const of = (status) => report.models.filter((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) === status);
    const steps = [];
    const jobs = of("fail").filter(({ state }) => state.kind === "failed");
    const lost = of("fail").filter(({ state }) => state.kind === "lost");
    const failed = of("fail").filter(({ state }) => state.kind === "judged" || state.kind === "recorded");
    const undecided = of("inconclusive");
    if (jobs.length > 0)
        steps.push(["Read the log of ", ...names(jobs), ", mend what it says, and push again."]);
    if (lost.length > 0) {
        const run = report.links.run ? { link: "run", to: report.links.run } : "run";
        steps.push([
            "Re-run the failed jobs of the ",
            run,
            ": ",
            ...names(lost),
            " left no evidence, which says nothing about the model.",
        ]);
    }
    if (failed.length > 0) {
        const page = report.links.page ? [" in the ", { link: "full report", to: report.links.page }] : [];
        steps.push(["Look closer at ", ...names(failed), ...page, ": what changed in the inputs, and where the errors moved."]);
        steps.push([
            "If the loss is wanted, its gate has to change first, in a pull request of its own to ",
            { code: (0,_law_js__WEBPACK_IMPORTED_MODULE_1__/* .baseName */ .Fl)(report) },
            ...owners(failed),
            ".",
        ]);
    }
    if (undecided.length > 0)
        steps.push(...undecidedSteps(report, undecided));
    if (report.verdict === "pass" && report.event === "pull_request" && steps.length === 0) {
        const touched = report.models.some((model) => (0,_model_status_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c2)(model) !== "unchanged");
        if (touched)
            steps.push("Review and merge. Merging makes this the baseline of later changes; it does not promote anything.");
    }
    return steps;
}
function undecidedSteps(report, undecided) {
    if (report.law === null)
        return [["An owner reviews the new ", { code: "assay.yml" }, ...owners(undecided), "."]];
    const more = [
        "Decide ",
        ...names(undecided),
        ": more test rows narrow an interval, and each inconclusive gate says what it lacks.",
    ];
    if (report.onInconclusive === "allow")
        return [more];
    return [
        more,
        [
            "Until then the check asks for an owner",
            ...owners(undecided),
            ". ",
            { code: "on-inconclusive: allow" },
            " on ",
            { code: (0,_law_js__WEBPACK_IMPORTED_MODULE_1__/* .baseName */ .Fl)(report) },
            " would let such changes through.",
        ],
    ];
}
function names(models) {
    const shown = models.slice(0, maxOwners).flatMap(({ name }, index) => [index === 0 ? "" : ", ", { code: name }]);
    return models.length > maxOwners ? [...shown, ` and ${models.length - maxOwners} more`] : shown;
}
/** `, owned by @acme/risk`; nobody is notified by it. */
function owners(models) {
    const all = [...new Set(models.flatMap((model) => model.owners))];
    if (all.length === 0)
        return [];
    const shown = all.slice(0, maxOwners).flatMap((owner, index) => [index === 0 ? "" : ", ", { code: owner }]);
    return [" (owned by ", ...shown, all.length > maxOwners ? ` and ${all.length - maxOwners} more)` : ")"];
}


/***/ }),

/***/ 93541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ provenance)
/* harmony export */ });
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89579);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45845);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96004);



const trustWords = {
    fork: "unverified (fork): every number is a claim of the fork's own workflow",
    "pull-request": "pull request: trained from a commit that is not merged",
    protected: "protected: trained from a commit on a protected branch",
};
/** Where the numbers of a model come from. */
function provenance(report, model) {
    const { plan, state } = model;
    const { candidate } = plan;
    const evidence = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceOf */ .X1)(model);
    const rows = [
        { label: "Why", value: decision(model) },
        {
            label: "Input hash",
            // A plan that was handed on lists only the inputs that differ.
            value: [{ code: digestText(candidate.inputHash) }, evidence ? ` over ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(evidence.inputs.length, "input")}` : ""],
        },
        { label: "Trained commit", value: trainedCommit(report, candidate.commit) },
    ];
    if ("trust" in state)
        rows.push({ label: "Trust", value: trustWords[state.trust] });
    if (evidence) {
        rows.push(...evidence.trainings.flatMap((training) => trainingRows(training, evidence.trainings.length)));
        const { run } = evidence.source;
        if (run) {
            const to = `${report.serverUrl}/${report.repository}/actions/runs/${run.id}`;
            rows.push({
                label: "Run",
                value: [{ link: `run ${run.id}, attempt ${run.attempt}`, to }, ", event ", { code: run.event }],
            });
        }
        if (evidence.seal)
            rows.push({ label: "Result", value: [{ code: digestText(evidence.seal.resultDigest) }] });
    }
    if (report.law)
        rows.push({ label: "Judged by", value: [{ code: report.law.path }, " at ", { code: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(report.law.commit) }] });
    return rows;
}
function decision({ plan }) {
    const { decision, because, run } = plan.candidate;
    const shown = because.slice(0, 5).join("; ");
    const reasons = because.length > 5 ? `${shown}; and ${because.length - 5} more` : shown;
    if (decision === "train")
        return `trained because ${reasons || "there is no run with these inputs"}`;
    if (decision === "reuse")
        return `reused${run ? ` from ${run.origin}` : ""}, not trained again${reasons ? `: ${reasons}` : ""}`;
    return `not trained${reasons ? `: ${reasons}` : ""}`;
}
function trainedCommit({ headSha, pullRequest }, commit) {
    if (commit === headSha || pullRequest === undefined)
        return [{ code: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(commit) }];
    return [{ code: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(commit) }, ", the merge of ", { code: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(headSha) }, " into ", { code: pullRequest.baseRef }];
}
function trainingRows(training, count) {
    const seed = count > 1 && training.seed !== undefined ? ` (seed ${training.seed})` : "";
    const rows = [{ label: `Training${seed}`, value: trainer(training) }];
    const { model } = training;
    if (model) {
        const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
        rows.push({
            label: `Model${seed}`,
            value: [
                { code: model.format },
                `, ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(model.files.length, "file")}, ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(bytes)}, `,
                { code: digestText(model.digest) },
            ],
        });
    }
    return rows;
}
function trainer({ trainer, backend, durationSeconds, outcome }) {
    const parts = [
        trainer === "tfjs" ? "TensorFlow.js" : "the repository's command",
        ` in ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(durationSeconds)}`,
    ];
    if (backend) {
        parts.push(" on the ", { code: backend.used }, " backend ", backend.version);
        if (backend.why || (backend.requested !== "auto" && backend.requested !== backend.used)) {
            parts.push(" (asked for ", { code: backend.requested }, backend.why ? `: ${backend.why}` : "", ")");
        }
    }
    if (outcome !== "completed")
        parts.push(`, ${outcome}`);
    return parts;
}
function digestText(digest) {
    return `sha256:${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(digest)}…`;
}


/***/ }),

/***/ 73255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   kG: () => (/* binding */ flippedPhrase),
/* harmony export */   r2: () => (/* binding */ testSetPhrases),
/* harmony export */   wx: () => (/* binding */ oldTestSetPhrases)
/* harmony export */ });
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89579);
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45845);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96004);



/** Which rows the two columns of a gates table are on, and where the baseline's numbers come from. */
function testSetPhrases(model) {
    const current = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluationOf */ .SV)(model, "current");
    if (current === undefined)
        return [];
    const { testSetChanged } = model.plan;
    const rows = [
        { code: current.testSet.path },
        ` (${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(current.testSet.rows, "row")}, `,
        { code: `sha256:${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(current.testSet.digest, 8)}…` },
        ")",
    ];
    const phrases = testSetChanged
        ? [
            [
                { strong: "The test set changed" },
                ": both columns are on the new rows, ",
                ...rows,
                (0,_model_status_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluationOf */ .SV)(model, "base") ? ". The old test set is judged too." : ".",
            ],
        ]
        : [[current.baseline ? "Same test set for both models: " : "Test set: ", ...rows, "."]];
    phrases.push(...missingPhrases(current));
    if (current.baseline) {
        const how = current.baseline.how === "kept" ? "its predictions were kept" : "scored again on these rows";
        phrases.push(["Baseline: the model of ", { code: (0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSha */ .Fu)(current.baseline.commit) }, `, ${how}.`]);
    }
    return phrases;
}
/** What stands above the second table. */
function oldTestSetPhrases(evaluation) {
    const { path, rows, digest } = evaluation.testSet;
    return [
        ["Base's rows: ", { code: path }, ` (${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(rows, "row")}, `, { code: `sha256:${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(digest, 8)}…` }, ")."],
        ...missingPhrases(evaluation),
    ];
}
function missingPhrases({ candidate, candidateMissing, baseline, baselineMissing }) {
    return [
        ...(candidate === undefined && candidateMissing
            ? [["No numbers for this change: ", withoutStop(candidateMissing), "."]]
            : []),
        ...(baseline === undefined && baselineMissing ? [["No baseline: ", withoutStop(baselineMissing), "."]] : []),
    ];
}
/** `60 rows that the baseline gets wrong are right now, 41 that it gets right are wrong now.` */
function flippedPhrase({ flipped }) {
    if (flipped === undefined)
        return undefined;
    const { better, worse } = flipped;
    if (better === 0 && worse === 0)
        return "No row's predicted label turned right or wrong.";
    return `${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(better, "row")} turned from wrong to right, ${(0,_format_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(worse, "row")} from right to wrong.`;
}
/** A message of somebody else that our sentence ends. */
function withoutStop(message) {
    return message.trim().replace(/\.$/, "");
}


/***/ })

};
