export const id = 381;
export const ids = [381];
export const modules = {

/***/ 98381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createTfjsScorer: () => (/* binding */ createTfjsScorer)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/data/read-table.js + 6 modules
var read_table = __webpack_require__(67836);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/files/node-files.js
var node_files = __webpack_require__(34183);
// EXTERNAL MODULE: ./build/src/tensorflow/encode-features.js
var encode_features = __webpack_require__(83277);
// EXTERNAL MODULE: ./build/src/tensorflow/load.js + 3 modules
var load = __webpack_require__(94429);
// EXTERNAL MODULE: ./build/src/tensorflow/missing-kernel.js
var missing_kernel = __webpack_require__(31129);
// EXTERNAL MODULE: ./build/src/tensorflow/model-files.js
var model_files = __webpack_require__(71356);
;// CONCATENATED MODULE: ./build/src/tensorflow/predict-rows.js

const batchRows = 4096;
/** A model's outputs for the first `rows` rows: `width` numbers a row, one row after the other. */
async function predictRows(tf, model, encoder, rows) {
    const [input, ...moreInputs] = model.inputs;
    const [output, ...moreOutputs] = model.outputs;
    const width = output?.shape.at(-1);
    if (input?.shape.length !== 2 || moreInputs.length > 0 || moreOutputs.length > 0 || typeof width !== "number")
        throw new errors/* UserCommandError */.vk("A model for tables has one input and one output, each of shape [rows, numbers]; this one has others.");
    const wanted = input.shape[1];
    if (wanted !== encoder.width)
        throw new errors/* UserCommandError */.vk(`The model wants ${wanted} numbers a row, but the table gives ${encoder.width}. Say which columns are its features.`);
    const values = new Float32Array(rows * width);
    for (let from = 0; from < rows; from += batchRows) {
        const batch = Int32Array.from({ length: Math.min(batchRows, rows - from) }, (_, index) => from + index);
        const outputs = tf.tidy(() => {
            const predicted = model.predict(tf.tensor2d(encoder.encode(batch), [batch.length, encoder.width]));
            return Array.isArray(predicted) ? predicted.map((tensor) => tensor.dataSync()) : [predicted.dataSync()];
        });
        values.set(outputs[0] ?? [], from * width);
    }
    return { width, values };
}

// EXTERNAL MODULE: ./build/src/tensorflow/preprocessing.js
var preprocessing = __webpack_require__(8429);
;// CONCATENATED MODULE: ./build/src/scoring/scorers/tfjs.js










/**
 * Scores a TensorFlow.js layers model on the wasm backend (cpu where it lacks an operation), so that predictions do not depend
 * on what the machine has. A model without `preprocessing.json` gets every column but id and target as numbers, in order.
 */
function createTfjsScorer(request) {
    const { modelFolder, task, files = (0,node_files/* createNodeFiles */._)() } = request;
    return {
        async score(test) {
            const preprocessing = withFeatures(await readPreprocessing(files, modelFolder), test, task);
            const encoder = (0,encode_features/* createFeatureEncoder */.bI)(preprocessing, await categoriesAsText(test, preprocessing, files));
            const outputs = await withBackend(modelFolder, async (tf) => {
                const model = await (0,model_files/* loadModelFiles */.T)(tf, files, modelFolder);
                return predictRows(tf, model, encoder, test.table.rows);
            });
            return preprocessing.output.kind === "number"
                ? regressionOf(outputs, preprocessing.output)
                : classificationOf(outputs, preprocessing.output.classes ?? request.classes ?? labelsOf(test), request.positive);
        },
    };
}
async function withBackend(resolveFrom, predict) {
    const { tf, backend } = await (0,load/* loadTensorFlow */._)("wasm", { resolveFrom });
    try {
        return await predict(tf);
    }
    catch (error) {
        if (backend === "cpu" || (0,missing_kernel/* missingKernel */.o)(error) === undefined)
            throw error;
        return predict((await (0,load/* loadTensorFlow */._)("cpu", { resolveFrom })).tf);
    }
}
async function readPreprocessing(files, folder) {
    const text = await files.readText((0,external_node_path_.join)(folder, preprocessing/* preprocessingFile */.VJ));
    if (text === undefined)
        return undefined;
    try {
        return preprocessing/* preprocessingSchema */.KX.parse(JSON.parse(text));
    }
    catch (error) {
        throw new errors/* UserCommandError */.vk(`The model's ${preprocessing/* preprocessingFile */.VJ} is not what Assay writes. Train the model again.`, {
            cause: error,
        });
    }
}
/** A model that does not say what it reads gets every column but id and target. */
function withFeatures(saved, { table, idColumn, targetColumn }, task) {
    if (saved && saved.numeric.length + saved.categorical.length > 0)
        return saved;
    const features = table.columns.map(({ name }) => name).filter((name) => name !== idColumn && name !== targetColumn);
    return {
        schema: "assay.preprocessing/v1",
        numeric: features.map((name) => ({ name, fill: null, mean: 0, deviation: 1 })),
        categorical: [],
        output: saved?.output ?? (task === "regression" ? { kind: "number", mean: 0, deviation: 1 } : { kind: "classes" }),
    };
}
/** Categories are compared as text exactly as written, as they were in training; what looks like numbers is read again. */
async function categoriesAsText({ path, table }, { categorical }, files) {
    const names = new Set(categorical.map(({ name }) => name));
    const text = table.columns.filter(({ kind, name }) => kind === "number" && names.has(name)).map(({ name }) => name);
    if (text.length === 0)
        return table;
    const again = await (0,read_table/* readTable */.x)(path, { text, columns: text, files });
    const replaced = new Map(again.columns.map((column) => [column.name, column]));
    return { rows: table.rows, columns: table.columns.map((column) => replaced.get(column.name) ?? column) };
}
/** Only to name a model's outputs when nobody else does: the test set's labels in order. */
function labelsOf({ table, targetColumn }) {
    const target = table.columns.find(({ name }) => name === targetColumn);
    return [...new Set(target ? (0,encode_features/* textsOf */.CB)(target).filter((label) => label !== null) : [])].sort();
}
function regressionOf({ width, values }, { mean, deviation }) {
    if (width !== 1)
        throw new errors/* UserCommandError */.vk(`The task is regression, but the model gives ${width} numbers a row; one was expected.`);
    return { ids: undefined, predictions: Float64Array.from(values, (value) => value * deviation + mean), scores: new Map() };
}
function classificationOf(outputs, classes, positive) {
    const probabilities = classes.length === 2 && outputs.width === 1 ? bothClasses(outputs, classes, positive) : columnsOf(outputs);
    if (probabilities.length !== classes.length)
        throw new errors/* UserCommandError */.vk(`The model gives ${outputs.width} numbers a row, but there are ${classes.length} classes. Declare evaluate.classes in the order of the model's outputs.`);
    const rows = outputs.values.length / outputs.width;
    const predictions = Array.from({ length: rows }, (_, row) => {
        let best = 0;
        for (const [index, column] of probabilities.entries())
            if ((column[row] ?? 0) > (probabilities[best]?.[row] ?? 0))
                best = index;
        return classes[best] ?? "";
    });
    return {
        ids: undefined,
        predictions,
        scores: new Map(classes.map((label, index) => [label, probabilities[index] ?? new Float64Array()])),
    };
}
function columnsOf({ width, values }) {
    return Array.from({ length: width }, (_, column) => Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + column] ?? 0));
}
/** A model with one output gives the probability of the positive class. */
function bothClasses({ values }, classes, positive) {
    const given = Float64Array.from(values);
    const other = given.map((value) => 1 - value);
    return classes[0] === positive ? [given, other] : [other, given];
}


/***/ }),

/***/ 31129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ missingKernel)
/* harmony export */ });
/** The operation that the backend in use does not have, when that is what the error says; gradients are operations too. */
function missingKernel(error) {
    if (!(error instanceof Error))
        return undefined;
    return /kernel '(\w+)' (?:not registered )?for backend/i.exec(error.message)?.[1];
}


/***/ })

};
