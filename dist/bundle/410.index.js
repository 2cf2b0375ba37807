export const id = 410;
export const ids = [410];
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


/***/ }),

/***/ 14029:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73136);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(13798);
/* harmony import */ var _data_read_table_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67836);
/* harmony import */ var _files_node_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34183);
/* harmony import */ var _tensorflow_load_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(94429);
/* harmony import */ var _tensorflow_missing_kernel_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(31129);
/* harmony import */ var _tensorflow_model_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71356);
/* harmony import */ var _tensorflow_preprocessing_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8429);
/* harmony import */ var _seeded_random_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(24212);
/* harmony import */ var _exchange_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(42004);
var __rewriteRelativeImportExtension = (undefined && undefined.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};
/**
 * The process in which a user's training module runs, apart from ours and what it holds.
 * Usage: node user-module-main.js REQUEST_FILE
 */











const files = (0,_files_node_files_js__WEBPACK_IMPORTED_MODULE_3__/* .createNodeFiles */ ._)();
/** The module did not keep its contract; the message is for people. */
class ContractError extends Error {
}
const layersModel = zod__WEBPACK_IMPORTED_MODULE_8__/* .custom */ .IeY((value) => zod__WEBPACK_IMPORTED_MODULE_8__/* .object */ .Ikc({ save: zod__WEBPACK_IMPORTED_MODULE_8__/* ["function"] */ .fHH(), predict: zod__WEBPACK_IMPORTED_MODULE_8__/* ["function"] */ .fHH(), getWeights: zod__WEBPACK_IMPORTED_MODULE_8__/* ["function"] */ .fHH() }).safeParse(value).success);
const names = zod__WEBPACK_IMPORTED_MODULE_8__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_8__/* .string */ .YjP().max(1_000)).min(1).max(10_000);
const trainedSchema = zod__WEBPACK_IMPORTED_MODULE_8__/* .union */ .KCZ([
    zod__WEBPACK_IMPORTED_MODULE_8__/* .object */ .Ikc({ model: layersModel, features: names.optional(), classes: names.optional() }),
    layersModel.transform((model) => ({ model, features: undefined, classes: undefined })),
]);
await main();
// What the module left open must not keep a finished training waiting.
process.exit();
async function main() {
    const request = _exchange_js__WEBPACK_IMPORTED_MODULE_7__/* .moduleRequestSchema */ .v.parse(JSON.parse((await files.readText(process.argv[2] ?? "")) ?? ""));
    const { tf, backend, version, why } = await (0,_tensorflow_load_js__WEBPACK_IMPORTED_MODULE_4__/* .loadTensorFlow */ ._)(request.backend, { resolveFrom: request.workingDirectory });
    console.log(`TensorFlow.js ${version}, backend ${backend}${why === undefined ? "" : ` (${why})`}`);
    const used = { used: backend, version, ...(why === undefined ? {} : { why }) };
    const tell = (result) => files.write(request.resultFile, JSON.stringify({ backend: used, ...result }));
    // Told beforehand too: the module may end this process.
    await tell({ completed: false });
    Math.random = (0,_seeded_random_js__WEBPACK_IMPORTED_MODULE_9__/* .seededRandom */ .Is)(request.seed);
    try {
        const userModule = await loadUserModule(request);
        const { seed, outputFolder, checkpointFolder } = request;
        const trained = await userModule.train({
            tf,
            seed,
            outputFolder,
            checkpointFolder,
            data: dataReader(request),
            log: (line) => console.log(line),
        });
        await keep(trained, request);
        await tell({ completed: true });
    }
    catch (error) {
        const lacks = (0,_tensorflow_missing_kernel_js__WEBPACK_IMPORTED_MODULE_10__/* .missingKernel */ .o)(error);
        if (lacks !== undefined)
            return tell({ completed: false, lacks });
        if (error instanceof ContractError)
            return tell({ completed: false, problem: error.message });
        console.error(error);
        process.exitCode = 1;
    }
}
async function loadUserModule({ module }) {
    const loaded = await import(__rewriteRelativeImportExtension(/* webpackIgnore: true */ (0,node_url__WEBPACK_IMPORTED_MODULE_1__.pathToFileURL)(module).href));
    const isUserModule = (value) => zod__WEBPACK_IMPORTED_MODULE_8__/* .object */ .Ikc({ train: zod__WEBPACK_IMPORTED_MODULE_8__/* ["function"] */ .fHH() }).safeParse(value).success;
    if (isUserModule(loaded))
        return loaded;
    const byDefault = zod__WEBPACK_IMPORTED_MODULE_8__/* .object */ .Ikc({ default: zod__WEBPACK_IMPORTED_MODULE_8__/* .unknown */ .L5J() }).safeParse(loaded).data?.default;
    if (isUserModule(byDefault))
        return byDefault;
    throw new ContractError("The training module exports no function `train`. Write `export async function train({ tf, data, seed }) { … }`.");
}
function dataReader({ workingDirectory, data }) {
    return async (path, options = {}) => {
        const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workingDirectory, path);
        if (!data.some((declared) => absolute === declared || absolute.startsWith(declared + node_path__WEBPACK_IMPORTED_MODULE_0__.sep)))
            throw new ContractError(`The training module reads ${JSON.stringify((0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(workingDirectory, absolute))}, which train.inputs.data does not declare, so that a change of it would go unnoticed. Declare it.`);
        const table = await (0,_data_read_table_js__WEBPACK_IMPORTED_MODULE_2__/* .readTable */ .x)(absolute, { name: path, text: options.text });
        return {
            ...table,
            column(name) {
                const column = table.columns.find((other) => other.name === name);
                if (!column)
                    throw new Error(`${path} has no column ${JSON.stringify(name)}`);
                return column.values;
            },
        };
    };
}
async function keep(trained, { modelFolder, task }) {
    const parsed = trainedSchema.safeParse(trained);
    if (!parsed.success)
        throw new ContractError("The training module's `train` did not return a TensorFlow.js layers model. Return the model, or {model, features, classes}.");
    const { model, features, classes } = parsed.data;
    for (const weights of model.getWeights())
        if (weights.dataSync().some((value) => !Number.isFinite(value)))
            throw new ContractError("The trained model's weights are not all finite numbers: training diverged. Lower the learning rate.");
    await (0,_tensorflow_model_files_js__WEBPACK_IMPORTED_MODULE_5__/* .saveModelFiles */ .a)(model, files, modelFolder);
    if (!features && !classes)
        return;
    await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, _tensorflow_preprocessing_js__WEBPACK_IMPORTED_MODULE_6__/* .preprocessingFile */ .VJ), (0,_tensorflow_preprocessing_js__WEBPACK_IMPORTED_MODULE_6__/* .formatPreprocessing */ .wJ)({
        schema: "assay.preprocessing/v1",
        numeric: (features ?? []).map((name) => ({ name, fill: null, mean: 0, deviation: 1 })),
        categorical: [],
        output: task === "regression" ? { kind: "number", mean: 0, deviation: 1 } : { kind: "classes", ...(classes ? { classes } : {}) },
    }));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
