export const id = 591;
export const ids = [591];
export const modules = {

/***/ 33211:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ assay)
/* harmony export */ });
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _src_plan_render_plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(84177);
/* harmony import */ var _evaluate_evaluate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57987);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(71481);
/* harmony import */ var _runtime_event_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27439);
/* harmony import */ var _runtime_machine_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(97678);
/* harmony import */ var _runtime_no_job_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(49288);
/* harmony import */ var _runtime_plan_event_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(44985);
/* harmony import */ var _runtime_step_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6805);
/* harmony import */ var _train_train_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(83558);










/**
 * Plan, train, evaluate and report in one job, for a small repository of trusted authors. Training runs in a job that may
 * write here, so a fork's pull request is refused.
 */
async function assay({ spec, token }) {
    const event = (0,_runtime_event_js__WEBPACK_IMPORTED_MODULE_4__/* .readEvent */ .j)();
    if (event.pullRequest?.fromFork)
        throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb("This pull request comes from a fork, and this action trains in a job that may write. Use the reusable workflow model-ci.yml for forks.");
    const planned = await (0,_runtime_plan_event_js__WEBPACK_IMPORTED_MODULE_7__/* .planEvent */ .Q)(event, await (0,_runtime_machine_js__WEBPACK_IMPORTED_MODULE_5__/* .createMachine */ .O)(() => _runtime_no_job_files_js__WEBPACK_IMPORTED_MODULE_6__/* .noJobFiles */ .a, token), spec);
    _runtime_step_js__WEBPACK_IMPORTED_MODULE_9__/* .info */ .pq((0,_src_plan_render_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .renderPlan */ .E)(planned));
    for (const { model } of planned.models.filter(({ evaluate: wanted }) => wanted)) {
        try {
            await (0,_train_train_js__WEBPACK_IMPORTED_MODULE_8__/* .train */ .B)({ plan: planned, model, spec, token });
            await (0,_evaluate_evaluate_js__WEBPACK_IMPORTED_MODULE_2__/* .evaluate */ ._)({ plan: planned, model, spec, token });
        }
        catch (error) {
            // One model's failure is in its evidence; the others go on and the report says all of it.
            if (!(error instanceof _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AssayError */ .WV))
                throw error;
            _runtime_step_js__WEBPACK_IMPORTED_MODULE_9__/* .error */ .z3(error.message);
        }
    }
    await (0,_report_report_js__WEBPACK_IMPORTED_MODULE_3__/* .report */ .z)({ plan: planned, spec, token });
}


/***/ }),

/***/ 91972:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(91485);
/* harmony import */ var _assay_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33211);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67307);



await (0,_runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(() => (0,_assay_js__WEBPACK_IMPORTED_MODULE_1__/* .assay */ .i)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .loadInputs */ .I)()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 67307:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* reexport safe */ _plan_inputs_js__WEBPACK_IMPORTED_MODULE_0__.I)
/* harmony export */ });
/* harmony import */ var _plan_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(39785);



/***/ }),

/***/ 57987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ evaluate)
/* harmony export */ });
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _src_flows_evaluate_change_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(67421);
/* harmony import */ var _src_flows_failure_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(65221);
/* harmony import */ var _src_flows_train_planned_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31630);
/* harmony import */ var _runtime_artifact_job_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21973);
/* harmony import */ var _runtime_event_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(27439);
/* harmony import */ var _runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(87586);
/* harmony import */ var _runtime_machine_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(97678);
/* harmony import */ var _runtime_records_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(12874);









/** Scores candidate and baseline on the same rows and seals the evidence. */
async function evaluate({ plan, model, spec, token }) {
    const event = (0,_runtime_event_js__WEBPACK_IMPORTED_MODULE_4__/* .readEvent */ .j)();
    const machine = await (0,_runtime_machine_js__WEBPACK_IMPORTED_MODULE_6__/* .createMachine */ .O)((files) => (0,_runtime_artifact_job_files_js__WEBPACK_IMPORTED_MODULE_3__/* .createArtifactJobFiles */ .X)(files, event, token), token);
    const head = (0,_runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__/* .specOf */ .rI)(await (0,_runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__/* .lawFromClone */ .At)(machine, plan.commit, spec), plan);
    const base = await (0,_runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__/* .lawFromClone */ .At)(machine, plan.base, spec);
    const law = await (0,_runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__/* .lawFromClone */ .At)(machine, (0,_runtime_laws_js__WEBPACK_IMPORTED_MODULE_5__/* .lawCommit */ .Wz)(plan), spec);
    const planned = (0,_src_flows_train_planned_js__WEBPACK_IMPORTED_MODULE_2__/* .plannedModel */ .E)(plan, model);
    if (!planned.evaluate)
        return machine.progress(`${model} is unchanged: nothing to evaluate.`);
    const evidence = await (0,_src_flows_evaluate_change_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluateChange */ .q)({ planned, spec: head, base, law }, machine, (0,_runtime_records_js__WEBPACK_IMPORTED_MODULE_7__/* .lazyRecords */ .Di)(event, token));
    const failure = (0,_src_flows_failure_js__WEBPACK_IMPORTED_MODULE_8__/* .failureOf */ .g)(evidence);
    if (failure)
        throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserCommandError */ .vk(`${model}: ${failure}`);
}


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

/***/ 83558:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ train)
});

// EXTERNAL MODULE: ./build/src/flows/train-planned.js
var train_planned = __webpack_require__(31630);
// EXTERNAL MODULE: ./build/actions/runtime/artifact-job-files.js
var artifact_job_files = __webpack_require__(21973);
// EXTERNAL MODULE: ./build/actions/runtime/event.js
var runtime_event = __webpack_require__(27439);
// EXTERNAL MODULE: ./build/actions/runtime/laws.js
var laws = __webpack_require__(87586);
// EXTERNAL MODULE: ./build/actions/runtime/machine.js
var runtime_machine = __webpack_require__(97678);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/actions/runtime/unfinished.js

/** Ends the step red when a training did not complete; its evidence has been kept before. */
function throwUnfinished(trained) {
    for (const { model, trainings } of trained)
        for (const { outcome, message } of trainings)
            if (outcome !== "completed")
                throw new errors/* UserCommandError */.vk(`${model}: ${message ?? `training ended as ${outcome}`}`);
}

;// CONCATENATED MODULE: ./build/actions/train/train.js






/** Trains what the plan says of one model: the candidate, and the baseline when its model is gone. */
async function train({ plan, model, spec, token }) {
    const event = (0,runtime_event/* readEvent */.j)();
    const machine = await (0,runtime_machine/* createMachine */.O)((files) => (0,artifact_job_files/* createArtifactJobFiles */.X)(files, event, token), token);
    const head = (0,laws/* specOf */.rI)(await (0,laws/* lawFromClone */.At)(machine, plan.commit, spec), plan);
    const base = await (0,laws/* lawFromClone */.At)(machine, plan.base, spec);
    throwUnfinished(await (0,train_planned/* trainPlanned */.n)({ plan, model, spec: head, base, identity: event.identity }, machine));
}


/***/ })

};
