export const id = 241;
export const ids = [241];
export const modules = {

/***/ 19691:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(91485);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58710);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71481);



await (0,_runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(() => (0,_report_js__WEBPACK_IMPORTED_MODULE_2__/* .report */ .z)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .loadInputs */ .I)()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 58710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ loadInputs)
/* harmony export */ });
/* harmony import */ var _runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64377);

function loadInputs() {
    return { plan: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .planInput */ .yN)(), spec: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalInput */ .$m)("spec"), token: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .tokenInput */ .e1)() };
}


/***/ }),

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

/***/ 35383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ fetchRun)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23154);
/* harmony import */ var _evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(32936);
/* harmony import */ var _job_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(73270);




/**
 * Brings a run's model here: from this workflow run when it was trained in it, else from where the plan found it, and checks
 * every file against the evidence.
 * @throws MissingDataError naming what is gone or altered
 */
async function fetchRun(model, planned, machine, records) {
    const folder = await machine.files.makeTemporaryFolder("assay-fetched-");
    const modelFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "model");
    const evidence = planned.run?.kind === "store"
        ? await fetchFromStore(model, planned, modelFolder, machine, records)
        : await fetchFromJobFiles(model, planned, folder, machine);
    await checkModelFiles(evidence, modelFolder, machine);
    return {
        evidence,
        modelFolder,
        async keptPredictions(testSetDigest) {
            const digest = evidence.evaluations.find(({ testSet }) => testSet.digest === testSetDigest)?.candidate?.predictions;
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "predictions.csv");
            return digest && (await records.store.get(digest, file)) ? file : undefined;
        },
        remove: () => machine.files.remove(folder),
    };
}
async function fetchFromJobFiles(model, planned, folder, machine) {
    const found = planned.run
        ? await machine.jobFiles.fetchFrom(planned.run, folder)
        : await machine.jobFiles.fetch((0,_job_files_js__WEBPACK_IMPORTED_MODULE_3__/* .runFilesName */ .c0)(model, planned.inputHash), folder);
    const text = found ? await machine.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "evidence.json")) : undefined;
    if (text === undefined)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: there is no run with input hash ${planned.inputHash}${planned.run ? ` in ${planned.run.origin}` : ""}. ` +
            "Train it first; if its training job failed, its log says why.");
    return sameRun((0,_evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEvidence */ .v)(text, `evidence of ${model}`), model, planned);
}
async function fetchFromStore(model, planned, modelFolder, { files }, { ledger, store }) {
    const evidence = await ledger.findEvidence(model, planned.inputHash);
    if (!evidence)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the ledger has no record of input hash ${planned.inputHash} any more. Plan again.`);
    // The store takes no empty files.
    for (const { path, digest, bytes } of evidence.trainings.flatMap((training) => training.model?.files ?? []))
        if (bytes === 0)
            await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, path), "");
        else if (!(await store.get(digest, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, path))))
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the model store no longer has ${path} (${digest}). Plan again, so that it is trained anew.`);
    return sameRun(evidence, model, planned);
}
function sameRun(evidence, model, planned) {
    if (evidence.model === model && evidence.inputHash === planned.inputHash)
        return evidence;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the evidence that was fetched is of ${evidence.model} with input hash ${evidence.inputHash}, not ${planned.inputHash}.`);
}
async function checkModelFiles(evidence, modelFolder, machine) {
    for (const file of evidence.trainings.flatMap((training) => training.model?.files ?? [])) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, file.path);
        const found = (await machine.files.exists(path)) ? (await machine.files.digest(path)).digest : "nothing";
        if (found !== file.digest)
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${evidence.model}: ${file.path} should be ${file.digest} by its evidence, but ${found} was found.`);
    }
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

/***/ 79161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ compareLaws),
/* harmony export */   F: () => (/* binding */ applyLaw)
/* harmony export */ });
/* harmony import */ var _metrics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7104);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(88613);


/**
 * The model as it is judged on a pull request: what decides comes from the base branch, what is run and where comes from the
 * head. The head's own metrics are shown as well, where they make sense for base's task.
 */
function applyLaw(base, head) {
    const { id, target, positive, classes, metrics } = base.evaluate;
    const added = head.evaluate.metrics.filter((metric) => (0,_metrics_js__WEBPACK_IMPORTED_MODULE_0__/* .metricApplies */ .JN)(metric, base.task, positive));
    return {
        ...head,
        task: base.task,
        owners: base.owners,
        evaluate: { ...head.evaluate, id, target, positive, classes, metrics: [...new Set([...metrics, ...added])] },
        // Annotations are read beside the head's file, so a gate points at its own line there, or at the model.
        gates: base.gates.map((gate) => ({
            ...gate,
            position: head.gates.find((other) => sameRule(gate, other))?.position ?? head.position,
        })),
    };
}
function compareLaws(base, head) {
    const changes = [];
    const differ = (model, what, before, after) => {
        if (before !== after)
            changes.push({ model, what: `${what}: ${before} → ${after}` });
    };
    differ("", "on-inconclusive", base.onInconclusive, head.onInconclusive);
    for (const [name, before] of base.models) {
        const after = head.models.get(name);
        if (after === undefined) {
            changes.push({ model: name, what: "model removed" });
            continue;
        }
        differ(name, "task", before.task, after.task);
        differ(name, "owners", words(before.owners), words(after.owners));
        differ(name, "test set", testSet(before), testSet(after));
        differ(name, "id", before.evaluate.id ?? "row number", after.evaluate.id ?? "row number");
        differ(name, "target", before.evaluate.target, after.evaluate.target);
        differ(name, "positive", before.evaluate.positive ?? "none", after.evaluate.positive ?? "none");
        differ(name, "classes", words(before.evaluate.classes ?? []), words(after.evaluate.classes ?? []));
        for (const what of setChanges("metric", before.evaluate.metrics, after.evaluate.metrics))
            changes.push({ model: name, what });
        for (const what of gateChanges(before.gates, after.gates))
            changes.push({ model: name, what });
    }
    for (const name of head.models.keys())
        if (!base.models.has(name))
            changes.push({ model: name, what: "model added" });
    return changes;
}
function gateChanges(before, after) {
    const removed = before.filter((gate) => !after.some((other) => sameRule(gate, other)));
    const added = after.filter((gate) => !before.some((other) => sameRule(gate, other)));
    const moved = before.flatMap((gate) => {
        const other = after.find((candidate) => sameRule(gate, candidate));
        if (other === undefined || bound(gate) === bound(other))
            return [];
        return [`gate ${gate.metric} ${gate.kind}: ${bound(gate)} → ${bound(other)}`];
    });
    const show = (gate) => `${gate.metric} ${gate.kind} ${bound(gate)}`;
    return [...moved, ...removed.map((gate) => `gate removed: ${show(gate)}`), ...added.map((gate) => `gate added: ${show(gate)}`)];
}
function setChanges(what, before, after) {
    return [
        ...before.filter((value) => !after.includes(value)).map((value) => `${what} removed: ${value}`),
        ...after.filter((value) => !before.includes(value)).map((value) => `${what} added: ${value}`),
    ];
}
/** A model has at most one gate of a kind on a metric; `parseSpec` sees to it. */
function sameRule(a, b) {
    return a.kind === b.kind && a.metric === b.metric;
}
function bound(gate) {
    return gate.kind === "no-worse-than" || gate.kind === "better-than" ? gate.margin : gate.limit;
}
function testSet(model) {
    return (0,_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, model.evaluate.data);
}
function words(values) {
    return values.length === 0 ? "none" : values.join(", ");
}


/***/ })

};
