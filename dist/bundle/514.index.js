export const id = 514;
export const ids = [514];
export const modules = {

/***/ 86514:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(91485);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39785);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(17155);



await (0,_runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(() => (0,_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .plan */ .e)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .loadInputs */ .I)()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 39785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ loadInputs)
/* harmony export */ });
/* harmony import */ var _runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64377);

function loadInputs() {
    return { spec: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalInput */ .$m)("spec"), token: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .tokenInput */ .e1)() };
}


/***/ }),

/***/ 17155:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ plan)
});

// EXTERNAL MODULE: ./build/src/plan/matrix.js
var matrix = __webpack_require__(56276);
// EXTERNAL MODULE: ./build/src/plan/render-plan.js
var render_plan = __webpack_require__(84177);
;// CONCATENATED MODULE: ./build/src/plan/serialize-plan.js
/** How many inputs of a side are handed on, for reports that show what changed. */
const maxInputs = 50;
/**
 * The plan as a job hands it to the next, a workflow output of at most 1 MB: of the inputs only those in which candidate and
 * baseline differ. Training derives the whole lists from the tree again and compares by the input hash.
 */
function serializePlan(plan) {
    return JSON.stringify({ ...plan, models: plan.models.map(brief) });
}
function brief(model) {
    const { candidate, baseline } = model;
    return {
        ...model,
        candidate: { ...candidate, inputs: baseline ? differing(candidate.inputs, baseline.inputs) : [] },
        baseline: baseline && { ...baseline, inputs: differing(baseline.inputs, candidate.inputs) },
    };
}
function differing(inputs, others) {
    const same = new Set(others.map((input) => JSON.stringify(input)));
    return inputs.filter((input) => !same.has(JSON.stringify(input))).slice(0, maxInputs);
}

// EXTERNAL MODULE: ./build/actions/runtime/event.js
var runtime_event = __webpack_require__(27439);
// EXTERNAL MODULE: ./build/actions/runtime/machine.js
var runtime_machine = __webpack_require__(97678);
// EXTERNAL MODULE: ./build/actions/runtime/no-job-files.js
var no_job_files = __webpack_require__(49288);
// EXTERNAL MODULE: ./build/actions/runtime/plan-event.js + 4 modules
var plan_event = __webpack_require__(44985);
// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __webpack_require__(6805);
// EXTERNAL MODULE: ./build/actions/runtime/write-summary.js
var write_summary = __webpack_require__(91133);
;// CONCATENATED MODULE: ./build/actions/plan/plan.js









/** Decides what has to be trained, and hands it to the jobs that follow as outputs. */
async function plan(inputs) {
    const event = (0,runtime_event/* readEvent */.j)();
    const machine = await (0,runtime_machine/* createMachine */.O)(() => no_job_files/* noJobFiles */.a, inputs.token);
    const planned = await (0,plan_event/* planEvent */.Q)(event, machine, inputs.spec);
    const text = (0,render_plan/* renderPlan */.E)(planned);
    core/* info */.pq(text);
    core/* setOutput */.uH("plan", serializePlan(planned));
    core/* setOutput */.uH("matrix", JSON.stringify((0,matrix/* planMatrix */.T)(planned)));
    await (0,write_summary/* writeSummary */.S)(`### What is trained, and why\n\n\`\`\`text\n${text.replaceAll("`", "'")}\n\`\`\`\n`);
}


/***/ }),

/***/ 97678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ createMachine)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6805);
/* harmony import */ var _src_files_node_files_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34183);
/* harmony import */ var _src_git_command_git_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85835);
/* harmony import */ var _src_processes_cancellation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(15312);
/* harmony import */ var _src_processes_node_processes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(74080);





/** The runner as flows see it. */
async function createMachine(jobFiles, token) {
    const processes = (0,_src_processes_node_processes_js__WEBPACK_IMPORTED_MODULE_2__/* .createNodeProcesses */ .a)();
    const files = (0,_src_files_node_files_js__WEBPACK_IMPORTED_MODULE_0__/* .createNodeFiles */ ._)({ temporaryFolder: process.env["RUNNER_TEMP"] });
    return {
        files,
        git: await (0,_src_git_command_git_js__WEBPACK_IMPORTED_MODULE_1__/* .createCommandGit */ .U)(process.env["GITHUB_WORKSPACE"] ?? process.cwd(), processes),
        processes,
        jobFiles: jobFiles(files),
        environment: process.env,
        signal: (0,_src_processes_cancellation_js__WEBPACK_IMPORTED_MODULE_3__/* .cancellation */ .W)(),
        output: (chunk) => process.stdout.write(chunk),
        progress: _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .info */ .pq,
        now: () => new Date(),
        token,
    };
}


/***/ }),

/***/ 49288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ noJobFiles)
/* harmony export */ });
/** For actions that hand on nothing but outputs. */
const noJobFiles = {
    keep: () => Promise.reject(new Error("This action keeps no files.")),
    fetch: () => Promise.resolve(false),
    fetchFrom: () => Promise.resolve(false),
};


/***/ }),

/***/ 44985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ planEvent)
});

// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
;// CONCATENATED MODULE: ./build/src/trust/trust.js
/** How far evidence may be believed, lowest first. Always computed from what GitHub says of the run, never read from the evidence. */
const trustLevels = ["fork", "pull-request", "protected"];

;// CONCATENATED MODULE: ./build/src/trust/trust-of-run.js

/**
 * How far a run's evidence may be believed. A fork writes its own workflow file, so whatever ran for a fork is a claim, also
 * when the commit that it names is a protected one; a head repository that is gone counts as a fork. Within the repository the
 * trained commit decides.
 */
function trustOfRun(facts) {
    if (facts.headRepositoryId !== facts.repositoryId)
        return "fork";
    return facts.trainedCommitIsOnProtectedBranch ? "protected" : "pull-request";
}
/**
 * Whether evidence of trust `have` may serve where `need` is asked for. Reuse never crosses upwards:
 *
 * | have \ need    | fork | pull-request | protected                  |
 * |----------------|------|--------------|----------------------------|
 * | `fork`         | yes  | no           | no                         |
 * | `pull-request` | yes  | yes          | if its PR was merged there |
 * | `protected`    | yes  | yes          | yes                        |
 *
 * @param options.mergedPullRequest whether the evidence's own pull request was merged into that protected branch
 */
function mayReuse(have, need, options) {
    if (have === "pull-request" && need === "protected")
        return options.mergedPullRequest;
    return trustLevels.indexOf(have) >= trustLevels.indexOf(need);
}

// EXTERNAL MODULE: ./build/src/flows/job-files.js
var job_files = __webpack_require__(73270);
;// CONCATENATED MODULE: ./build/src/flows/github-run-lookup.js



/** Looks runs up in the ledger and store, then among the repository's artifacts; trust is computed from what GitHub says of each. */
function createGitHubRunLookup(github, records, options) {
    const mergedPullRequests = once(async () => {
        if (!options.pushed)
            return [];
        return (await github.pullRequests.listForCommit(options.pushed)).filter(({ merged }) => merged);
    });
    async function findRecorded(model, inputHash) {
        const evidence = await records.ledger.findEvidence(model, inputHash);
        if (!evidence)
            return { kind: "none" };
        const files = evidence.trainings.flatMap((training) => training.model?.files ?? []).filter(({ bytes }) => bytes > 0);
        const there = await Promise.all(files.map(({ digest }) => records.store.has(digest)));
        const gone = files.find((_, index) => !there[index]);
        if (gone)
            return { kind: "expired", what: gone.path };
        const origin = `${evidence.source.commit.slice(0, 7)} in the ledger`;
        return { kind: "recorded", run: { kind: "store", inputHash, origin } };
    }
    async function findArtifact(model, inputHash) {
        const artifactName = (0,job_files/* runFilesName */.c0)(model, inputHash);
        let refused;
        for (const artifact of await github.artifacts.listByName(artifactName)) {
            if (artifact.expired || !artifact.run)
                continue;
            const run = { kind: "artifact", inputHash, runId: artifact.run.id, artifactId: artifact.id, artifactName };
            const { may, why, from } = await judgeArtifact(artifact);
            const found = { run: { ...run, origin: `${from} (run ${artifact.run.id})` }, mayReuse: may, why };
            if (may)
                return found;
            refused ??= found;
        }
        return refused;
    }
    async function judgeArtifact(artifact) {
        const run = artifact.run ? await github.runs.get(artifact.run.id) : undefined;
        if (!run)
            return { may: false, why: "its workflow run is gone", from: "an unknown run" };
        const branch = await github.contents.defaultBranch();
        const trust = trustOfRun({
            repositoryId: run.repositoryId,
            headRepositoryId: run.headRepositoryId,
            trainedCommitIsOnProtectedBranch: run.event === "push" && (await github.contents.isAncestor(run.headSha, branch)),
        });
        const merged = await mergedPullRequests();
        const mergedPullRequest = merged.some(({ number, head }) => run.pullRequests.includes(number) || head.sha === run.headSha);
        const may = mayReuse(trust, options.need, { mergedPullRequest });
        const from = run.pullRequests.length > 0 ? `#${run.pullRequests[0]}` : (0,digest/* shortDigest */.VK)(run.headSha, 7);
        return { may, from, ...(may ? {} : { why: `its trust is ${trust}, and ${options.need} is needed` }) };
    }
    return {
        async findRun(model, inputHash) {
            const recorded = await findRecorded(model, inputHash);
            if (recorded.kind === "recorded")
                return { run: recorded.run, mayReuse: true };
            return findArtifact(model, inputHash);
        },
        async findBaseline(model, inputHash) {
            const recorded = await findRecorded(model, inputHash);
            // A protected branch asks whether it is recorded: an artifact is not.
            if (recorded.kind === "recorded" || options.need === "protected")
                return recorded;
            const found = await findArtifact(model, inputHash);
            return found?.mayReuse ? { kind: "recorded", run: found.run } : recorded;
        },
    };
}
function once(make) {
    let made;
    return () => {
        made ??= make();
        return made;
    };
}

// EXTERNAL MODULE: ./build/src/flows/plan-change.js + 4 modules
var plan_change = __webpack_require__(79905);
;// CONCATENATED MODULE: ./build/src/plan/run-lookup.js
/** Nothing is recorded: for the command line without GitHub. */
const noRunLookup = {
    findRun: async () => undefined,
    findBaseline: async () => ({ kind: "none" }),
};

// EXTERNAL MODULE: ./build/actions/runtime/records.js + 2 modules
var records = __webpack_require__(12874);
;// CONCATENATED MODULE: ./build/actions/runtime/plan-event.js




/** Plans the checked-out commit against what the event says it is compared with. */
async function planEvent(event, machine, specPath) {
    const head = (await machine.git.resolve("HEAD")) ?? event.commit;
    return (0,plan_change/* planChange */.AS)({
        git: machine.git,
        files: machine.files,
        lookup: lazyLookup(event, machine.token),
        specPath,
        target: { commit: head },
        base: await baseOf(event, machine, head),
        event: event.kind,
        pullRequest: event.pullRequest?.number,
        headSha: event.pullRequest?.headSha,
        token: machine.token,
    });
}
/** A pull request's merge commit names the base that it was made with; the event's can be older. */
async function baseOf(event, machine, head) {
    if (!event.pullRequest)
        return event.kind === "push" ? event.before : ((await machine.git.parents(head))[0] ?? null);
    const parents = await machine.git.parents(head);
    return (parents.length === 2 ? parents[0] : undefined) ?? event.pullRequest.baseSha;
}
/** Connects on the first question: an unchanged tree asks none. */
function lazyLookup(event, token) {
    if (!token)
        return noRunLookup;
    let made;
    const lookup = () => {
        made ??= (0,records/* connect */.Ng)(event, token).then((github) => createGitHubRunLookup(github, (0,records/* recordsOf */.M$)(github), {
            need: event.kind === "push" ? "protected" : "pull-request",
            pushed: event.kind === "push" ? event.commit : undefined,
        }));
        return made;
    };
    return {
        findRun: async (model, inputHash) => (await lookup()).findRun(model, inputHash),
        findBaseline: async (model, inputHash) => (await lookup()).findBaseline(model, inputHash),
    };
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

/***/ 56276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ planMatrix)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/** GitHub's limit: https://docs.github.com/en/actions/reference/limits */
const maxJobs = 256;
/** GitHub ends a job on one's own runner after five days. */
const maxJobMinutes = 5 * 24 * 60;
/** Checkout, setup commands and evaluation come on top of training. */
const besidesTraining = 60;
/** The jobs that a plan asks for: one a model that is trained or evaluated. */
function planMatrix(plan) {
    const jobs = plan.models.filter(needsJob);
    if (jobs.length > maxJobs)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${jobs.length} models need a job, but a workflow's matrix holds ${maxJobs}. Split assay.yml or the change.`);
    return jobs.map((model) => ({ model: model.model, runner: model.runner, "timeout-minutes": jobMinutes(model) }));
}
function needsJob({ candidate, baseline, evaluate }) {
    return evaluate || candidate.decision !== "skip" || baseline?.decision === "train";
}
function jobMinutes({ candidate, baseline, timeoutMinutes }) {
    const trainings = [candidate, baseline].filter((run) => run?.decision === "train").length;
    return Math.min(maxJobMinutes, Math.ceil(timeoutMinutes * trainings) + besidesTraining);
}


/***/ })

};
