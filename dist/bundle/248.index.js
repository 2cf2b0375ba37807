export const id = 248;
export const ids = [248];
export const modules = {

/***/ 43867:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _program_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89622);

process.exitCode = await (0,_program_js__WEBPACK_IMPORTED_MODULE_0__/* .runProgram */ .m)(process.argv.slice(2));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 89622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ runProgram)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/src/cli/command.js
/** Help starts with what to type. */
function examples(lines) {
    return `Examples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/evaluation/compare-models.js
var compare_models = __webpack_require__(25226);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/index.js + 9 modules
var metrics = __webpack_require__(35261);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/scoring/join.js + 1 modules
var join = __webpack_require__(39978);
// EXTERNAL MODULE: ./build/src/scoring/predictions-file.js
var predictions_file = __webpack_require__(6852);
// EXTERNAL MODULE: ./build/src/scoring/test-set.js
var test_set = __webpack_require__(23126);
// EXTERNAL MODULE: ./node_modules/markdown-table/index.js
var markdown_table = __webpack_require__(735);
// EXTERNAL MODULE: ./build/src/report/format.js
var format = __webpack_require__(45845);
;// CONCATENATED MODULE: ./build/src/cli/comparison-cells.js

/** Baseline, candidate, change and its interval, with digits that agree. */
function comparisonCells(comparison) {
    const { baseline, candidate, change, interval } = comparison;
    const decimals = (0,format/* decimalsForRow */.Q3)(comparison);
    return [
        (0,format/* formatFixed */.gn)(baseline, decimals),
        (0,format/* formatFixed */.gn)(candidate, decimals),
        (0,format/* formatChange */.eD)(change, decimals),
        interval ? intervalText(interval, decimals) : (comparison.noIntervalBecause ?? ""),
    ];
}
/** A value of one model and its interval. */
function valueCells({ value, interval, noIntervalBecause, undefinedBecause }) {
    return [
        (0,format/* formatNumber */.ZV)(value),
        interval ? `${(0,format/* formatNumber */.ZV)(interval.low)} to ${(0,format/* formatNumber */.ZV)(interval.high)}` : (undefinedBecause ?? noIntervalBecause ?? ""),
    ];
}
function intervalText({ low, high }, decimals) {
    return `${(0,format/* formatChange */.eD)(low, decimals)} to ${(0,format/* formatChange */.eD)(high, decimals)}`;
}

;// CONCATENATED MODULE: ./build/src/cli/metrics-table.js


/** Metrics of the candidate, beside the baseline's where there is one. */
function metricsTable(evidence) {
    return evidence.evaluations
        .map(({ role, testSet, candidate, comparisons, baselineMissing }) => {
        const head = `${evidence.model} on ${testSet.path}, ${testSet.rows} rows${role === "base" ? " (the base's test set)" : ""}`;
        if (comparisons.length > 0)
            return `${head}\n\n${comparisonsTable(comparisons)}`;
        const rows = (candidate?.metrics ?? []).map((result) => [result.metric, ...valueCells(result)]);
        const table = (0,markdown_table/* markdownTable */.Q)([["metric", "value", "95% interval"], ...rows], { align: ["l", "r", "r"] });
        return [head, table, baselineMissing ?? ""].join("\n\n").trimEnd();
    })
        .join("\n\n");
}
function comparisonsTable(comparisons) {
    const header = ["metric", "baseline", "candidate", "change", "95% interval of the change", "method"];
    const rows = comparisons.map((comparison) => [comparison.metric, ...comparisonCells(comparison), comparison.method]);
    return (0,markdown_table/* markdownTable */.Q)([header, ...rows], { align: ["l", "r", "r", "r", "r", "l"] });
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/src/cli/terminal.js

/** For machines: one JSON document on stdout. */
function printJson(value) {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
/** For people, on stdout. Text of a repository can hold escape codes: they are not for the reader's terminal. */
function print(text) {
    process.stdout.write(`${(0,external_node_util_.stripVTControlCharacters)(text)}\n`);
}
/** What goes on, on stderr. */
function progress(line) {
    process.stderr.write(`${(0,external_node_util_.stripVTControlCharacters)(line)}\n`);
}

;// CONCATENATED MODULE: ./build/src/cli/commands/compare.js












/** `assay compare`: two files of predictions on the same rows, without a spec and without GitHub. */
const addCompare = (program) => {
    program
        .command("compare")
        .description("Compare two files of predictions (CSV or Parquet) of the same test rows: the change of each metric with its 95% interval.")
        .argument("<baseline>", "predictions of the baseline: id, prediction, and score or proba_<class>")
        .argument("<candidate>", "predictions of the candidate")
        .requiredOption("--data <file>", "the test set")
        .requiredOption("--target <column>", "column of the test set that holds the truth")
        .addOption(new esm/* Option */.c$("--task <task>", "what is predicted").choices(["binary", "multiclass", "regression"]).makeOptionMandatory())
        .option("--id <column>", "column that names a row; default: the row's number")
        .option("--positive <label>", "binary tasks: the positive label")
        .option("--metrics <names>", "comma-separated; default: the task's")
        .option("--json", "print JSON")
        .addHelpText("before", examples(["assay compare old.csv new.csv --data test.csv --id id --target label --task binary --positive 1"]))
        .action(async (baseline, candidate, options) => {
        const { task, positive } = options;
        const test = await (0,test_set/* readTestSet */.z)({
            path: (0,external_node_path_.resolve)(options.data),
            name: options.data,
            task,
            id: options.id,
            target: options.target,
        });
        const read = async (path) => (0,join/* joinPredictions */.X)(await (0,predictions_file/* readPredictions */.R_)((0,external_node_path_.resolve)(path)), { truth: test.truth, task, positive, classes: undefined });
        const metrics = parseMetrics(task, options.metrics);
        const result = (0,compare_models/* compareModels */.w)({
            task,
            positive,
            metrics,
            truth: test.truth,
            baseline: await read(baseline),
            candidate: await read(candidate),
        });
        if (options.json)
            return printJson({ schema: "assay.comparison/v1", testSet: test.testSet, ...result });
        print(`${test.testSet.rows} rows of ${options.data} (${(0,digest/* shortDigest */.VK)(test.testSet.digest)})\n\n${comparisonsTable(result.comparisons)}`);
    });
};
function parseMetrics(task, given) {
    if (given === undefined)
        return (0,metrics/* defaultMetrics */.Jn)(task);
    const names = given.split(",").map((name) => name.trim());
    const known = (0,metrics/* metricNames */.Zv)(task);
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length === 0)
        return names;
    throw new errors/* UsageError */.eb(`--metrics: ${unknown.join(", ")} is not a metric of ${task} tasks. Known: ${known.join(", ")}.`);
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/src/files/node-files.js
var node_files = __webpack_require__(34183);
;// CONCATENATED MODULE: ./build/src/cli/package-folder.js

/** Root of Assay's own package: two folders up, from the source and from the bundle alike. */
const packageFolder = (0,external_node_path_.join)(import.meta.dirname, "..", "..");

;// CONCATENATED MODULE: ./build/src/cli/commands/demo.js
var __rewriteRelativeImportExtension = (undefined && undefined.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};






/** `assay demo`: the main job on a GitHub of its own. */
const addDemo = (program) => {
    program
        .command("demo")
        .description("Watch two pull requests being planned, trained, compared, gated and reported, on a GitHub that runs on this machine.")
        .option("--out <file>", "where to write the HTML page; default: a temporary folder")
        .option("--json", "print JSON")
        .addHelpText("before", examples(["assay demo", "assay demo --out demo.html", "assay demo --json"]))
        .action(async (options) => {
        // The demonstration brings a whole GitHub with it, which is in no bundle.
        const path = (0,external_node_path_.join)(packageFolder, "src", "demo", "demo.ts");
        if (!(await (0,node_files/* createNodeFiles */._)().exists(path)))
            throw new errors/* UsageError */.eb("The demonstration needs a checkout of Assay's repository: clone it, then `npm ci && npm run demo`.");
        const { demo } = (await import(__rewriteRelativeImportExtension(/* webpackIgnore: true */ (0,external_node_url_.pathToFileURL)(path).href)));
        await demo({ json: options.json ?? false, out: options.out });
    });
};

// EXTERNAL MODULE: ./build/src/flows/evaluate-change.js + 11 modules
var evaluate_change = __webpack_require__(67421);
// EXTERNAL MODULE: ./build/src/flows/failure.js
var failure = __webpack_require__(65221);
// EXTERNAL MODULE: ./build/src/flows/train-planned.js
var train_planned = __webpack_require__(31630);
// EXTERNAL MODULE: ./build/src/flows/collect-evidence.js
var collect_evidence = __webpack_require__(2603);
;// CONCATENATED MODULE: ./build/src/flows/folder-job-files.js

/** Job files as sub-folders of one folder: for the command line, and for the action that does everything in one job. */
function createFolderJobFiles(files, folder) {
    async function copyFolder(from, to) {
        const names = (await files.exists(from)) ? await files.list(from) : [];
        for (const name of names)
            await files.copy((0,external_node_path_.join)(from, name), (0,external_node_path_.join)(to, name));
        return names.length > 0;
    }
    return {
        async keep(name, from) {
            await files.remove((0,external_node_path_.join)(folder, name));
            await copyFolder(from, (0,external_node_path_.join)(folder, name));
        },
        fetch: (name, to) => copyFolder((0,external_node_path_.join)(folder, name), to),
        fetchFrom: async (run, to) => run.artifactName !== undefined && copyFolder((0,external_node_path_.join)(folder, run.artifactName), to),
    };
}

// EXTERNAL MODULE: ./build/src/flows/job-files.js
var job_files = __webpack_require__(73270);
// EXTERNAL MODULE: ./build/src/flows/judge.js + 2 modules
var judge = __webpack_require__(41038);
// EXTERNAL MODULE: ./build/src/flows/plan-change.js + 4 modules
var plan_change = __webpack_require__(79905);
// EXTERNAL MODULE: ./build/src/flows/read-law.js
var read_law = __webpack_require__(26298);
// EXTERNAL MODULE: ./build/src/git/command-git.js + 5 modules
var command_git = __webpack_require__(85835);
// EXTERNAL MODULE: ./build/src/ledger/ledger.js
var ledger = __webpack_require__(9286);
// EXTERNAL MODULE: ./build/src/ledger/record.js
var record = __webpack_require__(95634);
;// CONCATENATED MODULE: ./build/src/ledger/git-ledger.js



const localRef = `refs/heads/${ledger/* ledgerBranch */.c}`;
const remoteRef = `refs/remotes/origin/${ledger/* ledgerBranch */.c}`;
const maxAttempts = 5;
/**
 * The ledger in a clone, for the command line. Reads the local branch, then origin's as it was last fetched; records go to the
 * local branch. Without `processes` it is read-only.
 */
function createGitLedger(git, processes) {
    async function find(model, inputHash, ref) {
        const commit = await git.resolve(ref);
        const read = async (path) => (commit === undefined ? undefined : git.read(commit, path));
        return { commit, ...(await (0,record/* findLatest */.hc)(model, inputHash, read)) };
    }
    return {
        async findEvidence(model, inputHash) {
            return (await find(model, inputHash, localRef)).evidence ?? (await find(model, inputHash, remoteRef)).evidence;
        },
        async recordEvidence(evidence) {
            if (processes === undefined)
                throw new errors/* UsageError */.eb("This ledger is read-only: the command that was run records nothing.");
            const content = (0,record/* formatRecord */.bM)(evidence);
            let problem = "";
            for (let attempt = 1; attempt <= maxAttempts; attempt++) {
                const local = await find(evidence.model, evidence.inputHash, localRef);
                const target = local.commit === undefined ? await find(evidence.model, evidence.inputHash, remoteRef) : local;
                if ((0,record/* isSameRecord */.Wn)(target.evidence, evidence))
                    return;
                const input = importStream({
                    parent: target.commit,
                    path: target.nextPath,
                    content,
                    message: (0,record/* recordMessage */.VR)(evidence),
                    committer: await committer(git, processes),
                });
                // Refuses to move the branch when somebody else moved it meanwhile.
                const result = await processes.capture("git", ["fast-import", "--quiet", "--date-format=raw"], { cwd: git.root, input });
                if (result.exitCode === 0)
                    return;
                problem = result.stderr.trim();
            }
            throw new errors/* MissingDataError */.hr(`git could not add a record to branch ${ledger/* ledgerBranch */.c} of ${git.root}: ${problem}`);
        },
    };
}
/** One commit in the language of `git fast-import`: no work tree, no index. */
function importStream({ parent, path, content, message, committer }) {
    return [
        `commit ${localRef}`,
        `committer ${committer}`,
        `data ${Buffer.byteLength(message)}`,
        message,
        ...(parent === undefined ? [] : [`from ${parent}`]),
        `M 100644 inline ${path}`,
        `data ${Buffer.byteLength(content)}`,
        content,
        "",
    ].join("\n");
}
async function committer(git, processes) {
    const result = await processes.capture("git", ["var", "GIT_COMMITTER_IDENT"], { cwd: git.root });
    if (result.exitCode === 0)
        return result.stdout.toString().trim();
    return `Assay <assay@users.noreply.github.com> ${Math.floor(Date.now() / 1000)} +0000`;
}

// EXTERNAL MODULE: ./build/src/model-store/asset-name.js
var asset_name = __webpack_require__(82955);
;// CONCATENATED MODULE: ./build/src/model-store/folder-store.js



/** A folder, such as one that all runners mount: `<folder>/sha256-<hex>`. */
function createFolderStore(files, folder) {
    return {
        has: (digest) => files.exists((0,external_node_path_.join)(folder, (0,asset_name/* assetName */.S)(digest))),
        async put(digest, file) {
            const target = (0,external_node_path_.join)(folder, (0,asset_name/* assetName */.S)(digest));
            // A copy that broke off is made again.
            if ((await files.exists(target)) && (await files.digest(target)).digest === digest)
                return;
            const actual = (await files.digest(file)).digest;
            if (actual !== digest)
                throw new errors/* UsageError */.eb(`${file} should be ${digest}, but its bytes are ${actual}. It was changed or cut off.`);
            await files.makeFolder(folder);
            await files.copy(file, target);
        },
        async get(digest, file) {
            const source = (0,external_node_path_.join)(folder, (0,asset_name/* assetName */.S)(digest));
            if (!(await files.exists(source)))
                return false;
            await files.copy(source, file);
            const actual = (await files.digest(file)).digest;
            if (actual === digest)
                return true;
            await files.remove(file);
            throw new errors/* MissingDataError */.hr(`${source} is damaged: its bytes are ${actual}. Delete it; the model is then trained again.`);
        },
    };
}

// EXTERNAL MODULE: ./build/src/processes/cancellation.js
var cancellation = __webpack_require__(15312);
// EXTERNAL MODULE: ./build/src/processes/node-processes.js + 3 modules
var node_processes = __webpack_require__(74080);
;// CONCATENATED MODULE: ./build/src/cli/workspace.js
















/** Where runs made by hand are kept, at the root of the repository; it ignores itself. */
const folderName = ".assay";
/** Opens the repository of the current folder and plans it. */
async function openWorkspace(options) {
    const processes = (0,node_processes/* createNodeProcesses */.a)();
    const files = (0,node_files/* createNodeFiles */._)();
    const git = await (0,command_git/* createCommandGit */.U)(process.cwd(), processes);
    const folder = (0,external_node_path_.join)(git.root, folderName);
    const machine = {
        files,
        git,
        processes,
        jobFiles: createFolderJobFiles(files, (0,external_node_path_.join)(folder, "runs")),
        environment: process.env,
        signal: (0,cancellation/* cancellation */.W)(),
        output: (chunk) => process.stderr.write(chunk),
        progress: progress,
        now: () => new Date(),
    };
    const found = await (0,plan_change/* defaultBase */.px)(git, options.base);
    const plan = await (0,plan_change/* planChange */.AS)({
        git,
        files,
        lookup: folderLookup(files, folder),
        specPath: options.spec,
        target: found.target,
        base: found.base,
        event: "manual",
    });
    const uncommitted = found.target === "work-tree";
    const readHere = async (path) => uncommitted ? files.readText((0,external_node_path_.join)(git.root, path)) : (await git.read(plan.commit, path))?.toString("utf8");
    const law = await (0,read_law/* readLaw */.B)(readHere, plan.commit, options.spec);
    if (!law)
        throw new errors/* MissingDataError */.hr("There is no assay.yml that can be read here; `assay validate` says what is wrong.");
    const baseCommit = plan.base === plan.commit && !uncommitted ? null : plan.base;
    return {
        machine,
        records: { ledger: createGitLedger(git, processes), store: createFolderStore(files, (0,external_node_path_.join)(folder, "store")) },
        plan,
        explanation: found.explanation,
        spec: law.spec,
        base: baseCommit === null
            ? null
            : await (0,read_law/* readLaw */.B)(async (path) => (await git.read(baseCommit, path))?.toString("utf8"), baseCommit, options.spec),
        uncommitted,
        identity: { repository: "local" },
    };
}
/** Keeps `.assay/` out of commits without touching the user's own `.gitignore`. */
async function ignoreWorkspaceFolder({ files, git }) {
    await files.write((0,external_node_path_.join)(git.root, folderName, ".gitignore"), "*\n");
}
/** Runs that were made by hand in this clone. */
function folderLookup(files, folder) {
    async function findRun(model, inputHash) {
        const artifactName = (0,job_files/* runFilesName */.c0)(model, inputHash);
        if (!(await files.exists((0,external_node_path_.join)(folder, "runs", artifactName))))
            return undefined;
        return { run: { kind: "artifact", inputHash, artifactName, origin: `${folderName}/runs/${artifactName}` }, mayReuse: true };
    }
    return {
        findRun,
        async findBaseline(model, inputHash) {
            const found = await findRun(model, inputHash);
            return found ? { kind: "recorded", run: found.run } : { kind: "none" };
        },
    };
}
/** Judges what was evaluated by hand: by base's rules where there are some, else by the tree's own. */
async function judgeWorkspace(workspace) {
    const { plan, machine, spec, base } = workspace;
    const collected = await (0,collect_evidence/* collectEvidence */.m)({ ...plan, models: plan.models.map((model) => ({ ...model, evaluate: true })) }, machine);
    const models = plan.models.filter(({ model }) => collected.evidence.has(model) || collected.refused.has(model));
    const missing = plan.models.filter(({ model, evaluate }) => evaluate && !models.some((found) => found.model === model));
    if (models.length === 0 && plan.models.length > 0)
        throw new errors/* MissingDataError */.hr(`Nothing has been evaluated for this tree (${plan.models.map(({ model, candidate }) => `${model} ${(0,digest/* shortDigest */.VK)(candidate.inputHash)}`).join(", ")}). ` +
            "Run `assay train` and `assay evaluate` first.");
    const evidence = new Map([...collected.evidence].map(([model, sealed]) => [model, { evidence: sealed, trust: "pull-request" }]));
    return (0,judge/* judge */.S)({
        repository: "local",
        serverUrl: "https://github.com",
        plan: { ...plan, models: [...models.map((model) => ({ ...model, evaluate: true })), ...missing] },
        law: base ?? { commit: plan.commit, spec },
        headSpec: spec,
        evidence,
        refused: collected.refused,
        jobs: [],
        links: {},
    });
}

;// CONCATENATED MODULE: ./build/src/cli/commands/evaluate.js








/** `assay evaluate`: scores candidate and baseline on the same rows. */
const addEvaluate = (program, finish) => {
    program
        .command("evaluate")
        .description("Score trained models and their baselines on the same test rows, and seal the evidence.")
        .argument("[models...]", "names from assay.yml; default: all")
        .option("--base <revision>", "commit to compare with")
        .option("--spec <file>", "path of assay.yml in the repository")
        .option("--json", "print the sealed evidence as JSON")
        .addHelpText("before", examples(["assay train && assay evaluate", "assay evaluate fraud --json"]))
        .action(async (models, options) => {
        const { machine, records, plan, spec, base } = await openWorkspace(options);
        const law = base ?? { commit: plan.commit, spec };
        const sealed = [];
        for (const name of models.length > 0 ? models : plan.models.map(({ model }) => model))
            sealed.push(await (0,evaluate_change/* evaluateChange */.q)({ planned: (0,train_planned/* plannedModel */.E)(plan, name), spec, law, base }, machine, records));
        if (options.json)
            printJson({ schema: "assay.evaluation/v1", evidence: sealed });
        else
            for (const evidence of sealed)
                print((0,failure/* failureOf */.g)(evidence) ? `${evidence.model}: ${(0,failure/* failureOf */.g)(evidence)}` : metricsTable(evidence));
        if (sealed.some(failure/* failureOf */.g))
            finish(errors/* exitCodes */.hS.userCommand);
    });
};

// EXTERNAL MODULE: ./build/src/flows/exit-code.js
var exit_code = __webpack_require__(86193);
;// CONCATENATED MODULE: ./build/src/cli/gates-table.js


/** The verdict as a terminal shows it. */
function gatesTable(report) {
    return [`Verdict: ${report.verdict}`, ...report.models.map(modelTable)].join("\n\n");
}
function modelTable({ name, state }) {
    if (state.kind === "unchanged" || state.kind === "pending")
        return `${name}: ${state.kind}`;
    if (state.kind === "failed" || state.kind === "lost")
        return `${name}: ${state.kind}: ${state.message}`;
    const { outcome, gates, reasons } = state.verdict;
    const head = [`${name}: ${outcome}`, ...reasons].join("\n");
    if (gates.length === 0)
        return head;
    const header = ["gate", "baseline", "candidate", "change", "95% interval", "result", ""];
    return `${head}\n\n${(0,markdown_table/* markdownTable */.Q)([header, ...gates.map(gateRow)])}`;
}
function gateRow({ name, role, outcome, note, comparison, value }) {
    const numbers = comparison
        ? comparisonCells(comparison)
        : value
            ? ["", valueCells(value)[0], "", valueCells(value)[1]]
            : ["", "", "", ""];
    return [role === "base" ? `${name} (base's test set)` : name, ...numbers, outcome, note];
}

;// CONCATENATED MODULE: ./build/src/cli/commands/gate.js





/** `assay gate`: the verdict on what was evaluated. */
const addGate = (program, finish) => {
    program
        .command("gate")
        .description("Judge evaluated models by the gates of the base commit's assay.yml. Exit code: 0 pass, 1 fail, 3 inconclusive.")
        .option("--base <revision>", "commit to compare with")
        .option("--spec <file>", "path of assay.yml in the repository")
        .option("--json", "print the verdict as JSON")
        .addHelpText("before", examples(["assay train && assay evaluate && assay gate", "assay gate --json"]))
        .action(async (options) => {
        const report = await judgeWorkspace(await openWorkspace(options));
        if (options.json)
            printJson({ schema: "assay.verdict/v1", verdict: report.verdict, models: report.models });
        else
            print(gatesTable(report));
        finish((0,exit_code/* exitCodeOf */.F)(report));
    });
};

// EXTERNAL MODULE: ./build/src/plan/matrix.js
var matrix = __webpack_require__(56276);
// EXTERNAL MODULE: ./build/src/plan/render-plan.js
var render_plan = __webpack_require__(84177);
;// CONCATENATED MODULE: ./build/src/cli/commands/plan.js





/** `assay plan`: what has to be trained, and why. */
const addPlan = (program) => {
    program
        .command("plan")
        .description("Say which models must be trained or evaluated, and why. Trains nothing.")
        .option("--base <revision>", "commit to compare with; default: where this branch left the default branch")
        .option("--spec <file>", "path of assay.yml in the repository")
        .option("--json", "print the plan and the job matrix as JSON")
        .addHelpText("before", examples(["assay plan", "assay plan --base v1.2.0", "assay plan --json"]))
        .action(async (options) => {
        const { plan, explanation } = await openWorkspace(options);
        if (options.json)
            return printJson({ ...plan, matrix: (0,matrix/* planMatrix */.T)(plan) });
        progress(explanation);
        print((0,render_plan/* renderPlan */.E)(plan));
    });
};

;// CONCATENATED MODULE: ./build/src/cli/commands/report.js






/** `assay report`: what a reviewer would read, without GitHub. */
const addReport = (program, finish) => {
    program
        .command("report")
        .description("Write the report of evaluated models: the pull request comment's Markdown, or the HTML page.")
        .option("--base <revision>", "commit to compare with")
        .option("--spec <file>", "path of assay.yml in the repository")
        .addOption(new esm/* Option */.c$("--format <format>", "what to write").choices(["markdown", "html"]).default("markdown"))
        .option("--out <file>", "file to write; default: standard output")
        .option("--json", "print the report's data as JSON")
        .addHelpText("before", examples(["assay report", "assay report --format html --out report.html"]))
        .action(async (options) => {
        const { machine, ...workspace } = await openWorkspace(options);
        const report = await judgeWorkspace({ machine, ...workspace });
        finish((0,exit_code/* exitCodeOf */.F)(report));
        if (options.json)
            return printJson({ schema: "assay.report/v1", ...report });
        const { renderComment } = await Promise.all(/* import() */[__webpack_require__.e(524), __webpack_require__.e(81)]).then(__webpack_require__.bind(__webpack_require__, 92081));
        const { renderPage } = await Promise.all(/* import() */[__webpack_require__.e(524), __webpack_require__.e(435)]).then(__webpack_require__.bind(__webpack_require__, 16435));
        const text = options.format === "html" ? await renderPage(report) : renderComment(report).body;
        if (!options.out)
            return print(text);
        await machine.files.write((0,external_node_path_.resolve)(options.out), text);
        progress(`Wrote ${options.out}`);
    });
};

;// CONCATENATED MODULE: ./build/src/cli/commands/train.js





/** `assay train`: trains here what has no run yet, the baseline too. */
const addTrain = (program, finish) => {
    program
        .command("train")
        .description("Train models here, and the baselines they are compared with. Runs are kept in .assay/ and not trained twice.")
        .argument("[models...]", "names from assay.yml; default: all")
        .option("--base <revision>", "commit to compare with")
        .option("--spec <file>", "path of assay.yml in the repository")
        .option("--force", "train again although there is a run of the same inputs")
        .option("--json", "print the runs' evidence as JSON")
        .addHelpText("before", examples(["assay train", "assay train fraud --base main", "assay train --force"]))
        .action(async (models, options) => {
        const workspace = await openWorkspace(options);
        const { machine, plan } = workspace;
        await ignoreWorkspaceFolder(machine);
        const trained = [];
        for (const name of models.length > 0 ? models : plan.models.map(({ model }) => model)) {
            const planned = asked((0,train_planned/* plannedModel */.E)(plan, name), options.force ?? false);
            trained.push(...(await (0,train_planned/* trainPlanned */.n)({ ...workspace, model: name, plan: { ...plan, models: [planned] } }, machine)));
        }
        if (options.json)
            printJson({ schema: "assay.training/v1", runs: trained });
        else
            for (const evidence of trained)
                print(describe(evidence));
        if (trained.some((evidence) => !isCompleted(evidence)))
            finish(errors/* exitCodes */.hS.userCommand);
    });
};
/** Asked for by hand, an unchanged model is trained too, unless its run is here. */
function asked(planned, force) {
    const { candidate } = planned;
    if (candidate.decision === "reuse" && !force)
        return planned;
    const because = candidate.decision === "train" ? candidate.because : ["asked for by hand"];
    return { ...planned, candidate: { ...candidate, decision: "train", because, run: undefined } };
}
function isCompleted({ trainings }) {
    return trainings.every(({ outcome }) => outcome === "completed");
}
function describe({ model, trainings }) {
    return trainings
        .map(({ outcome, message, durationSeconds, seed, backend }) => outcome === "completed"
        ? `${model}: trained in ${durationSeconds.toFixed(1)} s (seed ${seed ?? "none"}${backend ? `, ${backend.used}` : ""})`
        : `${model}: ${outcome}: ${message ?? ""}`)
        .join("\n");
}

// EXTERNAL MODULE: ./build/src/spec/parse-spec.js + 13 modules
var parse_spec = __webpack_require__(3997);
;// CONCATENATED MODULE: ./build/src/cli/commands/validate.js







/** `assay validate`: everything that is wrong in an `assay.yml`, at once. */
const addValidate = (program, finish) => {
    program
        .command("validate")
        .description("Check assay.yml: every mistake at once, with its place and a fix.")
        .argument("[file]", "the file; default: assay.yml or .github/assay.yml")
        .option("--json", "print JSON")
        .addHelpText("before", examples(["assay validate", "assay validate .github/assay.yml --json"]))
        .action(async (file, options) => {
        const { path, text } = await find(file);
        try {
            const models = [...(0,parse_spec/* parseSpec */.F)(text, path).models.keys()];
            if (options.json)
                printJson({ schema: "assay.validation/v1", valid: true, path, models, errors: [] });
            else
                print(`${path} is valid: ${models.length} ${models.length === 1 ? "model" : "models"} (${models.join(", ")}).`);
        }
        catch (error) {
            if (!(error instanceof errors/* ConfigError */.xL) || !options.json)
                throw error;
            printJson({ schema: "assay.validation/v1", valid: false, path, models: [], errors: error.diagnostics });
            finish(errors/* exitCodes */.hS.usage);
        }
    });
};
async function find(file) {
    const files = (0,node_files/* createNodeFiles */._)();
    for (const path of file ? [file] : read_law/* specPaths */.I) {
        const text = await files.readText((0,external_node_path_.resolve)(path));
        if (text !== undefined)
            return { path: (0,external_node_path_.relative)(process.cwd(), (0,external_node_path_.resolve)(path)) || path, text };
    }
    throw new errors/* UsageError */.eb(`There is no ${file ?? read_law/* specPaths */.I.join(" or ")} in ${process.cwd()}. Name the file: \`assay validate path/to/assay.yml\`.`);
}

;// CONCATENATED MODULE: ./build/src/cli/program.js











const commands = [addDemo, addValidate, addPlan, addTrain, addEvaluate, addCompare, addGate, addReport];
/** Runs the `assay` command. @returns its exit code; nothing is thrown */
async function runProgram(args) {
    let code = errors/* exitCodes */.hS.pass;
    const program = new esm/* Command */.uB("assay")
        .description("CI/CD for machine-learning models on GitHub.")
        .addHelpText("before", examples(["assay demo", "assay validate", "assay plan", "assay train && assay evaluate && assay report"]))
        .exitOverride()
        .showSuggestionAfterError()
        .configureHelp({ showGlobalOptions: true });
    for (const add of commands)
        add(program, (result) => (code = result));
    for (const command of program.commands)
        command.exitOverride();
    try {
        await program.parseAsync(args, { from: "user" });
        return code;
    }
    catch (error) {
        return explain(error);
    }
}
function explain(error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof esm/* CommanderError */.b7)
        return error.exitCode === 0 ? errors/* exitCodes */.hS.pass : errors/* exitCodes */.hS.usage;
    if (error instanceof errors/* AssayError */.WV) {
        process.stderr.write(`${error.message}\n`);
        return error.exitCode;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`This is a bug in Assay, please report it with what follows.\n${detail}\n`);
    return errors/* exitCodes */.hS.bug;
}


/***/ }),

/***/ 32936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ maxEvidenceBytes),
/* harmony export */   v: () => (/* binding */ parseEvidence)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36970);


/** Largest record that is read, in UTF-8 bytes. */
const maxEvidenceBytes = 16 * 1024 * 1024;
/** Deepest nesting of arrays and objects; a real record has nine levels. */
const maxEvidenceDepth = 32;
/**
 * A record from outside, which nothing is believed of until it was read here: its size and nesting are limited before it is
 * parsed, and no key that the schema does not know gets through.
 *
 * @param origin where the text comes from, for messages: a path, or `run 17, artifact evidence-fraud`
 * @throws UsageError that says what is wrong with the record, and where
 */
function parseEvidence(text, origin) {
    const bytes = Buffer.byteLength(text);
    if (bytes > maxEvidenceBytes) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: the evidence has ${bytes} bytes, more than the ${maxEvidenceBytes} that Assay reads.`);
    }
    if (isDeeperThan(text, maxEvidenceDepth)) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: the evidence nests more than ${maxEvidenceDepth} levels deep, which no evidence of Assay does.`);
    }
    const value = parseJson(text, origin);
    checkVersion(value, origin);
    const parsed = _evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchema */ .jU.safeParse(value);
    if (!parsed.success) {
        const found = parsed.error.issues.slice(0, 5).map(describeIssue).join("; ");
        const more = parsed.error.issues.length > 5 ? `; and ${parsed.error.issues.length - 5} more` : "";
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: not evidence as ${_evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchemaId */ .wy} has it: ${found}${more}.`);
    }
    return parsed.data;
}
/** Counts brackets outside strings, so that a hostile text is refused before anything is built of it. */
function isDeeperThan(text, limit) {
    let depth = 0;
    let inString = false;
    for (let i = 0; i < text.length; i++) {
        const character = text[i];
        if (inString) {
            if (character === "\\")
                i++;
            else if (character === '"')
                inString = false;
        }
        else if (character === '"')
            inString = true;
        else if (character === "{" || character === "[") {
            depth++;
            if (depth > limit)
                return true;
        }
        else if (character === "}" || character === "]")
            depth--;
    }
    return false;
}
function parseJson(text, origin) {
    try {
        return JSON.parse(text, (key, value) => {
            // The schema's open records would pass over this key in silence.
            if (key === "__proto__")
                throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: the evidence has a key "__proto__", which no evidence of Assay has.`);
            return value;
        });
    }
    catch (error) {
        if (error instanceof _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb)
            throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: the evidence is not JSON: ${printable(reason)}.`);
    }
}
function checkVersion(value, origin) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: evidence is a JSON object with "schema": "${_evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchemaId */ .wy}"; this is something else.`);
    }
    const schema = "schema" in value ? value.schema : undefined;
    if (schema === _evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchemaId */ .wy)
        return;
    if (typeof schema === "string" && /^assay\.evidence\/v\d{1,9}$/.test(schema)) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: the evidence is of version ${schema}; this Assay reads ${_evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchemaId */ .wy}. Use the version of Assay that wrote it, or a newer one.`);
    }
    const found = schema === undefined ? "no schema" : `schema ${printable(JSON.stringify(schema))}`;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${origin}: expected "schema": "${_evidence_js__WEBPACK_IMPORTED_MODULE_1__/* .evidenceSchemaId */ .wy}", found ${found}.`);
}
function describeIssue(issue) {
    return `${printable(issue.path.join(".")) || "record"}: ${printable(issue.message)}`;
}
/** Short and on one line, whatever an attacker wrote into a key. */
function printable(text) {
    const line = text.replace(/[^\x20-\x7e]+/g, " ");
    return line.length > 200 ? `${line.slice(0, 200)}…` : line;
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

/***/ 9286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ ledgerBranch)
/* harmony export */ });
/** Name of the append-only branch. */
const ledgerBranch = "assay-ledger";


/***/ }),

/***/ 95634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VR: () => (/* binding */ recordMessage),
/* harmony export */   Wn: () => (/* binding */ isSameRecord),
/* harmony export */   bM: () => (/* binding */ formatRecord),
/* harmony export */   hc: () => (/* binding */ findLatest)
/* harmony export */ });
/* unused harmony export recordPath */
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89579);
/* harmony import */ var _evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(32936);
/* harmony import */ var _evidence_seal_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(91606);




/**
 * How often one run can be recorded with different results. A model that expired is trained again, and not every training
 * repeats itself to the bit; as nothing is ever overwritten, the later record gets the next number.
 */
const maxRecordsOfRun = 50;
/**
 * Path of a record: `evidence/<model>/<input hash>.json`, and `…-2.json` and so on for later results of the same inputs.
 * @throws UsageError when the model's name or the hash cannot be a path of ours
 */
function recordPath(model, inputHash, number = 1) {
    const isSafe = model.split("/").every((part) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part) && !part.endsWith(".lock"));
    if (!isSafe || model.length > 200) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${JSON.stringify(model)} cannot be a model's name in the ledger. Use letters, digits, "-", "_", "." and "/".`);
    }
    if (!_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestPattern */ .V_.test(inputHash))
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${JSON.stringify(inputHash)} is not an input hash: sha256:<64 hex digits>.`);
    return `evidence/${model}/${inputHash.slice("sha256:".length)}${number === 1 ? "" : `-${number}`}.json`;
}
/** One record as a file: JSON that people can read and `git diff` can show. */
function formatRecord(evidence) {
    (0,_evidence_seal_js__WEBPACK_IMPORTED_MODULE_3__/* .verifySeal */ .ls)(evidence);
    const text = `${JSON.stringify(evidence, null, 1)}\n`;
    if (Buffer.byteLength(text) > _evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .maxEvidenceBytes */ .D) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`The evidence of model ${evidence.model} is larger than the ${_evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .maxEvidenceBytes */ .D} bytes that can be recorded.`);
    }
    return text;
}
function recordMessage(evidence) {
    return `Record ${evidence.model} ${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(evidence.inputHash)}`;
}
/**
 * The newest record of a run.
 * @param read the file at that path of the ledger
 * @throws when the record is not evidence, is not of this run, or does not match its seal
 */
async function findLatest(model, inputHash, read) {
    let evidence;
    for (let number = 1; number <= maxRecordsOfRun; number++) {
        const path = recordPath(model, inputHash, number);
        const bytes = await read(path);
        if (bytes === undefined)
            return { evidence, nextPath: path };
        evidence = parseRecord(bytes, path, model, inputHash);
    }
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`Model ${model} has more than ${maxRecordsOfRun} records of inputs ${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(inputHash)} in the ledger.`);
}
function parseRecord(bytes, path, model, inputHash) {
    const evidence = (0,_evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEvidence */ .v)(bytes.toString(), `ledger ${path}`);
    if (evidence.model !== model || evidence.inputHash !== inputHash) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`The ledger's ${path} is a record of model ${evidence.model} and inputs ${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(evidence.inputHash)}: it was put in the wrong place.`);
    }
    (0,_evidence_seal_js__WEBPACK_IMPORTED_MODULE_3__/* .verifySeal */ .ls)(evidence);
    return evidence;
}
/** Whether the ledger has that result already. */
function isSameRecord(stored, evidence) {
    return stored?.seal !== undefined && stored.seal.resultDigest === evidence.seal?.resultDigest;
}


/***/ }),

/***/ 82955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ assetName)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89579);


/** Name of stored bytes: `sha256-<hex>`, as a colon is not for file names. */
function assetName(digest) {
    if (!_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestPattern */ .V_.test(digest))
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`${JSON.stringify(digest)} is not a digest: sha256:<64 hex digits>.`);
    return digest.replace(":", "-");
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


/***/ })

};
