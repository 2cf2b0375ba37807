export const id = 54;
export const ids = [54];
export const modules = {

/***/ 23154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WV: () => (/* binding */ AssayError),
/* harmony export */   eb: () => (/* binding */ UsageError),
/* harmony export */   hS: () => (/* binding */ exitCodes),
/* harmony export */   hr: () => (/* binding */ MissingDataError),
/* harmony export */   vk: () => (/* binding */ UserCommandError),
/* harmony export */   xL: () => (/* binding */ ConfigError),
/* harmony export */   y_: () => (/* binding */ GitHubError)
/* harmony export */ });
/** Exit codes of the `assay` command; the same meaning everywhere a status is needed. */
const exitCodes = {
    pass: 0,
    gateFailed: 1,
    usage: 2,
    inconclusive: 3,
    github: 4,
    userCommand: 5,
    bug: 70,
};
/**
 * A failure that is explained to the person who can mend it. The message names the input, the value, what was
 * expected and the fix. Anything thrown that is not an `AssayError` is a bug of ours.
 */
class AssayError extends Error {
}
/** Wrong usage: an argument, an option, a file that is not there or cannot be read as what it should be. */
class UsageError extends AssayError {
    name = "UsageError";
    exitCode = exitCodes.usage;
}
/** Everything that is wrong in a configuration, reported at once. */
class ConfigError extends AssayError {
    name = "ConfigError";
    exitCode = exitCodes.usage;
    diagnostics;
    constructor(diagnostics) {
        super(diagnostics.map(formatDiagnostic).join("\n"));
        this.diagnostics = diagnostics;
    }
}
/** `assay.yml:3:5 models.a.task: "binry" is not a task. Did you mean binary?` */
function formatDiagnostic({ position, path, message, fix }) {
    return `${position.file}:${position.line}:${position.column} ${path ? `${path}: ` : ""}${message} ${fix}`;
}
/** What is needed to decide is not there: evidence, a baseline, predictions, a commit. */
class MissingDataError extends AssayError {
    name = "MissingDataError";
    exitCode = exitCodes.inconclusive;
}
/** GitHub or the network did not do what was asked. */
class GitHubError extends AssayError {
    name = "GitHubError";
    exitCode = exitCodes.github;
    /** HTTP status, where there was an answer. */
    status;
    constructor(message, options = {}) {
        super(message, { cause: options.cause });
        this.status = options.status;
    }
}
/** The user's train or predict command did not do what its contract asks. */
class UserCommandError extends AssayError {
    name = "UserCommandError";
    exitCode = exitCodes.userCommand;
}


/***/ }),

/***/ 29083:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jn: () => (/* binding */ defaultMetrics),
/* harmony export */   NY: () => (/* binding */ factsOfMetric),
/* harmony export */   Zv: () => (/* binding */ metricNames),
/* harmony export */   gt: () => (/* binding */ metricFacts)
/* harmony export */ });
/* unused harmony export isMetricName */
const higher = { greaterIsBetter: true, positive: false };
const lower = { greaterIsBetter: false, positive: false };
const binary = ["binary"];
const multiclass = ["multiclass"];
const classification = ["binary", "multiclass"];
const regression = ["regression"];
/** Names as scikit-learn's scorers have them, without `neg_`. */
const facts = {
    accuracy: { title: "Accuracy", tasks: classification, needs: "labels", ...higher },
    balanced_accuracy: { title: "Balanced accuracy", tasks: classification, needs: "labels", ...higher },
    precision: { title: "Precision", tasks: binary, needs: "labels", ...higher, positive: true },
    precision_macro: { title: "Precision (macro)", tasks: classification, needs: "labels", ...higher },
    precision_micro: { title: "Precision (micro)", tasks: classification, needs: "labels", ...higher },
    precision_weighted: { title: "Precision (weighted)", tasks: classification, needs: "labels", ...higher },
    recall: { title: "Recall", tasks: binary, needs: "labels", ...higher, positive: true },
    recall_macro: { title: "Recall (macro)", tasks: classification, needs: "labels", ...higher },
    recall_micro: { title: "Recall (micro)", tasks: classification, needs: "labels", ...higher },
    recall_weighted: { title: "Recall (weighted)", tasks: classification, needs: "labels", ...higher },
    f1: { title: "F1", tasks: binary, needs: "labels", ...higher, positive: true },
    f1_macro: { title: "F1 (macro)", tasks: classification, needs: "labels", ...higher },
    f1_micro: { title: "F1 (micro)", tasks: classification, needs: "labels", ...higher },
    f1_weighted: { title: "F1 (weighted)", tasks: classification, needs: "labels", ...higher },
    matthews_corrcoef: { title: "Matthews correlation", tasks: classification, needs: "labels", ...higher },
    roc_auc: { title: "ROC-AUC", tasks: binary, needs: "probabilities", ...higher, positive: true },
    roc_auc_ovr: { title: "ROC-AUC (one vs rest)", tasks: multiclass, needs: "probabilities", ...higher },
    roc_auc_ovr_weighted: { title: "ROC-AUC (one vs rest, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
    roc_auc_ovo: { title: "ROC-AUC (one vs one)", tasks: multiclass, needs: "probabilities", ...higher },
    roc_auc_ovo_weighted: { title: "ROC-AUC (one vs one, weighted)", tasks: multiclass, needs: "probabilities", ...higher },
    average_precision: {
        title: "Average precision",
        tasks: classification,
        needs: "probabilities",
        ...higher,
        positive: true,
    },
    log_loss: { title: "Log loss", tasks: classification, needs: "probabilities", ...lower, positive: true },
    brier_score: { title: "Brier score", tasks: classification, needs: "probabilities", ...lower, positive: true },
    mean_absolute_error: { title: "Mean absolute error", tasks: regression, needs: "values", ...lower },
    mean_squared_error: { title: "Mean squared error", tasks: regression, needs: "values", ...lower },
    root_mean_squared_error: { title: "Root mean squared error", tasks: regression, needs: "values", ...lower },
    mean_absolute_percentage_error: {
        title: "Mean absolute percentage error",
        tasks: regression,
        needs: "values",
        ...lower,
    },
    median_absolute_error: { title: "Median absolute error", tasks: regression, needs: "values", ...lower },
    r2: { title: "R²", tasks: regression, needs: "values", ...higher },
};
/** Every metric that Assay computes, by name. */
const metricFacts = facts;
/** What is known of a metric, or undefined when there is none of that name. */
function factsOfMetric(name) {
    return isMetricName(name) ? metricFacts[name] : undefined;
}
function isMetricName(name) {
    return Object.hasOwn(metricFacts, name);
}
/** Names of the metrics of a task. */
function metricNames(task) {
    return Object.keys(metricFacts)
        .filter(isMetricName)
        .filter((name) => metricFacts[name].tasks.includes(task));
}
/** What a person of the field looks at first. */
function defaultMetrics(task) {
    switch (task) {
        case "binary":
            return ["accuracy", "balanced_accuracy", "f1", "roc_auc"];
        case "multiclass":
            return ["accuracy", "balanced_accuracy", "f1_macro"];
        case "regression":
            return ["root_mean_squared_error", "mean_absolute_error", "r2"];
    }
}


/***/ }),

/***/ 89579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   V_: () => (/* binding */ digestPattern),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

const digestPattern = /^sha256:[0-9a-f]{64}$/;
/** SHA-256 of bytes, or of a text's UTF-8 bytes. */
function digestOf(content) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256").update(content).digest("hex")}`;
}
/** The digest as people read it: its first `length` hex digits. */
function shortDigest(digest, length = 12) {
    return digest.replace(/^sha256:/, "").slice(0, length);
}
/** JSON with sorted keys and no white space: equal values have equal text. Undefined members are left out. */
function canonicalJson(value) {
    if (value === null || typeof value !== "object")
        return JSON.stringify(value);
    if (isArray(value))
        return `[${value.map(canonicalJson).join(",")}]`;
    const members = Object.entries(value)
        .filter((entry) => entry[1] !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
}
function isArray(value) {
    return Array.isArray(value);
}


/***/ }),

/***/ 36970:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   is: () => (/* binding */ inputSchema),
/* harmony export */   jU: () => (/* binding */ evidenceSchema),
/* harmony export */   wy: () => (/* binding */ evidenceSchemaId)
/* harmony export */ });
/* unused harmony exports fileRecordSchema, sourceSchema, trainingSchema, testSetSchema, intervalSchema, metricResultSchema, comparisonSchema, picturesSchema, scoredModelSchema, evaluationSchema */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13798);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86758);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89579);


/**
 * The record of one model's run and its evaluation: facts only, no judgement. `train` begins it, `evaluate` seals it,
 * everything later reads it. Limits are generous for real models and small for an attacker.
 */
const evidenceSchemaId = "assay.evidence/v1";
const text = (max = 1_000) => zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(max);
const digest = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
    .regex(_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestPattern */ .V_)
    .transform((value) => value);
const sha = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const count = zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(0);
const finite = zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig();
const inputKinds = ["code", "data", "param", "environment", "command", "seed", "backend", "contract"];
/** One thing that determines a run. `id` is its content id (`git:<blob>`, `lfs:sha256:…`, `dvc:md5:…`, `submodule:<sha>`, `sha256:…`) or its value. */
const inputSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    kind: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(inputKinds),
    name: text(4_096),
    id: text(4_096),
});
const fileRecordSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ path: text(4_096), digest, bytes: count });
const sourceSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    repository: text(200),
    /** The commit whose tree was trained: on a pull request its merge commit. */
    commit: sha,
    /** The pull request's head, where there is one. */
    headSha: sha.optional(),
    pullRequest: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).optional(),
    /** Absent when run by hand. */
    run: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1), attempt: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1), event: text(100), workflow: text(1_000) }).optional(),
});
const trainingOutcomes = ["completed", "failed", "timed-out", "cancelled", "invalid-output"];
/** One training: a run has one per seed. */
const trainingSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    seed: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(),
    trainer: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["command", "tfjs"]),
    /** TF.js only: `requested` is part of the input hash, `used` is what ran, `why` says a difference. */
    backend: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ requested: text(50), used: text(50), version: text(50), why: text().optional() }).optional(),
    startedAt: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$(),
    durationSeconds: finite.min(0),
    outcome: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(trainingOutcomes),
    /** For people, when the outcome is not `completed`. Never quotes the trainer's output. */
    message: text(4_000).optional(),
    exitCode: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().optional(),
    signal: text(20).optional(),
    /** Files of the model, paths relative to the run's `model/` folder. */
    model: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ digest, format: text(50), files: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(fileRecordSchema).max(10_000) }).optional(),
    /** Numbers that the trainer reported itself. */
    reported: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(text(200), finite).optional(),
    /** Per epoch, of trainers that Assay runs itself. */
    history: zod__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(text(200), zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(finite.nullable()).max(10_000)).optional(),
});
const testSetSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ path: text(4_096), digest, rows: count });
const intervalSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ low: finite, high: finite });
/** A metric of one model. `value` is null when undefined, and `undefinedBecause` then says why. */
const metricResultSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    metric: text(100),
    value: finite.nullable(),
    undefinedBecause: text().optional(),
    /** 95% interval of the value, absent when none can be trusted. */
    interval: intervalSchema.optional(),
    method: text(100).optional(),
    /** Why there is no interval: the guard that was not met, with the missing count. */
    noIntervalBecause: text().optional(),
});
/** The change of one metric from baseline to candidate on the same rows: candidate − baseline, in the metric's own units. */
const comparisonSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    metric: text(100),
    greaterIsBetter: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY(),
    baseline: finite.nullable(),
    candidate: finite.nullable(),
    change: finite.nullable(),
    /** 95% paired interval of the change, absent when none can be trusted. */
    interval: intervalSchema.optional(),
    method: text(100),
    noIntervalBecause: text().optional(),
    /** Rows that would be needed for the guard or, as an estimate, to halve the interval; where known. */
    rows: count,
    /** True when both models gave the same predictions (and scores, where the metric reads them): the change is exactly 0. */
    identical: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY(),
});
const curvePoint = zod__WEBPACK_IMPORTED_MODULE_1__/* .tuple */ .PVZ([finite, finite]);
/** What the page draws of one model; at most 200 points a curve. */
const picturesSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    confusion: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ labels: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(text(200)).max(100), counts: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(count).max(100)).max(100) })
        .optional(),
    /** Points (false positive rate, true positive rate); one curve a class, or one for binary tasks. */
    roc: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ label: text(200), points: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(curvePoint).max(200) }))
        .max(100)
        .optional(),
    /** Points (recall, precision). */
    precisionRecall: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ label: text(200), points: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(curvePoint).max(200) }))
        .max(100)
        .optional(),
    /** Regression: histogram of prediction − target. */
    residuals: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ edges: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(finite).max(201), counts: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(count).max(200) }).optional(),
});
const scoredModelSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    inputHash: digest,
    commit: sha,
    /** Digest of the predictions in canonical form. */
    predictions: digest,
    metrics: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(metricResultSchema).max(200),
    pictures: picturesSchema.optional(),
});
/** Both models on one test set. */
const evaluationSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    /** `current`: the candidate's test set. `base`: the base branch's, judged too when the pull request changed it. */
    role: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["current", "base"]),
    testSet: testSetSchema,
    candidate: scoredModelSchema.optional(),
    candidateMissing: text(4_000).optional(),
    baseline: scoredModelSchema.extend({ how: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["kept", "rescored"]) }).optional(),
    /** Why there is no baseline beside the candidate. */
    baselineMissing: text(4_000).optional(),
    comparisons: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(comparisonSchema).max(200),
    /** Rows whose predicted label got right or wrong (classification). */
    flipped: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ better: count, worse: count }).optional(),
});
const waiverSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    gate: text(200),
    by: text(100),
    reason: text(2_000),
    until: zod__WEBPACK_IMPORTED_MODULE_2__/* .date */ .p6(),
});
const sealSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    /** Over model, predictions and metrics; not run ids or times. */
    resultDigest: digest,
    sealedAt: zod__WEBPACK_IMPORTED_MODULE_2__/* .datetime */ .w$(),
});
const evidenceSchema = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    schema: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz(evidenceSchemaId),
    model: text(200),
    task: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(["binary", "multiclass", "regression"]),
    inputHash: digest,
    inputs: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(inputSchema).max(100_000),
    source: sourceSchema,
    trainings: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(trainingSchema).max(100),
    evaluations: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(evaluationSchema).max(2),
    /** Evaluation could not be done at all: what to mend. */
    evaluationFailure: zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({ message: text(4_000), exitCode: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).optional(),
    waivers: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(waiverSchema).max(100),
    seal: sealSchema.optional(),
});


/***/ }),

/***/ 91606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fV: () => (/* binding */ sealEvidence),
/* harmony export */   ls: () => (/* binding */ verifySeal)
/* harmony export */ });
/* unused harmony export resultDigest */
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89579);


/** The evidence with its seal: what `evaluate` does last. A seal that is there already is replaced. */
function sealEvidence(evidence, now) {
    return { ...evidence, seal: { resultDigest: resultDigest(evidence), sealedAt: now.toISOString() } };
}
/**
 * What came out of a run: SHA-256 of the canonical JSON of the models' digests and, for each test set, of both models'
 * predictions, metrics and their comparison. Commits, run ids, times, pictures and the seal itself do not count, so two runs
 * with the same outcome have the same digest.
 */
function resultDigest(evidence) {
    return (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)((0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)({
        contract: "assay.result/v1",
        model: evidence.model,
        trainings: evidence.trainings.map((training) => ({
            seed: training.seed,
            outcome: training.outcome,
            model: training.model?.digest,
        })),
        evaluations: evidence.evaluations.map(resultOfEvaluation),
    }));
}
/**
 * Checks that the results are still those that were sealed.
 * @throws MissingDataError when there is no seal, or when it does not match
 */
function verifySeal(evidence) {
    const run = `The evidence of model ${evidence.model}, input hash ${(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(evidence.inputHash)},`;
    if (evidence.seal === undefined) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`${run} is not sealed: it was not evaluated to the end. Evaluate it again.`);
    }
    const now = resultDigest(evidence);
    if (evidence.seal.resultDigest !== now) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`${run} was changed after it was sealed: its seal says ${(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(evidence.seal.resultDigest)}, its results are ${(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(now)}. Evaluate it again.`);
    }
}
function resultOfEvaluation(evaluation) {
    return {
        role: evaluation.role,
        testSet: evaluation.testSet.digest,
        candidate: resultOfModel(evaluation.candidate),
        baseline: resultOfModel(evaluation.baseline),
        comparisons: evaluation.comparisons,
    };
}
function resultOfModel(model) {
    return model && { inputHash: model.inputHash, predictions: model.predictions, metrics: model.metrics };
}


/***/ }),

/***/ 34183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ createNodeFiles)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23154);






const defaultMaxBytes = 64 * 1024 * 1024;
/** A folder with more files than this is not one that Assay lists. */
const maxListed = 1_000_000;
/** The file system of this machine. */
function createNodeFiles(options = {}) {
    return {
        async readText(path, maxBytes) {
            return (await readBytes(path, maxBytes))?.toString("utf8");
        },
        readBytes,
        async readLink(path) {
            const found = await undefinedWhenMissing((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(path));
            return found?.isSymbolicLink() ? (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readlink)(path) : undefined;
        },
        write,
        async copy(from, to) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(to), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.copyFile)(from, to);
        },
        async exists(path) {
            return (await statOrUndefined(path)) !== undefined;
        },
        list,
        digest,
        async stat(path) {
            const found = await statOrUndefined(path);
            return found && { bytes: Number(found.size), modifiedNs: found.mtimeNs, isFolder: found.isDirectory() };
        },
        async makeFolder(path) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path, { recursive: true });
        },
        async makeTemporaryFolder(prefix) {
            const parent = options.temporaryFolder ?? (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)();
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(parent, { recursive: true });
            return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(parent, prefix));
        },
        async remove(path) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { recursive: true, force: true });
        },
    };
}
async function readBytes(path, maxBytes = defaultMaxBytes) {
    const file = await undefinedWhenMissing((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, "r"));
    if (!file)
        return undefined;
    try {
        const found = await file.stat();
        if (found.isDirectory())
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .UsageError */ .eb(`${path} is a folder, but a file was expected.`);
        if (found.size > maxBytes)
            throw tooLarge(path, found.size, maxBytes);
        // The size of a pipe or of a file that still grows is not known beforehand.
        const content = Buffer.alloc(Math.min(found.isFile() ? found.size : maxBytes, maxBytes) + 1);
        let length = 0;
        while (length < content.length) {
            const { bytesRead } = await file.read(content, length, content.length - length);
            if (bytesRead === 0)
                break;
            length += bytesRead;
        }
        if (length > maxBytes)
            throw tooLarge(path, length, maxBytes);
        return content.subarray(0, length);
    }
    finally {
        await file.close();
    }
}
function tooLarge(path, bytes, maxBytes) {
    return new _errors_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .UsageError */ .eb(`${path} has at least ${bytes} bytes; at most ${maxBytes} can be read here. Make the file smaller.`);
}
/** A reader sees the old content or the new, never a part. */
async function write(path, content) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(path), { recursive: true });
    const beside = `${path}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString("hex")}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(beside, content, { flag: "wx" });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(beside, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(beside, { force: true });
        throw error;
    }
}
async function list(folder) {
    const found = [];
    const pending = [""];
    for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
        for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, below), { withFileTypes: true })) {
            const path = node_path__WEBPACK_IMPORTED_MODULE_4__.posix.join(below, entry.name);
            if (entry.isDirectory())
                pending.push(path);
            else if (entry.isFile())
                found.push(path);
            if (found.length > maxListed)
                throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .UsageError */ .eb(`${folder} holds more than ${maxListed} files, which is the limit here.`);
        }
    }
    return found.sort();
}
async function digest(path) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    let bytes = 0;
    for await (const chunk of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path, { highWaterMark: 1024 * 1024 })) {
        hash.update(chunk);
        bytes += chunk.length;
    }
    return { digest: `sha256:${hash.digest("hex")}`, bytes };
}
function statOrUndefined(path) {
    return undefinedWhenMissing((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path, { bigint: true }));
}
async function undefinedWhenMissing(pending) {
    try {
        return await pending;
    }
    catch (error) {
        if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 73270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DI: () => (/* binding */ predictionsFilesName),
/* harmony export */   OJ: () => (/* binding */ partialFilesName),
/* harmony export */   c0: () => (/* binding */ runFilesName),
/* harmony export */   iO: () => (/* binding */ evidenceFilesName)
/* harmony export */ });
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89579);

/** A trained model with its begun evidence; the input hash in the name is how a later run finds it. */
function runFilesName(model, inputHash) {
    return `assay-run-${fileSafe(model)}-${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(inputHash, 16)}`;
}
/** What a training left behind that did not complete: for people, never found as a run. */
function partialFilesName(model, inputHash) {
    return `assay-partial-${fileSafe(model)}-${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .VK)(inputHash, 16)}`;
}
/** The sealed evidence of a model, nothing else: it is read by jobs that may write. */
function evidenceFilesName(model) {
    return `assay-evidence-${fileSafe(model)}`;
}
/** Predictions of the candidate on the test sets, kept beside the model on merge. */
function predictionsFilesName(model) {
    return `assay-predictions-${fileSafe(model)}`;
}
/** Model names may hold `/`, artifact names may not; `~` is in no model name, so names stay different. */
function fileSafe(model) {
    return model.replaceAll("/", "~");
}


/***/ }),

/***/ 7104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ usualMetrics),
/* harmony export */   JN: () => (/* binding */ metricApplies),
/* harmony export */   PB: () => (/* binding */ allMetrics),
/* harmony export */   vB: () => (/* binding */ tasks),
/* harmony export */   vL: () => (/* binding */ needsPositive)
/* harmony export */ });
/* harmony import */ var _evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29083);

const tasks = ["binary", "multiclass", "regression"];
const allMetrics = [...new Set(tasks.flatMap((task) => [...(0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .metricNames */ .Zv)(task)]))];
/** Whether a metric can be computed for a task with this positive label. */
function metricApplies(metric, task, positive) {
    const facts = (0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOfMetric */ .NY)(metric);
    return facts?.tasks.includes(task) === true && (positive !== undefined || !needsPositive(metric, task));
}
/** Whether `evaluate.positive` has to be there for it. */
function needsPositive(metric, task) {
    return task === "binary" && (0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .factsOfMetric */ .NY)(metric)?.positive === true;
}
/** What a person of the field looks at first, as far as it can be computed; shown where `assay.yml` names no metrics. */
function usualMetrics(task, positive) {
    return (0,_evaluation_metric_names_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultMetrics */ .Jn)(task).filter((metric) => metricApplies(metric, task, positive));
}


/***/ }),

/***/ 3997:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ parseSpec)
});

// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/src/spec/did-you-mean.js
/** The candidate that `word` was probably meant to be: at most a third of its letters away, swapped neighbours counting as one. */
function didYouMean(word, candidates) {
    if (word.length > 100)
        return undefined;
    const wanted = fold(word);
    let best;
    let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
    for (const candidate of candidates) {
        const distance = editDistance(wanted, fold(candidate));
        if (distance < bestDistance)
            [best, bestDistance] = [candidate, distance];
    }
    return best;
}
/** Case and the choice of `-`, `_` or a space are the commonest slips and cost nothing. */
function fold(word) {
    return word.toLowerCase().replaceAll(/[-_ ]/g, "-");
}
/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a, b) {
    let beforePrevious = [];
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
            let distance = Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
            if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
                distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
            }
            current.push(distance);
        }
        [beforePrevious, previous] = [previous, current];
    }
    return previous[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/src/spec/planned.js
/** What the design of `assay.yml` knows and this version does not do yet: told apart from mistakes, and never accepted in silence. */
const plannedKeys = {
    "models.*": ["drift", "promote"],
    "models.*.train": ["when", "gpus", "gpu-memory", "container"],
    "models.*.train.outputs": ["predictions"],
    "models.*.evaluate": ["primary", "group", "slices", "sensitive"],
    "models.*.data": ["pull", "public", "rules"],
    "models.*.gates.*": ["slice", "worst", "drift", "quality", "reported", "noise", "gpu-hours"],
};
const plannedValues = {
    baseline: (value) => typeof value === "string" && /^(stage:.+|v\d.*)$/.test(value),
    writer: (value) => value === "app",
    "models.*.task": (value) => value === "multilabel",
    "models.*.train.seeds": (value) => Array.isArray(value) && value.length > 1,
    "models.*.evaluate.metrics.*": (value) => typeof value === "object" && value !== null,
    "models.*.gates.*.metric": (value) => typeof value === "object" && value !== null,
};
/** @param parent path of the map that the key was found in */
function isPlannedKey(parent, key) {
    return plannedKeys[pattern(parent)]?.includes(key) ?? false;
}
function isPlannedValue(path, value) {
    return plannedValues[pattern(path)]?.(value) ?? false;
}
/** `["models", "fraud", "gates", 0]` → `models.*.gates.*`. */
function pattern(path) {
    return path
        .map((part, index) => (typeof part === "number" || (index === 1 && path[0] === "models") ? "*" : String(part)))
        .join(".");
}

;// CONCATENATED MODULE: ./build/src/spec/diagnose.js


const maxDiagnostics = 100;
/** Finding the place of one issue takes time proportional to the file, so a hostile file may not have any number of them. */
const maxIssues = 1_000;
/**
 * The schema's issues as mistakes with a place, the value that was found and what to write instead, in the file's order; at
 * most 100.
 * @param keysAt the keys that the schema knows in the map at a path
 */
function diagnose(issues, source, keysAt) {
    const considered = issues.slice(0, maxIssues).map(withFewKeys);
    const unknown = considered.filter((issue) => issue.code === "unrecognized_keys");
    const found = considered
        .filter((issue) => !isExplainedBy(unknown, issue, source.value, keysAt))
        .flatMap((issue) => (issue.code === "unrecognized_keys" ? unknownKeys(issue, source, keysAt) : [wrongValue(issue, source)]));
    found.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
    return found.slice(0, maxDiagnostics);
}
function withFewKeys(issue) {
    return issue.code === "unrecognized_keys" ? { ...issue, keys: issue.keys.slice(0, maxDiagnostics) } : issue;
}
/**
 * A key that is missing because it is misspelt is no second mistake; nor is what is odd about a map only because a key of it is
 * not supported yet.
 */
function isExplainedBy(unknown, issue, root, keysAt) {
    if (issue.code === "unrecognized_keys")
        return false;
    if (valueAt(root, issue.path) !== undefined) {
        return unknown.some(({ path, keys }) => samePath(path, issue.path) && keys.some((key) => isPlannedKey(path, key)));
    }
    const parent = issue.path.slice(0, -1);
    const missing = issue.code === "custom" && Array.isArray(issue.params?.anyOf) ? issue.params.anyOf : [issue.path.at(-1)];
    return unknown.some(({ path, keys }) => samePath(path, parent) && keys.some((key) => isPlannedKey(path, key) || missing.includes(didYouMean(key, keysAt(path)))));
}
function unknownKeys(issue, source, keysAt) {
    return issue.keys.map((key) => {
        const path = [...issue.path, key];
        const at = { position: source.position(path, { key: true }), path: dotted(path) };
        if (isPlannedKey(issue.path, key)) {
            return { ...at, message: `${JSON.stringify(key)} is not supported yet.`, fix: "Remove it for now." };
        }
        const known = keysAt(issue.path);
        const meant = didYouMean(key, known);
        const fix = meant ? `Did you mean ${meant}?` : `Known here: ${known.join(", ")}.`;
        return { ...at, message: `${show(key)} is not a key that is known here.`, fix };
    });
}
function wrongValue(issue, source) {
    if (issue.code === "invalid_key")
        return wrongKey(issue, source);
    const value = valueAt(source.value, issue.path);
    const stands = issue.code === "custom" && issue.params?.anyOf && value === undefined ? issue.path.slice(0, -1) : issue.path;
    const at = { position: source.position(issue.path), path: dotted(stands) };
    if (issue.code === "custom" && typeof issue.params?.fix === "string")
        return { ...at, message: issue.message, fix: issue.params.fix };
    const [be, fix] = wanted(issue);
    if (value === undefined)
        return { ...at, message: `${String(issue.path.at(-1))} is missing; it has to be ${be}.`, fix };
    if (isPlannedValue(issue.path, value))
        return { ...at, message: `${show(value)} is not supported yet.`, fix };
    const values = issue.code === "invalid_value" ? issue.values.filter((known) => typeof known === "string") : [];
    const meant = typeof value === "string" ? didYouMean(value, values) : undefined;
    return { ...at, message: `${show(value)} is not ${be}.`, fix: meant ? `Did you mean ${meant}?` : fix };
}
function wrongKey(issue, source) {
    const [first] = issue.issues;
    const [be, fix] = first ? wanted(first) : ["a valid name", "Rename it."];
    const position = source.position(issue.path, { key: true });
    return { position, path: dotted(issue.path), message: `${show(issue.path.at(-1))} is not ${be}.`, fix };
}
/** `must(be, fix)` put both into the issue's message. */
function wanted({ message }) {
    const [be = "valid", fix = "Write a value that is."] = message.split("\n");
    return [be, fix];
}
function show(value) {
    if (value === null)
        return "nothing";
    if (Array.isArray(value))
        return value.length === 0 ? "an empty list" : "a list";
    if (typeof value === "object")
        return "a map";
    const text = typeof value === "string" ? JSON.stringify(value) : String(value);
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
function dotted(path) {
    return path
        .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
        .join("")
        .replace(/^\./, "")
        .slice(0, 500);
}
function samePath(a, b) {
    return a.length === b.length && a.every((part, index) => part === b[index]);
}
function valueAt(root, path) {
    let value = root;
    for (const part of path) {
        if (typeof value !== "object" || value === null || !Object.hasOwn(value, part))
            return undefined;
        value = Reflect.get(value, part);
    }
    return value;
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(13798);
// EXTERNAL MODULE: ./build/src/evaluation/metric-names.js
var metric_names = __webpack_require__(29083);
// EXTERNAL MODULE: ./build/src/spec/metrics.js
var spec_metrics = __webpack_require__(7104);
;// CONCATENATED MODULE: ./build/src/spec/rule.js

/** One file is read once in a process: compiling its schemas would take longer than reading it by them. */
const once = { jitless: true };
/**
 * A check over several keys. It runs whenever the part that it reads is well formed, whatever else is wrong beside it,
 * so that all mistakes are found at once.
 */
function rule(reads, check) {
    return schemas/* superRefine */.zni((value, context) => {
        const read = reads.safeParse(value, once);
        if (!read.success)
            return;
        check(read.data, (path, message, fix, anyOf) => context.addIssue({ code: "custom", path, message, params: { fix, anyOf } }));
    }, { when: () => true });
}
/** One of `keys` has to be there, and no second one. */
function exactlyOne(keys, fix) {
    return rule(schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()), (value, report) => {
        const present = keys.filter((key) => value[key] !== undefined);
        const [, second] = present;
        if (second !== undefined)
            report([second], `Only one of ${keys.join(", ")} can be used; found ${present.join(" and ")}.`, fix);
        else if (present.length === 0)
            report([keys[0] ?? ""], `One of ${keys.join(", ")} is missing.`, fix, keys);
    });
}

;// CONCATENATED MODULE: ./build/src/spec/values.js

/**
 * The scalars of `assay.yml`. Every schema says in its own words what a value must be and what to write instead;
 * `explain` reads both back from the issue.
 */
function must(be, fix) {
    return { error: `${be}\n${fix}` };
}
/** Labels and column names come from data; they may hold anything but control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to refuse them.
const printable = /^[^\u0000-\u001f\u007f-\u009f]+$/;
const values_text = (be, example, max = 1_000) => {
    const wrong = must(be, `Write for example ${example}.`);
    return schemas/* string */.YjP(wrong).min(1, wrong).max(max, wrong).regex(printable, wrong);
};
const columnName = values_text("the name of a column", "customer_id", 200);
const command = schemas/* string */.YjP(must("a command", "Write for example python train.py."))
    .min(1, must("a command", "Write for example python train.py."))
    .max(10_000, must("a command of at most 10,000 characters", "Put it into a script."));
const relativePath = "^(?![/~])(?![A-Za-z]:)(?!(?:[^/]*/)*\\.\\.(?:/|$))[^\\\\\\u0000-\\u001f\\u007f]+$";
const pathOf = (be, example) => {
    const wrong = must(`${be} below the working directory, with / between its parts`, `Write for example ${example}, without .. or a leading /.`);
    return schemas/* string */.YjP(wrong).min(1, wrong).max(1_000, wrong).regex(new RegExp(relativePath), wrong);
};
const path = pathOf("a path", "data/test.csv");
const glob = pathOf("a path or glob", "src/**");
const list = (item, what, { min = 0, max = 100 } = {}) => schemas/* array */.YOg(item, must(`a list of ${what}`, "Write [one, two], or one a line after a dash."))
    .min(min, must(`a list of at least ${min} ${what}`, "Add one, or leave the key out."))
    .max(max, must(`a list of at most ${max} ${what}`, "Shorten it; a glob can stand for many paths."));
const numberFrom = (min, max = Number.MAX_VALUE) => {
    const wrong = must(max === Number.MAX_VALUE ? `a number of ${min} or more` : `a number from ${min} to ${max}`, "Write one that is.");
    return schemas/* number */.aig(wrong).min(min, wrong).max(max, wrong);
};
const wholeNumber = (min, max) => {
    const wrong = must(`a whole number from ${min} to ${max}`, "Write one that is.");
    return schemas/* int */.Whr(wrong).min(min, wrong).max(max, wrong);
};
const notALabel = must("a label", 'Write it as it stands in the data, in quotes if it is not a word: "1".');
/** A class label; whole numbers are read as text. */
const label = schemas/* union */.KCZ([schemas/* string */.YjP().min(1).max(200).regex(printable), schemas/* int */.Whr()], notALabel);
const maxTimeoutMinutes = 5 * 24 * 60;
const notADuration = must("a duration between 1 minute and 5 days", "Write for example 90m, 6h or 1h30m.");
const duration = schemas/* string */.YjP(notADuration)
    .regex(/^(?=\d)(\d{1,4}d)?(\d{1,4}h)?(\d{1,5}m)?$/, notADuration)
    .refine((value) => minutesOf(value) >= 1 && minutesOf(value) <= maxTimeoutMinutes, notADuration);
/** `1h30m` → 90. */
function minutesOf(value) {
    const of = (unit) => Number(new RegExp(`(\\d+)${unit}`).exec(value)?.[1] ?? 0);
    return (of("d") * 24 + of("h")) * 60 + of("m");
}
const notAnEnvName = must("the name of an environment variable that may be passed on", "Write a name such as HF_TOKEN; GITHUB_TOKEN and names that begin with ACTIONS_, INPUT_ or ASSAY_ are never passed on.");
const envName = schemas/* string */.YjP(notAnEnvName)
    .max(200, notAnEnvName)
    .regex(/^(?!(?:[Aa][Cc][Tt][Ii][Oo][Nn][Ss]|[Ii][Nn][Pp][Uu][Tt]|[Aa][Ss][Ss][Aa][Yy])_)(?!(?:[Gg][Ii][Tt][Hh][Uu][Bb]_[Tt][Oo][Kk][Ee][Nn])$)[A-Za-z_][A-Za-z0-9_]*$/, notAnEnvName);
const notAnOwner = must("a GitHub login or team", 'Write "@login" or "@organisation/team", in quotes.');
const owner = schemas/* string */.YjP(notAnOwner)
    .regex(/^@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\/[A-Za-z0-9_][A-Za-z0-9_-]{0,99})?$/, notAnOwner);
/** GTO's `name`: it becomes part of tags such as `fraud@v1.2.0`, so nothing that git refuses in one, such as `//`. */
const modelName = schemas/* string */.YjP()
    .regex(/^(?!.*\/\/)[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]{0,98}[a-zA-Z0-9])?$/, must("a model's name of at most 100 letters, digits, -, _ or /, with a letter or digit at both ends", "Rename it, for example fraud or risk/fraud."));

;// CONCATENATED MODULE: ./build/src/spec/evaluate-schema.js




const predict = schemas/* strictObject */.rej({
    onnx: path.optional().meta({ description: "ONNX file among the model's files; Assay scores it." }),
    features: list(columnName, "column names", { min: 1, max: 10_000 })
        .optional()
        .meta({ description: "Columns that the ONNX model reads, in order. Default: every column but id and target." }),
    run: command
        .regex(/^(?=[\s\S]*\{model\})(?=[\s\S]*\{data\})(?=[\s\S]*\{out\})/, must("a command with {model}, {data} and {out} in it", "Write python predict.py --model {model} --data {data} --out {out}."))
        .optional()
        .meta({ description: "Command that reads the model at {model} and the rows at {data} and writes predictions to {out}." }),
}, must("a map that says how rows are scored", "Write {onnx: model.onnx}."))
    .check(exactlyOne(["onnx", "run"], "Write {onnx: model.onnx} or {run: a command}."), rule(schemas/* object */.Ikc({ run: schemas/* string */.YjP(), features: schemas/* array */.YOg(schemas/* unknown */.L5J()) }), (_, report) => report(["features"], "A predict command chooses its own columns.", "Remove features.")))
    .meta({
    description: "How rows are scored. Default with trainer: tfjs: by that model; otherwise it has to be said.",
    oneOf: [{ required: ["onnx"] }, { required: ["run"], not: { required: ["features"] } }],
});
const evaluateSchema = schemas/* strictObject */.rej({
    data: path.meta({ description: "The test table (CSV, Parquet or JSON); a .dvc file stands for the file it names." }),
    id: columnName
        .optional()
        .meta({ description: "Column that names a row. Default: the row's number and the test set's digest." }),
    target: columnName.meta({ description: "Column with the truth." }),
    positive: label.optional().meta({ description: "Binary tasks: the label that counts as positive." }),
    classes: list(label, "labels", { min: 2, max: 1_000 }).optional().meta({
        description: "Labels in the order of the model's outputs, such as scikit-learn's model.classes_. Default: as the model says; an ONNX file often does not.",
    }),
    predict: predict.optional(),
    metrics: list(schemas/* enum */.k5n(spec_metrics/* allMetrics */.PB, must("a metric", `Write one of ${spec_metrics/* allMetrics */.PB.join(", ")}.`)), "metrics", { min: 1 })
        .optional()
        .meta({
        description: "Metrics computed from the predictions. Default: those of the gates and the usual ones of the task.",
    }),
}, must("a map that says how the model is evaluated", "Write {data: data/test.csv, target: label}."))
    .meta({ description: "How the model is evaluated." });

;// CONCATENATED MODULE: ./build/src/spec/gate-schema.js




const gateKinds = ["no-worse-than", "better-than", "at-least", "at-most"];
const limit = schemas/* number */.aig(must("a number", "Write for example 0.8."));
const margin = numberFrom(0);
const gateSchema = schemas/* strictObject */.rej({
    metric: schemas/* enum */.k5n(spec_metrics/* allMetrics */.PB, must("a metric", `Write one of ${spec_metrics/* allMetrics */.PB.join(", ")}.`))
        .meta({ description: "The metric that is judged." }),
    "no-worse-than": margin
        .optional()
        .meta({ description: "The change may be worse than the baseline by less than this, in the metric's own units." }),
    "better-than": margin.optional().meta({ description: "The change has to be better than the baseline by more than this." }),
    "at-least": limit.optional().meta({ description: "Lowest value of the candidate." }),
    "at-most": limit.optional().meta({ description: "Highest value of the candidate." }),
}, must("a gate", "Write {metric: accuracy, no-worse-than: 0.01}."))
    .check(exactlyOne(gateKinds, "Write for example {metric: accuracy, no-worse-than: 0.01}; each rule is a gate of its own."))
    .meta({ oneOf: gateKinds.map((kind) => ({ required: [kind] })) });

;// CONCATENATED MODULE: ./build/src/spec/recipe-schema.js



const columns = list(columnName, "column names", { max: 10_000 });
const features = schemas/* strictObject */.rej({
    numeric: columns.optional().meta({ description: "Columns of numbers; they are standardised.", default: [] }),
    categorical: columns.optional().meta({ description: "Columns of categories; they are one-hot encoded.", default: [] }),
}, must("a map of feature columns", "Write {numeric: [...], categorical: [...]}."))
    .meta({ description: "The columns that the model reads." });
const missing = schemas/* strictObject */.rej({
    numeric: schemas/* enum */.k5n(["median", "mean", "drop-row"], must("median, mean or drop-row", "Write one of these.")).optional().meta({
        description: "Fill with the training rows' median or mean, or leave such rows out of training.",
        default: "median",
    }),
    categorical: schemas/* enum */.k5n(["most-frequent", "own-category", "drop-row"], must("most-frequent, own-category or drop-row", "Write one of these."))
        .optional()
        .meta({
        description: "Fill with the commonest category, treat missing as a category, or leave such rows out of training.",
        default: "most-frequent",
    }),
}, must("a map", "Write {numeric: median, categorical: most-frequent}."))
    .meta({ description: "What to do with missing values." });
const recipe_schema_layer = schemas/* strictObject */.rej({
    dense: wholeNumber(1, 4_096).optional().meta({ description: "A fully connected layer of so many units." }),
    activation: schemas/* enum */.k5n(["relu", "tanh", "sigmoid", "linear"], must("relu, tanh, sigmoid or linear", "Write one of these."))
        .optional()
        .meta({ description: "Activation of a dense layer.", default: "relu" }),
    dropout: numberFrom(0, 0.99).optional().meta({ description: "Share of the units that are dropped at random in training." }),
}, must("a layer", "Write {dense: 16, activation: relu} or {dropout: 0.2}."))
    .check(exactlyOne(["dense", "dropout"], "Write {dense: 16} or {dropout: 0.2}."), rule(schemas/* object */.Ikc({ dropout: schemas/* number */.aig(), activation: schemas/* string */.YjP() }), (_, report) => report(["activation"], "A dropout layer has no activation.", "Remove activation.")))
    .meta({ oneOf: [{ required: ["dense"] }, { required: ["dropout"], not: { required: ["activation"] } }] });
const learningRate = numberFrom(1e-9, 100).optional();
const optimizer = schemas/* strictObject */.rej({
    adam: learningRate.meta({ description: "Adam with this learning rate." }),
    sgd: learningRate.meta({ description: "Stochastic gradient descent with this learning rate." }),
    rmsprop: learningRate.meta({ description: "RMSProp with this learning rate." }),
}, must("an optimiser with its learning rate", "Write {adam: 0.01}."))
    .check(exactlyOne(["adam", "sgd", "rmsprop"], "Write {adam: 0.01}."))
    .meta({ minProperties: 1, maxProperties: 1, description: "The optimiser and its learning rate.", default: { adam: 0.01 } });
const recipeSchema = schemas/* strictObject */.rej({
    data: path.meta({ description: "The training table (CSV, Parquet or JSON); it counts as an input by itself." }),
    target: columnName.meta({ description: "Column to predict." }),
    features,
    missing: missing.optional(),
    layers: list(recipe_schema_layer, "layers", { max: 50 })
        .optional()
        .meta({ description: "Hidden layers, in order; without any the model is linear.", default: [] }),
    optimizer: optimizer.optional(),
    epochs: wholeNumber(1, 10_000).optional().meta({ description: "Passes over the training rows.", default: 50 }),
    "batch-size": wholeNumber(1, 1_000_000).optional().meta({ description: "Rows a step.", default: 32 }),
    "early-stopping": schemas/* strictObject */.rej({
        patience: wholeNumber(1, 10_000).meta({
            description: "Epochs without a lower validation loss before training stops.",
        }),
    }, must("a map", "Write {patience: 8}."))
        .optional()
        .meta({ description: "Stop when the validation loss no longer falls; needs validation." }),
    validation: numberFrom(0, 0.9)
        .optional()
        .meta({ description: "Share of the training rows held out to watch the loss.", default: 0 }),
    seed: wholeNumber(0, 2_147_483_647)
        .optional()
        .meta({ description: "Seed of the weights and the row order; default: the first of train.seeds." }),
}, must("a recipe", "Write a map with data, target and features."))
    .check(rule(schemas/* object */.Ikc({ "early-stopping": schemas/* object */.Ikc({}), validation: schemas/* literal */.euz(0).optional() }), (_, report) => report(["early-stopping"], "Early stopping watches the validation loss, and no rows are held out.", "Add validation: 0.2.")), rule(schemas/* object */.Ikc({
    target: schemas/* string */.YjP(),
    features: schemas/* object */.Ikc({ numeric: schemas/* array */.YOg(schemas/* unknown */.L5J()).default([]), categorical: schemas/* array */.YOg(schemas/* unknown */.L5J()).default([]) }),
}), ({ target, features: { numeric, categorical } }, report) => {
    if (numeric.length + categorical.length === 0) {
        report(["features"], "The recipe has no feature.", "Name at least one column under numeric or categorical.");
    }
    const seen = new Set([target]);
    for (const [kind, names] of Object.entries({ numeric, categorical })) {
        for (const [index, name] of names.entries()) {
            if (seen.has(name)) {
                const why = name === target ? "is the target" : "is named twice";
                report(["features", kind, index], `The column ${JSON.stringify(name)} ${why}.`, "Remove it here.");
            }
            seen.add(name);
        }
    }
}))
    .meta({ description: "A table trained by Assay itself." });

;// CONCATENATED MODULE: ./build/src/spec/train-schema.js




const runnerLabel = values_text("a runner's label", "ubuntu-latest", 200);
const paramsFile = schemas/* union */.KCZ([
    path,
    schemas/* record */.g1P(path, list(values_text("a dotted path into the file", "train.learning_rate", 500), "keys", { min: 1, max: 1_000 }))
        .meta({ minProperties: 1, maxProperties: 1 })
        .refine((value) => Object.keys(value).length === 1),
], must("a parameter file", "Write params.yaml, or params.yaml: [train.lr] if only these keys count."));
const inputs = schemas/* strictObject */.rej({
    code: list(glob, "paths or globs", { min: 1, max: 200 }).optional().meta({
        description: "Files whose change means a new training. Default: every tracked file of the working directory that is not Markdown, assay.yml, test data or named below.",
    }),
    data: list(glob, "paths or globs", { max: 200 })
        .optional()
        .meta({ description: "Training data in git, LFS or DVC; its content id is read without a download.", default: [] }),
    params: list(paramsFile, "parameter files")
        .optional()
        .meta({ description: "YAML or JSON files of parameters; with a list of keys only these count.", default: [] }),
    environment: list(glob, "paths or globs")
        .optional()
        .meta({ description: "Files that pin the environment, such as requirements.txt.", default: [] }),
}, must("a map of inputs", "Write {data: [data/train.csv]}."))
    .meta({ description: "What determines a training; a change in it means a new one.", default: {} });
const outputs = schemas/* strictObject */.rej({
    model: path.optional().meta({
        description: "The trained model, a file or a folder; looked for in ASSAY_OUTPUT_DIR, then in the working directory. Default: the file of evaluate.predict.onnx.",
    }),
    metrics: path
        .optional()
        .meta({ description: "JSON file of numbers that the trainer reports itself; shown as self-reported." }),
}, must("a map of outputs", "Write {model: model.onnx}."))
    .meta({ description: "What the training command writes." });
const oneSeed = must("a list of one seed", "Write for example seeds: [1].");
const trainSchema = schemas/* strictObject */.rej({
    run: command.optional().meta({ description: "Command that trains the model, run by bash in the working directory." }),
    trainer: schemas/* literal */.euz("tfjs", must("tfjs", "Write trainer: tfjs, or run: with a command of your own."))
        .optional()
        .meta({ description: "Train with TensorFlow.js inside Assay, by a recipe or a module." }),
    recipe: recipeSchema.optional(),
    module: path
        .optional()
        .meta({ description: "JavaScript module that exports train; for trainer: tfjs in place of a recipe." }),
    backend: schemas/* enum */.k5n(["auto", "tensorflow", "wasm", "cpu"], must("auto, tensorflow, wasm or cpu", "Write one of these."))
        .optional()
        .meta({ description: "TensorFlow.js backend; auto takes the fastest that loads.", default: "auto" }),
    setup: list(command, "commands", { max: 50 })
        .optional()
        .meta({ description: "Commands run in the working directory before a training.", default: [] }),
    "working-directory": path
        .optional()
        .meta({ description: "The model's folder; all its paths and commands start there.", default: "." }),
    inputs: inputs.optional(),
    outputs: outputs.optional(),
    runner: schemas/* union */.KCZ([runnerLabel, list(runnerLabel, "runner labels", { min: 1, max: 20 })], must("a runner's label or a list of them", "Write [self-hosted, gpu]."))
        .optional()
        .meta({ description: "Labels of the runner that trains.", default: ["ubuntu-latest"] }),
    timeout: duration.optional().meta({ description: "Longest time for a training, at most 5 days.", default: "6h" }),
    seeds: schemas/* array */.YOg(wholeNumber(0, 2_147_483_647), oneSeed)
        .length(1, oneSeed)
        .optional()
        .meta({ description: "Seed of the training, given as ASSAY_SEED; one so far.", default: [1] }),
    env: list(envName, "names of environment variables")
        .optional()
        .meta({ description: "Names of environment variables passed on to setup, training and predict commands.", default: [] }),
}, must("a map that says how the model is trained", "Write {run: python train.py}."))
    .check(exactlyOne(["run", "trainer"], "Write run: with your own command, or trainer: tfjs with a recipe."), rule(schemas/* object */.Ikc({
    run: schemas/* undefined */.Vxk().optional(),
    trainer: schemas/* literal */.euz("tfjs"),
    recipe: schemas/* unknown */.L5J().optional(),
    module: schemas/* unknown */.L5J().optional(),
}), ({ recipe, module }, report) => {
    if (recipe === undefined && module === undefined)
        report(["recipe"], "recipe or module is missing.", "Add a recipe with data, target and features.");
    if (recipe !== undefined && module !== undefined)
        report(["module"], "Both recipe and module are there.", "Keep one of them.");
}), rule(schemas/* object */.Ikc({ trainer: schemas/* undefined */.Vxk().optional(), run: schemas/* string */.YjP() }).loose(), (value, report) => {
    for (const key of ["recipe", "module", "backend"]) {
        if (value[key] !== undefined)
            report([key], "This key has an effect only with trainer: tfjs.", `Remove ${key}, or replace run by trainer: tfjs.`);
    }
}), rule(schemas/* object */.Ikc({ trainer: schemas/* literal */.euz("tfjs"), outputs: schemas/* object */.Ikc({}) }), (_, report) => report(["outputs"], "The tfjs trainer knows what it writes.", "Remove outputs.")), rule(schemas/* object */.Ikc({ seeds: schemas/* tuple */.PVZ([schemas/* int */.Whr()]), recipe: schemas/* object */.Ikc({ seed: schemas/* int */.Whr() }) }), ({ seeds: [seed], recipe }, report) => {
    if (recipe.seed !== seed)
        report(["recipe", "seed"], `The seed is ${recipe.seed} here and ${seed} in train.seeds.`, "Keep one of them.");
}))
    .meta({
    description: "How the model is trained.",
    oneOf: [
        { required: ["run"], not: { required: ["trainer"] } },
        { required: ["trainer", "recipe"] },
        { required: ["trainer", "module"] },
    ],
    dependencies: { recipe: ["trainer"], module: ["trainer"], backend: ["trainer"], outputs: ["run"] },
});

;// CONCATENATED MODULE: ./build/src/spec/schema.js








/**
 * `assay.yml` as people write it: the shape, the words that explain it in editors and in the reference, and the rules between
 * its keys. It accepts only what has an effect. Defaults are filled in by `resolve`; here they are named for readers.
 */
const task = schemas/* enum */.k5n(spec_metrics/* tasks */.vB, must("a task", `Write one of ${spec_metrics/* tasks */.vB.join(", ")}.`))
    .meta({ description: "What the model predicts: one of two labels, one of several, or a number." });
const modelSchema = schemas/* strictObject */.rej({
    task,
    owners: list(owner, "owners", { min: 1, max: 50 })
        .optional()
        .meta({ description: 'People and teams who decide about the model: ["@acme/risk"].', default: [] }),
    train: trainSchema,
    evaluate: evaluateSchema,
    data: schemas/* strictObject */.rej({
        unpinned: schemas/* enum */.k5n(["fail", "train"], must("fail or train", "Write one of these.")).optional().meta({
            description: "What to do with training data that has no content id: refuse, or train every time.",
            default: "fail",
        }),
    }, must("a map", "Write {unpinned: fail}."))
        .optional()
        .meta({ description: "How training data is treated.", default: {} }),
    gates: list(gateSchema, "gates", { max: 500 })
        .optional()
        .meta({ description: "Rules that a change has to keep.", default: [] }),
}, must("a map that describes a model", "Write task, train and evaluate below it."))
    .check(rule(schemas/* object */.Ikc({
    task: schemas/* enum */.k5n(spec_metrics/* tasks */.vB),
    evaluate: schemas/* object */.Ikc({ metrics: schemas/* array */.YOg(schemas/* unknown */.L5J()).default([]) }).catch({ metrics: [] }),
    gates: schemas/* array */.YOg(schemas/* looseObject */._H3({}).catch({})).catch([]),
}), ({ task, evaluate: { metrics }, gates }, report) => {
    const used = [
        ...metrics.map((metric, index) => ({ metric, path: ["evaluate", "metrics", index] })),
        ...gates.map((gate, index) => ({ metric: gate.metric, path: ["gates", index, "metric"] })),
    ];
    for (const { metric, path } of used) {
        const facts = typeof metric === "string" ? (0,metric_names/* factsOfMetric */.NY)(metric) : undefined;
        if (facts === undefined || facts.tasks.includes(task))
            continue;
        report(path, `${metric} is a metric of ${facts.tasks.join(" and ")} tasks, and this task is ${task}.`, `Write one of ${(0,metric_names/* metricNames */.Zv)(task).join(", ")}.`);
    }
}), rule(schemas/* object */.Ikc({
    task: schemas/* literal */.euz("binary"),
    evaluate: schemas/* object */.Ikc({ positive: schemas/* undefined */.Vxk().optional(), metrics: schemas/* array */.YOg(schemas/* unknown */.L5J()).catch([]) }),
    gates: schemas/* array */.YOg(schemas/* looseObject */._H3({}).catch({})).catch([]),
}), ({ evaluate: { metrics }, gates }, report) => {
    const needing = [...metrics, ...gates.map(({ metric }) => metric)].find((metric) => typeof metric === "string" && (0,spec_metrics/* needsPositive */.vL)(metric, "binary"));
    if (needing === undefined)
        return;
    report(["evaluate", "positive"], `positive is missing, and ${needing} needs it.`, 'Add the label that counts as positive, such as positive: "1".');
}), rule(schemas/* object */.Ikc({ task: schemas/* enum */.k5n(["multiclass", "regression"]), evaluate: schemas/* object */.Ikc({ positive: schemas/* unknown */.L5J().optional() }) }), ({ task, evaluate }, report) => {
    if (evaluate.positive !== undefined)
        report(["evaluate", "positive"], `A ${task} task has no positive label.`, "Remove positive.");
}), rule(schemas/* object */.Ikc({ task: schemas/* enum */.k5n(spec_metrics/* tasks */.vB), evaluate: schemas/* object */.Ikc({ classes: schemas/* array */.YOg(label), positive: label.optional() }) }), ({ task, evaluate: { classes, positive } }, report) => {
    const names = classes.map(String);
    const at = ["evaluate", "classes"];
    if (task === "regression")
        report(at, "A regression task has no classes.", "Remove classes.");
    else if (new Set(names).size < names.length)
        report(at, "A label is named twice.", "Name each label once.");
    else if (task === "binary" && names.length !== 2)
        report(at, `A binary task has 2 classes, not ${names.length}.`, "Name both labels, or write task: multiclass.");
    else if (positive !== undefined && !names.includes(String(positive))) {
        report(["evaluate", "positive"], `${JSON.stringify(positive)} is not among the classes ${names.join(", ")}.`, "Write one of them.");
    }
}), rule(schemas/* object */.Ikc({ train: schemas/* object */.Ikc({ run: schemas/* string */.YjP() }), evaluate: schemas/* object */.Ikc({ predict: schemas/* undefined */.Vxk().optional() }) }), (_, report) => report(["evaluate", "predict"], "predict is missing: a model trained by a command says how it is scored.", "Add predict: {onnx: model.onnx}, or {run: a command}.")), rule(schemas/* object */.Ikc({
    train: schemas/* object */.Ikc({ run: schemas/* string */.YjP(), outputs: schemas/* object */.Ikc({ model: schemas/* undefined */.Vxk().optional() }).optional() }),
    evaluate: schemas/* object */.Ikc({ predict: schemas/* object */.Ikc({ run: schemas/* string */.YjP() }) }),
}), (_, report) => report(["train", "outputs", "model"], "outputs.model is missing: where the command leaves the model.", "Add outputs: {model: the file or folder}.")), rule(schemas/* object */.Ikc({ gates: schemas/* array */.YOg(gateSchema.nullable().catch(null)) }), ({ gates }, report) => {
    const seen = new Set();
    for (const [index, gate] of gates.entries()) {
        const kind = gateKinds.find((name) => gate?.[name] !== undefined);
        const what = `${gate?.metric} ${kind}`;
        if (gate && seen.has(what))
            report(["gates", index], `There is already a gate ${what}.`, "Keep one of them.");
        seen.add(what);
    }
}))
    .meta({ description: "A model: how it is trained, evaluated and judged." });
const specSchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1, must("the version of this format", "Write version: 1."))
        .meta({ description: "Version of this format." }),
    baseline: schemas/* literal */.euz("base", must("a baseline", "Write base, or leave the key out."))
        .optional()
        .meta({ description: "What a change is compared with: base, the commit that it merges into.", default: "base" }),
    writer: schemas/* literal */.euz("action", must("a writer", "Write action, or leave the key out."))
        .optional()
        .meta({ description: "Who writes the comment and the check.", default: "action" }),
    "on-inconclusive": schemas/* enum */.k5n(["block", "allow"], must("block or allow", "Write one of these."))
        .optional()
        .meta({ description: "Whether a change that could be neither shown good nor bad may be merged.", default: "block" }),
    models: schemas/* record */.g1P(modelName, modelSchema, must("a map of models by name", "Write models: and a name below it."))
        .refine((models) => Object.keys(models).length > 0, must("a map of at least one model", "Add a model."))
        .refine((models) => Object.keys(models).length <= 100, must("a map of at most 100 models", "Split the repository's models."))
        .meta({ description: "The models of the repository, by name.", minProperties: 1, maxProperties: 100 }),
}, must("a map with version and models", "Write version: 1 and models: below it."))
    .meta({ title: "assay.yml", description: "Models of a repository: how they are trained, evaluated and judged." });

;// CONCATENATED MODULE: ./build/src/spec/keys.js


/** The keys that the schema knows in the map at a path; empty where there is no such map. */
function keysAt(path) {
    let schema = specSchema;
    for (const part of path)
        schema = child(unwrapped(schema), part);
    const map = unwrapped(schema);
    return map instanceof schemas/* ZodObject */.bvH ? Object.keys(map.shape) : [];
}
function child(schema, part) {
    if (schema instanceof schemas/* ZodObject */.bvH)
        return schema.shape[String(part)];
    if (schema instanceof schemas/* ZodRecord */.b8S)
        return schema.valueType;
    if (schema instanceof schemas/* ZodArray */.naA)
        return schema.element;
    return undefined;
}
function unwrapped(schema) {
    return schema instanceof schemas/* ZodOptional */.IiU ? unwrapped(schema.unwrap()) : schema;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/src/spec/resolve.js




/** A file that follows the schema, with its defaults filled in. */
function resolveSpec(authored, path, position) {
    const models = Object.entries(authored.models).map(([name, model]) => [
        name,
        resolveModel(name, model, position),
    ]);
    return {
        path,
        baseline: "base",
        writer: "action",
        onInconclusive: authored["on-inconclusive"] ?? "block",
        models: new Map(models),
    };
}
function resolveModel(name, model, position) {
    const gates = (model.gates ?? []).map((gate, index) => resolveGate(gate, position(["models", name, "gates", index])));
    return {
        name,
        position: position(["models", name], { key: true }),
        task: model.task,
        owners: model.owners ?? [],
        train: resolveTrain(model),
        evaluate: resolveEvaluate(model, gates),
        data: { unpinned: model.data?.unpinned ?? "fail" },
        gates,
    };
}
function resolveTrain({ train, evaluate }) {
    const inputs = train.inputs ?? {};
    const seeds = train.seeds ?? [train.recipe?.seed ?? 1];
    const recipe = train.recipe && resolveRecipe(train.recipe, seeds[0] ?? 1);
    const data = (inputs.data ?? []).map(normalised);
    return {
        trainer: resolveTrainer(train, recipe),
        setup: train.setup ?? [],
        workingDirectory: normalised(train["working-directory"] ?? "."),
        inputs: {
            code: inputs.code?.map(normalised),
            data: recipe && !data.includes(recipe.data) ? [recipe.data, ...data] : data,
            params: (inputs.params ?? []).flatMap(resolveParams),
            environment: (inputs.environment ?? []).map(normalised),
        },
        outputs: {
            model: normalised(train.outputs?.model ?? evaluate.predict?.onnx ?? "model.json"),
            metrics: train.outputs?.metrics && normalised(train.outputs.metrics),
        },
        runner: typeof train.runner === "string" ? [train.runner] : (train.runner ?? ["ubuntu-latest"]),
        timeoutMinutes: minutesOf(train.timeout ?? "6h"),
        seeds,
        env: train.env ?? [],
    };
}
function resolveTrainer(train, recipe) {
    if (train.run !== undefined)
        return { kind: "command", run: train.run };
    const how = recipe ? { recipe } : { module: normalised(train.module ?? "") };
    return { kind: "tfjs", backend: train.backend ?? "auto", how };
}
function resolveRecipe(recipe, seed) {
    return {
        data: normalised(recipe.data),
        target: recipe.target,
        features: { numeric: recipe.features.numeric ?? [], categorical: recipe.features.categorical ?? [] },
        missing: { numeric: recipe.missing?.numeric ?? "median", categorical: recipe.missing?.categorical ?? "most-frequent" },
        layers: (recipe.layers ?? []).map(({ dense, activation, dropout }) => dense === undefined
            ? { kind: "dropout", rate: dropout ?? 0 }
            : { kind: "dense", units: dense, activation: activation ?? "relu" }),
        optimizer: resolveOptimizer(recipe.optimizer ?? { adam: 0.01 }),
        batchSize: recipe["batch-size"] ?? 32,
        epochs: recipe.epochs ?? 50,
        earlyStopping: recipe["early-stopping"],
        validation: recipe.validation ?? 0,
        seed,
    };
}
function resolveOptimizer({ adam, sgd, rmsprop }) {
    if (sgd !== undefined)
        return { kind: "sgd", learningRate: sgd };
    if (rmsprop !== undefined)
        return { kind: "rmsprop", learningRate: rmsprop };
    return { kind: "adam", learningRate: adam ?? 0.01 };
}
function resolveParams(params) {
    if (typeof params === "string")
        return [{ path: normalised(params), keys: undefined }];
    return Object.entries(params).map(([path, keys]) => ({ path: normalised(path), keys }));
}
function resolveEvaluate({ task, evaluate }, gates) {
    const positive = evaluate.positive === undefined ? undefined : String(evaluate.positive);
    const metrics = [...(evaluate.metrics ?? []), ...gates.map(({ metric }) => metric)];
    if (evaluate.metrics === undefined)
        metrics.push(...(0,spec_metrics/* usualMetrics */.AU)(task, positive));
    return {
        data: normalised(evaluate.data),
        id: evaluate.id,
        target: evaluate.target,
        positive,
        classes: evaluate.classes?.map(String),
        predict: resolvePredict(evaluate.predict),
        metrics: [...new Set(metrics)],
    };
}
function resolvePredict(predict) {
    if (predict?.onnx !== undefined)
        return { kind: "onnx", path: normalised(predict.onnx), features: predict.features };
    if (predict?.run !== undefined)
        return { kind: "command", run: predict.run };
    return { kind: "tfjs" };
}
function resolveGate(gate, position) {
    const kind = gateKinds.find((name) => gate[name] !== undefined) ?? "no-worse-than";
    const value = gate[kind] ?? 0;
    const { metric } = gate;
    return kind === "no-worse-than" || kind === "better-than"
        ? { position, metric, kind, margin: value }
        : { position, metric, kind, limit: value };
}
/** `./a//b` → `a/b`: one spelling for one file. */
function normalised(path) {
    return external_node_path_.posix.normalize(path).replace(/(?<=.)\/$/, "");
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/src/spec/yaml-source.js


const maxBytes = 1_048_576;
/** How many nodes all aliases of a file may stand for: `yaml`'s own guard against alias bombs. */
const maxAliasCount = 1_000;
/** @throws ConfigError for a file that is too large, is not YAML, repeats a key or hides an alias bomb */
function readYaml(text, file) {
    const refuse = (diagnostics) => new errors/* ConfigError */.xL(diagnostics.map((diagnostic) => ({ path: "", ...diagnostic })));
    const start = { file, line: 1, column: 1 };
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) {
        throw refuse([
            {
                position: start,
                message: `The file has ${bytes} bytes, more than ${maxBytes}.`,
                fix: "Keep settings here and data elsewhere.",
            },
        ]);
    }
    const at = locator(text, file);
    let document;
    try {
        // Duplicates are looked for below: the library's own search takes quadratic time.
        document = (0,dist/* parseDocument */.Tp)(text, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
    }
    catch (error) {
        if (!(error instanceof RangeError))
            throw error;
        throw refuse([{ position: start, message: "The file is nested too deeply to read.", fix: "Use fewer levels." }]);
    }
    const mistakes = [...document.errors, ...document.warnings].map((error) => ({
        position: at(error.pos[0]),
        message: `This is not YAML: ${error.message.replaceAll(/\s+/g, " ")}.`.replace(/\.+$/, "."),
        fix: "Mend the syntax here; indentation is by spaces.",
    }));
    if (mistakes.length > 0)
        throw refuse(mistakes.slice(0, 20));
    const duplicates = duplicateKeys(document).map(({ key, offset, first }) => ({
        position: at(offset),
        message: `The key ${JSON.stringify(key)} is written twice; first on line ${at(first).line}.`,
        fix: "Keep one of them.",
    }));
    if (duplicates.length > 0)
        throw refuse(duplicates.slice(0, 20));
    let value;
    try {
        value = document.toJS({ maxAliasCount });
    }
    catch (error) {
        if (!(error instanceof ReferenceError || error instanceof RangeError))
            throw error;
        throw refuse([
            { position: start, message: `The aliases cannot be resolved: ${error.message}.`, fix: "Write the values out." },
        ]);
    }
    return { value, position: (path, options) => at(offsetOf(document, path, options?.key ?? false)) };
}
/** Places by offset. The library's own line counter loses lines where it recovers from a mistake. */
function locator(text, file) {
    const starts = [0, ...text.matchAll(/\n/g).map(({ index }) => index + 1)];
    return (offset) => {
        const within = Math.min(offset, text.length);
        let [low, high] = [0, starts.length - 1];
        while (low < high) {
            const middle = Math.ceil((low + high) / 2);
            if ((starts[middle] ?? 0) <= within)
                low = middle;
            else
                high = middle - 1;
        }
        return { file, line: low + 1, column: within - (starts[low] ?? 0) + 1 };
    };
}
function duplicateKeys(document) {
    const found = [];
    (0,dist/* visit */.YR)(document, {
        Map(_, map) {
            const seen = new Map();
            for (const { key } of map.items) {
                if (!(0,dist/* isScalar */.jn)(key))
                    continue;
                const name = String(key.value);
                const offset = key.range?.[0] ?? 0;
                const first = seen.get(name);
                if (first === undefined)
                    seen.set(name, offset);
                else
                    found.push({ key: name, offset, first });
            }
        },
    });
    return found;
}
function offsetOf(document, path, wantsKey) {
    let node = document.contents;
    let keyOffset = startOf(node) ?? 0;
    for (const part of path) {
        if ((0,dist/* isAlias */.Vj)(node))
            node = node.resolve(document);
        let next;
        if ((0,dist/* isMap */.jh)(node)) {
            const pair = node.items.find(({ key }) => (0,dist/* isScalar */.jn)(key) && String(key.value) === String(part));
            if (!(0,dist/* isPair */.tO)(pair))
                return keyOffset;
            keyOffset = startOf(pair.key) ?? keyOffset;
            next = pair.value;
        }
        else if ((0,dist/* isSeq */.oP)(node) && typeof part === "number" && part < node.items.length) {
            next = node.items[part];
            keyOffset = startOf(next) ?? keyOffset;
        }
        else {
            return keyOffset;
        }
        node = next;
    }
    return wantsKey ? keyOffset : (startOf(node) ?? keyOffset);
}
function startOf(node) {
    return (0,dist/* isNode */.Ll)(node) ? node.range?.[0] : undefined;
}

;// CONCATENATED MODULE: ./build/src/spec/parse-spec.js







/**
 * Reads `assay.yml`.
 * @param path where the file is in the repository, for messages
 * @throws ConfigError with every mistake of the file at once
 */
function parseSpec(text, path) {
    const source = readYaml(text, path);
    const result = specSchema.safeParse(source.value, once);
    if (!result.success)
        throw new errors/* ConfigError */.xL(diagnose(result.error.issues, source, keysAt));
    return resolveSpec(result.data, path, source.position);
}


/***/ }),

/***/ 88613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ dataFile),
/* harmony export */   y: () => (/* binding */ inRepository)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

/** A path of a model as the repository knows it: joined to the model's working directory and normalised. */
function inRepository(model, path) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(model.train.workingDirectory, path);
}
/** The file that a `.dvc` file stands for: `x.parquet.dvc` → `x.parquet`. Other paths are themselves. */
function dataFile(path) {
    return path.endsWith(".dvc") ? path.slice(0, -".dvc".length) : path;
}


/***/ })

};
