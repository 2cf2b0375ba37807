export const id = 481;
export const ids = [481,81];
export const modules = {

/***/ 71481:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z: () => (/* binding */ report)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/files/node-files.js
var node_files = __webpack_require__(34183);
// EXTERNAL MODULE: ./build/src/flows/collect-evidence.js
var collect_evidence = __webpack_require__(2603);
// EXTERNAL MODULE: ./build/src/flows/exit-code.js
var exit_code = __webpack_require__(86193);
// EXTERNAL MODULE: ./build/src/flows/judge.js + 2 modules
var judge = __webpack_require__(41038);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/src/github/lost-answer.js
var lost_answer = __webpack_require__(80890);
;// CONCATENATED MODULE: ./build/src/publishing/decide-check.js
/**
 * How to get from the stored check to the wanted one. GitHub only ever adds annotations, so a check with one that is no longer
 * wanted is replaced by a new check run of the same name, and so is a completed one that is to be in progress again.
 */
function decideCheck(wanted, stored) {
    if (stored === undefined)
        return { kind: "create", content: wanted };
    const stale = without(stored.annotations, wanted.annotations);
    const reopened = stored.run.conclusion !== undefined && wanted.conclusion === undefined;
    if (stale.length > 0 || reopened)
        return { kind: "create", content: wanted };
    const missing = without(wanted.annotations, stored.annotations);
    if (missing.length === 0 && sameContent(wanted, stored.run))
        return { kind: "unchanged" };
    return { kind: "update", id: stored.run.id, content: { ...wanted, annotations: missing } };
}
function sameContent(wanted, stored) {
    return (stored.conclusion === wanted.conclusion &&
        sameText(stored.title, wanted.title) &&
        sameText(stored.summary, wanted.summary) &&
        sameText(stored.text, wanted.text) &&
        // Without one of ours GitHub links to a page of its own.
        (wanted.detailsUrl === undefined || stored.detailsUrl === wanted.detailsUrl));
}
function sameText(a, b) {
    return normalise(a) === normalise(b);
}
function normalise(text) {
    return (text ?? "").replaceAll("\r\n", "\n").trim();
}
/** `all` without those in `some`, each as often as it is there. */
function without(all, some) {
    const counts = new Map();
    for (const annotation of some)
        counts.set(keyOf(annotation), (counts.get(keyOf(annotation)) ?? 0) + 1);
    return all.filter((annotation) => {
        const left = counts.get(keyOf(annotation)) ?? 0;
        if (left > 0)
            counts.set(keyOf(annotation), left - 1);
        return left === 0;
    });
}
function keyOf({ path, startLine, endLine, level, title, message }) {
    return JSON.stringify([path, startLine, endLine, level, normalise(title), normalise(message)]);
}

;// CONCATENATED MODULE: ./build/src/publishing/publish-check.js




/** Of `summary` and of `text`, in characters. */
const maxCharacters = 65_535;
/** How long to wait before looking what became of a request whose answer was lost; after the last one the error stands. */
const waits = [1_000, 3_000];
/**
 * Makes the commit have exactly this check. It is found again by its name and external id among the check runs of our own app;
 * identical content is not written again; when an answer is lost, it looks before it writes again.
 *
 * @throws GitHubError when GitHub refuses, or does not have the check after it said so
 */
async function publishCheck(github, content) {
    refuseTooLong(content);
    const { login } = await github.comments.viewer();
    return publish(github.checks, content, login, waits);
}
async function publish(checks, content, login, [wait, ...laterWaits]) {
    const stored = await findOurs(checks, content, login);
    const decision = decideCheck(content, stored);
    if (decision.kind === "unchanged")
        return { effect: "unchanged", url: stored?.run.url ?? "" };
    try {
        if (decision.kind === "create")
            await checks.create(decision.content);
        else
            await checks.update(decision.id, decision.content);
    }
    catch (error) {
        if (!(0,lost_answer/* isLostAnswer */.v)(error) || wait === undefined)
            throw error;
        await (0,promises_.setTimeout)(wait);
        return publish(checks, content, login, laterWaits);
    }
    const now = await findOurs(checks, content, login);
    if (now === undefined) {
        throw new errors/* GitHubError */.y_(`The check "${content.name}" on ${content.headSha} was sent, but GitHub does not have it. Run this job again.`);
    }
    return { effect: decision.kind === "create" ? "created" : "updated", url: now.run.url };
}
/** The newest of ours: it is the one that GitHub shows. */
async function findOurs(checks, content, login) {
    const runs = await checks.list(content.headSha, content.name);
    const run = runs.findLast((candidate) => candidate.externalId === content.externalId && isByApp(candidate, login));
    if (run === undefined)
        return undefined;
    return { run, annotations: run.annotationCount === 0 ? [] : await checks.annotations(run.id) };
}
/** An app writes as `<slug>[bot]`, and may only update check runs of its own. */
function isByApp(run, login) {
    return run.appSlug === undefined || !login.endsWith("[bot]") || `${run.appSlug}[bot]` === login;
}
function refuseTooLong({ name, summary, text = "" }) {
    if (summary.length > maxCharacters || text.length > maxCharacters) {
        throw new Error(`The check "${name}" has a summary of ${summary.length} and a text of ${text.length} characters; GitHub takes ${maxCharacters} each.`);
    }
}

;// CONCATENATED MODULE: ./build/src/publishing/publish-comment.js



/** What GitHub takes, in characters. */
const publish_comment_maxCharacters = 65_536;
/** GitHub's lists can lag behind what it stored: how long to wait before each look for a comment whose answer was lost. */
const looks = [1_000, 2_000, 4_000];
/**
 * Makes the pull request have exactly this comment. It is found again by the marker on its first line **and** its author, so a
 * copied marker is never taken for ours; an identical body is not written again; when the answer to a creation is lost, it
 * looks before it asks again.
 *
 * @throws GitHubError when GitHub refuses, or stored something else than was sent
 */
async function publishComment(github, planned) {
    checkPlanned(planned);
    const { comments } = github;
    const findOurs = () => listOwn(comments, planned.number, planned.marker);
    const ours = await findOurs();
    const oldest = oldestOf(ours);
    if (oldest === undefined)
        return create(comments, planned, findOurs);
    const notes = noteDuplicates(ours, oldest);
    if (sameBody(oldest.body, planned.body))
        return { effect: "unchanged", url: oldest.url, notes };
    await comments.update(oldest.id, planned.body);
    return readBack("updated", await comments.get(oldest.id), planned, notes);
}
/** The comment that `publishComment` would edit: marker on the first line, written by us, the oldest of several. */
async function findOwnComment(github, number, marker) {
    return oldestOf(await listOwn(github.comments, number, marker));
}
async function listOwn(comments, number, marker) {
    const viewer = await comments.viewer();
    const all = await comments.list(number);
    return all.filter((comment) => comment.author.id === viewer.id && firstLine(comment.body) === marker);
}
async function create(comments, planned, findOurs) {
    const created = await createOnce(comments, planned, findOurs);
    // Two jobs can create at the same moment: the oldest is the one that later runs will find.
    const ours = await findOurs();
    const oldest = oldestOf(ours) ?? created;
    if (oldest.id !== created.id && !sameBody(oldest.body, planned.body))
        await comments.update(oldest.id, planned.body);
    return readBack("created", await comments.get(oldest.id), planned, noteDuplicates(ours, oldest));
}
async function createOnce(comments, planned, findOurs) {
    try {
        return await comments.create(planned.number, planned.body);
    }
    catch (error) {
        if (!(0,lost_answer/* isLostAnswer */.v)(error))
            throw error;
        for (const milliseconds of looks) {
            await (0,promises_.setTimeout)(milliseconds);
            const stored = oldestOf(await findOurs());
            if (stored !== undefined)
                return stored;
        }
        return comments.create(planned.number, planned.body);
    }
}
function readBack(effect, stored, planned, notes) {
    if (stored === undefined) {
        throw new errors/* GitHubError */.y_(`The comment on #${planned.number} was sent, but GitHub does not have it. Run this job again.`);
    }
    if (sameBody(stored.body, planned.body))
        return { effect, url: stored.url, notes };
    return { effect, url: stored.url, notes: [...notes, `Somebody else wrote the comment ${stored.url} at the same time.`] };
}
function oldestOf(comments) {
    return comments.toSorted((a, b) => a.id - b.id)[0];
}
function noteDuplicates(ours, kept) {
    const others = ours.filter((comment) => comment.id !== kept.id);
    if (others.length === 0)
        return [];
    const urls = others.map((comment) => comment.url).join(", ");
    return [`There are ${ours.length} comments of ours; the oldest, ${kept.url}, is kept up to date. Delete the others: ${urls}`];
}
/** GitHub may change line ends and drops white space at the end. */
function sameBody(stored, planned) {
    return publish_comment_normalise(stored) === publish_comment_normalise(planned);
}
function publish_comment_normalise(body) {
    return body.replaceAll("\r\n", "\n").trimEnd();
}
function firstLine(body) {
    return body.split(/\r?\n/, 1)[0] ?? "";
}
function checkPlanned({ marker, body, number }) {
    if (firstLine(body) !== marker)
        throw new Error(`The first line of the comment for #${number} is not its marker ${marker}.`);
    if (body.length > publish_comment_maxCharacters) {
        throw new Error(`The comment for #${number} has ${body.length} characters; GitHub takes ${publish_comment_maxCharacters}.`);
    }
}

// EXTERNAL MODULE: ./build/src/markdown/escape.js
var markdown_escape = __webpack_require__(83952);
// EXTERNAL MODULE: ./build/src/markdown/phrase.js
var markdown_phrase = __webpack_require__(42894);
// EXTERNAL MODULE: ./build/src/report/annotations.js
var annotations = __webpack_require__(35594);
// EXTERNAL MODULE: ./build/src/report/blockers.js
var blockers = __webpack_require__(85165);
// EXTERNAL MODULE: ./build/src/report/headline.js
var headline = __webpack_require__(17210);
// EXTERNAL MODULE: ./build/src/report/markdown-report.js + 2 modules
var markdown_report = __webpack_require__(13970);
// EXTERNAL MODULE: ./build/src/report/model-status.js
var model_status = __webpack_require__(96004);
;// CONCATENATED MODULE: ./build/src/report/check.js







/** The one check that a repository requires. */
const checkName = "assay / verdict";
/** GitHub stops at 65,535 characters, in summary and text each. */
const textBudget = 60_000;
const maxAnnotations = 200;
const maxModels = 100;
const maxBlockers = 20;
function renderCheck(report) {
    return {
        conclusion: conclude(report),
        title: (0,headline/* headline */.P)(report).title,
        summary: summary(report),
        text: (0,markdown_report/* markdownReport */.q)(report, textBudget),
        annotations: (0,annotations/* annotations */.h)(report).slice(0, maxAnnotations).flatMap(checkAnnotation),
    };
}
/** Lost jobs and missing evidence are a fail, so never neutral. */
function conclude({ verdict, onInconclusive, models }) {
    if (verdict === "pending")
        return undefined;
    if (verdict === "fail" || models.some((model) => (0,model_status/* statusOf */.c2)(model) === "fail"))
        return "failure";
    if (verdict === "pass")
        return "success";
    return onInconclusive === "block" ? "action_required" : "neutral";
}
function summary(report) {
    const models = (0,model_status/* worstFirst */.md)(report.models);
    const rows = models
        .slice(0, maxModels)
        .map((model) => `- ${model_status/* statusIcons */.pb[(0,model_status/* statusOf */.c2)(model)]} ${(0,markdown_escape/* codeSpan */.SS)(model.name, 100)}: ${(0,model_status/* describeStatus */.Wn)(model, report.event)}`);
    if (models.length > maxModels)
        rows.push(`- and ${models.length - maxModels} more models`);
    const all = report.verdict === "pending" ? [] : (0,blockers/* blockers */.m)(report);
    const reasons = all.slice(0, maxBlockers).map(({ phrase }) => `- ${(0,markdown_phrase/* phraseToMarkdown */._k)(phrase)}`);
    if (all.length > maxBlockers)
        reasons.push(`- and ${all.length - maxBlockers} more`);
    const links = [
        ...(report.links.page ? [(0,markdown_escape/* link */.nf)("full report", report.links.page)] : []),
        ...(report.links.run ? [(0,markdown_escape/* link */.nf)("run", report.links.run)] : []),
    ];
    return [rows.join("\n"), reasons.length === 0 ? "" : `**What stands in the way**\n\n${reasons.join("\n")}`, links.join(" · ")]
        .filter((block) => block !== "")
        .join("\n\n");
}
const levels = { error: "failure", warning: "warning", notice: "notice" };
function checkAnnotation({ level, title, message, file, line }) {
    if (file === undefined || line === undefined)
        return [];
    return [{ path: file, startLine: line, endLine: line, level: levels[level], title, message }];
}

// EXTERNAL MODULE: ./build/src/report/comment.js
var report_comment = __webpack_require__(92081);
;// CONCATENATED MODULE: ./build/src/flows/publish-report.js




/**
 * Writes the pull request's one comment and one check. A run that was overtaken by a newer push never overwrites the newer
 * run's comment; it marks its own as stale.
 */
async function publishReport(report, github) {
    const { pullRequest } = report;
    if (!pullRequest)
        return { comment: undefined, check: undefined, notes: ["No pull request: nothing to write but the summary."] };
    const check = await publishCheck(github, {
        name: checkName,
        headSha: report.headSha,
        externalId: `assay:verdict:${pullRequest.number}:${report.headSha}`,
        detailsUrl: report.links.page ?? report.links.run,
        ...renderCheck(report),
    });
    const current = await github.pullRequests.get(pullRequest.number);
    const { marker, body } = (0,report_comment.renderComment)(report);
    if (current.head.sha !== report.headSha) {
        const note = `Head moved from ${report.headSha} to ${current.head.sha} meanwhile: the newer run reports.`;
        const existing = await findOwnComment(github, pullRequest.number, marker);
        if (!existing?.body.includes(report.headSha.slice(0, 7)))
            return { comment: existing?.url, check: check.url, notes: [note] };
        const stale = (0,report_comment/* renderStaleComment */.pB)(existing.body, report.headSha, current.head.sha);
        const comment = await publishComment(github, { number: pullRequest.number, marker, body: stale });
        return { comment: comment.url, check: check.url, notes: [note] };
    }
    if (report.models.every(({ state }) => state.kind === "unchanged")) {
        const existing = await findOwnComment(github, pullRequest.number, marker);
        if (!existing)
            return { comment: undefined, check: check.url, notes: ["Nothing had to be trained: the check says so, no comment."] };
    }
    const comment = await publishComment(github, { number: pullRequest.number, marker, body });
    return {
        comment: comment.url,
        check: check.url,
        notes: [`Comment ${comment.effect}, check ${check.effect}.`, ...comment.notes],
    };
}

// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/flows/fetch-run.js
var fetch_run = __webpack_require__(35383);
// EXTERNAL MODULE: ./build/src/flows/job-files.js
var job_files = __webpack_require__(73270);
// EXTERNAL MODULE: ./build/src/flows/keep-evidence.js
var keep_evidence = __webpack_require__(3978);
;// CONCATENATED MODULE: ./build/src/flows/record-baseline.js





/**
 * On a protected branch: records the evidence in the ledger and keeps the model and its test predictions where they last.
 * The record comes first: its branch is what the store's release points at. A record whose files are not there yet counts as
 * expired, so that every step may be lost and repeated.
 */
async function recordBaselines(plan, evidence, machine, records) {
    const { ledger, store } = records;
    for (const { model, candidate: planned } of plan.models) {
        const sealed = evidence.get(model);
        if (!sealed || !isComplete(sealed))
            continue;
        const run = await (0,fetch_run/* fetchRun */.k)(model, planned, machine, records);
        await ledger.recordEvidence(sealed);
        for (const { digest, path, bytes } of sealed.trainings.flatMap((training) => training.model?.files ?? []))
            if (bytes > 0)
                await store.put(digest, (0,external_node_path_.join)(run.modelFolder, path));
        const folder = await machine.files.makeTemporaryFolder("assay-predictions-");
        if (await machine.jobFiles.fetch((0,job_files/* predictionsFilesName */.DI)(model), folder))
            for (const { candidate } of sealed.evaluations)
                if (candidate)
                    await store.put(candidate.predictions, (0,external_node_path_.join)(folder, (0,keep_evidence/* predictionsFile */.Zj)(candidate.predictions)));
        await machine.files.remove(folder);
        await run.remove();
        machine.progress(`Recorded ${model} ${(0,digest/* shortDigest */.VK)(sealed.inputHash)} as the baseline of what follows`);
    }
}
function isComplete(evidence) {
    return (evidence.trainings.every(({ outcome }) => outcome === "completed") && evidence.evaluations.some(({ candidate }) => candidate));
}

// EXTERNAL MODULE: ./build/actions/runtime/artifact-job-files.js
var artifact_job_files = __webpack_require__(21973);
// EXTERNAL MODULE: ./build/actions/runtime/event.js
var runtime_event = __webpack_require__(27439);
// EXTERNAL MODULE: ./build/actions/runtime/laws.js
var laws = __webpack_require__(87586);
// EXTERNAL MODULE: ./build/actions/runtime/records.js + 2 modules
var records = __webpack_require__(12874);
// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __webpack_require__(6805);
// EXTERNAL MODULE: ./build/actions/runtime/write-summary.js
var write_summary = __webpack_require__(91133);
;// CONCATENATED MODULE: ./build/actions/report/report.js














/** Judges the evidence of this run by the rules in force and writes what a reviewer reads. Runs no code of the repository. */
async function report({ plan, spec, token }) {
    const event = (0,runtime_event/* readEvent */.j)();
    const files = (0,node_files/* createNodeFiles */._)({ temporaryFolder: process.env["RUNNER_TEMP"] });
    const machine = { files, jobFiles: (0,artifact_job_files/* createArtifactJobFiles */.X)(files, event, token), progress: core/* info */.pq };
    const github = token && (event.pullRequest || plan.models.length > 0) ? await (0,records/* connect */.Ng)(event, token) : undefined;
    const collected = await (0,collect_evidence/* collectEvidence */.m)(plan, machine);
    const decided = await decide(plan, event, github, spec, collected);
    const page = decided.models.some(({ state }) => state.kind !== "unchanged") ? await upload(decided, event, files) : undefined;
    const final = { ...decided, links: { ...decided.links, page } };
    await show(final);
    if (github && event.pullRequest && !event.pullRequest.fromFork)
        for (const note of (await publishReport(final, github)).notes)
            core/* info */.pq(note);
    if (github && event.onDefaultBranch)
        await recordBaselines(plan, collected.evidence, machine, (0,records/* recordsOf */.M$)(github));
    core/* setOutput */.uH("verdict", final.verdict);
    core/* setOutput */.uH("page", page ?? "");
    core/* setOutput */.uH("report", await writeJson(final, files));
    finish(final);
}
async function decide(plan, event, github, spec, { evidence, refused }) {
    const trust = event.pullRequest?.fromFork ? "fork" : event.onDefaultBranch ? "protected" : "pull-request";
    const jobs = github ? await github.runs.jobs(event.runId) : [];
    return (0,judge/* judge */.S)({
        repository: event.repository,
        serverUrl: event.serverUrl,
        plan,
        pullRequest: event.pullRequest,
        law: github ? await (0,laws/* lawFromGitHub */.WA)(github, (0,laws/* lawCommit */.Wz)(plan), spec) : null,
        headSpec: github ? ((await (0,laws/* lawFromGitHub */.WA)(github, plan.commit, spec))?.spec ?? null) : null,
        evidence: new Map([...evidence].map(([model, sealed]) => [model, { evidence: sealed, trust }])),
        refused,
        jobs: jobs.map(({ name, url, status }) => ({ name, url, finished: status === "completed" })),
        links: { run: event.runUrl },
    });
}
/** What the run's own page shows: annotations and the job summary. */
async function show(final) {
    const { renderSummary } = await __webpack_require__.e(/* import() */ 320).then(__webpack_require__.bind(__webpack_require__, 73320));
    const { stepAnnotations } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 35594));
    const say = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
    for (const { level, title, message, file, line } of stepAnnotations(final))
        say[level](message, { title, file, startLine: line });
    await (0,write_summary/* writeSummary */.S)(renderSummary(final));
}
async function writeJson(final, files) {
    const file = (0,external_node_path_.join)(await files.makeTemporaryFolder("assay-report-"), "report.json");
    await files.write(file, `${JSON.stringify({ schema: "assay.report/v1", ...final })}\n`);
    return file;
}
async function upload(decided, event, files) {
    const { renderPage } = await __webpack_require__.e(/* import() */ 435).then(__webpack_require__.bind(__webpack_require__, 16435));
    const folder = await files.makeTemporaryFolder("assay-page-");
    const file = (0,external_node_path_.join)(folder, "assay-report.html");
    await files.write(file, await renderPage(decided));
    return (0,artifact_job_files/* uploadPage */.n)(event, file);
}
/** The step's own colour follows the verdict and `on-inconclusive`; a pending report is not a failure. */
function finish(final) {
    const code = (0,exit_code/* exitCodeOf */.F)(final);
    if (code === errors/* exitCodes */.hS.pass)
        return;
    if (code === errors/* exitCodes */.hS.inconclusive && final.onInconclusive === "allow") {
        core/* warning */.$e("The verdict is inconclusive; see the report.");
        return;
    }
    core/* setFailed */.C1(`The verdict is: ${final.verdict}. The report says which gate and why.`);
    process.exitCode = code;
}


/***/ }),

/***/ 21973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ createArtifactJobFiles),
/* harmony export */   n: () => (/* binding */ uploadPage)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23154);


/** Evidence is read by jobs that may write: an archive larger than this is refused before it is fetched. */
const evidenceBytes = 32 * 1024 * 1024;
/** Job files as workflow artifacts, by the official client. */
function createArtifactJobFiles(files, event, token) {
    return {
        async keep(name, folder) {
            const client = await artifactClient();
            // A second attempt of the job meets the first one's artifact: names are unique in a run.
            if (await find(client, name))
                await client.deleteArtifact(name);
            const paths = (await files.list(folder)).map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, path));
            await client.uploadArtifact(name, paths, folder, { compressionLevel: 6 });
        },
        async fetch(name, folder) {
            const client = await artifactClient();
            const found = await find(client, name);
            if (!found)
                return false;
            if (name.startsWith("assay-evidence-") && found.size > evidenceBytes)
                throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UsageError */ .eb(`Artifact ${name} has ${found.size} bytes, and evidence has at most ${evidenceBytes}. Nothing of it was read.`);
            await client.downloadArtifact(found.id, { path: folder });
            return true;
        },
        async fetchFrom(run, folder) {
            if (run.runId === undefined || run.artifactId === undefined)
                return false;
            if (!token)
                throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UsageError */ .eb(`Reusing ${run.origin} needs the input \`github-token\` with \`actions: read\`.`);
            const findBy = {
                token,
                workflowRunId: run.runId,
                repositoryOwner: event.owner,
                repositoryName: event.name,
            };
            await (await artifactClient()).downloadArtifact(run.artifactId, { path: folder, findBy });
            return true;
        },
    };
}
/** Uploads one file as it is, so that a click opens it; returns its address. */
async function uploadPage(event, file) {
    const client = await artifactClient();
    const name = file.slice(file.lastIndexOf("/") + 1);
    if (await find(client, name))
        await client.deleteArtifact(name);
    const { id } = await client.uploadArtifact(name, [file], file.slice(0, file.lastIndexOf("/")), { skipArchive: true });
    return id === undefined ? undefined : `${event.runUrl}/artifacts/${id}`;
}
/** Loaded when used: it brings a cloud storage client with it. */
async function artifactClient() {
    if (!process.env["ACTIONS_RUNTIME_TOKEN"] || !process.env["ACTIONS_RESULTS_URL"])
        throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UsageError */ .eb("This step has no access to the run's artifacts (ACTIONS_RUNTIME_TOKEN or ACTIONS_RESULTS_URL is not set). " +
            "Run the action by `uses:` in a GitHub workflow; on your own machine use the `assay` command.");
    const { DefaultArtifactClient } = await Promise.all(/* import() */[__webpack_require__.e(269), __webpack_require__.e(627)]).then(__webpack_require__.bind(__webpack_require__, 42627));
    return new DefaultArtifactClient();
}
async function find(client, name) {
    const { artifacts } = await client.listArtifacts({ latest: true });
    return artifacts.find((artifact) => artifact.name === name);
}


/***/ }),

/***/ 87586:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ lawFromClone),
/* harmony export */   WA: () => (/* binding */ lawFromGitHub),
/* harmony export */   Wz: () => (/* binding */ lawCommit),
/* harmony export */   rI: () => (/* binding */ specOf)
/* harmony export */ });
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _src_flows_read_law_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26298);


/** The commit whose rules are in force: a pull request's base; a protected branch is its own law. */
function lawCommit(plan) {
    return plan.event === "pull_request" ? plan.base : plan.commit;
}
/** A commit's rules from the clone; the commit is fetched when the clone lacks it. */
async function lawFromClone(machine, commit, path) {
    if (commit === null)
        return null;
    if ((await machine.git.resolve(commit)) === undefined)
        await machine.git.fetchCommit(commit, machine.token);
    return (0,_src_flows_read_law_js__WEBPACK_IMPORTED_MODULE_1__/* .readLaw */ .B)(async (file) => (await machine.git.read(commit, file))?.toString("utf8"), commit, path);
}
/** A commit's rules from GitHub: for a job that checks nothing out. */
async function lawFromGitHub(github, commit, path) {
    if (commit === null)
        return null;
    return (0,_src_flows_read_law_js__WEBPACK_IMPORTED_MODULE_1__/* .readLaw */ .B)(async (file) => (await github.contents.read(file, commit))?.bytes.toString("utf8"), commit, path);
}
/** The spec of the tree that was planned; planning has parsed it before. */
function specOf(law, plan) {
    if (law)
        return law.spec;
    throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`There is no readable assay.yml at the planned commit ${plan.commit}. Check out that commit.`);
}


/***/ }),

/***/ 91133:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ writeSummary)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43327);

/** Adds Markdown to the job's summary page; without a runner nothing is written. */
async function writeSummary(markdown) {
    if (process.env["GITHUB_STEP_SUMMARY"])
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
}


/***/ }),

/***/ 2603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ collectEvidence)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23154);
/* harmony import */ var _evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(32936);
/* harmony import */ var _evidence_seal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91606);
/* harmony import */ var _job_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73270);





/** Fetches the sealed evidence of every planned model: strictly parsed, its seal checked, of the planned inputs. */
async function collectEvidence(plan, machine) {
    const evidence = new Map();
    const refused = new Map();
    for (const { model, candidate, evaluate } of plan.models) {
        if (!evaluate)
            continue;
        const folder = await machine.files.makeTemporaryFolder("assay-evidence-");
        try {
            if (!(await machine.jobFiles.fetch((0,_job_files_js__WEBPACK_IMPORTED_MODULE_4__/* .evidenceFilesName */ .iO)(model), folder)))
                continue;
            const text = await machine.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "evidence.json"));
            if (text === undefined)
                continue;
            const parsed = (0,_evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEvidence */ .v)(text, `evidence of ${model}`);
            (0,_evidence_seal_js__WEBPACK_IMPORTED_MODULE_3__/* .verifySeal */ .ls)(parsed);
            if (parsed.model !== model || parsed.inputHash !== candidate.inputHash)
                refused.set(model, `The evidence is of ${parsed.model} with input hash ${parsed.inputHash}, and ${candidate.inputHash} was planned.`);
            else
                evidence.set(model, parsed);
        }
        catch (error) {
            if (!(error instanceof _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AssayError */ .WV))
                throw error;
            refused.set(model, error.message);
        }
        finally {
            await machine.files.remove(folder);
        }
    }
    return { evidence, refused };
}


/***/ }),

/***/ 86193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ exitCodeOf)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/** Exit code of a verdict: a model whose training or scoring failed outweighs a gate. Pending is 0: nothing is wrong yet. */
function exitCodeOf(report) {
    if (report.models.some(({ state }) => state.kind === "failed"))
        return _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.userCommand;
    if (report.models.some(({ state }) => state.kind === "lost"))
        return _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.inconclusive;
    if (report.verdict === "fail")
        return _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.gateFailed;
    return report.verdict === "inconclusive" ? _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.inconclusive : _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.pass;
}


/***/ }),

/***/ 41038:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ judge)
});

;// CONCATENATED MODULE: ./build/src/gates/decide.js
/**
 * A non-inferiority or superiority rule on the 95% interval of the change, turned so that more is better.
 * no-worse-than m: pass where all of the interval lies above −m, fail where all of it lies below. better-than m: pass where
 * all of it lies above m, fail where none of it does. Anything else is inconclusive. No change at all passes the first, 0
 * included, and fails the second.
 */
function decideChange(gate, comparison, change) {
    const { interval, identical, rows, greaterIsBetter } = comparison;
    if (interval === undefined)
        return noInterval(comparison.noIntervalBecause);
    const improvement = greaterIsBetter ? change : 0 - change;
    const { low, high } = greaterIsBetter ? interval : { low: 0 - interval.high, high: 0 - interval.low };
    const noChange = identical || (low === 0 && high === 0);
    if (gate.kind === "no-worse-than") {
        const limit = 0 - gate.margin;
        if (low > limit || (noChange && limit <= 0))
            return pass(noChange ? "no change" : low > 0 ? "better" : "no worse");
        if (high < limit)
            return fail(`${decide_short(limit - improvement)} past the limit`);
        return undecided(improvement - limit, improvement - low, rows);
    }
    if (low > gate.margin)
        return pass("better");
    if (high <= gate.margin) {
        if (noChange)
            return fail("no change");
        if (high < 0)
            return fail("worse");
        return fail(gate.margin === 0 ? "not better" : `${decide_short(gate.margin - improvement)} short of the limit`);
    }
    return undecided(improvement - gate.margin, improvement - low, rows);
}
/** A limit on the candidate's own value, by the value's 95% interval; an end of it that is exactly the limit has reached it. */
function decideValue(gate, { interval, noIntervalBecause }, value, rows) {
    if (interval === undefined)
        return noInterval(noIntervalBecause);
    // Turned so that more is better.
    const sign = gate.kind === "at-least" ? 1 : -1;
    const limit = sign * gate.limit;
    const own = sign * value;
    const { low, high } = sign === 1 ? interval : { low: -interval.high, high: -interval.low };
    if (low >= limit)
        return pass("reached");
    if (high < limit)
        return fail(`${decide_short(limit - own)} ${gate.kind === "at-least" ? "short of" : "past"} the limit`);
    return undecided(own - limit, own - low, rows);
}
/**
 * The half-width of an interval shrinks with √rows, so a point estimate that holds would be decided by about
 * rows · (half-width / distance to the limit)² rows.
 */
function undecided(distance, halfWidth, rows) {
    if (!(distance > 0))
        return inconclusive("the limit lies within the noise");
    const more = rows * ((halfWidth / distance) ** 2 - 1);
    if (!Number.isFinite(more) || more > 1e9)
        return inconclusive("too close to the limit to decide");
    return inconclusive(`needs about ${roundUp(more).toLocaleString("en-US")} more test rows`);
}
/** Up to two digits: an estimate, no promise. */
function roundUp(rows) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(rows, 1))) - 1);
    return Math.max(1, Math.ceil(rows / unit) * unit);
}
/** Two significant digits. */
function decide_short(value) {
    return String(Number(value.toPrecision(2)));
}
function noInterval(because) {
    return inconclusive(because ?? "there is no interval to judge by");
}
const pass = (note) => ({ outcome: "pass", note });
const fail = (note) => ({ outcome: "fail", note });
const inconclusive = (note) => ({ outcome: "inconclusive", note });

;// CONCATENATED MODULE: ./build/src/gates/judge-model.js

/** What the gates of a model decide on its evidence: fail before inconclusive before pass. Pure. */
function judgeModel({ model, gates, evaluations, reasons = [] }) {
    const results = evaluations.length === 0
        ? gates.map((gate) => toResult(gate, "current", { outcome: "inconclusive", note: "there is no evaluation" }))
        : evaluations.flatMap((evaluation) => gates.map((gate) => judgeGate(gate, evaluation)));
    const unscored = evaluations.filter(({ candidate }) => candidate === undefined);
    const outcomes = [...results.map(({ outcome }) => outcome), ...unscored.map(() => "inconclusive")];
    return {
        model,
        outcome: worst(outcomes),
        gates: results,
        reasons: [
            ...reasons,
            ...(gates.length === 0 ? ["no gates declared"] : []),
            ...new Set(evaluations.flatMap((evaluation) => missingParts(evaluation, gates))),
        ],
    };
}
function judgeGate(gate, evaluation) {
    const comparison = evaluation.comparisons.find(({ metric }) => metric === gate.metric);
    const value = evaluation.candidate?.metrics.find(({ metric }) => metric === gate.metric);
    const found = { comparison, ...("limit" in gate ? { value } : {}) };
    return toResult(gate, evaluation.role, decide(gate, evaluation, comparison, value), found);
}
function decide(gate, evaluation, comparison, value) {
    if (evaluation.candidate === undefined)
        return judge_model_inconclusive("the candidate could not be scored");
    if (value === undefined)
        return judge_model_inconclusive("the evidence does not have this metric");
    if (value.value === null)
        return judge_model_inconclusive(`undefined: ${value.undefinedBecause ?? "the evidence does not say why"}`);
    if ("limit" in gate)
        return decideValue(gate, value, value.value, evaluation.testSet.rows);
    if (evaluation.baseline === undefined)
        return judge_model_inconclusive("there is no baseline to compare with");
    if (comparison === undefined)
        return judge_model_inconclusive("the evidence does not compare this metric");
    if (comparison.change === null)
        return judge_model_inconclusive(comparison.noIntervalBecause ?? "undefined for the baseline");
    return decideChange(gate, comparison, comparison.change);
}
function judge_model_inconclusive(note) {
    return { outcome: "inconclusive", note };
}
function toResult(gate, role, decision, found = {}) {
    return { gate, name: `${gate.metric}.${gate.kind}`, role, ...decision, ...found };
}
/** Why a side is not there; a missing baseline matters only to gates on the change. */
function missingParts({ candidate, candidateMissing, baseline, baselineMissing }, gates) {
    const reasons = [];
    if (candidate === undefined)
        reasons.push(candidateMissing ?? "The candidate could not be scored.");
    if (baseline === undefined && gates.some((gate) => "margin" in gate))
        reasons.push(baselineMissing ?? "There is no baseline to compare with.");
    return reasons;
}
function worst(outcomes) {
    return ["fail", "inconclusive"].find((outcome) => outcomes.includes(outcome)) ?? "pass";
}

// EXTERNAL MODULE: ./build/src/spec/law.js
var spec_law = __webpack_require__(79161);
// EXTERNAL MODULE: ./build/src/flows/failure.js
var flows_failure = __webpack_require__(65221);
;// CONCATENATED MODULE: ./build/src/flows/judge.js



/** Decides what the evidence means by the law in force. Pure: nothing is fetched and nothing is published. */
function judge(request) {
    const models = request.plan.models.map((planned) => judgeOne(planned, request));
    const jobs = request.plan.models.filter(({ evaluate }) => evaluate).length;
    return {
        repository: request.repository,
        serverUrl: request.serverUrl,
        event: request.plan.event,
        pullRequest: request.pullRequest,
        headSha: request.plan.headSha ?? request.plan.commit,
        baseSha: request.plan.base,
        models,
        verdict: together(models, request.plan.event),
        onInconclusive: request.law?.spec.onInconclusive ?? "block",
        law: request.law && { commit: request.law.commit, path: request.law.spec.path },
        lawChanges: lawChanges(request),
        jobs: { done: jobs - models.filter(({ state }) => state.kind === "pending").length, total: jobs },
        links: request.links,
    };
}
function judgeOne(planned, request) {
    const lawModel = request.law?.spec.models.get(planned.model);
    const headModel = request.headSpec?.models.get(planned.model);
    return {
        name: planned.model,
        owners: (lawModel ?? headModel)?.owners ?? [],
        plan: planned,
        state: stateOf(planned, request),
    };
}
function stateOf(planned, request) {
    if (!planned.evaluate)
        return { kind: "unchanged" };
    const job = request.jobs.find(({ name }) => jobIsOf(name, planned.model));
    const refused = request.refused.get(planned.model);
    if (refused !== undefined)
        return { kind: "failed", message: refused, job };
    const found = request.evidence.get(planned.model);
    if (!found) {
        if (job && !job.finished)
            return { kind: "pending", job };
        return {
            kind: "lost",
            job,
            message: "Its job ended without evidence: it was cancelled, its machine was lost, or it failed early.",
        };
    }
    const { evidence, trust } = found;
    const failure = (0,flows_failure/* failureOf */.g)(evidence);
    if (failure)
        return { kind: "failed", message: failure, job, evidence };
    const lawModel = request.law?.spec.models.get(planned.model);
    const headModel = request.headSpec?.models.get(planned.model);
    // Base's gates, at the places where the head has them.
    const gates = (lawModel && headModel ? (0,spec_law/* applyLaw */.F)(lawModel, headModel) : (lawModel ?? headModel))?.gates ?? [];
    const reasons = lawModel ? [] : [noLaw(request)];
    const judged = judgeModel({ model: planned.model, gates, evaluations: evidence.evaluations, reasons });
    const verdict = lawModel || judged.outcome === "fail" ? judged : { ...judged, outcome: "inconclusive" };
    const compared = evidence.evaluations.some(({ baseline }) => baseline !== undefined);
    return { kind: compared ? "judged" : "recorded", verdict, evidence, trust };
}
function noLaw({ law }) {
    return law
        ? "The base branch does not know this model yet: a model owner decides."
        : "The base branch has no assay.yml yet: a model owner decides.";
}
/** `Train fraud`, `Models / Train fraud` and `train (fraud, gpu)` are jobs of `fraud`. */
function jobIsOf(job, model) {
    return job.split(/[\s(),]+/).includes(model);
}
function together(models, event) {
    const outcomes = models.map(({ state }) => {
        // A protected branch records its first model: there is nothing yet that it could be held against.
        if (state.kind === "recorded" && event === "push" && state.verdict.outcome === "inconclusive")
            return "pass";
        if (state.kind === "judged" || state.kind === "recorded")
            return state.verdict.outcome;
        if (state.kind === "pending")
            return "pending";
        return state.kind === "unchanged" ? "pass" : "fail";
    });
    return ["pending", "fail", "inconclusive"].find((outcome) => outcomes.includes(outcome)) ?? "pass";
}
function lawChanges({ law, headSpec, evidence }) {
    if (!law || !headSpec)
        return [];
    return (0,spec_law/* compareLaws */.D)(law.spec, headSpec).map(({ model, what }) => {
        const gates = headSpec.models.get(model)?.gates;
        const evaluations = evidence.get(model)?.evidence.evaluations;
        return { model, what, wouldBe: gates && evaluations?.length ? judgeModel({ model, gates, evaluations }).outcome : undefined };
    });
}


/***/ }),

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

/***/ 35594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ annotations),
/* harmony export */   stepAnnotations: () => (/* binding */ stepAnnotations)
/* harmony export */ });
/* harmony import */ var _markdown_escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83952);
/* harmony import */ var _markdown_phrase_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42894);
/* harmony import */ var _blockers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85165);
/* harmony import */ var _gate_row_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51160);
/* harmony import */ var _model_status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(96004);





/** One annotation a failed or inconclusive gate, failed or lost job, and reason; the worst first, plain text. */
function annotations(report) {
    const all = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_4__/* .worstFirst */ .md)(report.models).flatMap((model) => {
        const { name, state } = model;
        if (state.kind === "failed" || state.kind === "lost") {
            return [annotation("error", `${name}: ${state.kind === "lost" ? "job lost" : "job failed"}`, (0,_blockers_js__WEBPACK_IMPORTED_MODULE_2__/* .jobPhrase */ .X)(model))];
        }
        const verdict = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_4__/* .verdictOf */ .Vj)(model);
        if (verdict === undefined)
            return [];
        const gates = (0,_model_status_js__WEBPACK_IMPORTED_MODULE_4__/* .gatesWorstFirst */ .yo)(model)
            .filter(({ outcome }) => outcome !== "pass")
            .map((result) => {
            const row = (0,_gate_row_js__WEBPACK_IMPORTED_MODULE_3__/* .gateRow */ .uH)(model, result);
            const failed = result.outcome === "fail";
            const level = failed ? "error" : report.onInconclusive === "block" ? "warning" : "notice";
            const interval = row.candidateInterval ?? row.interval;
            const change = row.change === "—" ? "" : `, change ${row.change}`;
            const certainty = interval ? ` (95% interval ${interval.low} to ${interval.high})` : "";
            const old = result.role === "base" ? " on the old test set" : "";
            const message = `${row.title}${old}: baseline ${row.baseline}, now ${row.candidate}${change}${certainty}; needs ${row.needs}. ${row.note}`;
            const { file, line } = result.gate.position;
            const title = `${name}: ${result.name} ${failed ? "failed" : "is inconclusive"}`;
            return { ...annotation(level, title, message), file, line };
        });
        const level = verdict.outcome === "fail" ? "error" : "warning";
        const reasons = verdict.outcome === "pass" ? [] : verdict.reasons.map((reason) => annotation(level, name, reason));
        return [...gates, ...reasons];
    });
    return [...all.filter(({ level }) => level === "error"), ...all.filter(({ level }) => level !== "error")];
}
function annotation(level, title, message) {
    return { level, title: (0,_markdown_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK)(title, 200), message: (0,_markdown_phrase_js__WEBPACK_IMPORTED_MODULE_1__/* .phraseToText */ .KZ)(message) };
}
/** GitHub shows ten errors and ten warnings a step. */
const maxPerLevel = 10;
/** As many as GitHub shows in a step's log, the last one counting the rest. */
function stepAnnotations(report) {
    const all = annotations(report);
    return ["error", "warning", "notice"].flatMap((level) => {
        const some = all.filter((candidate) => candidate.level === level);
        if (some.length <= maxPerLevel)
            return some;
        const rest = some.length - maxPerLevel + 1;
        return [...some.slice(0, maxPerLevel - 1), annotation(level, `and ${rest} more`, "The report has them all.")];
    });
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

/***/ 45845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fu: () => (/* binding */ shortSha),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   Q3: () => (/* binding */ decimalsForRow),
/* harmony export */   ZV: () => (/* binding */ formatNumber),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   eD: () => (/* binding */ formatChange),
/* harmony export */   gn: () => (/* binding */ formatFixed),
/* harmony export */   tW: () => (/* binding */ formatLimit),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/** What stands where there is no number. */
const noNumber = "—";
const maxDecimals = 12;
/** Decimals that show `number` to `digits` significant digits. */
function decimalsFor(number, digits) {
    if (number === 0 || !Number.isFinite(number))
        return 0;
    return Math.min(maxDecimals, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(number)))));
}
/** `1,234.50`, with a real minus sign, and never a zero for what is not zero. */
function formatFixed(value, decimals) {
    if (value === null || value === undefined || !Number.isFinite(value))
        return noNumber;
    const [whole = "", fraction] = Math.abs(value).toFixed(decimals).split(".");
    const isZero = !/[1-9]/.test(`${whole}${fraction ?? ""}`);
    if (value !== 0 && (isZero || Math.abs(value) >= 1e15))
        return formatExponential(value);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return `${value < 0 ? "−" : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}
/** As `formatFixed`, with a sign; no change at all is `0`. */
function formatChange(value, decimals) {
    if (value === 0)
        return "0";
    const text = formatFixed(value, decimals);
    return value !== null && value !== undefined && value > 0 && text !== noNumber ? `+${text}` : text;
}
function formatExponential(value) {
    return value.toExponential(1).replace(/\.0e/, "e").replace("e+", "e").replaceAll("-", "−");
}
/** A number by itself, to four significant digits at most: `0.9312`, `18.2`, `12,345`. */
function formatNumber(value) {
    if (value === null || value === undefined || !Number.isFinite(value))
        return noNumber;
    if (Number.isInteger(value) && Math.abs(value) < 1e15)
        return formatFixed(value, 0);
    return formatFixed(value, decimalsFor(value, 4))
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
}
/** A limit as it was written: `0.03`, `1e−7`, `1,000`. */
function formatLimit(value) {
    const text = String(Math.abs(value));
    if (text.includes("e"))
        return `${value < 0 ? "−" : ""}${text.replace("e+", "e").replace("-", "−")}`;
    return formatFixed(value, text.split(".")[1]?.length ?? 0);
}
/**
 * Decimals for a whole row, so that value, change and interval agree: the interval's half-width to two significant digits,
 * the change to one, shares to three decimals at least, and more where rounding would hide on which
 * side of the limit a number lies.
 */
function decimalsForRow({ baseline, candidate, change, interval, limit }) {
    const values = [baseline, candidate].filter((value) => typeof value === "number");
    const largest = Math.max(0, ...values.map(Math.abs));
    let decimals = largest === 0 ? 3 : Math.min(4, decimalsFor(largest, 4));
    if (interval !== undefined && interval.high > interval.low) {
        decimals = Math.max(largest <= 1 ? 3 : 0, decimalsFor((interval.high - interval.low) / 2, 2));
    }
    if (typeof change === "number")
        decimals = Math.max(decimals, decimalsFor(change, 1));
    const decisive = interval === undefined ? [change ?? candidate] : [interval.low, interval.high];
    while (decimals < maxDecimals && decisive.some((number) => looksEqual(number, limit, decimals)))
        decimals += 1;
    return decimals;
}
function looksEqual(a, b, decimals) {
    if (a === null || a === undefined || b === undefined || a === b)
        return false;
    // Differences of floating-point arithmetic are not worth digits.
    if (Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a)))
        return false;
    return a.toFixed(decimals) === b.toFixed(decimals);
}
/** `1 model`, `1,204 rows`. */
function plural(count, one, many = `${one}s`) {
    return `${formatFixed(count, 0)} ${count === 1 ? one : many}`;
}
/** `0.4 s`, `42 s`, `3 min 05 s`, `2 h 10 min`. */
function formatDuration(seconds) {
    if (!Number.isFinite(seconds) || seconds < 0)
        return noNumber;
    if (seconds < 9.95)
        return `${formatFixed(seconds, 1)} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    if (whole < 3_600)
        return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${formatFixed(Math.floor(minutes / 60), 0)} h ${twoDigits(minutes % 60)} min`;
}
function twoDigits(number) {
    return String(number).padStart(2, "0");
}
/** `812 B`, `1.3 MiB`. */
function formatBytes(bytes) {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let value = bytes;
    let unit = 0;
    while (value >= 1_023.95 && unit < units.length - 1) {
        value /= 1_024;
        unit += 1;
    }
    return `${formatFixed(value, unit === 0 ? 0 : 1)} ${units[unit]}`;
}
/** First seven hex digits of a commit. */
function shortSha(sha) {
    return sha.slice(0, 7);
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


/***/ }),

/***/ 735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ markdownTable)
/* harmony export */ });
// To do: next major: remove.
/**
 * @typedef {Options} MarkdownTableOptions
 *   Configuration.
 */

/**
 * @typedef Options
 *   Configuration.
 * @property {boolean | null | undefined} [alignDelimiters=true]
 *   Whether to align the delimiters (default: `true`);
 *   they are aligned by default:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   Pass `false` to make them staggered:
 *
 *   ```markdown
 *   | Alpha | B |
 *   | - | - |
 *   | C | Delta |
 *   ```
 * @property {ReadonlyArray<string | null | undefined> | string | null | undefined} [align]
 *   How to align columns (default: `''`);
 *   one style for all columns or styles for their respective columns;
 *   each style is either `'l'` (left), `'r'` (right), or `'c'` (center);
 *   other values are treated as `''`, which doesn’t place the colon in the
 *   alignment row but does align left;
 *   *only the lowercased first character is used, so `Right` is fine.*
 * @property {boolean | null | undefined} [delimiterEnd=true]
 *   Whether to end each row with the delimiter (default: `true`).
 *
 *   > 👉 **Note**: please don’t use this: it could create fragile structures
 *   > that aren’t understandable to some markdown parsers.
 *
 *   When `true`, there are ending delimiters:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there are no ending delimiters:
 *
 *   ```markdown
 *   | Alpha | B
 *   | ----- | -----
 *   | C     | Delta
 *   ```
 * @property {boolean | null | undefined} [fillRows=true]
 *   Whether to fill rows with empty cells up to the most cells in a row
 *   (default: `true`).
 *
 *   When `true`, all rows have as many cells as the longest row:
 *
 *   ```markdown
 *   | Alpha | B    |   |
 *   | ----- | ---- | - |
 *   | C     |      |   |
 *   | D     | Echo | F |
 *   ```
 *
 *   When `false`, rows keep their cells,
 *   and the delimiter row has as many cells as the header row:
 *
 *   ```markdown
 *   | Alpha | B    |
 *   | ----- | ---- |
 *   | C     |
 *   | D     | Echo | F |
 *   ```
 * @property {boolean | null | undefined} [delimiterStart=true]
 *   Whether to begin each row with the delimiter (default: `true`).
 *
 *   > 👉 **Note**: please don’t use this: it could create fragile structures
 *   > that aren’t understandable to some markdown parsers.
 *
 *   When `true`, there are starting delimiters:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there are no starting delimiters:
 *
 *   ```markdown
 *   Alpha | B     |
 *   ----- | ----- |
 *   C     | Delta |
 *   ```
 * @property {boolean | null | undefined} [padding=true]
 *   Whether to add a space of padding between delimiters and cells
 *   (default: `true`).
 *
 *   When `true`, there is padding:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there is no padding:
 *
 *   ```markdown
 *   |Alpha|B    |
 *   |-----|-----|
 *   |C    |Delta|
 *   ```
 * @property {((value: string) => number) | null | undefined} [stringLength]
 *   Function to detect the length of table cell content (optional);
 *   this is used when aligning the delimiters (`|`) between table cells;
 *   full-width characters and emoji mess up delimiter alignment when viewing
 *   the markdown source;
 *   to fix this, you can pass this function,
 *   which receives the cell content and returns its “visible” size;
 *   note that what is and isn’t visible depends on where the text is displayed.
 *
 *   Without such a function, the following:
 *
 *   ```js
 *   markdownTable([
 *     ['Alpha', 'Bravo'],
 *     ['中文', 'Charlie'],
 *     ['👩‍❤️‍👩', 'Delta']
 *   ])
 *   ```
 *
 *   Yields:
 *
 *   ```markdown
 *   | Alpha | Bravo |
 *   | - | - |
 *   | 中文 | Charlie |
 *   | 👩‍❤️‍👩 | Delta |
 *   ```
 *
 *   With [`string-width`](https://github.com/sindresorhus/string-width):
 *
 *   ```js
 *   import stringWidth from 'string-width'
 *
 *   markdownTable(
 *     [
 *       ['Alpha', 'Bravo'],
 *       ['中文', 'Charlie'],
 *       ['👩‍❤️‍👩', 'Delta']
 *     ],
 *     {stringLength: stringWidth}
 *   )
 *   ```
 *
 *   Yields:
 *
 *   ```markdown
 *   | Alpha | Bravo   |
 *   | ----- | ------- |
 *   | 中文  | Charlie |
 *   | 👩‍❤️‍👩    | Delta   |
 *   ```
 */

/**
 * Get the length of a cell.
 *
 * @param {string} value
 *   Cell value.
 * @returns {number}
 *   Cell size.
 */
function defaultStringLength(value) {
  return value.length
}

/**
 * Generate a markdown
 * ([GFM](https://docs.github.com/en/github/writing-on-github/working-with-advanced-formatting/organizing-information-with-tables))
 * table.
 *
 * @param {ReadonlyArray<ReadonlyArray<string | null | undefined>>} table
 *   Table data (matrix of strings).
 * @param {Readonly<Options> | null | undefined} [options]
 *   Configuration (optional).
 * @returns {string}
 *   Result.
 */
function markdownTable(table, options) {
  const settings = options || {}
  // To do: next major: change to spread.
  // eslint-disable-next-line unicorn/prefer-spread -- `align` can be a string.
  const align = (settings.align || []).concat()
  const stringLength = settings.stringLength || defaultStringLength
  /** @type {Array<number>} Character codes as symbols for alignment per column. */
  const alignments = []
  /** @type {Array<Array<string>>} Cells per row. */
  const cellMatrix = []
  /** @type {Array<Array<number>>} Sizes of each cell per row. */
  const sizeMatrix = []
  /** @type {Array<number>} */
  const longestCellByColumn = []
  let mostCellsPerRow = 0
  let rowIndex = -1

  // This is a superfluous loop if we don’t align delimiters, but otherwise we’d
  // do superfluous work when aligning, so optimize for aligning.
  while (++rowIndex < table.length) {
    /** @type {Array<string>} */
    const row = []
    /** @type {Array<number>} */
    const sizes = []
    let columnIndex = -1

    if (table[rowIndex].length > mostCellsPerRow) {
      mostCellsPerRow = table[rowIndex].length
    }

    while (++columnIndex < table[rowIndex].length) {
      const cell = serialize(table[rowIndex][columnIndex])

      if (settings.alignDelimiters !== false) {
        const size = stringLength(cell)
        sizes[columnIndex] = size

        if (
          longestCellByColumn[columnIndex] === undefined ||
          size > longestCellByColumn[columnIndex]
        ) {
          longestCellByColumn[columnIndex] = size
        }
      }

      row.push(cell)
    }

    cellMatrix[rowIndex] = row
    sizeMatrix[rowIndex] = sizes
  }

  // Figure out which alignments to use.
  let columnIndex = -1

  if (typeof align === 'object' && 'length' in align) {
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = toAlignment(align[columnIndex])
    }
  } else {
    const code = toAlignment(align)

    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = code
    }
  }

  // Inject the alignment row.
  columnIndex = -1
  /** @type {Array<string>} */
  const row = []
  /** @type {Array<number>} */
  const sizes = []

  while (++columnIndex < mostCellsPerRow) {
    const code = alignments[columnIndex]
    let before = ''
    let after = ''

    if (code === 99 /* `c` */) {
      before = ':'
      after = ':'
    } else if (code === 108 /* `l` */) {
      before = ':'
    } else if (code === 114 /* `r` */) {
      after = ':'
    }

    // There *must* be at least one hyphen-minus in each alignment cell.
    let size =
      settings.alignDelimiters === false
        ? 1
        : Math.max(
            1,
            longestCellByColumn[columnIndex] - before.length - after.length
          )

    const cell = before + '-'.repeat(size) + after

    if (settings.alignDelimiters !== false) {
      size = before.length + size + after.length

      if (size > longestCellByColumn[columnIndex]) {
        longestCellByColumn[columnIndex] = size
      }

      sizes[columnIndex] = size
    }

    row[columnIndex] = cell
  }

  // Inject the alignment row.
  cellMatrix.splice(1, 0, row)
  sizeMatrix.splice(1, 0, sizes)

  rowIndex = -1
  /** @type {Array<string>} */
  const lines = []

  while (++rowIndex < cellMatrix.length) {
    const row = cellMatrix[rowIndex]
    const sizes = sizeMatrix[rowIndex]
    const cellsInRow =
      settings.fillRows === false
        ? Math.max(1, cellMatrix[rowIndex === 1 ? 0 : rowIndex].length)
        : mostCellsPerRow
    columnIndex = -1
    /** @type {Array<string>} */
    const line = []

    while (++columnIndex < cellsInRow) {
      const cell = row[columnIndex] || ''
      let before = ''
      let after = ''

      if (settings.alignDelimiters !== false) {
        const size =
          longestCellByColumn[columnIndex] - (sizes[columnIndex] || 0)
        const code = alignments[columnIndex]

        if (code === 114 /* `r` */) {
          before = ' '.repeat(size)
        } else if (code === 99 /* `c` */) {
          const half = size / 2

          if (size % 2) {
            before = ' '.repeat(half + 0.5)
            after = ' '.repeat(half - 0.5)
          } else {
            before = ' '.repeat(half)
            after = before
          }
        } else {
          after = ' '.repeat(size)
        }
      }

      if (settings.delimiterStart !== false && !columnIndex) {
        line.push('|')
      }

      if (
        settings.padding !== false &&
        // Don’t add the opening space if we’re not aligning and the cell is
        // empty: there will be a closing space.
        !(settings.alignDelimiters === false && cell === '') &&
        (settings.delimiterStart !== false || columnIndex)
      ) {
        line.push(' ')
      }

      if (settings.alignDelimiters !== false) {
        line.push(before)
      }

      line.push(cell)

      if (settings.alignDelimiters !== false) {
        line.push(after)
      }

      if (settings.padding !== false) {
        line.push(' ')
      }

      if (settings.delimiterEnd !== false || columnIndex !== cellsInRow - 1) {
        line.push('|')
      }
    }

    lines.push(
      settings.delimiterEnd === false
        ? line.join('').replace(/ +$/, '')
        : line.join('')
    )
  }

  return lines.join('\n')
}

/**
 * Serialize a cell value.
 *
 * @param {string | null | undefined} [value]
 *   Value to serialize.
 * @returns {string}
 *   Result.
 */
function serialize(value) {
  return value === null || value === undefined ? '' : String(value)
}

/**
 * Get the alignment character code from a value.
 *
 * @param {string | null | undefined} value
 *   Value.
 * @returns {number}
 *   Alignment.
 */
function toAlignment(value) {
  const code = typeof value === 'string' ? value.codePointAt(0) : 0

  return code === 67 /* `C` */ || code === 99 /* `c` */
    ? 99 /* `c` */
    : code === 76 /* `L` */ || code === 108 /* `l` */
      ? 108 /* `l` */
      : code === 82 /* `R` */ || code === 114 /* `r` */
        ? 114 /* `r` */
        : 0
}


/***/ })

};
