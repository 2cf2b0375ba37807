export const id = 728;
export const ids = [728];
export const modules = {

/***/ 27439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ readEvent)
/* harmony export */ });
/* harmony import */ var _actions_github__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(90740);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13798);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(37428);
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);



const sha = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
/** The part of a `pull_request` payload that is read. Titles and branch names are untrusted text. */
const pullRequestPayload = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    number: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1),
    title: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    draft: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
    head: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ sha, ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), repo: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }).nullable() }),
    base: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ sha, ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), repo: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr() }) }),
});
const pushPayload = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ before: sha, ref: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), repository: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ default_branch: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }) });
/** Reads the event once; nothing deeper looks at the environment. */
function readEvent() {
    const { owner, repo } = _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.repo;
    const pullRequest = _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.payload.pull_request ? parse(pullRequestPayload, _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.payload.pull_request) : undefined;
    const push = _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.eventName === "push" ? parse(pushPayload, _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.payload) : undefined;
    return {
        owner,
        name: repo,
        repository: `${owner}/${repo}`,
        serverUrl: _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.serverUrl,
        apiUrl: _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.apiUrl,
        runUrl: `${_actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.serverUrl}/${owner}/${repo}/actions/runs/${_actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.runId}`,
        runId: _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.runId,
        kind: pullRequest ? "pull_request" : _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.eventName === "push" ? "push" : "manual",
        commit: parse(sha, _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.sha),
        before: push && !/^0+$/.test(push.before) ? push.before : null,
        onDefaultBranch: push?.ref === `refs/heads/${push?.repository.default_branch}`,
        pullRequest: pullRequest && {
            number: pullRequest.number,
            title: pullRequest.title,
            headRef: pullRequest.head.ref,
            baseRef: pullRequest.base.ref,
            headSha: pullRequest.head.sha,
            baseSha: pullRequest.base.sha,
            fromFork: pullRequest.head.repo?.id !== pullRequest.base.repo.id,
        },
        identity: {
            repository: `${owner}/${repo}`,
            headSha: pullRequest?.head.sha,
            pullRequest: pullRequest?.number,
            run: {
                id: _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.runId,
                attempt: Number.isInteger(_actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.runAttempt) ? _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.runAttempt : 1,
                event: _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.eventName,
                workflow: process.env["GITHUB_WORKFLOW_REF"] ?? _actions_github__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._.workflow ?? "",
            },
        },
    };
}
function parse(schema, value) {
    const parsed = schema.safeParse(value);
    if (parsed.success)
        return parsed.data;
    throw new _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UsageError */ .eb(`The runner's event is not one that Assay reads: ${zod__WEBPACK_IMPORTED_MODULE_3__/* .prettifyError */ .S1(parsed.error)}. Run it on pull_request, push or workflow_dispatch.`);
}


/***/ }),

/***/ 64377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $m: () => (/* binding */ optionalInput),
  yN: () => (/* binding */ planInput),
  YF: () => (/* binding */ requiredInput),
  e1: () => (/* binding */ tokenInput)
});

// EXTERNAL MODULE: ./build/node_modules/@actions/core/lib/core.js + 3 modules
var core = __webpack_require__(6805);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(13798);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/evidence/evidence.js
var evidence = __webpack_require__(36970);
;// CONCATENATED MODULE: ./build/src/plan/parse-plan.js




const maxBytes = 64 * 1024 * 1024;
const parse_plan_text = (max = 1_000) => schemas/* string */.YjP().max(max);
const sha = schemas/* string */.YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const parse_plan_digest = schemas/* string */.YjP()
    .regex(digest/* digestPattern */.V_)
    .transform((value) => value);
const because = schemas/* array */.YOg(parse_plan_text(10_000)).max(100);
const decision = schemas/* enum */.k5n(["train", "reuse", "skip"]);
const runRef = schemas/* strictObject */.rej({
    kind: schemas/* enum */.k5n(["artifact", "store"]),
    inputHash: parse_plan_digest,
    runId: schemas/* int */.Whr().min(1).optional(),
    artifactId: schemas/* int */.Whr().min(1).optional(),
    artifactName: parse_plan_text().optional(),
    origin: parse_plan_text(),
});
const plannedRun = schemas/* strictObject */.rej({
    commit: sha,
    inputHash: parse_plan_digest,
    inputs: schemas/* array */.YOg(evidence/* inputSchema */.is).max(100_000),
    decision,
    because,
    run: runRef.optional(),
})
    .refine(({ decision: decided, run }) => decided !== "reuse" || run !== undefined, "`reuse` names no run");
const planSchema = schemas/* strictObject */.rej({
    schema: schemas/* literal */.euz("assay.plan/v1"),
    commit: sha,
    base: sha.nullable(),
    event: schemas/* enum */.k5n(["pull_request", "push", "manual"]),
    pullRequest: schemas/* int */.Whr().min(1).optional(),
    headSha: sha.optional(),
    models: schemas/* array */.YOg(schemas/* strictObject */.rej({
        model: parse_plan_text(200),
        candidate: plannedRun,
        baseline: plannedRun.optional(),
        evaluate: schemas/* boolean */.zMY(),
        evaluateBecause: because,
        testSetChanged: schemas/* boolean */.zMY(),
        runner: schemas/* array */.YOg(parse_plan_text(200)).max(100),
        timeoutMinutes: schemas/* number */.aig().positive().max(1_000_000),
    }))
        .max(1_000),
});
/**
 * Reads a plan that another job wrote.
 * @param source where it comes from, for messages
 * @throws UsageError when it is not one
 */
function parsePlan(json, source) {
    const wrong = (what) => new errors/* UsageError */.eb(`${source} is not a plan of Assay: ${what}. Pass on the plan action's output \`plan\` unchanged, of the same version.`);
    if (json.length > maxBytes)
        throw wrong(`it has more than ${maxBytes} characters`);
    let value;
    try {
        value = JSON.parse(json);
    }
    catch {
        throw wrong(json.trim() === "" ? "it is empty" : "it is not JSON");
    }
    const parsed = planSchema.safeParse(value);
    if (parsed.success)
        return parsed.data;
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join(".") || "the document"}: ${issue?.message ?? "not what was expected"}`);
}

;// CONCATENATED MODULE: ./build/actions/runtime/inputs.js



/** The text of a required input. */
function requiredInput(name) {
    const value = core/* getInput */.V4(name);
    if (value === "")
        throw new errors/* UsageError */.eb(`Input \`${name}\` is empty, and it is needed. Set it under \`with:\` in the workflow.`);
    return value;
}
/** The text of an optional input. */
function optionalInput(name) {
    return core/* getInput */.V4(name) || undefined;
}
/** The token to read or write with; never shown in the log. */
function tokenInput() {
    const token = optionalInput("github-token");
    if (token)
        core/* setSecret */.Pq(token);
    return token;
}
/** The `plan` output of the plan action. */
function planInput() {
    return parsePlan(requiredInput("plan"), "input `plan`");
}


/***/ }),

/***/ 12874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Ng: () => (/* binding */ connect),
  Di: () => (/* binding */ lazyRecords),
  M$: () => (/* binding */ recordsOf)
});

// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/src/github/lost-answer.js
var lost_answer = __webpack_require__(80890);
// EXTERNAL MODULE: ./build/src/ledger/ledger.js
var ledger = __webpack_require__(9286);
// EXTERNAL MODULE: ./build/src/ledger/record.js
var record = __webpack_require__(95634);
;// CONCATENATED MODULE: ./build/src/ledger/branch-ledger.js





const maxAttempts = 10;
/** The ledger on GitHub. The branch is created by the first record; each record is one commit by one Contents call. */
function createBranchLedger(contents) {
    const read = async (path) => (await contents.read(path, ledger/* ledgerBranch */.c))?.bytes;
    return {
        async findEvidence(model, inputHash) {
            return (await (0,record/* findLatest */.hc)(model, inputHash, read)).evidence;
        },
        async recordEvidence(evidence) {
            const content = (0,record/* formatRecord */.bM)(evidence);
            const message = (0,record/* recordMessage */.VR)(evidence);
            for (let attempt = 1; attempt <= maxAttempts; attempt++) {
                const { evidence: stored, nextPath } = await (0,record/* findLatest */.hc)(evidence.model, evidence.inputHash, read);
                if ((0,record/* isSameRecord */.Wn)(stored, evidence))
                    return;
                const outcome = await append(contents, { branch: ledger/* ledgerBranch */.c, path: nextPath, content, message });
                if (outcome === "created")
                    return;
                // Somebody else appended, or the answer was lost: look at what is there now, not all at the same moment.
                await (0,promises_.setTimeout)(Math.random() * Math.min(100 * 2 ** attempt, 5_000));
            }
            throw new errors/* GitHubError */.y_(`The record of model ${evidence.model} could not be added to branch ${ledger/* ledgerBranch */.c}: the branch moved ${maxAttempts} times meanwhile. Run this job again.`);
        },
    };
}
async function append(contents, request) {
    try {
        const isThere = (await contents.branchTip(request.branch)) !== undefined;
        return isThere ? await contents.create(request) : await contents.createOrphanBranch(request);
    }
    catch (error) {
        if ((0,lost_answer/* isLostAnswer */.v)(error))
            return "lost";
        throw error;
    }
}

// EXTERNAL MODULE: ./build/src/model-store/asset-name.js
var asset_name = __webpack_require__(82955);
;// CONCATENATED MODULE: ./build/src/model-store/release-store.js



const storeTag = "assay-store";
/** GitHub's limit for one release; then the next one, `assay-store-2`, is begun. */
const assetsARelease = 1_000;
const maxReleases = 100;
const uploadAttempts = 3;
const body = [
    "Model files and baseline predictions that Assay compares with, named by their SHA-256. They are kept here because artifacts of",
    "workflow runs expire. What is deleted here is trained again when it is needed.",
].join("\n");
/**
 * Assets of a prerelease tagged `assay-store`, which the first file creates. One file is smaller than 2 GiB.
 * @param options.target branch or commit that the tag points at; not one that changes `.github/workflows/`
 */
function createReleaseStore(releases, options) {
    async function readShelves() {
        const shelves = [];
        while (shelves.length < maxReleases) {
            const release = await releases.findByTag(tagOf(shelves.length));
            if (release === undefined)
                return shelves;
            shelves.push({ release, assets: await releases.assets(release.id) });
        }
        return shelves;
    }
    let reading;
    /** Questions that are asked together, such as for all files of a model, share one reading. */
    async function findUploaded(name) {
        reading ??= readShelves().finally(() => {
            reading = undefined;
        });
        return findIn(await reading, name);
    }
    /** The release that takes one more file. */
    async function openShelf(shelves) {
        const last = shelves.at(-1);
        if (last !== undefined && last.assets.length < assetsARelease)
            return last;
        if (shelves.length >= maxReleases)
            throw new errors/* GitHubError */.y_(`The store has ${maxReleases} full releases. Delete old ones.`);
        return { release: await createRelease(tagOf(shelves.length)), assets: [] };
    }
    async function createRelease(tag) {
        try {
            return await releases.create({ tag, name: tag, body, prerelease: true, target: options.target });
        }
        catch (error) {
            // Somebody else created it at the same moment, or only the answer was lost.
            const existing = await releases.findByTag(tag);
            if (existing === undefined)
                throw error;
            return existing;
        }
    }
    return {
        has: async (digest) => (await findUploaded((0,asset_name/* assetName */.S)(digest))) !== undefined,
        async put(digest, file) {
            const name = (0,asset_name/* assetName */.S)(digest);
            for (let attempt = 1;; attempt++) {
                const shelves = await readShelves();
                if (findIn(shelves, name) !== undefined)
                    return;
                const shelf = await openShelf(shelves);
                // What an upload that broke off has left stands in the way of the next one.
                const broken = shelf.assets.find((asset) => asset.name === name);
                if (broken !== undefined)
                    await releases.deleteAsset(broken.id);
                try {
                    if ((await releases.uploadAsset(shelf.release, name, file, digest)) !== "exists")
                        return;
                    if ((await findUploaded(name)) !== undefined)
                        return;
                }
                catch (error) {
                    if (!(0,lost_answer/* isLostAnswer */.v)(error) || attempt >= uploadAttempts)
                        throw error;
                }
                if (attempt >= uploadAttempts) {
                    throw new errors/* GitHubError */.y_(`${name} is half uploaded to release ${shelf.release.url} and stays so. Delete that asset, then run it again.`);
                }
            }
        },
        async get(digest, file) {
            const asset = await findUploaded((0,asset_name/* assetName */.S)(digest));
            if (asset === undefined)
                return false;
            const downloaded = await releases.downloadAsset(asset.id, file, digest);
            if (downloaded.digest === digest)
                return true;
            throw new errors/* MissingDataError */.hr(`Asset ${asset.name} of the model store is damaged: its bytes are ${downloaded.digest}. Delete it from release ${storeTag}; the model is then trained again.`);
        },
    };
}
function findIn(shelves, name) {
    return shelves.flatMap((shelf) => shelf.assets).find((asset) => asset.name === name && asset.state === "uploaded");
}
function tagOf(index) {
    return index === 0 ? storeTag : `${storeTag}-${index + 1}`;
}

;// CONCATENATED MODULE: ./build/actions/runtime/records.js




/** GitHub as flows see it; Octokit is loaded when it is asked for. */
async function connect(event, token) {
    const { createOctokitGitHub } = await __webpack_require__.e(/* import() */ 928).then(__webpack_require__.bind(__webpack_require__, 45928));
    return createOctokitGitHub({ owner: event.owner, name: event.name, token, apiUrl: event.apiUrl });
}
/** The ledger branch and the store release of the repository. */
function recordsOf(github) {
    return {
        ledger: createBranchLedger(github.contents),
        // A release may not point at a commit that changes workflow files; the ledger's never do.
        store: createReleaseStore(github.releases, { target: ledger/* ledgerBranch */.c }),
    };
}
/** Connects on the first question: most evaluations find all they need in their own run. */
function lazyRecords(event, token) {
    let made;
    const records = () => {
        if (!token)
            throw new errors/* UsageError */.eb("The recorded baseline is asked for, and the input `github-token` is empty. Give it `contents: read`.");
        made ??= connect(event, token).then((github) => recordsOf(github));
        return made;
    };
    return {
        ledger: {
            findEvidence: async (model, inputHash) => (await records()).ledger.findEvidence(model, inputHash),
            recordEvidence: async (evidence) => (await records()).ledger.recordEvidence(evidence),
        },
        store: {
            has: async (digest) => (await records()).store.has(digest),
            put: async (digest, file) => (await records()).store.put(digest, file),
            get: async (digest, file) => (await records()).store.get(digest, file),
        },
    };
}


/***/ }),

/***/ 91485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ runAction)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6805);
/* harmony import */ var _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);


/** The one failure boundary of an action: whatever ends it early becomes a red step with a message that says what to do. */
async function runAction(action) {
    try {
        await action();
    }
    catch (error) {
        if (error instanceof _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL)
            for (const { position, path, message, fix } of error.diagnostics)
                _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .error */ .z3(`${message} ${fix}`, {
                    title: path,
                    file: position.file,
                    startLine: position.line,
                    startColumn: position.column,
                });
        if (error instanceof _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AssayError */ .WV) {
            _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1(error.message);
            process.exitCode = error.exitCode;
            return;
        }
        _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1(`This is a bug in Assay, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        process.exitCode = _src_errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .exitCodes */ .hS.bug;
    }
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

/***/ 80890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ isLostAnswer)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/** Whether GitHub may have done what was asked although it answered with an error or not at all: look before asking again. */
function isLostAnswer(error) {
    return error instanceof _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GitHubError */ .y_ && (error.status === undefined || error.status >= 500);
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


/***/ })

};
