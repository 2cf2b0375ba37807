export const id = 179;
export const ids = [179];
export const modules = {

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

/***/ 49370:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(91485);
/* harmony import */ var _evaluate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57987);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(43121);



await (0,_runtime_run_action_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(() => (0,_evaluate_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluate */ ._)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .loadInputs */ .I)()));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 43121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ loadInputs)
/* harmony export */ });
/* harmony import */ var _runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64377);

function loadInputs() {
    return { plan: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .planInput */ .yN)(), model: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .requiredInput */ .YF)("model"), spec: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalInput */ .$m)("spec"), token: (0,_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .tokenInput */ .e1)() };
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

/***/ 6805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  z3: () => (/* binding */ error),
  V4: () => (/* binding */ getInput),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, debug, endGroup, exportVariable, getBooleanInput, getIDToken, getMultilineInput, getState, group, isDebug, markdownSummary, platform, saveState, setCommandEcho, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(70857);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(76982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(79896);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __webpack_require__(16928);
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 90740:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ context)
});

// UNUSED EXPORTS: getOctokit

// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(79896);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(70857);
;// CONCATENATED MODULE: ./build/node_modules/@actions/github/lib/context.js


class Context {
    /**
     * Hydrate the context from the environment
     */
    constructor() {
        var _a, _b, _c;
        this.payload = {};
        if (process.env.GITHUB_EVENT_PATH) {
            if ((0,external_fs_.existsSync)(process.env.GITHUB_EVENT_PATH)) {
                this.payload = JSON.parse((0,external_fs_.readFileSync)(process.env.GITHUB_EVENT_PATH, { encoding: 'utf8' }));
            }
            else {
                const path = process.env.GITHUB_EVENT_PATH;
                process.stdout.write(`GITHUB_EVENT_PATH ${path} does not exist${external_os_.EOL}`);
            }
        }
        this.eventName = process.env.GITHUB_EVENT_NAME;
        this.sha = process.env.GITHUB_SHA;
        this.ref = process.env.GITHUB_REF;
        this.workflow = process.env.GITHUB_WORKFLOW;
        this.action = process.env.GITHUB_ACTION;
        this.actor = process.env.GITHUB_ACTOR;
        this.job = process.env.GITHUB_JOB;
        this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
        this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
        this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
        this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : `https://api.github.com`;
        this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
        this.graphqlUrl =
            (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
    }
    get issue() {
        const payload = this.payload;
        return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
    }
    get repo() {
        if (process.env.GITHUB_REPOSITORY) {
            const [owner, repo] = process.env.GITHUB_REPOSITORY.split('/');
            return { owner, repo };
        }
        if (this.payload.repository) {
            return {
                owner: this.payload.repository.owner.login,
                repo: this.payload.repository.name
            };
        }
        throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
    }
}
//# sourceMappingURL=context.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/github/lib/github.js


const context = new Context();
/**
 * Returns a hydrated octokit ready to use for GitHub Actions
 *
 * @param     token    the repo PAT or GITHUB_TOKEN
 * @param     options  other options to set
 */
function getOctokit(token, options, ...additionalPlugins) {
    const GitHubWithPlugins = GitHub.plugin(...additionalPlugins);
    return new GitHubWithPlugins(getOctokitOptions(token, options));
}
//# sourceMappingURL=github.js.map

/***/ })

};
