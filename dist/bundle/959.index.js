export const id = 959;
export const ids = [959];
export const modules = {

/***/ 65221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ failureOf)
/* harmony export */ });
/** Why a run has no result, for people; undefined when it has one. */
function failureOf(evidence) {
    const training = evidence.trainings.find(({ outcome }) => outcome !== "completed");
    if (training)
        return training.message ?? `Training ended as ${training.outcome}.`;
    if (evidence.evaluationFailure)
        return evidence.evaluationFailure.message;
    return evidence.evaluations.find(({ role }) => role === "current")?.candidateMissing;
}


/***/ }),

/***/ 3978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QL: () => (/* binding */ keepSealed),
/* harmony export */   Zj: () => (/* binding */ predictionsFile),
/* harmony export */   rS: () => (/* binding */ evidenceText)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89579);
/* harmony import */ var _evidence_seal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(91606);
/* harmony import */ var _scoring_predictions_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6852);
/* harmony import */ var _job_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73270);





/** Seals the evidence and keeps it for the jobs that judge it, with the predictions it was made from. */
async function keepSealed(evidence, predictions, machine) {
    const { files, jobFiles, now } = machine;
    const sealed = (0,_evidence_seal_js__WEBPACK_IMPORTED_MODULE_2__/* .sealEvidence */ .fV)(evidence, now());
    const folder = await files.makeTemporaryFolder("assay-evidence-");
    await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "evidence", "evidence.json"), evidenceText(sealed));
    for (const rows of predictions)
        await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "predictions", predictionsFile(rows.digest)), (0,_scoring_predictions_file_js__WEBPACK_IMPORTED_MODULE_3__/* .formatPredictions */ .IN)(rows));
    await jobFiles.keep((0,_job_files_js__WEBPACK_IMPORTED_MODULE_4__/* .evidenceFilesName */ .iO)(evidence.model), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "evidence"));
    if (predictions.length > 0)
        await jobFiles.keep((0,_job_files_js__WEBPACK_IMPORTED_MODULE_4__/* .predictionsFilesName */ .DI)(evidence.model), (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "predictions"));
    await files.remove(folder);
    return sealed;
}
/** Evidence as it lies in a file. */
function evidenceText(evidence) {
    return `${JSON.stringify(evidence, null, 2)}\n`;
}
/** Name of the file with the predictions of that digest. */
function predictionsFile(digest) {
    return `${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .VK)(digest, 64)}.csv`;
}


/***/ }),

/***/ 26298:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ readLaw),
/* harmony export */   I: () => (/* binding */ specPaths)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _spec_parse_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3997);


/** Where `assay.yml` is looked for, in this order. */
const specPaths = ["assay.yml", ".github/assay.yml"];
/**
 * The rules of a commit. A spec that does not parse is no law: whoever broke it on the protected branch is told there, and
 * nothing passes by it.
 * @param read text of a file of the commit, undefined when there is none
 */
async function readLaw(read, commit, path) {
    for (const candidate of path ? [path] : specPaths) {
        const text = await read(candidate);
        if (text === undefined)
            continue;
        try {
            return { commit, spec: (0,_spec_parse_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSpec */ .F)(text, candidate) };
        }
        catch (error) {
            if (error instanceof _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL)
                return null;
            throw error;
        }
    }
    return null;
}


/***/ }),

/***/ 64283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cB: () => (/* binding */ declaredEnvironment),
  xP: () => (/* binding */ inWorktree),
  vW: () => (/* binding */ trainElsewhere),
  _X: () => (/* binding */ trainModel)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/evidence/evidence.js
var evidence_evidence = __webpack_require__(36970);
// EXTERNAL MODULE: ./build/src/plan/describe-run.js + 3 modules
var describe_run = __webpack_require__(47766);
// EXTERNAL MODULE: ./build/src/plan/tree.js
var tree = __webpack_require__(83177);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var evidence_digest = __webpack_require__(89579);
;// CONCATENATED MODULE: ./build/src/training/model-format.js

const formats = {
    ".onnx": "onnx",
    ".safetensors": "safetensors",
    ".gguf": "gguf",
    ".pkl": "pickle",
    ".pickle": "pickle",
    ".joblib": "pickle",
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".h5": "keras",
    ".keras": "keras",
    ".ubj": "ubjson",
    ".json": "json",
    ".txt": "txt",
};
/** Formats that can run code when they are loaded decide for the whole folder, then the rest in this order. */
const precedence = ["pickle", "pytorch", "keras", "onnx", "safetensors", "gguf", "tfjs", "ubjson", "json", "txt"];
/** What a model's files are, by their names: `onnx`, `tfjs`, `pickle`, …; an unknown extension is its own format. */
function modelFormat(paths) {
    const found = new Set(paths.map((path) => formats[external_node_path_.posix.extname(path).toLowerCase()]));
    if (paths.some((path) => external_node_path_.posix.basename(path) === "model.json") && paths.some((path) => path.endsWith(".bin")))
        found.add("tfjs");
    const known = precedence.find((format) => found.has(format));
    return (known ??
        (external_node_path_.posix
            .extname(paths[0] ?? "")
            .slice(1, 51)
            .toLowerCase() ||
            "unknown"));
}

;// CONCATENATED MODULE: ./build/src/training/model-record.js



/** The record of the files in a run's `model/` folder. The digest of one file is its own, of several that of their list. */
async function recordModel(files, modelFolder) {
    const records = [];
    for (const path of await files.list(modelFolder))
        records.push({ path, ...(await files.digest((0,external_node_path_.join)(modelFolder, path))) });
    const [first, ...others] = records;
    const digest = first && others.length === 0 ? first.digest : (0,evidence_digest/* digestOf */.ol)((0,evidence_digest/* canonicalJson */.dj)(records));
    return { digest, format: modelFormat(records.map(({ path }) => path)), files: records };
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(13798);
;// CONCATENATED MODULE: ./build/src/training/reported-metrics.js

const maxNumbers = 1_000;
const maxDepth = 10;
/**
 * Reads the text of a metrics file: JSON of numbers, nested at will. Python writes `NaN` and `Infinity`, which JSON has not;
 * they are found by name. Messages name keys, never other values.
 */
function readReportedMetrics(name, text) {
    const parsed = parseJson(text);
    if (!parsed)
        return { problem: `${name} is not JSON. Write one JSON object of numbers, such as {"loss": 0.25}.` };
    const numbers = new Map();
    const problem = flatten(parsed.value, "", 0);
    if (problem)
        return { problem };
    return { numbers: Object.fromEntries(numbers) };
    function flatten(value, key, depth) {
        const where = key === "" ? name : `${name}: ${JSON.stringify(key)}`;
        if (typeof value === "number") {
            if (key === "")
                return `${name} holds one bare number. Write an object that names it, such as {"loss": 0.25}.`;
            if (key.length > 200)
                return `${name} has a key of more than 200 characters. Use shorter names.`;
            if (numbers.has(key))
                return `${where} is there twice. Give every number its own name.`;
            if (numbers.size === maxNumbers)
                return `${name} has more than ${maxNumbers} numbers. Report fewer.`;
            numbers.set(key, value);
            return undefined;
        }
        if (value === notANumber)
            return `${where} is not a finite number. Training has diverged, or the metric is undefined: mend it or leave it out.`;
        const members = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).safeParse(value);
        if (!members.success)
            return `${where} is ${kindOf(value)}, but a number was expected. Report numbers only.`;
        if (depth === maxDepth)
            return `${where} is nested more than ${maxDepth} deep. Report flatter.`;
        for (const [member, inner] of Object.entries(members.data)) {
            const found = flatten(inner, key === "" ? member : `${key}.${member}`, depth + 1);
            if (found)
                return found;
        }
        return undefined;
    }
}
/** Stands for NaN and Infinity, which JSON cannot say. */
const notANumber = "\u0000not a number";
function parseJson(text) {
    // Texts pass unchanged; bare NaN and Infinity become a text that no metrics file holds.
    const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) => token.startsWith('"') ? token : JSON.stringify(notANumber));
    try {
        return { value: JSON.parse(mended, (_, value) => (value === Infinity || value === -Infinity ? notANumber : value)) };
    }
    catch {
        return undefined;
    }
}
function kindOf(value) {
    if (value === null)
        return "null";
    if (Array.isArray(value))
        return "a list";
    return typeof value === "string" ? "text" : typeof value === "boolean" ? "true or false" : "something else";
}

;// CONCATENATED MODULE: ./build/src/training/command-outputs.js



const maxModelFiles = 10_000;
const maxMetricsBytes = 1024 * 1024;
/**
 * Where a command's declared outputs are taken from: ASSAY_OUTPUT_DIR first, then the working directory, where a file that was
 * there before the command counts only when the command has written it.
 * @param files of this machine
 * @returns what collects the outputs once the command has ended; made before it starts
 */
async function watchOutputs(files, outputs, folders) {
    const declared = [outputs.model, ...(outputs.metrics === undefined ? [] : [outputs.metrics])];
    const before = new Map();
    for (const path of declared)
        before.set(path, await fingerprint(files, (0,external_node_path_.join)(folders.workingDirectory, path)));
    return async function collect() {
        const modelAt = await find(outputs.model);
        if (typeof modelAt !== "string")
            return { problem: `No model was written. ${modelAt.problem}` };
        const copied = await copyModel(files, modelAt, (0,external_node_path_.join)(folders.runFolder, "model"));
        if (copied !== undefined)
            return { problem: copied };
        const model = await recordModel(files, (0,external_node_path_.join)(folders.runFolder, "model"));
        if (outputs.metrics === undefined)
            return { model };
        const metricsAt = await find(outputs.metrics);
        if (typeof metricsAt !== "string")
            return { model, problem: `No metrics were written. ${metricsAt.problem}` };
        const stat = await files.stat(metricsAt);
        if (stat?.isFolder || (stat?.bytes ?? 0) > maxMetricsBytes)
            return {
                model,
                problem: `${outputs.metrics} is a folder or has more than ${maxMetricsBytes} bytes. Write one small JSON file.`,
            };
        const metrics = readReportedMetrics(outputs.metrics, (await files.readText(metricsAt)) ?? "");
        if ("problem" in metrics)
            return { model, problem: metrics.problem };
        await files.write((0,external_node_path_.join)(folders.runFolder, "metrics.json"), `${JSON.stringify(metrics.numbers, null, 2)}\n`);
        return { model, reported: metrics.numbers };
    };
    async function find(path) {
        const given = (0,external_node_path_.join)(folders.outputFolder, path);
        if ((await fingerprint(files, given)) !== "")
            return given;
        const own = (0,external_node_path_.join)(folders.workingDirectory, path);
        const now = await fingerprint(files, own);
        if (now === "")
            return {
                problem: `The command ended well, but ${path} is neither in $ASSAY_OUTPUT_DIR nor in the working directory. Write it to one of them.`,
            };
        if (now === before.get(path))
            return {
                problem: `${path} in the working directory was there before and this run did not write it, so it does not count. Write it to $ASSAY_OUTPUT_DIR.`,
            };
        return own;
    }
}
/** Changes whenever something was written at the path, even the same bytes; empty when there is no file. */
async function fingerprint(files, path) {
    const found = await files.stat(path);
    if (!found)
        return "";
    const paths = found.isFolder ? (await files.list(path)).map((name) => (0,external_node_path_.join)(path, name)) : [path];
    const lines = [];
    for (const file of paths) {
        const stat = await files.stat(file);
        lines.push(`${file} ${stat?.modifiedNs} ${(await files.digest(file)).digest}`);
    }
    return lines.join("\n");
}
/** Copies a file, or what is in a folder, into the run's model folder; says why not. */
async function copyModel(files, from, modelFolder) {
    await files.remove(modelFolder);
    if (!(await files.stat(from))?.isFolder) {
        await files.copy(from, (0,external_node_path_.join)(modelFolder, (0,external_node_path_.basename)(from)));
        return undefined;
    }
    const paths = await files.list(from);
    if (paths.length > maxModelFiles)
        return `The model has ${paths.length} files; at most ${maxModelFiles} are kept. Pack them.`;
    for (const path of paths)
        await files.copy((0,external_node_path_.join)(from, path), (0,external_node_path_.join)(modelFolder, path));
    return undefined;
}

// EXTERNAL MODULE: ./build/src/training/command-environment.js
var command_environment = __webpack_require__(83165);
// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(14006);
// EXTERNAL MODULE: ./build/src/spec/paths.js
var paths = __webpack_require__(88613);
;// CONCATENATED MODULE: ./build/src/training/declared-paths.js



/** Absolute paths of what `train.inputs` declares: files and folders as they are, globs as the files they match. */
async function declaredPaths(files, workingDirectory, declared) {
    const found = [];
    for (const pattern of declared.map(paths/* dataFile */.Z)) {
        const { base, isGlob } = picomatch.scan(pattern);
        if (!isGlob || (await files.exists((0,external_node_path_.join)(workingDirectory, pattern)))) {
            found.push((0,external_node_path_.join)(workingDirectory, pattern));
            continue;
        }
        const folder = (0,external_node_path_.join)(workingDirectory, base);
        if (!(await files.stat(folder))?.isFolder)
            continue;
        const matches = picomatch(pattern, { dot: true });
        const paths = (await files.list(folder)).map((path) => (base === "" ? path : `${base}/${path}`));
        found.push(...paths.filter((path) => matches(path)).map((path) => (0,external_node_path_.join)(workingDirectory, path)));
    }
    return [...new Set(found)];
}

;// CONCATENATED MODULE: ./build/src/training/training-environment.js



/** Environment of a model's setup and training commands; lists of paths are joined as in PATH. */
async function trainingEnvironment({ model, files, environment }, request, outputFolder) {
    const { data, params } = model.train.inputs;
    const paths = async (declared) => (await declaredPaths(files, request.workingDirectory, declared)).join(external_node_path_.delimiter);
    return (0,command_environment/* commandEnvironment */.J)({
        environment,
        declared: request.env,
        assay: {
            ASSAY_MODEL: request.model,
            ASSAY_SEED: String(request.seed),
            ASSAY_OUTPUT_DIR: outputFolder,
            ASSAY_CHECKPOINT_DIR: request.checkpointFolder,
            ASSAY_DATA: await paths(data),
            ASSAY_PARAMS: await paths(params.map(({ path }) => path)),
        },
    });
}

;// CONCATENATED MODULE: ./build/src/training/shell-outcome.js
/**
 * What a command's end means for the training, undefined when it ended well. Messages say what to do and quote nothing that
 * the command wrote.
 * @param what the command as a sentence begins, such as `The training command`
 */
function describeShellResult(result, { what, timeoutMinutes }) {
    switch (result.outcome) {
        case "exited":
            if (result.exitCode === 0)
                return undefined;
            return {
                outcome: "failed",
                exitCode: result.exitCode,
                message: `${what} exited with code ${result.exitCode}${hints[result.exitCode] ?? ""}. Its output is in the job's log.`,
            };
        case "signalled":
            return {
                outcome: "failed",
                signal: result.signal,
                message: `${what} was ended by ${result.signal}${result.signal === "SIGKILL" ? ", often because memory ran out" : ""}. Its output is in the job's log.`,
            };
        case "timed-out":
            return timedOut(what, timeoutMinutes);
        case "cancelled":
            return cancelledBy(result.signal);
        case "not-started":
            return { outcome: "failed", message: `${what} could not be started: ${result.message}.` };
    }
}
function cancelledBy(signal) {
    return {
        outcome: "cancelled",
        signal,
        message: `The job was cancelled (${signal}) before training was done. What was written until then is kept; run the job again to train.`,
    };
}
function timedOut(what, timeoutMinutes) {
    return {
        outcome: "timed-out",
        message: `${what} ran past the limit of ${timeoutMinutes} minutes for this training and was stopped. Raise train.timeout, or train less. What was written until then is kept.`,
    };
}
/** What shells mean by their own exit codes. */
const hints = {
    126: " (a program in it may not be executed)",
    127: " (a program in it was not found; install it in train.setup)",
    137: " (killed, often because memory ran out)",
};

;// CONCATENATED MODULE: ./build/src/training/user-commands.js

function createUserCommands({ processes, model }, request) {
    const { workingDirectory: cwd, timeoutMinutes, signal, output } = request;
    const deadline = performance.now() + timeoutMinutes * 60_000;
    async function run(command, what, env) {
        const minutesLeft = Math.max((deadline - performance.now()) / 60_000, 0);
        const result = await processes.shell(command, { cwd, env, signal, output, timeoutMinutes: minutesLeft });
        return describeShellResult(result, { what, timeoutMinutes });
    }
    return {
        run,
        async setUp(env) {
            const { setup } = model.train;
            for (const [index, command] of setup.entries()) {
                request.progress(`Setup: ${command}`);
                const failure = await run(command, `Setup command ${index + 1} of ${setup.length}`, env);
                if (failure)
                    return failure;
            }
            return undefined;
        },
    };
}

;// CONCATENATED MODULE: ./build/src/training/trainers/command.js




/** Trains with a command of the user's, in any language. */
function createCommandTrainer(setting, { run }) {
    const { model, files } = setting;
    return {
        async train(request) {
            const startedAt = new Date().toISOString();
            const started = performance.now();
            const result = await train(request);
            const durationSeconds = (performance.now() - started) / 1000;
            return { seed: request.seed, trainer: "command", startedAt, durationSeconds, ...result };
        },
    };
    async function train(request) {
        const outputFolder = (0,external_node_path_.join)(request.runFolder, "output");
        await files.makeFolder(outputFolder);
        await files.makeFolder(request.checkpointFolder);
        const collect = await watchOutputs(files, model.train.outputs, { ...request, outputFolder });
        const env = await trainingEnvironment(setting, request, outputFolder);
        const commands = createUserCommands(setting, request);
        // What was written until a failure stays in the run's `output/`.
        const failure = (await commands.setUp(env)) ?? (await commands.run(run, "The training command", env));
        if (failure)
            return failure;
        const { problem, ...outputs } = await collect();
        if (problem !== undefined)
            return { outcome: "invalid-output", message: problem, exitCode: 0, ...outputs };
        // Everything declared has been copied; the rest need not be kept.
        await files.remove(outputFolder);
        return { outcome: "completed", exitCode: 0, ...outputs };
    }
}

// EXTERNAL MODULE: ./build/src/tensorflow/load.js + 3 modules
var load = __webpack_require__(94429);
;// CONCATENATED MODULE: ./build/src/training/interruption.js
/** Says whether the job was cancelled or the training's time is over, counted from now. */
function watchForInterruption({ signal, timeoutMinutes }) {
    const deadline = performance.now() + timeoutMinutes * 60_000;
    return () => {
        if (signal.aborted)
            return { outcome: "cancelled", signal: signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM" };
        return performance.now() > deadline ? { outcome: "timed-out" } : undefined;
    };
}

// EXTERNAL MODULE: ./build/src/data/read-table.js + 6 modules
var read_table = __webpack_require__(67836);
// EXTERNAL MODULE: ./build/src/tensorflow/encode-features.js
var encode_features = __webpack_require__(83277);
// EXTERNAL MODULE: ./build/src/tensorflow/model-files.js
var model_files = __webpack_require__(71356);
// EXTERNAL MODULE: ./build/src/tensorflow/preprocessing.js
var tensorflow_preprocessing = __webpack_require__(8429);
// EXTERNAL MODULE: ./build/src/training/seeded-random.js
var seeded_random = __webpack_require__(24212);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/src/training/recipe/fit-network.js


const maxProgressLines = 20;
const evaluationBatch = 1024;
/**
 * Trains by the recipe: each epoch in an order of its own that depends on the seed alone. Early stopping watches the loss of
 * the held-out rows and leaves the weights that were best.
 */
async function fitNetwork(request) {
    const { model, recipe, validation, progress } = request;
    const history = {};
    const random = (0,seeded_random/* seededRandom */.Is)(request.seed);
    const lineEvery = Math.ceil(recipe.epochs / maxProgressLines);
    const best = { loss: Number.POSITIVE_INFINITY, epoch: 0, weights: undefined };
    for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
        const trained = await fitEpoch(request, random);
        if ("outcome" in trained)
            return { history, ended: trained };
        const measures = { ...trained.measures, ...(validation.rows > 0 ? evaluate(request) : {}) };
        for (const [name, value] of Object.entries(measures)) {
            history[name] ??= [];
            history[name].push(Number.isFinite(value) ? value : null);
        }
        const diverged = Object.entries(measures).find(([name, value]) => name.endsWith("loss") && !Number.isFinite(value));
        if (diverged)
            return { history, ended: { outcome: "diverged", epoch, measure: diverged[0] } };
        const watched = measures.val_loss ?? measures.loss ?? 0;
        if (recipe.earlyStopping && watched < best.loss)
            Object.assign(best, { loss: watched, epoch, weights: readWeights(model) });
        const stops = recipe.earlyStopping !== undefined && epoch - best.epoch >= recipe.earlyStopping.patience;
        if (epoch === 1 || epoch === recipe.epochs || epoch % lineEvery === 0 || stops)
            progress(describeEpoch(epoch, recipe.epochs, measures));
        if (stops)
            break;
    }
    if (best.weights) {
        writeWeights(request.tf, model, best.weights);
        progress(`The weights of epoch ${best.epoch} are kept: ${validation.rows > 0 ? "val_loss" : "loss"} ${best.loss.toPrecision(4)}`);
    }
    return { history };
}
/** One pass over the rows; the measures are means over them, each taken before its batch's step as in Keras. */
async function fitEpoch(request, random) {
    const { tf, model, recipe, fit } = request;
    const order = (0,seeded_random/* shuffled */.A4)(Int32Array.from({ length: fit.rows }, (_, row) => row), random);
    const sums = {};
    for (let from = 0; from < fit.rows; from += recipe.batchSize) {
        // Signals are seen only when the event loop turns.
        await (0,promises_.setImmediate)();
        const interruption = request.interrupted();
        if (interruption)
            return interruption;
        const rows = order.subarray(from, from + recipe.batchSize);
        const x = tf.tensor2d(gather(fit.inputs, fit.width, rows), [rows.length, fit.width]);
        const y = tf.tensor2d(gather(fit.wanted, fit.outputs, rows), [rows.length, fit.outputs]);
        const measured = await model.trainOnBatch(x, y);
        tf.dispose([x, y]);
        for (const [index, value] of [measured].flat().entries()) {
            const name = index === 0 ? "loss" : "accuracy";
            sums[name] = (sums[name] ?? 0) + value * rows.length;
        }
    }
    return { measures: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / fit.rows])) };
}
function evaluate({ tf, model, validation }) {
    return tf.tidy(() => {
        const x = tf.tensor2d(validation.inputs, [validation.rows, validation.width]);
        const y = tf.tensor2d(validation.wanted, [validation.rows, validation.outputs]);
        const results = [model.evaluate(x, y, { batchSize: evaluationBatch })].flat();
        const names = ["val_loss", "val_accuracy"];
        return Object.fromEntries(results.map((result, index) => [names[index], result.dataSync()[0] ?? Number.NaN]));
    });
}
function gather(values, width, rows) {
    const result = new Float32Array(rows.length * width);
    for (const [index, row] of rows.entries())
        result.set(values.subarray(row * width, (row + 1) * width), index * width);
    return result;
}
function readWeights(model) {
    return model.getWeights().map((tensor) => ({ values: Float32Array.from(tensor.dataSync()), shape: tensor.shape }));
}
function writeWeights(tf, model, weights) {
    tf.tidy(() => model.setWeights(weights.map(({ values, shape }) => tf.tensor(values, shape))));
}
function describeEpoch(epoch, epochs, measures) {
    const parts = Object.entries(measures).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
    return `Epoch ${epoch}/${epochs}: ${parts.join(", ")}`;
}

;// CONCATENATED MODULE: ./build/src/training/recipe/training-rows.js



/** A column of the table. @throws UsageError naming the columns that there are */
function columnOf(table, name, file) {
    const column = table.columns.find((other) => other.name === name);
    if (column)
        return column;
    const there = table.columns.slice(0, 20).map((other) => JSON.stringify(other.name));
    throw new errors/* UsageError */.eb(`${file} has no column ${JSON.stringify(name)}, which the recipe names; it has ${there.join(", ")}.`);
}
/**
 * Chooses the rows for training.
 * @param random decides which rows are held out
 * @throws UsageError when no rows are left
 */
function chooseRows(table, recipe, task, random) {
    const { features, missing, target, validation } = recipe;
    const required = [
        missingIn(columnOf(table, target, recipe.data), task === "regression"),
        ...(missing.numeric === "drop-row"
            ? features.numeric.map((name) => missingIn(columnOf(table, name, recipe.data), true))
            : []),
        ...(missing.categorical === "drop-row"
            ? features.categorical.map((name) => missingIn(columnOf(table, name, recipe.data), false))
            : []),
    ];
    const complete = Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !required.some((isMissing) => isMissing(row)));
    const order = (0,seeded_random/* shuffled */.A4)(complete, random);
    const held = Math.min(validation === 0 ? 0 : Math.max(1, Math.round(order.length * validation)), order.length);
    if (order.length - held < 1)
        throw new errors/* UsageError */.eb(`${recipe.data}: of ${table.rows} rows, ${order.length} can be used and ${held} are held out, so none is left to train on.`);
    return { fit: order.slice(held).sort(), validation: order.slice(0, held).sort(), dropped: table.rows - order.length };
}
function missingIn(column, numeric) {
    if (numeric) {
        const values = (0,encode_features/* numbersOf */.cZ)(column);
        return (row) => !Number.isFinite(values[row]);
    }
    const values = (0,encode_features/* textsOf */.CB)(column);
    return (row) => values[row] === null;
}

;// CONCATENATED MODULE: ./build/src/training/recipe/fit-preprocessing.js



const maxCategories = 1_000;
/**
 * Learns means, deviations and categories from the rows that are trained on.
 * @param rows those rows; the classes come from all rows that have a target, `labelled`
 * @throws UsageError when a column is not what the recipe says
 */
function fitPreprocessing(table, recipe, task, rows, labelled) {
    const { features, missing } = recipe;
    return {
        schema: "assay.preprocessing/v1",
        numeric: features.numeric.map((name) => {
            const values = finiteAt((0,encode_features/* numbersOf */.cZ)(columnOf(table, name, recipe.data)), rows);
            if (values.length === 0)
                throw new errors/* UsageError */.eb(`${recipe.data}: column ${JSON.stringify(name)} has no number in the training rows.`);
            const { mean, deviation } = standardisation(values);
            // Rows that were dropped in training must still be predicted when they are scored.
            return { name, fill: missing.numeric === "mean" ? mean : median(values), mean, deviation };
        }),
        categorical: features.categorical.map((name) => {
            const counts = countAt((0,encode_features/* textsOf */.CB)(columnOf(table, name, recipe.data)), rows);
            const categories = [...counts.keys()].sort();
            if (categories.length > maxCategories)
                throw new errors/* UsageError */.eb(`${recipe.data}: column ${JSON.stringify(name)} has ${categories.length} categories; at most ${maxCategories} can be one-hot encoded. Group the rare ones.`);
            return { name, categories, fill: missing.categorical === "most-frequent" ? mostFrequent(counts) : null };
        }),
        output: task === "regression" ? numberOutput(table, recipe, rows) : classesOutput(table, recipe, labelled),
    };
}
function numberOutput(table, recipe, rows) {
    const values = finiteAt((0,encode_features/* numbersOf */.cZ)(columnOf(table, recipe.target, recipe.data)), rows);
    return { kind: "number", ...standardisation(values) };
}
function classesOutput(table, recipe, rows) {
    const classes = [...countAt((0,encode_features/* textsOf */.CB)(columnOf(table, recipe.target, recipe.data)), rows).keys()].sort();
    const target = JSON.stringify(recipe.target);
    if (classes.length < 2)
        throw new errors/* UsageError */.eb(`${recipe.data}: the target ${target} has only one label; a classifier needs at least two.`);
    if (classes.length > maxCategories)
        throw new errors/* UsageError */.eb(`${recipe.data}: the target ${target} has ${classes.length} labels; at most ${maxCategories} are supported. Is the task a regression?`);
    return { kind: "classes", classes };
}
function finiteAt(values, rows) {
    return Float64Array.from(rows, (row) => values[row] ?? Number.NaN).filter(Number.isFinite);
}
function countAt(values, rows) {
    const counts = new Map();
    for (const row of rows) {
        const value = values[row];
        if (typeof value === "string")
            counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
}
/** Mean and population deviation; a column of one value keeps its scale. */
function standardisation(values) {
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0);
    const deviation = Math.sqrt(variance);
    // Rounding gives equal values a deviation of a few units in the last place.
    const varies = deviation > 1e-12 * Math.abs(mean) && Number.isFinite(deviation);
    return { mean, deviation: varies ? deviation : 1 };
}
function median(values) {
    const sorted = values.slice().sort();
    const middle = sorted.length >> 1;
    const upper = sorted[middle] ?? 0;
    return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
/** The first by name of the commonest. */
function mostFrequent(counts) {
    const [first] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
    return first?.[0] ?? null;
}

;// CONCATENATED MODULE: ./build/src/training/recipe/network.js

/**
 * The network that the recipe describes, compiled: its hidden layers, then one softmax unit a class (cross-entropy), or one
 * linear unit (mean squared error). Every name and initial weight depends on recipe and seed alone.
 */
function buildNetwork(tf, recipe, width, output, seed) {
    const random = (0,seeded_random/* seededRandom */.Is)(seed);
    const outputs = output.kind === "classes" ? (output.classes?.length ?? 1) : 1;
    const layers = [
        ...recipe.layers,
        {
            kind: "dense",
            units: outputs,
            activation: output.kind === "classes" ? "softmax" : "linear",
        },
    ].map((layer, index, { length }) => {
        const first = index === 0 ? { inputShape: [width] } : {};
        if (layer.kind === "dropout")
            return tf.layers.dropout({ ...first, name: `dropout_${index + 1}`, rate: layer.rate });
        const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 + Math.floor(random() * 2 ** 31) });
        const name = index === length - 1 ? "output" : `dense_${index + 1}`;
        return tf.layers.dense({ ...first, name, units: layer.units, activation: layer.activation, kernelInitializer });
    });
    const model = tf.sequential({ name: "recipe", layers });
    const { kind, learningRate } = recipe.optimizer;
    model.compile({
        optimizer: tf.train[kind](learningRate),
        ...(output.kind === "classes" ? { loss: "categoricalCrossentropy", metrics: ["accuracy"] } : { loss: "meanSquaredError" }),
    });
    return model;
}
/**
 * Sets the first layer's weights of inputs that are 0 in every training row to 0: nothing trains them, so that a value that
 * training did not see would otherwise add a random amount to each prediction.
 */
function silenceUntrainedInputs(tf, model, inputs, { width }) {
    const trained = new Uint8Array(width);
    for (let index = 0; index < inputs.length; index++)
        if (inputs[index] !== 0)
            trained[index % width] = 1;
    const layer = model.layers.find((candidate) => candidate.getWeights().length > 0);
    const [kernel, ...others] = layer?.getWeights() ?? [];
    if (!layer || !kernel)
        return;
    const weights = kernel.dataSync().slice();
    const units = weights.length / width;
    for (let index = 0; index < weights.length; index++)
        if (trained[Math.floor(index / units)] === 0)
            weights[index] = 0;
    tf.tidy(() => layer.setWeights([tf.tensor(weights, kernel.shape), ...others]));
}

;// CONCATENATED MODULE: ./build/src/training/recipe/train-recipe.js













/**
 * Trains a table by a declared recipe and writes `model/{model.json, weights.bin, preprocessing.json}` to the run's folder; a
 * training that is stopped leaves the same files in the checkpoint folder. Same data, recipe, seed and backend: same bytes.
 * @throws UsageError or MissingDataError when the table is not what the recipe says
 */
async function trainRecipe({ tf, recipe, task, request, files, interrupted }) {
    const path = (0,paths/* dataFile */.Z)(recipe.data);
    const text = [...recipe.features.categorical, ...(task === "regression" ? [] : [recipe.target])];
    const table = await (0,read_table/* readTable */.x)((0,external_node_path_.join)(request.workingDirectory, path), { text, name: path, files });
    const random = (0,seeded_random/* seededRandom */.Is)(request.seed);
    const chosen = chooseRows(table, recipe, task, random);
    const labelled = Int32Array.from([...chosen.fit, ...chosen.validation]);
    const preprocessing = fitPreprocessing(table, recipe, task, chosen.fit, labelled);
    const encoder = (0,encode_features/* createFeatureEncoder */.bI)(preprocessing, table);
    const fit = networkRows(table, recipe, preprocessing, encoder, chosen.fit);
    const validation = networkRows(table, recipe, preprocessing, encoder, chosen.validation);
    request.progress(`${fit.rows} rows to train on, ${validation.rows} held out${chosen.dropped > 0 ? `, ${chosen.dropped} left out for missing values` : ""}`);
    const model = buildNetwork(tf, recipe, encoder.width, preprocessing.output, nextSeed(random));
    try {
        silenceUntrainedInputs(tf, model, fit.inputs, encoder);
        const { progress } = request;
        const fitSeed = nextSeed(random);
        const { history, ended } = await (0,seeded_random/* withSeededMathRandom */.uS)(nextSeed(random), () => fitNetwork({ tf, model, recipe, seed: fitSeed, fit, validation, interrupted, progress }));
        if (ended?.outcome === "diverged")
            return { ...describeDivergence(ended), history };
        if (ended) {
            await save(model, preprocessing, files, (0,external_node_path_.join)(request.checkpointFolder, "model"));
            const failure = ended.outcome === "cancelled" ? cancelledBy(ended.signal) : timedOut("Training", request.timeoutMinutes);
            return { ...failure, history };
        }
        await save(model, preprocessing, files, (0,external_node_path_.join)(request.runFolder, "model"));
        return { outcome: "completed", model: await recordModel(files, (0,external_node_path_.join)(request.runFolder, "model")), history };
    }
    finally {
        model.dispose();
    }
}
function nextSeed(random) {
    return Math.floor(random() * 2 ** 31);
}
function networkRows(table, recipe, { output }, encoder, rows) {
    const shape = { rows: rows.length, inputs: encoder.encode(rows), width: encoder.width };
    const target = columnOf(table, recipe.target, recipe.data);
    if (output.kind === "number") {
        const values = (0,encode_features/* numbersOf */.cZ)(target);
        const wanted = Float32Array.from(rows, (row) => ((values[row] ?? 0) - output.mean) / output.deviation);
        return { ...shape, wanted, outputs: 1 };
    }
    const labels = (0,encode_features/* textsOf */.CB)(target);
    const classes = output.classes ?? [];
    const position = new Map(classes.map((label, index) => [label, index]));
    const wanted = new Float32Array(rows.length * classes.length);
    for (const [index, row] of rows.entries())
        wanted[index * classes.length + (position.get(labels[row] ?? "") ?? 0)] = 1;
    return { ...shape, wanted, outputs: classes.length };
}
async function save(model, preprocessing, files, folder) {
    await (0,model_files/* saveModelFiles */.a)(model, files, folder);
    await files.write((0,external_node_path_.join)(folder, tensorflow_preprocessing/* preprocessingFile */.VJ), (0,tensorflow_preprocessing/* formatPreprocessing */.wJ)(preprocessing));
}
function describeDivergence({ epoch, measure }) {
    const what = measure === "loss" ? "The loss" : "The loss of the held-out rows";
    return {
        outcome: "invalid-output",
        message: `${what} became NaN in epoch ${epoch}: lower the learning rate, or look for extreme values in the training data.`,
    };
}

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(98995);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/src/training/user-module/exchange.js
var exchange = __webpack_require__(42004);
;// CONCATENATED MODULE: ./build/src/training/user-module/train-user-module.js








/**
 * Trains with a module of the user's in a process of its own, which knows nothing of the job's tokens. A backend that lacks an
 * operation of the model is replaced by cpu, which has all.
 */
async function trainUserModule(setting, trainer, request, commands) {
    const first = await attempt(trainer.backend);
    const { lacks, backend } = first.told ?? {};
    if (lacks === undefined || backend?.used === "cpu")
        return result(first);
    const why = `the ${backend?.used} backend lacks ${lacks}`;
    request.progress(`Training starts again on cpu: ${why}`);
    return result(await attempt("cpu"), why);
    async function attempt(backend) {
        const { files, model } = setting;
        const { workingDirectory, runFolder, checkpointFolder, seed } = request;
        const folder = await files.makeTemporaryFolder("assay-module-");
        const [requestFile, resultFile] = [(0,external_node_path_.join)(folder, "request.json"), (0,external_node_path_.join)(folder, "result.json")];
        const outputFolder = (0,external_node_path_.join)(runFolder, "output");
        const asked = {
            module: (0,external_node_path_.join)(workingDirectory, trainer.module),
            data: await declaredPaths(files, workingDirectory, model.train.inputs.data),
            modelFolder: (0,external_node_path_.join)(runFolder, "model"),
            ...{ workingDirectory, outputFolder, checkpointFolder, task: model.task, seed, backend, resultFile },
        };
        try {
            await files.makeFolder(outputFolder);
            await files.makeFolder(checkpointFolder);
            await files.write(requestFile, JSON.stringify(asked));
            const env = await trainingEnvironment(setting, request, outputFolder);
            // Variables, so that no path has to be quoted for a shell.
            const program = { ASSAY_NODE: process.execPath, ASSAY_MODULE_MAIN: mainFile(), ASSAY_MODULE_REQUEST: requestFile };
            const failure = await commands.run(commandLine(Object.keys(program)), "The training module", { ...env, ...program });
            return { failure, told: readResult(await files.readText(resultFile, 64 * 1024)) };
        }
        finally {
            await files.remove(folder);
        }
    }
    async function result({ failure, told }, why) {
        const backend = told && { backend: { requested: trainer.backend, ...told.backend, ...(why === undefined ? {} : { why }) } };
        if (failure)
            return { ...backend, ...failure };
        if (!told?.completed)
            return {
                ...backend,
                outcome: "invalid-output",
                message: told?.problem ?? "The training module ended before its `train` had returned a model.",
            };
        const { files } = setting;
        await files.remove((0,external_node_path_.join)(request.runFolder, "output"));
        return { ...backend, outcome: "completed", exitCode: 0, model: await recordModel(files, (0,external_node_path_.join)(request.runFolder, "model")) };
    }
}
function commandLine(variables) {
    return variables.map((name) => (process.platform === "win32" ? `"%${name}%"` : `"$${name}"`)).join(" ");
}
/** The child's entry: beside this file, or a main of its own beside the folder of the bundle. */
function mainFile() {
    const require = (0,external_node_module_.createRequire)(import.meta.url);
    for (const place of ["./user-module-main.ts", "./user-module-main.js", "../user-module.js"]) {
        try {
            return require.resolve((0,external_node_url_.fileURLToPath)(new URL(place, import.meta.url)));
        }
        catch {
            // Another layout.
        }
    }
    throw new errors/* UsageError */.eb("This installation of Assay lacks user-module.js, which runs training modules. Install it again.");
}
function readResult(text) {
    try {
        return exchange/* moduleResultSchema */.p.safeParse(JSON.parse(text ?? "")).data;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/training/trainers/tfjs.js








/** Trains with TensorFlow.js: a recipe in this process, a module of the user's in one of its own. */
function createTfjsTrainer(setting, { backend, how }) {
    return {
        async train(request) {
            const startedAt = new Date().toISOString();
            const started = performance.now();
            const result = await train(request).catch(explain);
            const durationSeconds = (performance.now() - started) / 1000;
            return { seed: request.seed, trainer: "tfjs", startedAt, durationSeconds, ...result };
        },
    };
    async function train(request) {
        const interrupted = watchForInterruption(request);
        const commands = createUserCommands(setting, request);
        const failure = await commands.setUp(await trainingEnvironment(setting, request, (0,external_node_path_.join)(request.runFolder, "output")));
        if (failure)
            return failure;
        return "recipe" in how
            ? withRecipe(how.recipe, request, interrupted)
            : trainUserModule(setting, { module: how.module, backend }, request, commands);
    }
    async function withRecipe(recipe, request, interrupted) {
        const { tf, backend: used, version, why } = await (0,load/* loadTensorFlow */._)(backend, { resolveFrom: request.workingDirectory });
        request.progress(`TensorFlow.js ${version}, backend ${used}${why === undefined ? "" : ` (${why})`}`);
        const result = await trainRecipe({ tf, recipe, task: setting.model.task, request, files: setting.files, interrupted }).catch(explain);
        return { backend: { requested: backend, used, version, ...(why === undefined ? {} : { why }) }, ...result };
    }
}
/** A table that is not what the recipe says is the training's failure, not Assay's. */
function explain(error) {
    if (error instanceof errors/* AssayError */.WV)
        return { outcome: "failed", message: error.message.slice(0, 4_000) };
    throw error;
}

;// CONCATENATED MODULE: ./build/src/training/create-trainer.js


/** The trainer that the model's `train` declares. */
function createTrainer(setting) {
    const { trainer } = setting.model.train;
    switch (trainer.kind) {
        case "command":
            return createCommandTrainer(setting, trainer);
        case "tfjs":
            return createTfjsTrainer(setting, trainer);
    }
}

// EXTERNAL MODULE: ./build/src/flows/job-files.js
var job_files = __webpack_require__(73270);
// EXTERNAL MODULE: ./build/src/flows/keep-evidence.js
var keep_evidence = __webpack_require__(3978);
;// CONCATENATED MODULE: ./build/src/flows/train-model.js








/**
 * Trains one model at one commit, once a seed, and keeps model and begun evidence under the run's name: also when
 * training failed, so that nothing that is known is lost.
 * @throws UsageError when the checked-out tree is not the one that was planned
 */
async function trainModel(request, machine) {
    const { planned, spec, model, identity } = request;
    const description = await (0,describe_run/* describeRun */.v)(request.tree, spec, model);
    if (description.inputHash !== planned.inputHash)
        throw new errors/* UsageError */.eb(`${model.name}: the checked-out tree has input hash ${description.inputHash}, but ${planned.inputHash} was planned. ` +
            `Check out the same commit in every job (${planned.commit}) and let nothing change files before training.`);
    const runFolder = await machine.files.makeTemporaryFolder("assay-run-");
    const { processes, files, environment } = machine;
    const trainer = createTrainer({ model, processes, files, environment });
    const trainings = [];
    for (const seed of model.train.seeds) {
        machine.progress(`Training ${model.name} with seed ${seed}: ${planned.because.join("; ")}`);
        trainings.push(await trainer.train({
            model: model.name,
            workingDirectory: (0,external_node_path_.join)(request.folder, model.train.workingDirectory),
            runFolder,
            checkpointFolder: (0,external_node_path_.join)(runFolder, "checkpoints"),
            seed,
            env: declaredEnvironment(model, machine.environment),
            timeoutMinutes: model.train.timeoutMinutes,
            signal: machine.signal,
            output: machine.output,
            progress: machine.progress,
        }));
    }
    const evidence = {
        schema: evidence_evidence/* evidenceSchemaId */.wy,
        model: model.name,
        task: model.task,
        inputHash: planned.inputHash,
        inputs: description.inputs,
        source: { ...identity, commit: planned.commit },
        trainings,
        evaluations: [],
        waivers: [],
    };
    const completed = trainings.every(({ outcome }) => outcome === "completed");
    const name = completed ? job_files/* runFilesName */.c0 : job_files/* partialFilesName */.OJ;
    await machine.files.write((0,external_node_path_.join)(runFolder, "evidence.json"), (0,keep_evidence/* evidenceText */.rS)(evidence));
    await machine.jobFiles.keep(name(model.name, planned.inputHash), runFolder);
    await machine.files.remove(runFolder);
    return evidence;
}
/** Trains at another commit than the one checked out, in a work tree beside it. */
async function trainElsewhere(request, machine) {
    return inWorktree(machine, request.planned.commit, (folder) => trainModel({ ...request, tree: (0,tree/* commitTree */.SC)(machine.git, request.planned.commit), folder }, machine));
}
/** Checks the commit out in a temporary folder for as long as `use` runs. */
async function inWorktree(machine, commit, use) {
    const parent = await machine.files.makeTemporaryFolder("assay-tree-");
    const folder = (0,external_node_path_.join)(parent, "tree");
    if ((await machine.git.resolve(commit)) === undefined)
        await machine.git.fetchCommit(commit, machine.token);
    const worktree = await machine.git.addWorktree(commit, folder);
    try {
        return await use(folder);
    }
    finally {
        await worktree.remove();
        await machine.files.remove(parent);
    }
}
/** The declared variables that are set here. */
function declaredEnvironment(model, environment) {
    const entries = model.train.env.map((name) => [name, environment[name]]);
    return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));
}


/***/ }),

/***/ 31630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ plannedModel),
/* harmony export */   n: () => (/* binding */ trainPlanned)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);
/* harmony import */ var _plan_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83177);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65221);
/* harmony import */ var _keep_evidence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3978);
/* harmony import */ var _train_model_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(64283);





/** Trains what the plan says of one model: the candidate where it is checked out, the baseline in a work tree beside it. */
async function trainPlanned(request, machine) {
    const { plan, spec, base, identity } = request;
    const planned = plannedModel(plan, request.model);
    const trained = [];
    if (planned.candidate.decision === "train") {
        const tree = request.uncommitted ? (0,_plan_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .workTree */ ._E)(machine.git, machine.files) : (0,_plan_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .commitTree */ .SC)(machine.git, plan.commit);
        const model = modelOf(spec, request.model);
        const evidence = await (0,_train_model_js__WEBPACK_IMPORTED_MODULE_3__/* .trainModel */ ._X)({ planned: planned.candidate, spec, model, tree, folder: machine.git.root, identity }, machine);
        // Nothing will be evaluated: the report reads here why.
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .failureOf */ .g)(evidence))
            return [await (0,_keep_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .keepSealed */ .QL)(evidence, [], machine)];
        trained.push(evidence);
    }
    else
        machine.progress(`${request.model} is not trained: ${planned.candidate.because.join("; ")}`);
    if (planned.baseline?.decision === "train" && base) {
        const model = modelOf(base.spec, request.model);
        trained.push(await (0,_train_model_js__WEBPACK_IMPORTED_MODULE_3__/* .trainElsewhere */ .vW)({ planned: planned.baseline, spec: base.spec, model, identity }, machine));
    }
    return trained;
}
/** @throws UsageError naming the models that were planned */
function plannedModel(plan, model) {
    const planned = plan.models.find(({ model: name }) => name === model);
    if (planned)
        return planned;
    const known = plan.models.map(({ model: name }) => name).join(", ") || "none";
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`The plan has no model \`${model}\`; it has: ${known}. Name one of them.`);
}
function modelOf(spec, name) {
    const model = spec.models.get(name);
    if (model)
        return model;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`${spec.path} has no model ${name}, although the plan has. Check out the commit that was planned.`);
}


/***/ }),

/***/ 6852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IN: () => (/* binding */ formatPredictions),
/* harmony export */   R_: () => (/* binding */ readPredictions),
/* harmony export */   xG: () => (/* binding */ digestPredictions)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _data_read_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67836);
/* harmony import */ var _data_table_request_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10934);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23154);





const probabilityPrefix = "proba_";
/**
 * Reads a predictions file, CSV or Parquet: `id`, `prediction`, and for classification `score` (binary: of the positive
 * class) or one `proba_<class>` a class. Other columns are ignored. Ids and predictions are kept as written.
 * @throws UserCommandError when the file is not that, since a user's command wrote it
 */
async function readPredictions(path, options = {}) {
    const file = options.name ?? path;
    if (![".csv", ".parquet"].includes((0,node_path__WEBPACK_IMPORTED_MODULE_1__.extname)(path).toLowerCase()))
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserCommandError */ .vk(`${file}: predictions must be a .csv or a .parquet file.`);
    const { columns } = await (0,_data_read_table_js__WEBPACK_IMPORTED_MODULE_2__/* .readTable */ .x)(path, { text: ["id", "prediction"], name: file, files: options.files }).catch((error) => {
        throw error instanceof _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UsageError */ .eb ? new _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserCommandError */ .vk(`Predictions: ${error.message}`, { cause: error }) : error;
    });
    const prediction = columns.find(({ name }) => name === "prediction");
    if (!prediction)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserCommandError */ .vk(`${file} has no column "prediction"; it has ${(0,_data_table_request_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .TL)(columns.map(({ name }) => name), 20)}. Write the columns id, prediction, and score or proba_<class>.`);
    const id = columns.find(({ name }) => name === "id");
    return {
        ids: id && texts(id, file),
        predictions: texts(prediction, file),
        scores: new Map(columns.filter(isScore).map((column) => [classOf(column.name), numbers(column, file)])),
    };
}
function isScore({ name }) {
    return name === "score" || (name.startsWith(probabilityPrefix) && name.length > probabilityPrefix.length);
}
function classOf(name) {
    return name === "score" ? "" : name.slice(probabilityPrefix.length);
}
function texts(column, file) {
    const values = column.kind === "text" ? column.values : Array.from(column.values, String);
    const empty = values.indexOf(null);
    if (empty === -1)
        return values.filter((value) => value !== null);
    const count = values.filter((value) => value === null).length;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserCommandError */ .vk(`${file}: "${column.name}" is empty in ${count} of ${values.length} rows, first in row ${empty + 1}. Write one for every row.`);
}
function numbers(column, file) {
    if (column.kind === "number")
        return column.values;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserCommandError */ .vk(`${file}: "${column.name}" must be numbers, but some values are text. Write them with a decimal point.`);
}
/** The canonical CSV of predictions. Floats are the shortest text that reads back as the same float64. */
function formatPredictions(predictions) {
    return [...lines(predictions)].join("");
}
/** SHA-256 over the canonical CSV, which need not fit into one string. */
function digestPredictions(predictions) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    let block = "";
    for (const line of lines(predictions)) {
        block += line;
        if (block.length < 65_536)
            continue;
        hash.update(block);
        block = "";
    }
    return `sha256:${hash.update(block).digest("hex")}`;
}
function* lines(predictions) {
    const scores = predictions.kind === "classification" ? predictions.probabilities : [];
    const scoreNames = predictions.kind === "classification" && scores.length > 1
        ? predictions.classes.map((name) => `${probabilityPrefix}${name}`)
        : scores.map(() => "score");
    yield `${["id", "prediction", ...scoreNames].map(field).join(",")}\n`;
    for (const [row, id] of predictions.ids.entries()) {
        const prediction = predictions.kind === "classification" ? (predictions.labels[row] ?? "") : number(predictions.values[row]);
        let line = `${field(id)},${field(prediction)}`;
        for (const column of scores)
            line += `,${number(column[row])}`;
        yield `${line}\n`;
    }
}
function number(value) {
    return Object.is(value, -0) ? "-0" : String(value);
}
function field(text) {
    return /[",\r\n;\t|\uFEFF]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}


/***/ }),

/***/ 83277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ textsOf),
/* harmony export */   bI: () => (/* binding */ createFeatureEncoder),
/* harmony export */   cZ: () => (/* binding */ numbersOf)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/**
 * Prepares a table's columns for a network; see `preprocessing.ts` for the order of the inputs.
 * @throws MissingDataError when a column is not there, is text where numbers are expected, or lacks a value that nothing fills
 */
function createFeatureEncoder(preprocessing, table) {
    const columns = new Map(table.columns.map((column) => [column.name, column]));
    const writers = [
        ...preprocessing.numeric.map((feature) => numericWriter(feature, findColumn(columns, feature.name))),
        ...preprocessing.categorical.map((feature) => categoricalWriter(feature, findColumn(columns, feature.name))),
    ];
    const width = writers.reduce((sum, writer) => sum + writer.width, 0);
    return {
        width,
        encode(rows) {
            const inputs = new Float32Array(rows.length * width);
            for (let index = 0; index < rows.length; index++) {
                let offset = index * width;
                for (const writer of writers) {
                    writer.write(inputs, offset, rows[index] ?? 0);
                    offset += writer.width;
                }
            }
            return inputs;
        },
    };
}
function numericWriter({ name, fill, mean, deviation }, column) {
    const values = numbersOf(column);
    return {
        width: 1,
        write(inputs, offset, row) {
            const value = values[row] ?? Number.NaN;
            const known = Number.isFinite(value) ? value : fill;
            if (known === null)
                throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`Row ${row + 1} has no value in column ${JSON.stringify(name)}, and the model does not say what to put there. Fill it in, or have the model handle it.`);
            inputs[offset] = (known - mean) / deviation;
        },
    };
}
function categoricalWriter({ categories, fill }, column) {
    const values = textsOf(column);
    const index = new Map(categories.map((category, at) => [category, at]));
    return {
        width: categories.length + 1,
        write(inputs, offset, row) {
            const value = values[row] ?? fill;
            inputs[offset + ((value === null ? undefined : index.get(value)) ?? categories.length)] = 1;
        },
    };
}
function findColumn(columns, name) {
    const column = columns.get(name);
    if (column)
        return column;
    const there = [...columns.keys()].slice(0, 20).map((other) => JSON.stringify(other));
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`The table has no column ${JSON.stringify(name)}, which the model needs; it has ${there.join(", ")}.`);
}
/** A column's numbers; one without any value may have been read as text. */
function numbersOf(column) {
    if (column.kind === "number")
        return column.values;
    const text = column.values.findIndex((value) => value !== null);
    if (text === -1)
        return new Float64Array(column.values.length).fill(Number.NaN);
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`Column ${JSON.stringify(column.name)} is declared as numeric, but row ${text + 1} or a later one holds text. Mend the values, or declare it as categorical.`);
}
/** A column's values as text; null: missing. */
function textsOf(column) {
    return column.kind === "text"
        ? column.values
        : Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}


/***/ }),

/***/ 94429:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ loadTensorFlow)
});

;// CONCATENATED MODULE: ./build/src/tensorflow/chained-methods.js
/** Operations that a tensor has as methods, with itself as their first argument. */
const operations = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchNorm batchToSpaceND
  broadcastTo cast ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace depthwiseConv2d dilation2d
  div divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft isFinite
  isInf isNaN leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot
  logicalOr logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm notEqual oneHot onesLike pad pool pow
  prelu prod reciprocal relu relu6 reshape reverse rfft round rsqrt selu separableConv2d sigmoid sign sin sinh slice softmax softplus
  spaceToBatchND split sqrt square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique
  unsortedSegmentSum unstack zerosLike`.split(/\s+/);
/**
 * Gives tensors their methods (`x.add(1)`), which the package for bundlers leaves out and every tutorial uses; the same as the
 * `@tensorflow/tfjs` package registers.
 */
function registerChainedMethods(tf) {
    const methods = {};
    for (const [name, operation] of Object.entries(tf)) {
        if (!operations.includes(name) || typeof operation !== "function")
            continue;
        methods[name] = function (...rest) {
            this.throwIfDisposed();
            return Reflect.apply(operation, undefined, [this, ...rest]);
        };
    }
    Object.assign(tf.Tensor.prototype, methods, {
        asScalar: chained((x) => tf.reshape(x, [])),
        asType: chained((x, type) => tf.cast(x, type)),
        as1D: chained((x) => tf.reshape(x, [x.size])),
        as2D: chained((x, ...shape) => tf.reshape(x, shape)),
        as3D: chained((x, ...shape) => tf.reshape(x, shape)),
        as4D: chained((x, ...shape) => tf.reshape(x, shape)),
        as5D: chained((x, ...shape) => tf.reshape(x, shape)),
        flatten: chained((x) => tf.reshape(x, [x.size])),
        reshapeAs: chained((x, other) => tf.reshape(x, other.shape)),
        resizeBilinear: chained((x, ...rest) => tf.image.resizeBilinear(as3D(x), ...rest)),
        resizeNearestNeighbor: chained((x, ...rest) => tf.image.resizeNearestNeighbor(as3D(x), ...rest)),
        toBool: chained((x) => tf.cast(x, "bool")),
        toFloat: chained((x) => tf.cast(x, "float32")),
        toInt: chained((x) => tf.cast(x, "int32")),
        concat: chained((x, others, axis) => tf.concat([x, ...list(others)], axis)),
        stack: chained((x, others, axis) => tf.stack([x, ...list(others)], axis)),
        where: chained((x, condition, otherwise) => tf.where(condition, x, otherwise)),
    });
}
function chained(operation) {
    return function (...rest) {
        this.throwIfDisposed();
        return operation(this, ...rest);
    };
}
function list(tensors) {
    return Array.isArray(tensors) ? tensors : [tensors];
}
/** Images have rank 3 or 4; TensorFlow.js itself checks it. */
function as3D(x) {
    return x;
}

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __webpack_require__(98995);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/src/natives/load-native.js
var load_native = __webpack_require__(62538);
;// CONCATENATED MODULE: ./build/src/tensorflow/native-binding.js




/** Native TensorFlow, or why it cannot be used: the user's own first, which may be the one for their GPU, then ours. */
async function loadNativeTensorFlow(resolveFrom) {
    let why = "@tensorflow/tfjs-node is not installed";
    // Read by the library when it is loaded: no greetings, only warnings.
    process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
    for (const folder of [resolveFrom, undefined]) {
        for (const name of ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"]) {
            const found = checkBinding(name, folder);
            if (found === undefined)
                continue;
            if (found.problem !== undefined) {
                why = found.problem;
                continue;
            }
            restoreRemovedNodeFunctions();
            const { default: tf } = await (0,load_native/* loadNative */.S)(name, folder === undefined ? [] : [folder]);
            return { tf, backend: name.endsWith("-gpu") ? "tensorflow-gpu" : "tensorflow", version: found.version };
        }
    }
    return { why };
}
/**
 * Loads the native library alone. The package itself registers half of TensorFlow.js before it finds that its library is
 * missing, which would stay behind in this process. Undefined when the package is not installed.
 */
function checkBinding(name, folder) {
    const require = (0,external_node_module_.createRequire)(folder === undefined ? import.meta.url : (0,external_node_url_.pathToFileURL)((0,external_node_path_.join)(folder, "package.json")));
    let manifest;
    try {
        manifest = require.resolve(`${name}/package.json`);
    }
    catch {
        return undefined;
    }
    const { version } = require(manifest);
    try {
        // Node 24 takes the newest of the versions that the package offers.
        require((0,external_node_path_.join)((0,external_node_path_.dirname)(manifest), "lib", "napi-v8", "tfjs_binding.node"));
        return { version };
    }
    catch (error) {
        const missing = error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
        const reason = missing ? "its native library was not installed" : "its native library could not be loaded on this machine";
        return { version, problem: `${name} ${version} is installed, but ${reason}` };
    }
}
/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function restoreRemovedNodeFunctions() {
    const util = (0,external_node_module_.createRequire)(import.meta.url)("node:util");
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    util.isArray ??= Array.isArray;
}

;// CONCATENATED MODULE: ./build/src/tensorflow/wasm-files.js



/** Files in node_modules that a bundle must have beside it. */
const wasmFiles = [
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm",
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm",
];
/** The folder with the WebAssembly files, with a separator at its end: beside the bundle, else in node_modules. */
function wasmFolder() {
    const require = (0,external_node_module_.createRequire)(import.meta.url);
    const [first] = wasmFiles;
    for (const place of [(0,external_node_url_.fileURLToPath)(new URL(`./${(0,external_node_path_.basename)(first)}`, import.meta.url)), first]) {
        try {
            return (0,external_node_path_.dirname)(require.resolve(place)) + external_node_path_.sep;
        }
        catch {
            // Not there; the next place may have it.
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/tensorflow/load.js



/**
 * Loads TensorFlow.js and puts a backend in use, for the whole process. `auto` and `tensorflow` take native TensorFlow
 * (tfjs-node-gpu, tfjs-node) when it loads, else WebAssembly; what cannot be had falls back to the next, down to `cpu`.
 * @param options.resolveFrom folder in which the user may have installed native TensorFlow
 */
async function loadTensorFlow(requested, { resolveFrom }) {
    const reasons = [];
    if (requested === "auto" || requested === "tensorflow") {
        const native = await loadNativeTensorFlow(resolveFrom);
        if ("tf" in native) {
            native.tf.enableProdMode();
            if (await useBackend(native.tf, "tensorflow"))
                return native;
            reasons.push("native TensorFlow did not start");
        }
        else
            reasons.push(native.why);
    }
    const tf = await loadPortable();
    const version = tf.version_core;
    const because = () => (reasons.length > 0 ? { why: reasons.join("; ") } : {});
    if (requested !== "cpu") {
        const problem = await startWasm(tf);
        if (problem === undefined)
            return { tf, backend: "wasm", version, ...because() };
        reasons.push(problem);
    }
    await Promise.all(/* import() */[__webpack_require__.e(484), __webpack_require__.e(48)]).then(__webpack_require__.t.bind(__webpack_require__, 68048, 19));
    await tf.setBackend("cpu");
    return { tf, backend: "cpu", version, ...because() };
}
/** Operations and layers without native code. Warnings such as "install our node backend" are for somebody else. */
async function loadPortable() {
    const core = await __webpack_require__.e(/* import() */ 484).then(__webpack_require__.t.bind(__webpack_require__, 53484, 19));
    const layers = await Promise.all(/* import() */[__webpack_require__.e(484), __webpack_require__.e(762)]).then(__webpack_require__.t.bind(__webpack_require__, 99762, 19));
    core.enableProdMode();
    registerChainedMethods(core);
    return { ...core, ...layers };
}
let wasmPathsSet = false;
/** Says why not, when WebAssembly does not start. */
async function startWasm(tf) {
    const folder = wasmFolder();
    if (folder === undefined)
        return "the files of the wasm backend are not installed";
    const { setWasmPaths } = await Promise.all(/* import() */[__webpack_require__.e(484), __webpack_require__.e(744)]).then(__webpack_require__.t.bind(__webpack_require__, 16744, 19));
    // Paths can be set until the backend has started; asking for it by `findBackend` would start it.
    if (!wasmPathsSet)
        setWasmPaths(folder);
    wasmPathsSet = true;
    // Its loader was written for CommonJS and asks for `__dirname`, which a bundle of ES modules does not have.
    if (!("__dirname" in globalThis))
        Object.assign(globalThis, { __dirname: folder });
    return (await useBackend(tf, "wasm")) ? undefined : "the wasm backend did not start";
}
/** A backend that fails to start is silently replaced by another one: look which it is. */
async function useBackend(tf, name) {
    try {
        await tf.setBackend(name);
        await tf.ready();
        return tf.getBackend() === name;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 71356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ loadModelFiles),
/* harmony export */   a: () => (/* binding */ saveModelFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13798);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23154);



const mebibyte = 1024 * 1024;
const maxTopologyBytes = 64 * mebibyte;
const maxWeightsBytes = 2048 * mebibyte;
const modelJsonSchema = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    modelTopology: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J()),
    weightsManifest: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        // Names of files in the same folder, never paths out of it.
        paths: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^(?!\.)[\w.-]+$/)).max(10_000),
        weights: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .custom */ .IeY((value) => weightSchema.safeParse(value).success)).max(100_000),
    }))
        .max(1_000),
});
const weightSchema = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), shape: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0)).max(10), dtype: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP() });
/** Writes a model as TensorFlow.js does, without anything that changes from one time to the next: `model.json` and `weights.bin`. */
async function saveModelFiles(model, files, folder) {
    await model.save({
        async save({ modelTopology, weightSpecs, weightData, generatedBy }) {
            const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
            const document = { format: "layers-model", generatedBy, convertedBy: null, modelTopology, weightsManifest };
            await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "weights.bin"), joined(weightData ?? []));
            await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "model.json"), `${JSON.stringify(document)}\n`);
            return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
        },
    });
}
/**
 * Reads a layers model from a folder.
 * @throws UserCommandError when the files are not there or are not a layers model
 */
async function loadModelFiles(tf, files, folder) {
    const text = await files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "model.json"), maxTopologyBytes);
    if (text === undefined)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserCommandError */ .vk("The model has no model.json, so it is not a TensorFlow.js model.");
    const document = parse(text);
    const shards = [];
    for (const path of document.weightsManifest.flatMap(({ paths }) => paths)) {
        const shard = await files.readBytes((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, path), maxWeightsBytes);
        if (!shard)
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserCommandError */ .vk(`The model's weights ${path} are missing beside its model.json.`);
        shards.push(shard);
    }
    const weightSpecs = document.weightsManifest.flatMap(({ weights }) => weights);
    try {
        return await tf.loadLayersModel(tf.io.fromMemory({
            modelTopology: document.modelTopology,
            weightSpecs,
            weightData: joined(shards.map(toArrayBuffer)).buffer,
        }));
    }
    catch (error) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserCommandError */ .vk("The model's files are not a TensorFlow.js layers model that can be loaded.", { cause: error });
    }
}
function parse(text) {
    try {
        return modelJsonSchema.parse(JSON.parse(text));
    }
    catch (error) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .UserCommandError */ .vk("The model's model.json is not a TensorFlow.js layers model (modelTopology and weightsManifest).", { cause: error });
    }
}
function joined(parts) {
    const list = Array.isArray(parts) ? parts : [parts];
    const result = new Uint8Array(list.reduce((sum, part) => sum + part.byteLength, 0));
    let offset = 0;
    for (const part of list) {
        result.set(new Uint8Array(part), offset);
        offset += part.byteLength;
    }
    return result;
}
function toArrayBuffer(bytes) {
    const copy = new ArrayBuffer(bytes.byteLength);
    new Uint8Array(copy).set(bytes);
    return copy;
}


/***/ }),

/***/ 8429:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KX: () => (/* binding */ preprocessingSchema),
/* harmony export */   VJ: () => (/* binding */ preprocessingFile),
/* harmony export */   wJ: () => (/* binding */ formatPreprocessing)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13798);

const name = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(1_000);
const finite = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig();
const deviation = zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig().positive();
/**
 * How a table's columns become a network's inputs and its outputs become predictions; the file `preprocessing.json` beside a
 * TensorFlow.js model. Inputs in order: each numeric column, `(value − mean) / deviation`; then for each categorical column one
 * input a category, and one for every value that training did not see.
 */
const preprocessingSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    schema: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz("assay.preprocessing/v1"),
    /** `fill` stands in for a missing value; null: there is none, and a missing value is an error. */
    numeric: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ name, fill: finite.nullable(), mean: finite, deviation })).max(10_000),
    /** `fill` null: a missing value counts as one that training did not see. */
    categorical: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ name, categories: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(10_000)).max(1_000), fill: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullable() }))
        .max(10_000),
    output: zod__WEBPACK_IMPORTED_MODULE_0__/* .discriminatedUnion */ .gMt("kind", [
        /** One probability a class, in this order; undefined classes: not known to the model. */
        zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz("classes"), classes: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(10_000)).min(1).max(1_000).optional() }),
        /** The network gives `(value − mean) / deviation`. */
        zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz("number"), mean: finite, deviation }),
    ]),
});
const preprocessingFile = "preprocessing.json";
/** Byte-stable text of the file. */
function formatPreprocessing(preprocessing) {
    return `${JSON.stringify(preprocessing, null, 2)}\n`;
}


/***/ }),

/***/ 83165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ commandEnvironment)
/* harmony export */ });
/** What a program needs to find its tools, its home and its GPU; nothing that GitHub or the workflow put there. */
const passedOn = new Set([
    "PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "TMPDIR",
    "TERM",
    "USER",
    "LOGNAME",
    "SHELL",
    "TZ",
    "LD_LIBRARY_PATH",
    "VIRTUAL_ENV",
].concat(
// Windows programs do not start without these.
["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMFILES"]));
const passedOnPrefixes = /^(LC_|CUDA_|NVIDIA_|CONDA_|PYENV|PYTHON)/;
const secretLooking = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY$/;
/** The runner's own: with them a command could act as the job. Not passed on even when `assay.yml` names them. */
const runnersOwn = /^(GITHUB_|ACTIONS_|INPUT_|RUNNER_TRACKING_ID$)/;
/**
 * The whole environment of a user's command: what programs need from this machine, the declared variables, and those by which
 * Assay tells it things (`assay`, which win).
 */
function commandEnvironment(request) {
    const result = {};
    for (const [name, value] of Object.entries(request.environment)) {
        const known = name.toUpperCase();
        const wanted = passedOn.has(known) || (passedOnPrefixes.test(known) && !secretLooking.test(known));
        if (value !== undefined && wanted)
            result[name] = value;
    }
    for (const [name, value] of Object.entries(request.declared)) {
        if (!runnersOwn.test(name.toUpperCase()))
            result[name] = value;
    }
    return { ...result, ...request.assay };
}


/***/ }),

/***/ 24212:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A4: () => (/* binding */ shuffled),
/* harmony export */   Is: () => (/* binding */ seededRandom),
/* harmony export */   uS: () => (/* binding */ withSeededMathRandom)
/* harmony export */ });
/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function seededRandom(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
/** The values in a random order (Fisher–Yates); the given array is not changed. */
function shuffled(values, random) {
    const result = values.slice();
    for (let last = result.length - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        const value = result[last] ?? 0;
        result[last] = result[other] ?? 0;
        result[other] = value;
    }
    return result;
}
/** Runs something with `Math.random` seeded, which TensorFlow.js draws dropout masks from. */
async function withSeededMathRandom(seed, run) {
    const original = Math.random;
    Math.random = seededRandom(seed);
    try {
        return await run();
    }
    finally {
        Math.random = original;
    }
}


/***/ }),

/***/ 42004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ moduleResultSchema),
/* harmony export */   v: () => (/* binding */ moduleRequestSchema)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13798);

/** What the process that runs the user's module is told, as JSON in the file that its argument names. Paths are absolute. */
const moduleRequestSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    module: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    workingDirectory: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    /** Files and folders that the module may read as data. */
    data: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP()),
    task: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(["binary", "multiclass", "regression"]),
    seed: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    backend: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(["auto", "tensorflow", "wasm", "cpu"]),
    modelFolder: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    outputFolder: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    checkpointFolder: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    /** Where the result goes. */
    resultFile: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
});
/** What that process says; the user's code runs in it, so it is parsed like anything from outside. */
const moduleResultSchema = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    backend: zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ used: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(50), version: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(50), why: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(1_000).optional() }),
    /** A model was written. */
    completed: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
    /** What the module did not keep of its contract, for people. */
    problem: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(4_000).optional(),
    /** An operation that the backend in use does not have. */
    lacks: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(200).optional(),
});


/***/ })

};
