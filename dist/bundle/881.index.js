export const id = 881;
export const ids = [881];
export const modules = {

/***/ 79905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  px: () => (/* reexport */ defaultBase),
  AS: () => (/* binding */ planChange)
});

// UNUSED EXPORTS: planHere

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/git/listing.js
var listing = __webpack_require__(2810);
// EXTERNAL MODULE: ./build/src/plan/explain.js
var explain = __webpack_require__(5234);
;// CONCATENATED MODULE: ./build/src/plan/decide.js


/** Whether anything that decides the model or its evaluation differs. */
function isUnchanged(head, base) {
    return (base !== undefined &&
        head.run.inputHash === base.run.inputHash &&
        head.evaluation.digest === base.evaluation.digest &&
        head.run.unpinned.length === 0 &&
        head.evaluation.unpinned === undefined);
}
/** What happens to one model. Pure: the same descriptions and answers, the same plan. */
function decide(request) {
    return request.event === "push" ? decidePush(request) : decideChange(request);
}
function decideChange({ head, base, baseMissing, lookups }) {
    if (!base)
        return planned(head, undefined, useRun(head, lookups, [baseMissing]), undefined, [baseMissing]);
    if (isUnchanged(head, base)) {
        const skip = plannedRun(head, { decision: "skip", because: ["nothing that determines it changed"] });
        const same = plannedRun(base, { decision: "skip", because: ["it is the candidate"] });
        return planned(head, base, skip, same, []);
    }
    if (head.run.inputHash !== base.run.inputHash || head.run.unpinned.length > 0) {
        const reasons = trainingReasons(head, base);
        return planned(head, base, useRun(head, lookups, reasons), useBaseline(base, lookups.baseline), reasons);
    }
    // The model is the same and its evaluation is not: one run is both.
    const reasons = evaluationReasons(head, base);
    const candidate = useRecorded(head, lookups.recorded, "the model is unchanged") ?? useRun(head, lookups, reasons);
    return planned(head, base, candidate, plannedRun(base, { decision: "skip", because: ["it is the candidate"] }), reasons);
}
/** A branch moved: what is on it must be recorded, and nothing is held against it. */
function decidePush({ head, base, baseMissing, lookups }) {
    const reasons = base ? trainingReasons(head, base) : [baseMissing];
    const recorded = head.run.unpinned.length === 0 ? useRecorded(head, lookups.recorded, "already recorded") : undefined;
    const baseline = base && lookups.baseline?.kind === "recorded" ? useBaseline(base, lookups.baseline) : undefined;
    if (recorded) {
        const changed = base ? evaluationReasons(head, base) : [];
        if (changed.length > 0)
            return planned(head, base, recorded, baseline, changed);
        return planned(head, base, plannedRun(head, { decision: "skip", because: ["already recorded"] }), undefined, []);
    }
    const expired = lookups.recorded?.kind === "expired" ? [`its ${lookups.recorded.what} expired`] : [];
    const because = [...expired, ...(reasons.length > 0 ? reasons : ["no run with these inputs is recorded"])];
    return planned(head, base, useRun(head, lookups, because), baseline, because);
}
function trainingReasons(head, base) {
    const before = base.run;
    const after = head.run;
    const code = before.code.equals(after.code) ? [] : (0,listing/* diffListings */.Zv)(before.code, after.code, 1_000);
    const reasons = [...after.unpinned, ...(0,explain/* explain */.WE)(before.inputs, after.inputs, code), ...evaluationReasons(head, base)];
    return (0,explain/* capped */.uo)(reasons);
}
function evaluationReasons({ evaluation: after }, { evaluation: before }) {
    const names = [...new Set([...after.parts.keys(), ...before.parts.keys()])];
    const changed = names.filter((name) => name !== "test set" && after.parts.get(name) !== before.parts.get(name));
    const path = (0,explain/* shownName */.HD)(after.testPath);
    const testSet = after.unpinned ? [after.unpinned] : after.testSet === before.testSet ? [] : [`test set changed: ${path}`];
    return [...testSet, ...changed.map((name) => `${name} changed`)];
}
/** A run with these inputs, when there is one that may be used; else training. */
function useRun(head, { run: found, recorded }, reasons) {
    // What has no content id may have changed although its hash did not.
    if (head.run.unpinned.length > 0)
        return plannedRun(head, { decision: "train", because: reasons });
    if (found?.mayReuse)
        return plannedRun(head, { decision: "reuse", because: [`${found.run.origin} had the same inputs`], run: found.run });
    const kept = useRecorded(head, recorded, "recorded with the same inputs");
    if (kept)
        return kept;
    const why = found ? [`${found.run.origin} had the same inputs, but ${found.why ?? "its trust does not allow its use"}`] : [];
    return plannedRun(head, { decision: "train", because: [...reasons, ...why] });
}
function useRecorded(model, found, because) {
    if (found?.kind !== "recorded")
        return undefined;
    return plannedRun(model, { decision: "reuse", because: [because], run: found.run });
}
function useBaseline(base, found) {
    const kept = useRecorded(base, found, "recorded on the base branch");
    if (kept)
        return kept;
    const why = found?.kind === "expired" ? `its ${found.what} expired` : "no run of the base's inputs is recorded";
    return plannedRun(base, { decision: "train", because: [why] });
}
function plannedRun({ commit, run }, decided) {
    return { commit, inputHash: run.inputHash, inputs: run.inputs, ...decided };
}
function planned(head, base, candidate, baseline, evaluateBecause) {
    return {
        model: head.model.name,
        candidate,
        baseline,
        evaluate: evaluateBecause.length > 0,
        evaluateBecause,
        testSetChanged: base !== undefined && head.evaluation.testSet !== base.evaluation.testSet,
        runner: head.model.train.runner,
        timeoutMinutes: head.model.train.timeoutMinutes,
    };
}

;// CONCATENATED MODULE: ./build/src/plan/default-base.js

/**
 * Uncommitted changes are planned as the work tree, else HEAD is; either against where the branch left the default branch. On
 * the default branch itself the work tree is compared with HEAD, and HEAD with the commit before it.
 * @param revision what to compare with instead
 */
async function defaultBase(git, revision) {
    const status = git.status();
    const [points, found] = await Promise.all([default_base_comparePoints(git, revision), status]);
    return default_base_chooseBase(points, found);
}
/** What either state of the work tree would be compared with: known before that state is. */
async function default_base_comparePoints(git, revision) {
    const [head, branch, trunk] = await Promise.all([git.resolve("HEAD"), git.currentBranch(), git.defaultBranch()]);
    if (head === undefined)
        throw new errors/* UsageError */.eb("This repository has no commit yet. Commit something, then plan.");
    if (revision !== undefined) {
        const base = await git.resolve(revision);
        if (base === undefined)
            throw new errors/* UsageError */.eb(`"${revision}" is no commit of this clone. Name a branch, tag or commit id, or fetch it.`);
        const point = { commit: base, where: `${revision} (${default_base_short(base)})` };
        return { head, clean: point, dirty: point };
    }
    const fork = trunk === undefined || branch === trunk ? undefined : await forkPoint(git, head, trunk);
    if (fork !== undefined && (fork !== head || branch !== undefined)) {
        const point = { commit: fork, where: `where it left ${trunk} (${default_base_short(fork)})` };
        return { head, clean: point, dirty: point };
    }
    const [parent] = await git.parents(head);
    const before = parent === undefined ? "itself: it is the first commit" : `the commit before it (${default_base_short(parent)})`;
    return { head, clean: { commit: parent ?? head, where: before }, dirty: { commit: head, where: `HEAD (${default_base_short(head)})` } };
}
function default_base_chooseBase({ head, clean, dirty }, status) {
    if (status.changes.length === 0)
        return {
            target: { commit: head },
            base: clean.commit,
            explanation: `Comparing HEAD (${default_base_short(head)}) with ${clean.where}.`,
            status,
        };
    const explanation = `Comparing the work tree with uncommitted changes with ${dirty.where}.`;
    return { target: "work-tree", base: dirty.commit, explanation, status };
}
async function forkPoint(git, head, trunk) {
    const tip = (await git.resolve(`refs/remotes/origin/${trunk}`)) ?? (await git.resolve(`refs/heads/${trunk}`));
    if (tip === undefined)
        return undefined;
    const fork = await git.mergeBase(head, tip);
    if (fork === undefined && (await git.isShallow()))
        throw new errors/* MissingDataError */.hr(`This clone is shallow and does not hold the commit where the branch left ${trunk}. Run \`git fetch --unshallow\`, or name a base.`);
    return fork;
}
function default_base_short(commit) {
    return commit.slice(0, 7);
}

// EXTERNAL MODULE: ./build/src/spec/parse-spec.js + 13 modules
var parse_spec = __webpack_require__(3997);
// EXTERNAL MODULE: ./build/src/plan/describe-run.js + 3 modules
var describe_run = __webpack_require__(47766);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/spec/paths.js
var paths = __webpack_require__(88613);
// EXTERNAL MODULE: ./build/src/plan/code.js
var code = __webpack_require__(45676);
// EXTERNAL MODULE: ./build/src/plan/data-ids.js + 1 modules
var data_ids = __webpack_require__(76278);
// EXTERNAL MODULE: ./build/src/plan/sources.js
var plan_sources = __webpack_require__(63347);
;// CONCATENATED MODULE: ./build/src/plan/evaluation-inputs.js






async function describeEvaluation(tree, spec, model, known) {
    const sources = known ?? (await (0,plan_sources/* readSources */.tW)(tree, model));
    const { id, target, positive, classes, predict, metrics } = model.evaluate;
    const testPath = (0,paths/* inRepository */.y)(model, model.evaluate.data);
    const ids = await (0,data_ids/* findDataIds */.o)(sources, testPath);
    const testSet = ids.kind === "pinned" ? contentOf(ids.contents.map((content) => content.id)) : undefined;
    const parts = new Map([
        ["test set", testSet ?? "unpinned"],
        ["task", model.task],
        ["evaluate.id", id ?? ""],
        ["evaluate.target", target],
        ["evaluate.positive", positive ?? ""],
        ["evaluate.classes", (0,digest/* canonicalJson */.dj)(classes ?? null)],
        ["evaluate.predict", (0,digest/* canonicalJson */.dj)({ ...predict })],
        ["evaluate.metrics", (0,digest/* canonicalJson */.dj)([...metrics].sort())],
    ]);
    // With declared code globs the predict command may read files that training does not.
    if (predict.kind === "command" && model.train.inputs.code)
        parts.set("prediction code", (0,digest/* digestOf */.ol)((0,code/* selectCode */.eO)(sources.listing, model.train.workingDirectory, undefined, (0,describe_run/* notCode */.D)(spec, model))));
    const unpinned = ids.kind === "unpinned" ? `${testPath} has no content id: it ${ids.why}` : undefined;
    return { digest: (0,digest/* digestOf */.ol)((0,digest/* canonicalJson */.dj)([...parts])), testPath, testSet, unpinned, parts };
}
function contentOf(ids) {
    const [only] = ids;
    return ids.length === 1 && only !== undefined ? only : (0,digest/* digestOf */.ol)((0,digest/* canonicalJson */.dj)([...ids].sort()));
}

// EXTERNAL MODULE: ./build/src/plan/tree.js
var plan_tree = __webpack_require__(83177);
;// CONCATENATED MODULE: ./build/src/plan/side.js






const defaultSpecPaths = ["assay.yml", ".github/assay.yml"];
const maxSpecBytes = 1024 * 1024;
/** Models described at the same time; each starts a few git processes. */
const concurrency = 4;
/**
 * @param specPath default: `assay.yml`, else `.github/assay.yml`
 * @param names only these models; all when undefined
 */
function side_createSides(git, specPath, names) {
    const trees = new Map();
    const sides = new Map();
    const specs = new Map();
    function tree(commit, near) {
        const known = trees.get(commit);
        if (known)
            return known;
        const made = near === undefined || near === commit ? (0,plan_tree/* commitTree */.SC)(git, commit) : (0,plan_tree/* commitTreeNear */.Ie)(git, commit, tree(near));
        const named = { ...made, commit };
        trees.set(commit, named);
        return named;
    }
    function ofTree(at, commit, near) {
        return describeSide({ tree: at, commit, specPath, names, specs, near: near === undefined ? undefined : sides.get(near) });
    }
    function ofCommit(commit, near) {
        const known = sides.get(commit);
        if (known)
            return known;
        const side = ofTree(tree(commit, near), commit, near);
        // It may be described in advance and then not be needed; whoever needs it still gets the failure.
        side.catch(() => { });
        sides.set(commit, side);
        return side;
    }
    return { tree, ofCommit, ofTree };
}
async function describeSide(request) {
    const { tree, commit, specPath, names } = request;
    const nothing = (problem, error) => ({
        tree,
        spec: undefined,
        problem,
        error,
        models: new Map(),
        failures: new Map(),
    });
    let spec;
    const read = tree.read([...side_specPaths(specPath), plan_sources/* submodulesFile */.k3], maxSpecBytes);
    const submodules = (0,plan_sources/* parseSubmodules */.zC)((await read).get(plan_sources/* submodulesFile */.k3));
    try {
        spec = readSpec(await read, request);
    }
    catch (error) {
        if (!(error instanceof errors/* ConfigError */.xL))
            throw error;
        return nothing("assay.yml cannot be read", error);
    }
    if (!spec) {
        const problem = `there is no ${specPath ?? "assay.yml"}`;
        return nothing(problem, new errors/* UsageError */.eb(`At ${commit} ${problem}. Add one at the repository's root.`));
    }
    const unknown = names?.filter((name) => !spec.models.has(name)) ?? [];
    const known = [...spec.models.keys()].join(", ") || "none";
    const error = unknown.length > 0 ? new errors/* UsageError */.eb(`${spec.path} has no model ${unknown.join(", ")}. It has ${known}.`) : undefined;
    const wanted = [...spec.models.values()].filter(({ name }) => names === undefined || names.includes(name));
    const models = new Map();
    const failures = new Map();
    const pending = [...wanted];
    const describeNext = async () => {
        for (let model = pending.shift(); model; model = pending.shift()) {
            try {
                models.set(model.name, await describeModel(request, spec, model, submodules));
            }
            catch (failure) {
                if (!(failure instanceof errors/* ConfigError */.xL))
                    throw failure;
                failures.set(model.name, failure);
            }
        }
    };
    await Promise.all(Array.from({ length: concurrency }, describeNext));
    const inOrder = wanted.flatMap(({ name }) => {
        const found = models.get(name);
        return found ? [[name, found]] : [];
    });
    return { tree, spec, problem: "", error, models: new Map(inOrder), failures };
}
/**
 * Paths at and below which files decide the plan, one list a model, as `assay.yml` says that `read` finds.
 * @returns undefined when that cannot be told
 */
async function side_pathsOfModels(read, specPath) {
    for (const path of side_specPaths(specPath)) {
        const text = await read(path);
        if (text === undefined)
            continue;
        try {
            const spec = parseSpec(text, path);
            const submodules = parseSubmodules(await read(submodulesFile));
            return [...spec.models.values()].map((model) => sourcePaths(model, submodules));
        }
        catch (error) {
            if (!(error instanceof ConfigError))
                throw error;
            return undefined;
        }
    }
    return undefined;
}
function side_specPaths(specPath) {
    return specPath === undefined ? defaultSpecPaths : [specPath.replace(/^\.\//, "")];
}
function readSpec(found, { specPath, specs }) {
    const path = side_specPaths(specPath).find((candidate) => found.has(candidate));
    const text = path === undefined ? undefined : found.get(path)?.toString("utf8");
    if (path === undefined || text === undefined)
        return undefined;
    const spec = specs.get(`${path}\0${text}`) ?? (0,parse_spec/* parseSpec */.F)(text, path);
    specs.set(`${path}\0${text}`, spec);
    return spec;
}
async function describeModel(request, spec, model, submodules) {
    const { tree, commit } = request;
    const [listing, near] = await Promise.all([tree.listRaw((0,plan_sources/* sourcePaths */.KS)(model, submodules)), request.near]);
    // The same file, saying the same of the same content: the same model.
    const same = near?.spec === spec ? near.models.get(model.name) : undefined;
    if (same?.sources.listing.equals(listing))
        return { ...same, commit };
    const sources = await (0,plan_sources/* readSources */.tW)(tree, model, listing, near?.models.get(model.name)?.sources);
    const [run, evaluation] = await Promise.all([
        (0,describe_run/* describeRun */.v)(tree, spec, model, sources),
        describeEvaluation(tree, spec, model, sources),
    ]);
    return { commit, model, run, evaluation, sources };
}

;// CONCATENATED MODULE: ./build/src/flows/plan-change.js







/**
 * Which models of the target must be trained, reused or only evaluated, compared with the base, and why.
 * @throws ConfigError for an `assay.yml` that is wrong or names what is not there, MissingDataError when the base cannot be had
 */
async function planChange(request) {
    const commit = await targetCommit(request);
    const sides = side_createSides(request.git, request.specPath, request.models);
    return planSides(request, sides, { commit, ...(await obtainBase(request, commit)) });
}
/** What is planned by hand, as `defaultBase` finds it. Both commits are described while `git status` looks at the files. */
async function planHere(request) {
    const { git } = request;
    const sides = createSides(git, request.specPath, request.models);
    const points = comparePoints(git, request.revision);
    points.catch(() => { });
    // Changes elsewhere do not matter, and looking for them takes git longer than all the rest.
    const models = await pathsOfModels((path) => request.files.readText(join(git.root, path)), request.specPath);
    const status = git.status(models && [...specPaths(request.specPath), ...models.flat()]);
    status.catch(() => { });
    const { head, clean } = await points;
    const inAdvance = (await git.resolve(clean.commit)) !== undefined;
    const first = inAdvance ? clean.commit : head;
    // Most likely the commit's own assay.yml names the same files.
    for (const paths of models ?? [])
        sides
            .tree(first)
            .listRaw(paths)
            .catch(() => { });
    void sides.ofCommit(first);
    void sides.ofCommit(head, first);
    const found = chooseBase(await points, await status);
    const planned = {
        commit: head,
        ...(inAdvance ? { base: found.base, missing: "" } : await obtainBase({ ...request, ...found }, head)),
    };
    return { plan: await planSides({ ...request, ...found }, sides, planned), found };
}
async function planSides(request, sides, { commit, base, missing }) {
    const { event } = request;
    const readBase = base === null ? undefined : sides.ofCommit(base);
    const [head, before] = await Promise.all([describeTarget(request, sides, commit, base), readBase]);
    if (head.error)
        throw head.error;
    const described = acceptable(head);
    const models = await Promise.all(described.map((model) => planModel(request, model, before?.models.get(model.model.name), reason(model, before))));
    return {
        schema: "assay.plan/v1",
        commit,
        base,
        event,
        pullRequest: request.pullRequest,
        headSha: request.headSha,
        models,
    };
    function reason({ model }, side) {
        if (!side)
            return missing;
        if (!side.spec)
            return `no baseline: at the base, ${side.problem}`;
        const failure = side.failures.get(model.name);
        if (failure)
            return `no baseline: its inputs at the base cannot be told (${failure.message.split("\n")[0]})`;
        return "no baseline: the base does not have this model";
    }
}
async function targetCommit({ git, target, status }) {
    if (target === "work-tree") {
        const head = status?.head ?? (await git.resolve("HEAD"));
        if (head === undefined)
            throw new errors/* UsageError */.eb("This repository has no commit yet. Commit something, then plan.");
        return head;
    }
    const commit = await git.resolve(target.commit);
    if (commit === undefined)
        throw new errors/* MissingDataError */.hr(`Commit ${target.commit} is not in this clone. Check it out first.`);
    return commit;
}
/** The base where this clone has it or can fetch it. A branch's former tip may be gone for good, which only costs the reasons. */
async function obtainBase({ git, base, event, token }, commit) {
    const none = { base: null, missing: "no baseline yet" };
    if (base === null || /^0+$/.test(base))
        return none;
    const found = base === commit ? base : await git.resolve(base);
    if (found !== undefined)
        return { base: found, missing: "" };
    try {
        await git.fetchCommit(base, token);
        return { base, missing: "" };
    }
    catch (error) {
        if (event === "push")
            return { base: null, missing: `no run with these inputs is recorded, and ${base} cannot be fetched to compare with` };
        if (!(error instanceof errors/* AssayError */.WV))
            throw error;
        throw new errors/* MissingDataError */.hr(`This clone lacks commit ${base}, which the plan compares with, and it could not be fetched: ${error.message} ` +
            "Give the checkout `fetch-depth: 0`, or pass a token that can read the repository (`contents: read`).", { cause: error });
    }
}
async function describeTarget(request, sides, commit, base) {
    if (request.target !== "work-tree")
        return sides.ofCommit(commit, base ?? undefined);
    const status = request.status ?? (await request.git.status());
    return sides.ofTree((0,plan_tree/* workTree */._E)(request.git, request.files, { status, head: sides.tree(commit) }), commit, commit);
}
/** Everything that the head's author must mend, at once. */
function acceptable(head) {
    const models = [...head.models.values()];
    const wrong = [...head.failures.values()].flatMap(({ diagnostics }) => diagnostics);
    const unpinned = models
        .filter(({ model }) => model.data.unpinned === "fail")
        .flatMap(({ model, run, evaluation }) => {
        const train = run.unpinned.map((message) => ({ message, path: `models.${model.name}.train.inputs.data` }));
        const test = evaluation.unpinned ? [{ message: evaluation.unpinned, path: `models.${model.name}.evaluate.data` }] : [];
        return [...train, ...test].map(({ message, path }) => ({
            position: model.position,
            path,
            message: `${message}.`,
            fix: "Track it with git, LFS or DVC, or set `data: {unpinned: train}` to train every time.",
        }));
    });
    if (wrong.length + unpinned.length > 0)
        throw new errors/* ConfigError */.xL([...wrong, ...unpinned]);
    return models;
}
async function planModel({ lookup, event }, head, base, baseMissing) {
    const lookups = await askFor(lookup, event, head, base);
    return decide({ event, head, base, baseMissing, lookups });
}
/** Asks only what the decision needs: an unchanged model costs no request. */
async function askFor(lookup, event, head, base) {
    if (event !== "push" && isUnchanged(head, base))
        return { run: undefined, recorded: undefined, baseline: undefined };
    const name = head.model.name;
    const sameRun = head.run.inputHash === base?.run.inputHash;
    const [recorded, baseline] = await Promise.all([
        event === "push" || sameRun ? lookup.findBaseline(name, head.run.inputHash) : undefined,
        base && !sameRun ? lookup.findBaseline(base.model.name, base.run.inputHash) : undefined,
    ]);
    const run = recorded?.kind === "recorded" ? undefined : await lookup.findRun(name, head.run.inputHash);
    return { run, recorded, baseline };
}


/***/ }),

/***/ 5234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HD: () => (/* binding */ shownName),
/* harmony export */   WE: () => (/* binding */ explain),
/* harmony export */   uo: () => (/* binding */ capped)
/* harmony export */ });
/* harmony import */ var _code_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45676);

/** How many reasons are named; the rest is counted. */
const maxReasons = 10;
const maxShownValue = 60;
/**
 * How the inputs of two runs differ, as sentence parts: `data changed: data/train.csv`,
 * `param changed: train.lr 0.1 → 0.2 (params.yaml)`, `code added: src/x.py`. Empty when they are the same.
 * @param codeChanges the code files that differ, where the inputs only name a folder
 */
function explain(before, after, codeChanges = []) {
    const changes = compare(before, after);
    const folders = changes.filter(isFolderOfCode);
    const files = folders.length > 0 ? codeChanges.map(codeChange) : [];
    const shown = files.length > 0 ? [...changes.filter(({ kind }) => kind !== "code"), ...files] : changes;
    const reasons = joinRenames(shown.sort(byImportance)).map(sentence);
    return capped([...new Set(reasons)]);
}
/** The first reasons, and how many more there are. */
function capped(reasons) {
    if (reasons.length <= maxReasons + 1)
        return reasons;
    return [...reasons.slice(0, maxReasons), `and ${reasons.length - maxReasons} more`];
}
function compare(before, after) {
    const changes = new Map();
    const at = ({ kind, name }) => `${kind}\0${name}`;
    for (const input of before)
        changes.set(at(input), { kind: input.kind, name: input.name, before: input.id, after: undefined });
    for (const input of after) {
        const known = changes.get(at(input));
        changes.set(at(input), { kind: input.kind, name: input.name, before: known?.before, after: input.id });
    }
    return [...changes.values()].filter((change) => change.before !== change.after);
}
function isFolderOfCode({ kind, name }) {
    return kind === "code" && name.endsWith("/");
}
function codeChange({ path, before, after }) {
    return {
        kind: "code",
        name: path,
        before: before && (0,_code_js__WEBPACK_IMPORTED_MODULE_0__/* .fileId */ .qp)(before.mode, before.id),
        after: after && (0,_code_js__WEBPACK_IMPORTED_MODULE_0__/* .fileId */ .qp)(after.mode, after.id),
    };
}
const order = ["data", "param", "command", "seed", "backend", "environment", "code", "contract"];
function byImportance(a, b) {
    return order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
/** A file that went and one that came with the same content are one file with another name. */
function joinRenames(changes) {
    const gone = new Map();
    for (const change of changes)
        if (change.after === undefined && isFile(change))
            gone.set(`${change.kind}\0${change.before}`, change);
    const joined = new Set();
    const renamed = changes.map((change) => {
        const key = `${change.kind}\0${change.after}`;
        const old = change.before === undefined && isFile(change) ? gone.get(key) : undefined;
        if (!old)
            return change;
        gone.delete(key);
        joined.add(old);
        return { ...change, from: old.name };
    });
    return renamed.filter((change) => !joined.has(change));
}
function isFile({ kind }) {
    return kind === "data" || kind === "code" || kind === "environment";
}
function sentence(change) {
    const { kind, name, before, after } = change;
    switch (kind) {
        case "param":
            return paramSentence(name, before, after);
        case "seed":
            return `seeds changed: ${values(before, after)}`;
        case "backend":
            return `backend changed: ${values(before, after)}`;
        case "contract":
            return "Assay's own training changed";
        case "command":
            return `command changed: ${name}`;
        case "data":
        case "code":
        case "environment":
            if (change.from !== undefined)
                return `${kind} renamed: ${shownName(change.from)} → ${shownName(name)}`;
            return `${kind} ${before === undefined ? "added" : after === undefined ? "removed" : "changed"}: ${shownName(name)}`;
    }
}
function paramSentence(name, before, after) {
    const end = name.indexOf("#");
    if (end < 0)
        return `param file changed: ${shownName(name)}`;
    const key = shownName(name.slice(end + 1));
    const file = shownName(name.slice(0, end));
    if (before === undefined)
        return `param added: ${key} ${shownValue(after ?? "")} (${file})`;
    if (after === undefined)
        return `param removed: ${key} (${file})`;
    return `param changed: ${key} ${values(before, after)} (${file})`;
}
function values(before, after) {
    return `${shownValue(before ?? "none")} → ${shownValue(after ?? "none")}`;
}
function shownValue(value) {
    return value.length <= maxShownValue ? value : `${value.slice(0, maxShownValue)}…`;
}
/** Names with line breaks or other control characters are shown quoted. */
function shownName(name) {
    return /\p{Cc}/u.test(name) ? JSON.stringify(name) : name;
}


/***/ }),

/***/ 84177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ renderPlan)
/* harmony export */ });
/* harmony import */ var _explain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5234);

/** The plan for people: a line a model and reason, what happens first. */
function renderPlan(plan) {
    if (plan.models.length === 0)
        return "assay.yml declares no models.";
    const width = Math.max(...plan.models.map(({ model }) => model.length));
    return plan.models.flatMap((model) => lines(model, width)).join("\n");
}
function lines(planned, width) {
    const { model, candidate, baseline, evaluateBecause } = planned;
    const verb = candidate.decision === "skip" && planned.evaluate ? "check" : candidate.decision;
    // An unchanged model that is only evaluated again says why that is.
    const reasons = candidate.decision === "reuse"
        ? [...candidate.because, ...evaluateBecause]
        : verb === "check"
            ? evaluateBecause
            : candidate.because;
    const [first = "", ...others] = [...new Set(reasons)].map(_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .shownName */ .HD);
    const indent = " ".repeat(7 + width + 2);
    return [
        `${verb.padEnd(7)}${model.padEnd(width + 2)}${first}`,
        ...others.map((reason) => `${indent}${reason}`),
        ...(baseline?.decision === "train"
            ? [`${indent}baseline is trained too: ${baseline.because.map(_explain_js__WEBPACK_IMPORTED_MODULE_0__/* .shownName */ .HD).join("; ")}`]
            : []),
    ];
}


/***/ })

};
