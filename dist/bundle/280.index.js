export const id = 280;
export const ids = [280];
export const modules = {

/***/ 85835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ createCommandGit)
});

// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/src/git/run-git.js

/** Listings of a million files fit. */
const maxBytes = 512 * 1024 * 1024;
/** What every call says: nothing of the repository is executed, names come as they are, nobody is asked anything. */
const settings = [
    ["core.quotepath", "off"],
    ["core.fsmonitor", "false"],
    ["core.hooksPath", "/dev/null"],
    ["protocol.ext.allow", "never"],
    ["credential.interactive", "never"],
    ["http.lowSpeedLimit", "1000"],
    ["http.lowSpeedTime", "60"],
];
function createRunGit(root, processes, environment) {
    const inherited = cleanEnvironment(environment);
    const options = settings.flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    return (args, { input, secretConfig = [], cwd = root } = {}) => processes.capture("git", [...options, ...args], { cwd, input, maxBytes, env: withConfig(inherited, secretConfig) });
}
/** As `run`, for calls that must work. */
async function gitOutput(run, args, call) {
    const { exitCode, stdout, stderr } = await run(args, call);
    if (exitCode !== 0)
        throw new errors/* MissingDataError */.hr(`\`git ${args[0]}\` failed with exit code ${exitCode}: ${lastLines(stderr)}`);
    return stdout;
}
/** Git's explanation in one line: what it calls fatal or an error, else the end of what it said. */
function lastLines(stderr) {
    const lines = stderr
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
    const said = lines.filter((line) => /^(fatal|error|remote): /.test(line));
    return (said.length > 0 ? said : lines).slice(-3).join("; ").slice(0, 1_000) || "no message";
}
/** `GIT_DIR` and the like, set inside hooks, would point git at another repository; how to reach a server stays. */
const kept = /^GIT_(SSH|SSH_COMMAND|SSL_.*|PROXY_.*|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|CEILING_DIRECTORIES)$/;
function cleanEnvironment(environment) {
    const clean = { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" };
    for (const [name, value] of Object.entries(environment))
        if (value !== undefined && (!/^(GIT_|SSH_ASKPASS)/.test(name) || kept.test(name)))
            clean[name] = value;
    return {
        ...clean,
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        GIT_OPTIONAL_LOCKS: "0",
        GIT_LITERAL_PATHSPECS: "1",
        GIT_PAGER: "cat",
    };
}
function withConfig(inherited, config) {
    if (config.length === 0)
        return inherited;
    const first = Number(inherited.GIT_CONFIG_COUNT ?? 0) || 0;
    const env = { ...inherited, GIT_CONFIG_COUNT: String(first + config.length) };
    for (const [index, [key, value]] of config.entries()) {
        env[`GIT_CONFIG_KEY_${first + index}`] = key;
        env[`GIT_CONFIG_VALUE_${first + index}`] = value;
    }
    return env;
}

;// CONCATENATED MODULE: ./build/src/git/blobs.js

const newline = 10;
/**
 * Bytes of files of one commit, by `git cat-file --batch`. What is not there, is no blob, or is larger than `maxBytes` is left
 * out; sizes are asked first, so that a large file is never read.
 */
async function readBlobs(run, commit, paths, maxBytes) {
    // Requests are lines: a name with a line break cannot be asked for, so its id is.
    const broken = paths.filter((path) => path.includes("\n"));
    const ids = new Map(await Promise.all(broken.map(async (path) => [path, await idOf(run, commit, path)])));
    let requests = paths.map((path) => ({ path, object: ids.has(path) ? ids.get(path) : `${commit}:${path}` }));
    requests = requests.filter(({ object }) => object !== undefined);
    if (maxBytes !== undefined && requests.length > 0) {
        const sizes = (await batch(run, "--batch-check=%(objecttype) %(objectsize)", requests)).toString("utf8").split("\n");
        requests = requests.filter((_, index) => {
            const [type, size] = sizes[index]?.split(" ") ?? [];
            return type === "blob" && Number(size) <= maxBytes;
        });
    }
    if (requests.length === 0)
        return new Map();
    const contents = parseBatch(await batch(run, "--batch", requests), requests.length);
    const found = new Map();
    for (const [index, { path }] of requests.entries()) {
        const content = contents[index];
        if (content)
            found.set(path, content);
    }
    return found;
}
function batch(run, mode, requests) {
    return gitOutput(run, ["cat-file", mode, "--buffer"], { input: requests.map(({ object }) => `${object}\n`).join("") });
}
async function idOf(run, commit, path) {
    const { exitCode, stdout } = await run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${path}`]);
    return exitCode === 0 ? stdout.toString("utf8").trim() : undefined;
}
/** Replies are `<id> SP <type> SP <size> LF <content> LF`, or one line that ends in a word such as `missing`. */
function parseBatch(output, count) {
    const contents = [];
    let at = 0;
    while (contents.length < count) {
        const end = output.indexOf(newline, at);
        const header = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(output.toString("utf8", at, end));
        at = end + 1;
        if (!header) {
            contents.push(undefined);
            continue;
        }
        const size = Number(header[2]);
        contents.push(header[1] === "blob" ? output.subarray(at, at + size) : undefined);
        at += size + 1;
    }
    return contents;
}

;// CONCATENATED MODULE: ./build/src/git/history.js

const history_text = (bytes) => bytes.toString("utf8").trim();
/** Full id of the commit, or undefined. */
async function resolveCommit(run, revision) {
    const { exitCode, stdout } = await run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    return exitCode === 0 ? history_text(stdout) : undefined;
}
/** Read from the object itself, because a shallow clone's history ends before its parents. */
async function readParents(run, commit) {
    const object = (await gitOutput(run, ["cat-file", "commit", commit])).toString("utf8");
    const header = object.slice(0, object.indexOf("\n\n") + 1);
    return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].flatMap(([, parent]) => parent ?? []);
}
async function isAncestor(run, ancestor, commit) {
    return (await run(["merge-base", "--is-ancestor", "--end-of-options", ancestor, commit])).exitCode === 0;
}
async function mergeBase(run, a, b) {
    const { exitCode, stdout } = await run(["merge-base", "--end-of-options", a, b]);
    return exitCode === 0 ? history_text(stdout).split("\n")[0] : undefined;
}
async function currentBranch(run) {
    const { exitCode, stdout } = await run(["symbolic-ref", "--quiet", "--short", "HEAD"]);
    return exitCode === 0 ? history_text(stdout) : undefined;
}
/** The remote's default branch as a clone remembers it, else `main` or `master` where there is one. */
async function defaultBranch(run) {
    const { exitCode, stdout } = await run(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
    if (exitCode === 0)
        return history_text(stdout).replace(/^origin\//, "");
    const known = await gitOutput(run, [
        "for-each-ref",
        "--format=%(refname)",
        ...["main", "master"].flatMap((name) => [`refs/remotes/origin/${name}`, `refs/heads/${name}`]),
    ]);
    const names = history_text(known)
        .split("\n")
        .map((ref) => ref.replace(/^refs\/(remotes\/origin|heads)\//, ""));
    return ["main", "master"].find((name) => names.includes(name));
}
async function isShallow(run) {
    return history_text(await gitOutput(run, ["rev-parse", "--is-shallow-repository"])) === "true";
}

;// CONCATENATED MODULE: ./build/src/git/fetch.js



const options = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-maintenance"];
const objectId = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** Fetches one commit from `origin`; in a shallow clone without its history, because `--depth` would cut a full one. */
async function fetchCommit(run, commit, token) {
    if (!objectId.test(commit))
        throw new errors/* UsageError */.eb(`"${commit}" is not a full commit id, which is what can be fetched.`);
    const depth = (await isShallow(run)) ? ["--depth=1"] : [];
    await fetchRefs(run, [...depth, "origin", commit], `commit ${commit}`, token);
}
/** Fetches a branch's tip; undefined when the remote does not have it. */
async function fetchBranch(run, branch, token) {
    const { exitCode } = await run(["check-ref-format", `refs/heads/${branch}`]);
    if (exitCode !== 0)
        throw new errors/* UsageError */.eb(`"${branch}" is not a name that a branch can have.`);
    const call = await callWithToken(run, token);
    const listed = await run(["ls-remote", "origin", `refs/heads/${branch}`], call);
    if (listed.exitCode !== 0)
        throw refused(`branch ${branch}`, listed.stderr);
    if (listed.stdout.length === 0)
        return undefined;
    const depth = (await isShallow(run)) ? ["--depth=1"] : [];
    const tip = `refs/remotes/origin/${branch}`;
    await fetchRefs(run, [...depth, "origin", `+refs/heads/${branch}:${tip}`], `branch ${branch}`, token);
    return resolveCommit(run, tip);
}
async function fetchRefs(run, args, what, token) {
    const { exitCode, stderr } = await run([...options, ...args], await callWithToken(run, token));
    if (exitCode !== 0)
        throw refused(what, stderr);
}
function refused(what, stderr) {
    return new errors/* GitHubError */.y_(`git could not fetch ${what} from origin: ${lastLines(stderr)}`);
}
/**
 * The token goes to origin's own server only, through the environment. The empty value before it drops a header that
 * actions/checkout left in the configuration: with two of them GitHub refuses.
 */
async function callWithToken(run, token) {
    if (!token)
        return {};
    const { stdout } = await run(["remote", "get-url", "origin"]);
    const url = URL.parse(stdout.toString("utf8").trim());
    if (url?.protocol !== "https:" && url?.protocol !== "http:")
        return {};
    const key = `http.${url.origin}/.extraheader`;
    const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
    return {
        secretConfig: [
            [key, ""],
            [key, `AUTHORIZATION: basic ${credentials}`],
        ],
    };
}

// EXTERNAL MODULE: ./build/src/git/listing.js
var git_listing = __webpack_require__(2810);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/src/git/work-tree.js





const work_tree_link = "120000";
const submodule = "160000";
/** One `git status`: what differs from HEAD, in the index or on the disk, and new files that are not ignored. */
async function readStatus(run, paths = []) {
    const output = await gitOutput(run, [
        "status",
        "--porcelain=v2",
        "--branch",
        "-z",
        "--no-renames",
        "--no-ahead-behind",
        "--untracked-files=all",
        "--ignore-submodules=none",
        ...(paths.length > 0 && !paths.includes(".") ? ["--", ...paths] : []),
    ]);
    return parseStatus(output.toString("utf8"));
}
/** Format: https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
function parseStatus(output) {
    let head;
    // A file that left the index and is still there comes twice: deleted and untracked. The later record holds.
    const changes = new Map();
    for (const record of output.split("\0")) {
        if (record.startsWith("# branch.oid "))
            head = /[0-9a-f]{40,64}$/.exec(record)?.[0];
        const change = parseChange(record);
        if (change)
            changes.set(change.path, change);
    }
    return { head, changes: [...changes.values()] };
}
function parseChange(record) {
    if (record.startsWith("? ")) {
        const path = record.slice(2);
        // Another repository inside this one is no content of this one.
        return path.endsWith("/") ? undefined : { kind: "changed", path, mode: undefined, id: undefined, submodule: false };
    }
    if (record.startsWith("u ")) {
        const path = /^u(?: [^ ]+){9} (.*)$/s.exec(record)?.[1] ?? record;
        throw new errors/* UsageError */.eb(`${path} has merge conflicts. Resolve them and \`git add\` the file, then plan again.`);
    }
    const parts = /^1 (.)(.) (....) \d+ (\d+) (\d+) [0-9a-f]+ ([0-9a-f]+) (.*)$/s.exec(record);
    if (!parts)
        return undefined;
    const [, index, disk, sub = "", indexMode = "", diskMode = "", indexId = "", path = ""] = parts;
    if (disk === "D" || (disk === "." && index === "D"))
        return { kind: "deleted", path };
    if (sub.startsWith("S"))
        return { kind: "changed", path, mode: submodule, id: undefined, submodule: true };
    return disk === "."
        ? { kind: "changed", path, mode: indexMode, id: indexId, submodule: false }
        : { kind: "changed", path, mode: diskMode, id: undefined, submodule: false };
}
/** Content ids of what changed; undefined for what was deleted. Files are hashed as `git add` would, but nothing is stored. */
async function hashChanges(run, root, changes, idLength) {
    const entries = new Map();
    const files = [];
    for (const change of changes) {
        const { path } = change;
        if (change.kind === "deleted")
            entries.set(path, undefined);
        else if (change.submodule)
            entries.set(path, { path, mode: submodule, id: await submoduleId(run, root, path) });
        else if (change.id !== undefined && change.mode !== undefined)
            entries.set(path, { path, mode: change.mode, id: change.id });
        else {
            const mode = change.mode ?? (await modeOf((0,external_node_path_.join)(root, path)));
            if (mode === work_tree_link)
                entries.set(path, { path, mode, id: blobId(await (0,promises_.readlink)((0,external_node_path_.join)(root, path)), idLength) });
            else
                files.push({ path, mode });
        }
    }
    if (files.length > 0) {
        const input = files.map(({ path }) => `${quoted(path)}\n`).join("");
        const ids = (await gitOutput(run, ["hash-object", "--stdin-paths"], { input })).toString("utf8").split("\n");
        for (const [index, { path, mode }] of files.entries())
            entries.set(path, { path, mode, id: ids[index] ?? "" });
    }
    return entries;
}
async function modeOf(path) {
    const found = await (0,promises_.lstat)(path);
    if (found.isSymbolicLink())
        return work_tree_link;
    return found.mode & 0o100 ? "100755" : "100644";
}
/** Commit that the submodule's own work tree is at; content that is not committed there has no id, so it says so. */
async function submoduleId(run, root, path) {
    const cwd = (0,external_node_path_.join)(root, path);
    const head = (await gitOutput(run, ["rev-parse", "HEAD"], { cwd })).toString("utf8").trim();
    const { stdout } = await run(["status", "--porcelain", "-z"], { cwd });
    return stdout.length === 0 ? head : `${head}-modified`;
}
function blobId(content, idLength) {
    const bytes = Buffer.from(content);
    return (0,external_node_crypto_.createHash)(idLength === 64 ? "sha256" : "sha1")
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest("hex");
}
/** `--stdin-paths` reads lines, and unquotes those that start with a quote. */
function quoted(path) {
    if (!/["\n\\]/.test(path))
        return path;
    return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

;// CONCATENATED MODULE: ./build/src/git/command-git.js







/** More than this on a command line and git is asked for everything. */
const maxArgumentCharacters = 60_000;
/**
 * The repository that `folder` lies in, by the `git` program.
 * @throws UsageError when git is missing, or there is no repository with a work tree
 */
async function createCommandGit(folder, processes, environment = process.env) {
    const root = await findRoot(folder, createRunGit(folder, processes, environment));
    const run = createRunGit(root, processes, environment);
    const listTreeRaw = (commit, paths = []) => listTree(run, commit, paths);
    const listWorkTreeRaw = async (paths = [], known) => {
        const status = known ?? (await readStatus(run));
        const committed = status.head ? await listTreeRaw(status.head, paths) : Buffer.alloc(0);
        const wanted = (0,git_listing/* below */.Gz)(paths);
        const changes = status.changes.filter(({ path }) => wanted(path));
        return changes.length === 0
            ? committed
            : (0,git_listing/* patchListing */.dT)(committed, await hashChanges(run, root, changes, status.head?.length ?? 40));
    };
    return {
        root,
        resolve: (revision) => resolveCommit(run, revision),
        parents: (commit) => readParents(run, commit),
        isAncestor: (ancestor, commit) => isAncestor(run, ancestor, commit),
        mergeBase: (a, b) => mergeBase(run, a, b),
        listTreeRaw,
        listTree: async (commit, paths) => (0,git_listing/* parseListing */._S)(await listTreeRaw(commit, paths)),
        diffTrees: async (from, to) => (0,git_listing/* parseTreeDiff */.bq)(await gitOutput(run, ["diff-tree", "-r", "-z", "--no-renames", "--end-of-options", from, to])),
        hashChanges: async (changes) => hashChanges(run, root, changes, (await resolveCommit(run, "HEAD"))?.length ?? 40),
        status: (paths) => readStatus(run, paths),
        listWorkTreeRaw,
        listWorkTree: async (paths, status) => (0,git_listing/* parseListing */._S)(await listWorkTreeRaw(paths, status)),
        read: async (commit, path) => (await readBlobs(run, commit, [path], undefined)).get(path),
        readMany: (commit, paths, maxBytes) => readBlobs(run, commit, paths, maxBytes),
        fetchCommit: (commit, token) => fetchCommit(run, commit, token),
        fetchBranch: (branch, token) => fetchBranch(run, branch, token),
        addWorktree: (commit, at) => addWorktree(run, commit, at),
        currentBranch: () => currentBranch(run),
        defaultBranch: () => defaultBranch(run),
        isShallow: () => isShallow(run),
    };
}
async function findRoot(folder, run) {
    const { exitCode, stdout, stderr } = await run(["rev-parse", "--show-toplevel"]);
    if (exitCode === 0)
        return stdout.toString("utf8").replace(/\r?\n$/, "");
    throw new errors/* UsageError */.eb(`${folder} is not in the work tree of a git repository: ${lastLines(stderr)}. Run this inside a clone, or after \`git init\`.`);
}
async function listTree(run, commit, paths) {
    const asked = paths.map((path) => path.replace(/\/+$/, ""));
    const characters = asked.reduce((sum, path) => sum + path.length, 0);
    const everything = asked.includes(".") || characters > maxArgumentCharacters;
    const args = everything ? [] : asked;
    const listing = await gitOutput(run, ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, ...args]);
    if (!everything || asked.includes("."))
        return listing;
    const wanted = (0,git_listing/* below */.Gz)(asked);
    return (0,git_listing/* formatListing */.Qc)((0,git_listing/* parseListing */._S)(listing).filter(({ path }) => wanted(path)));
}
async function addWorktree(run, commit, folder) {
    await gitOutput(run, ["worktree", "add", "--quiet", "--detach", "--force", "--end-of-options", folder, commit]);
    return {
        async remove() {
            await gitOutput(run, ["worktree", "remove", "--force", "--force", "--end-of-options", folder]);
        },
    };
}


/***/ }),

/***/ 2810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $f: () => (/* binding */ recordEnd),
/* harmony export */   DQ: () => (/* binding */ pathAt),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   Qc: () => (/* binding */ formatListing),
/* harmony export */   Tq: () => (/* binding */ findRecord),
/* harmony export */   XQ: () => (/* binding */ rangeBelow),
/* harmony export */   Zv: () => (/* binding */ diffListings),
/* harmony export */   _S: () => (/* binding */ parseListing),
/* harmony export */   _f: () => (/* binding */ entryAt),
/* harmony export */   bq: () => (/* binding */ parseTreeDiff),
/* harmony export */   dT: () => (/* binding */ patchListing)
/* harmony export */ });
/* unused harmony exports pathStart, lowerBound, recordsBelow */
/**
 * Listings as `git ls-tree -r -z` writes them: records `<mode> SP <type> SP <id> TAB <path> NUL`, sorted by the paths' bytes.
 * They stay buffers as long as they can, because 100,000 records as objects cost more time than git needs to list them.
 */
const tab = 9;
const space = 32;
function parseListing(raw) {
    const entries = [];
    for (const record of raw.toString("utf8").split("\0")) {
        if (record === "")
            continue;
        const end = record.indexOf("\t");
        entries.push({
            path: record.slice(end + 1),
            mode: record.slice(0, 6),
            id: record.slice(record.lastIndexOf(" ", end) + 1, end),
        });
    }
    return entries;
}
function formatListing(entries) {
    return Buffer.from(entries.map(formatRecord).join(""));
}
function formatRecord({ path, mode, id }) {
    return `${mode} ${mode === "160000" ? "commit" : "blob"} ${id}\t${path}\0`;
}
/** Whether a path is one of the paths or lies below one; all are when none is named, or `.` is. */
function below(paths) {
    const parents = new Set(paths.map((path) => path.replace(/\/+$/, "")));
    if (parents.size === 0 || parents.has("."))
        return () => true;
    return (path) => {
        for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
            if (parents.has(path.slice(0, end)))
                return true;
        return false;
    };
}
/** Reads `git diff-tree -r -z`: records `:<mode> <mode> <id> <id> <status> NUL <path> NUL`. */
function parseTreeDiff(raw) {
    const fields = raw.toString("utf8").split("\0");
    const changes = new Map();
    for (let index = 0; index + 1 < fields.length; index += 2) {
        const [, mode = "", , id = "", status] = (fields[index] ?? "").split(" ");
        const path = fields[index + 1] ?? "";
        changes.set(path, status === "D" ? undefined : { path, mode, id });
    }
    return changes;
}
/** The listing with some paths replaced, added or, where undefined, left out. */
function patchListing(raw, changes) {
    if (changes.size === 0)
        return raw;
    const patches = [...changes]
        .map(([path, entry]) => ({ path: Buffer.from(path), entry }))
        .sort((a, b) => a.path.compare(b.path));
    const pieces = [];
    let done = 0;
    for (const { path, entry } of patches) {
        const at = lowerBound(raw, path, done);
        pieces.push(raw.subarray(done, at));
        if (entry)
            pieces.push(Buffer.from(formatRecord(entry)));
        done = at < raw.length && pathAt(raw, at).equals(path) ? recordEnd(raw, at) : at;
    }
    pieces.push(raw.subarray(done));
    return Buffer.concat(pieces);
}
/** Start of the record after the one that starts at `at`. */
function recordEnd(raw, at) {
    return raw.indexOf(0, at) + 1;
}
/** Path of the record that starts at `at`. */
function pathAt(raw, at) {
    return raw.subarray(pathStart(raw, at), raw.indexOf(0, at));
}
function pathStart(raw, at) {
    return raw.indexOf(tab, at) + 1;
}
/** Mode and id of the record that starts at `at`. */
function entryAt(raw, at) {
    const path = pathStart(raw, at);
    return {
        path: raw.toString("utf8", path, raw.indexOf(0, path)),
        mode: raw.toString("latin1", at, at + 6),
        id: raw.toString("latin1", raw.lastIndexOf(space, path - 1) + 1, path - 1),
    };
}
/** Start of the first record from `from` on whose path is not before `path`; the listing's end when there is none. */
function lowerBound(raw, path, from = 0) {
    let low = from;
    let high = raw.length;
    while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const start = middle === low ? low : Math.max(low, raw.lastIndexOf(0, middle - 1) + 1);
        if (pathAt(raw, start).compare(path) < 0)
            low = recordEnd(raw, start);
        else
            high = start;
    }
    return low;
}
/** Start of the record of exactly that path. */
function findRecord(raw, path) {
    const bytes = Buffer.from(path);
    const at = lowerBound(raw, bytes);
    return at < raw.length && pathAt(raw, at).equals(bytes) ? at : undefined;
}
/** The part of the listing that lies below a folder; `.` is all of it. */
function recordsBelow(raw, folder) {
    return raw.subarray(...rangeBelow(raw, folder));
}
function rangeBelow(raw, folder) {
    if (folder === ".")
        return [0, raw.length];
    const start = lowerBound(raw, Buffer.from(`${folder}/`));
    // `0` follows `/`.
    return [start, lowerBound(raw, Buffer.from(`${folder}0`), start)];
}
/** Where two listings differ, at most `limit` places. Long equal stretches are compared as bytes. */
function diffListings(before, after, limit) {
    const changes = [];
    let a = 0;
    let b = 0;
    while ((a < before.length || b < after.length) && changes.length < limit) {
        const equal = equalRecords(before, a, after, b);
        a += equal;
        b += equal;
        const left = a < before.length ? entryAt(before, a) : undefined;
        const right = b < after.length ? entryAt(after, b) : undefined;
        if (!left && !right)
            break;
        const order = !left ? 1 : !right ? -1 : Buffer.compare(pathAt(before, a), pathAt(after, b));
        changes.push({
            path: (order <= 0 ? left : right)?.path ?? "",
            before: order <= 0 ? left : undefined,
            after: order >= 0 ? right : undefined,
        });
        if (order <= 0)
            a = recordEnd(before, a);
        if (order >= 0)
            b = recordEnd(after, b);
    }
    return changes;
}
/** Length of the whole records that are the same from `a` and from `b` on. */
function equalRecords(before, a, after, b) {
    const longest = Math.min(before.length - a, after.length - b);
    let equal = 0;
    for (let step = 256; step > 0;) {
        const size = Math.min(step, longest - equal);
        const same = size > 0 && before.compare(after, b + equal, b + equal + size, a + equal, a + equal + size) === 0;
        if (same) {
            equal += size;
            step *= 2;
        }
        else
            step = Math.floor(Math.min(step, size) / 2);
    }
    return equal === 0 ? 0 : Math.max(0, before.lastIndexOf(0, a + equal - 1) + 1 - a);
}


/***/ }),

/***/ 45676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eO: () => (/* binding */ selectCode),
/* harmony export */   lS: () => (/* binding */ codeInputs),
/* harmony export */   qp: () => (/* binding */ fileId)
/* harmony export */ });
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89579);
/* harmony import */ var _git_listing_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2810);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97578);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(42593);




/**
 * Which files of the listing are code: what the globs match, or without globs everything below the folder except Markdown.
 * `others` are counted by rules of their own: data, parameters, environment, the test set and `assay.yml`.
 * @returns their records, as a listing
 */
function selectCode(listing, folder, globs, others) {
    const excluded = others.flatMap((pattern) => [...(0,_globs_js__WEBPACK_IMPORTED_MODULE_1__/* .matchingRecords */ .U)(listing, pattern)]);
    if (!globs)
        return Buffer.concat(without(listing, (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_2__/* .rangeBelow */ .XQ)(listing, folder), excluded).flatMap((range) => notMarkdown(listing, range)));
    const starts = new Map(globs.flatMap((glob) => [...(0,_globs_js__WEBPACK_IMPORTED_MODULE_1__/* .matchingRecords */ .U)(listing, glob)]));
    for (const [start] of excluded)
        starts.delete(start);
    return Buffer.concat([...starts].sort(([a], [b]) => a - b).map(([start, end]) => listing.subarray(start, end)));
}
/** One input a file, or one for the folder when there are very many. */
function codeInputs(code, folder) {
    if (countRecords(code, _limits_js__WEBPACK_IMPORTED_MODULE_3__/* .maxCodeInputs */ .$3 + 1) > _limits_js__WEBPACK_IMPORTED_MODULE_3__/* .maxCodeInputs */ .$3)
        return [{ kind: "code", name: folder === "." ? "./" : `${folder}/`, id: (0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(code) }];
    return (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_2__/* .parseListing */ ._S)(code).map(({ path, mode, id }) => ({ kind: "code", name: path, id: fileId(mode, id) }));
}
/** `+x` where it can be executed, since a command may need that. */
function fileId(mode, id) {
    if (mode === "160000")
        return `submodule:${id}`;
    if (mode === "120000")
        return `link:${id}`;
    return mode === "100755" ? `git:${id}+x` : `git:${id}`;
}
function countRecords(listing, atMost) {
    let count = 0;
    for (let at = 0; at < listing.length && count < atMost; count += 1)
        at = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_2__/* .recordEnd */ .$f)(listing, at);
    return count;
}
/** The range in pieces, the excluded records left out. */
function without(listing, [start, end], excluded) {
    const pieces = [];
    let from = start;
    for (const [cut, after] of [...excluded].sort(([a], [b]) => a - b)) {
        if (cut < from || after > end)
            continue;
        if (cut > from)
            pieces.push([from, cut]);
        from = after;
    }
    if (from < end)
        pieces.push([from, end]);
    return listing.length === 0 ? [] : pieces;
}
/** No record is shorter: mode, type, id, tab and a name of one letter. */
const shortestRecord = "100644 blob ".length + 40 + "\ta".length;
/** The pieces between Markdown files. Nothing is copied and no name decoded: there may be 100,000. */
function notMarkdown(listing, [start, end]) {
    const files = [];
    for (let at = start; at < end;) {
        const next = listing.indexOf(0, at + shortestRecord) + 1;
        if (isMarkdown(listing, next - 1))
            files.push([at, next]);
        at = next;
    }
    return without(listing, [start, end], files).map(([from, to]) => listing.subarray(from, to));
}
/** Whether the name that ends before `end` is one of a Markdown file; almost every other is told apart by its last letter. */
function isMarkdown(listing, end) {
    const last = (listing[end - 1] ?? 0) | 0x20;
    if (last === 0x64)
        return listing.toString("latin1", end - ".md".length, end).toLowerCase() === ".md";
    return last === 0x6e && listing.toString("latin1", end - ".markdown".length, end).toLowerCase() === ".markdown";
}


/***/ }),

/***/ 76278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ findDataIds)
});

// UNUSED EXPORTS: lfsPointer

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/git/listing.js
var git_listing = __webpack_require__(2810);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./build/src/plan/limits.js
var limits = __webpack_require__(42593);
;// CONCATENATED MODULE: ./build/src/plan/dvc.js



/** Outputs of a `.dvc` file; undefined when it is not one. */
function readDvcFile(path, content) {
    const file = record(parseYaml(content));
    const outs = file && list(file.outs);
    if (!file || !outs)
        return undefined;
    return outputsIn(outs, external_node_path_.posix.join(external_node_path_.posix.dirname(path), dvc_text(file.wdir) ?? "."));
}
/** Outputs of the stages of `dvc.lock`, whose paths count from the stage's `wdir` in the `dvc.yaml` beside it. */
function readDvcLock(path, lock, pipeline) {
    const folder = external_node_path_.posix.dirname(path);
    const declared = record(record(parseYaml(pipeline))?.stages) ?? {};
    const locked = record(record(parseYaml(lock))?.stages) ?? {};
    // `prepare@eu` is one item of the `foreach` or `matrix` stage `prepare`.
    const folderOf = (stage) => {
        const declaration = record(declared[stage] ?? declared[stage.split("@")[0] ?? stage]);
        return external_node_path_.posix.join(folder, dvc_text(declaration?.wdir) ?? dvc_text(record(declaration?.do)?.wdir) ?? ".");
    };
    const known = Object.entries(locked).flatMap(([stage, value]) => outputsIn(list(record(value)?.outs) ?? [], folderOf(stage)));
    const paths = new Set(known.map((output) => output.path));
    const awaited = Object.entries(declared).flatMap(([stage, value]) => declaredOutputs(record(value), folderOf(stage)));
    return [...known, ...awaited.filter((output) => !paths.has(output.path))];
}
/** Outputs as `dvc.lock` and `.dvc` files list them. */
function outputsIn(outs, folder) {
    return outs.flatMap((value) => {
        const out = record(value);
        const path = dvc_text(out?.path);
        if (!out || path === undefined)
            return [];
        const md5 = dvc_text(out.md5);
        const id = md5 !== undefined && /^[0-9a-f]{32}(\.dir)?$/.test(md5) ? `dvc:md5:${md5}` : undefined;
        return [{ path: external_node_path_.posix.join(folder, path), id }];
    });
}
/** Outputs as `dvc.yaml` declares them: a path, or a path with settings. */
function declaredOutputs(stage, folder) {
    return (list(stage?.outs) ?? []).flatMap((out) => {
        const path = typeof out === "string" ? out : Object.keys(record(out) ?? {})[0];
        return path === undefined ? [] : [{ path: external_node_path_.posix.join(folder, path), id: undefined }];
    });
}
function parseYaml(content) {
    if (!content || content.length > limits/* maxDvcLockBytes */.Sx)
        return undefined;
    try {
        return (0,dist/* parse */.qg)(content.toString("utf8"), { schema: "failsafe", uniqueKeys: false, maxAliasCount: 100, logLevel: "error" });
    }
    catch {
        return undefined;
    }
}
function record(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
function list(value) {
    return Array.isArray(value) ? value : undefined;
}
function dvc_text(value) {
    return typeof value === "string" && value !== "" ? value : undefined;
}

// EXTERNAL MODULE: ./build/src/plan/globs.js
var globs = __webpack_require__(97578);
// EXTERNAL MODULE: ./build/src/plan/sources.js
var sources = __webpack_require__(63347);
// EXTERNAL MODULE: ./build/src/plan/tree.js
var tree = __webpack_require__(83177);
;// CONCATENATED MODULE: ./build/src/plan/data-ids.js








/**
 * Content ids of a declared data path or glob without downloading anything: of git blobs, LFS pointers, `.dvc` files,
 * `dvc.lock` entries and submodules.
 */
function findDataIds(sources, path) {
    const found = sources.dataIds.get(path) ?? lookUp(sources, path);
    sources.dataIds.set(path, found);
    return found;
}
async function lookUp(sources, path) {
    const tracked = trackedEntries(sources.listing, path);
    if (tracked.length > limits/* maxDataInputs */.sh) {
        const lines = tracked.map(({ path, id }) => `${id}\t${path}\0`).join("");
        return pinned([{ name: (0,globs/* compilePattern */.E)(path).base === path ? `${path}/` : path, id: (0,digest/* digestOf */.ol)(lines) }]);
    }
    const known = sources.near?.dataIds.get(path);
    if (tracked.length > 0 && known && sources.near) {
        const there = trackedEntries(sources.near.listing, path);
        if ((0,git_listing/* formatListing */.Qc)(tracked).equals((0,git_listing/* formatListing */.Qc)(there)))
            return known;
    }
    if (tracked.length > 0)
        return trackedData(sources, path, tracked);
    return untrackedData(sources, path);
}
function trackedEntries(listing, path) {
    const exact = (0,git_listing/* findRecord */.Tq)(listing, path);
    if (exact !== undefined)
        return [(0,git_listing/* entryAt */._f)(listing, exact)];
    return [...(0,globs/* matchingRecords */.U)(listing, (0,globs/* compilePattern */.E)(path))].map(([at]) => (0,git_listing/* entryAt */._f)(listing, at));
}
async function trackedData(sources, declared, entries) {
    const blobs = entries.filter(({ mode }) => mode.startsWith("100")).map(({ path }) => path);
    const small = await sources.tree.read(blobs, limits/* maxPointerBytes */.dg);
    const contents = [];
    for (const { path, mode, id } of entries) {
        const bytes = small.get(path) ?? sources.contents.get(path);
        const outputs = path.endsWith(".dvc") && bytes ? readDvcFile(path, bytes) : undefined;
        if (outputs) {
            const open = outputs.find((output) => output.id === undefined);
            if (open || outputs.length === 0)
                return {
                    kind: "unpinned",
                    why: path === declared ? "records no md5 (run `dvc commit`)" : `holds ${path}, which records no md5`,
                };
            contents.push(...outputs.map((output) => ({ name: outputs.length === 1 ? path : output.path, id: output.id ?? "" })));
        }
        else
            contents.push({ name: path, id: blobId(mode, id, bytes) });
    }
    return pinned(contents);
}
function blobId(mode, id, bytes) {
    if (mode === "160000")
        return `submodule:${id}`;
    if (mode === "120000")
        return `link:${id}`;
    const oid = bytes && lfsPointer(bytes);
    return oid ? `lfs:sha256:${oid}` : `git:${id}`;
}
/** Format: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
function lfsPointer(bytes) {
    if (bytes.length > limits/* maxPointerBytes */.dg)
        return undefined;
    const pattern = /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize \d+\n?$/;
    return pattern.exec(bytes.toString("latin1"))?.[1];
}
/** Not in this repository's trees: in a submodule, or kept by DVC. */
function untrackedData({ listing, contents }, path) {
    for (const submodule of (0,sources/* parseSubmodules */.zC)(contents.get(sources/* submodulesFile */.k3))) {
        const entry = isAtOrBelow(path, submodule) ? (0,tree/* findEntry */.w4)(listing, submodule) : undefined;
        if (entry?.mode === "160000")
            return pinned([{ name: path, id: `submodule:${entry.id}` }], [submodule]);
    }
    let why = "is not tracked by git, LFS, DVC or a submodule";
    for (const file of (0,sources/* dvcFilesFor */.O3)(path)) {
        const outputs = dvcOutputs(file, contents);
        const exact = outputs.filter((output) => isAtOrBelow(path, output.path));
        const id = exact.find((output) => output.id !== undefined)?.id;
        if (id !== undefined)
            return pinned([{ name: path, id }], [file]);
        // A folder or glob that several outputs lie in.
        const pattern = (0,globs/* compilePattern */.E)(path);
        const inside = outputs.filter((output) => pattern.matches(output.path) && output.path !== path);
        if (inside.length > 0 && inside.every((output) => output.id !== undefined))
            return pinned(inside.map((output) => ({ name: output.path, id: output.id ?? "" })), [file]);
        if (exact.length + inside.length > 0)
            why = `is declared by DVC, but ${file} records no md5 of it (run \`dvc repro\` or \`dvc commit\`)`;
    }
    return { kind: "unpinned", why };
}
function dvcOutputs(file, contents) {
    const content = contents.get(file);
    if (file.endsWith(".dvc"))
        return (content && readDvcFile(file, content)) ?? [];
    if (external_node_path_.posix.basename(file) !== "dvc.lock")
        return [];
    return readDvcLock(file, content, contents.get(external_node_path_.posix.join(external_node_path_.posix.dirname(file), "dvc.yaml")));
}
function pinned(contents, readFrom = []) {
    return { kind: "pinned", contents, readFrom };
}
function isAtOrBelow(path, parent) {
    return path === parent || path.startsWith(`${parent}/`);
}


/***/ }),

/***/ 47766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ describeRun),
  D: () => (/* binding */ notCode)
});

// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/git/listing.js
var listing = __webpack_require__(2810);
// EXTERNAL MODULE: ./build/src/spec/paths.js
var spec_paths = __webpack_require__(88613);
// EXTERNAL MODULE: ./build/src/plan/code.js
var plan_code = __webpack_require__(45676);
// EXTERNAL MODULE: ./build/src/plan/data-ids.js + 1 modules
var data_ids = __webpack_require__(76278);
// EXTERNAL MODULE: ./build/src/plan/globs.js
var plan_globs = __webpack_require__(97578);
// EXTERNAL MODULE: ./build/src/plan/limits.js
var limits = __webpack_require__(42593);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/src/plan/params.js



/**
 * One input a value below a declared key, named `params.yaml#train.lr`, its id the value as canonical JSON. Without keys all
 * values count, so that comments and order do not; a file that is neither YAML nor JSON counts by its content.
 */
function paramInputs(path, content, keys) {
    const parsed = parseParams(content);
    if (keys === undefined)
        return { inputs: parsed.ok ? allParams(path, parsed.value, content) : [wholeFile(path, content)], problems: [] };
    if (!parsed.ok) {
        const fix = "Declare the file without keys, or mend its syntax.";
        return { inputs: [], problems: [{ message: `${path} cannot be read as YAML or JSON: ${parsed.why}.`, fix }] };
    }
    const inputs = [];
    const problems = [];
    for (const key of keys) {
        const value = valueAt(parsed.value, key);
        if (value === undefined)
            problems.push({ message: `${path} has no key "${key}".`, fix: knownKeys(parsed.value) });
        else
            inputs.push(...leafInputs(path, leavesOf(value, key)));
    }
    if (inputs.length > limits/* maxParams */.b6)
        return { inputs: [wholeFile(path, content)], problems };
    return { inputs, problems };
}
/** The value as canonical JSON, or its digest when it is long. */
function valueId(value) {
    const text = (0,digest/* canonicalJson */.dj)(value);
    return text.length <= limits/* maxValueCharacters */.ih ? text : (0,digest/* digestOf */.ol)(text);
}
function allParams(path, value, content) {
    const leaves = leavesOf(value, "");
    if (leaves.length > limits/* maxParams */.b6)
        return [wholeFile(path, content)];
    return leafInputs(path, leaves);
}
function leafInputs(path, leaves) {
    return leaves.map(([key, leaf]) => ({ kind: "param", name: key === "" ? path : `${path}#${key}`, id: valueId(leaf) }));
}
function wholeFile(path, content) {
    return { kind: "param", name: path, id: (0,digest/* digestOf */.ol)(content) };
}
function parseParams(content) {
    try {
        const value = (0,dist/* parse */.qg)(content.toString("utf8"), {
            intAsBigInt: true,
            merge: true,
            uniqueKeys: false,
            maxAliasCount: 100,
            logLevel: "error",
        });
        return { ok: true, value: toJson(value, 0) };
    }
    catch (error) {
        return { ok: false, why: error instanceof Error ? (error.message.split("\n")[0] ?? "").replace(/[.:]$/, "") : String(error) };
    }
}
const maxDepth = 50;
/** Numbers that JSON cannot hold exactly become their text: two large seeds must not look the same. */
function toJson(value, depth) {
    if (depth > maxDepth)
        throw new Error(`it is nested more than ${maxDepth} levels deep`);
    if (typeof value === "bigint")
        return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    if (typeof value === "number")
        return Number.isFinite(value) ? value : String(value);
    if (value === null || value === undefined)
        return null;
    if (typeof value === "boolean" || typeof value === "string")
        return value;
    if (Array.isArray(value))
        return value.map((member) => toJson(member, depth + 1));
    if (typeof value !== "object")
        return String(value);
    const members = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(members.map(([key, member]) => [String(key), toJson(member, depth + 1)]));
}
/** `train.lr`, `layers.0.units`; a key that has a dot itself is found by its whole name. */
function valueAt(value, key) {
    let found = value;
    for (const part of key.split("."))
        found = member(found, part);
    return found ?? member(value, key) ?? found;
}
function member(value, key) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
        return undefined;
    return Object.entries(value).find(([name]) => name === key)?.[1];
}
function leavesOf(value, prefix) {
    if (typeof value !== "object" || value === null || isList(value) || Object.keys(value).length === 0)
        return [[prefix, value]];
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, prefix === "" ? key : `${prefix}.${key}`));
}
function isList(value) {
    return Array.isArray(value);
}
function knownKeys(value) {
    const keys = leavesOf(value, "").map(([key]) => key);
    const shown = keys.slice(0, 8).join(", ");
    return keys.length === 0 || keys[0] === "" ? "It has no keys at all." : `It has ${shown}${keys.length > 8 ? " and more" : ""}.`;
}

// EXTERNAL MODULE: ./build/src/plan/sources.js
var plan_sources = __webpack_require__(63347);
;// CONCATENATED MODULE: ./build/src/plan/training-contract.js
/**
 * Part of every input hash. It grows only when the same inputs would give another model because Assay's own training changed,
 * not with each version of Assay, or every upgrade would train everything again.
 */
const trainingContract = 1;
/** Where trainings run: on the runner of their own job. Part of the input hash, since other engines may give other models. */
const engineClass = "local";

;// CONCATENATED MODULE: ./build/src/plan/training-inputs.js



/** What `assay.yml` itself says of how a model is trained. */
function trainingInputs({ train }) {
    const { trainer, setup, workingDirectory, env, outputs, seeds } = train;
    const command = (name, id) => ({ kind: "command", name: `train.${name}`, id: shortened(id) });
    const inputs = [
        command("working-directory", workingDirectory),
        command("outputs.model", outputs.model),
        command("setup", (0,digest/* canonicalJson */.dj)(setup)),
        command("env", (0,digest/* canonicalJson */.dj)([...env].sort())),
        { kind: "seed", name: "train.seeds", id: (0,digest/* canonicalJson */.dj)(seeds) },
        { kind: "backend", name: "engine", id: engineClass },
        { kind: "contract", name: "training-contract", id: String(trainingContract) },
    ];
    if (trainer.kind === "command")
        return [...inputs, command("run", trainer.run)];
    inputs.push({ kind: "backend", name: "train.backend", id: trainer.backend });
    if ("module" in trainer.how)
        return [...inputs, command("module", trainer.how.module)];
    return [...inputs, ...recipeInputs(trainer.how.recipe)];
}
/** One input a key, so that a change says which. */
function recipeInputs({ optimizer, features, missing, layers, earlyStopping, ...rest }) {
    const parameters = {
        ...rest,
        "early-stopping": earlyStopping ? { ...earlyStopping } : null,
        optimizer: { ...optimizer },
        "features.numeric": features.numeric,
        "features.categorical": features.categorical,
        missing: { ...missing },
        layers: layers.map((layer) => ({ ...layer })),
    };
    return Object.entries(parameters).map(([key, value]) => ({
        kind: "param",
        name: `recipe#${key}`,
        id: shortened((0,digest/* canonicalJson */.dj)(value)),
    }));
}
function shortened(value) {
    return value.length <= limits/* maxValueCharacters */.ih ? value : (0,digest/* digestOf */.ol)(value);
}

// EXTERNAL MODULE: ./build/src/plan/tree.js
var tree = __webpack_require__(83177);
;// CONCATENATED MODULE: ./build/src/plan/describe-run.js












/**
 * Describes the run that training the model at this tree would be.
 * @throws ConfigError with everything that `assay.yml` names and the tree does not have
 */
async function describeRun(tree, spec, model, known) {
    const sources = known ?? (await (0,plan_sources/* readSources */.tW)(tree, model));
    const { inputs: declared, workingDirectory } = model.train;
    const here = (path) => (0,spec_paths/* inRepository */.y)(model, path);
    const problems = [];
    const problem = (key, message, fix) => problems.push({ position: model.position, path: `models.${model.name}.${key}`, message, fix });
    const inputs = trainingInputs(model);
    const unpinned = [];
    const testSet = await (0,data_ids/* findDataIds */.o)(sources, here(model.evaluate.data));
    const readFrom = testSet.kind === "pinned" ? [...testSet.readFrom] : [];
    const data = await Promise.all(declared.data.map(here).map(async (path) => ({ path, ids: await (0,data_ids/* findDataIds */.o)(sources, path) })));
    for (const { path, ids } of data) {
        inputs.push(...dataInputs(path, ids));
        if (ids.kind === "pinned")
            readFrom.push(...ids.readFrom);
        else
            unpinned.push(`${path} has no content id: it ${ids.why}`);
    }
    for (const { path, keys } of declared.params) {
        const content = sources.contents.get(here(path));
        if (!content || content.length > limits/* maxParamsBytes */.YQ) {
            problem("train.inputs.params", ...unreadable(sources, here(path)));
            continue;
        }
        const found = paramInputs(here(path), content, keys);
        inputs.push(...found.inputs);
        for (const { message, fix } of found.problems)
            problem("train.inputs.params", message, fix);
    }
    for (const path of declared.environment) {
        const records = [...(0,plan_globs/* matchingRecords */.U)(sources.listing, (0,plan_globs/* compilePattern */.E)(here(path)))];
        if (records.length === 0)
            problem("train.inputs.environment", ...noMatch(here(path)));
        for (const [at] of records) {
            const entry = (0,listing/* entryAt */._f)(sources.listing, at);
            inputs.push({ kind: "environment", name: entry.path, id: (0,plan_code/* fileId */.qp)(entry.mode, entry.id) });
        }
    }
    const globs = declared.code && [...declared.code.map(here), ...(0,plan_sources/* moduleFile */.pJ)(model)].map(plan_globs/* compilePattern */.E);
    for (const glob of globs ?? [])
        if ((0,plan_globs/* matchingRecords */.U)(sources.listing, glob).next().done)
            problem("train.inputs.code", ...noMatch(glob.text));
    const code = (0,plan_code/* selectCode */.eO)(sources.listing, workingDirectory, globs, notCode(spec, model, readFrom));
    inputs.push(...(0,plan_code/* codeInputs */.lS)(code, workingDirectory));
    if (problems.length > 0)
        throw new errors/* ConfigError */.xL(problems);
    const sorted = sortInputs(inputs);
    return { inputHash: (0,digest/* digestOf */.ol)((0,digest/* canonicalJson */.dj)(sorted)), inputs: sorted, unpinned, code };
}
/** What is counted by rules of its own, or not at all. */
function notCode(spec, model, readFrom = []) {
    const { data, params, environment } = model.train.inputs;
    const named = [...data, model.evaluate.data, ...params.map(({ path }) => path), ...environment];
    const paths = named.map((path) => (0,spec_paths/* inRepository */.y)(model, path));
    const pointers = paths.filter((path) => !path.endsWith(".dvc")).map((path) => `${path}.dvc`);
    return [...new Set([spec.path, ".github/assay.yml", ...paths, ...pointers, ...readFrom])].map(plan_globs/* compilePattern */.E);
}
function dataInputs(path, ids) {
    if (ids.kind === "unpinned")
        return [{ kind: "data", name: path, id: "unpinned" }];
    return ids.contents.map(({ name, id }) => ({ kind: "data", name, id }));
}
function noMatch(path) {
    return [`${path} matches no tracked file.`, "Correct the path, `git add` the file, or leave the entry out."];
}
function unreadable({ listing }, path) {
    if ((0,tree/* findEntry */.w4)(listing, path))
        return [`${path} is larger than ${limits/* maxParamsBytes */.YQ} bytes.`, "Keep parameters apart from data."];
    return [`${path} is not tracked.`, "Correct the path, or `git add` the file."];
}
function sortInputs(inputs) {
    const unique = new Map(inputs.map((input) => [`${input.kind}\0${input.name}\0${input.id}`, input]));
    return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}


/***/ }),

/***/ 97578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ compilePattern),
/* harmony export */   U: () => (/* binding */ matchingRecords)
/* harmony export */ });
/* harmony import */ var picomatch__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(14006);
/* harmony import */ var _git_listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2810);


function compilePattern(text) {
    const { base, isGlob } = picomatch__WEBPACK_IMPORTED_MODULE_0__.scan(text);
    if (!isGlob || text === ".") {
        const path = text.replace(/\/+$/, "");
        return { text, base: path, matches: (candidate) => path === "." || candidate === path || candidate.startsWith(`${path}/`) };
    }
    const matches = picomatch__WEBPACK_IMPORTED_MODULE_0__(text, { dot: true });
    // A file may really be named `[a].csv`.
    return { text, base: base === "" ? "." : base.replace(/\/+$/, ""), matches: (path) => path === text || matches(path) };
}
/** Start and end of each record of the listing that the pattern matches. */
function* matchingRecords(listing, pattern) {
    for (const [start, end] of candidateRanges(listing, pattern.base)) {
        for (let at = start; at < end;) {
            const next = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .recordEnd */ .$f)(listing, at);
            if (pattern.matches((0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .pathAt */ .DQ)(listing, at).toString("utf8")))
                yield [at, next];
            at = next;
        }
    }
}
function candidateRanges(listing, base) {
    if (base === ".")
        return [[0, listing.length]];
    const [start, end] = exactRange(listing, base);
    return [[start, end], (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .rangeBelow */ .XQ)(listing, base)];
}
function exactRange(listing, path) {
    const at = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .findRecord */ .Tq)(listing, path);
    return at === undefined ? [0, 0] : [at, (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .recordEnd */ .$f)(listing, at)];
}


/***/ }),

/***/ 42593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $3: () => (/* binding */ maxCodeInputs),
/* harmony export */   Sx: () => (/* binding */ maxDvcLockBytes),
/* harmony export */   YQ: () => (/* binding */ maxParamsBytes),
/* harmony export */   b6: () => (/* binding */ maxParams),
/* harmony export */   dg: () => (/* binding */ maxPointerBytes),
/* harmony export */   ih: () => (/* binding */ maxValueCharacters),
/* harmony export */   sh: () => (/* binding */ maxDataInputs)
/* harmony export */ });
/** What is read of a repository that nobody has to trust. */
const maxParamsBytes = 1024 * 1024;
const maxDvcLockBytes = 4 * 1024 * 1024;
/** The LFS specification allows no larger pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const maxPointerBytes = 1024;
/** Above this many files the inputs name the folder with one digest instead of each file. */
const maxCodeInputs = 500;
/** The same for one declared data path. */
const maxDataInputs = 100;
/** Of one parameter file whose keys are not declared. */
const maxParams = 1_000;
/** Values longer than this stand in the inputs as their digest. */
const maxValueCharacters = 1_000;


/***/ }),

/***/ 63347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KS: () => (/* binding */ sourcePaths),
/* harmony export */   O3: () => (/* binding */ dvcFilesFor),
/* harmony export */   k3: () => (/* binding */ submodulesFile),
/* harmony export */   pJ: () => (/* binding */ moduleFile),
/* harmony export */   tW: () => (/* binding */ readSources),
/* harmony export */   zC: () => (/* binding */ parseSubmodules)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _spec_paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(88613);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97578);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42593);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83177);





/** Every path at or below which a file's content may describe the model. */
function sourcePaths(model, submodules) {
    const { inputs, workingDirectory } = model.train;
    const here = (path) => (0,_spec_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, path);
    const wholeFolder = inputs.code === undefined || model.evaluate.predict.kind === "command";
    const data = dataPaths(model);
    const named = [...(inputs.code ?? []), ...inputs.environment].map(here);
    const bases = [...named, ...data].map((path) => (0,_globs_js__WEBPACK_IMPORTED_MODULE_3__/* .compilePattern */ .E)(path).base);
    const params = inputs.params.map(({ path }) => here(path));
    return [
        ...new Set([
            ...(wholeFolder ? [workingDirectory] : []),
            ...moduleFile(model),
            ...bases,
            ...params,
            ...data,
            ...metadataFiles(model),
            // Git does not find a submodule by a path inside it.
            ...submodules.filter((submodule) => data.some((path) => path.startsWith(`${submodule}/`))),
        ]),
    ];
}
async function readSources(tree, model, listing, near) {
    const listed = listing ?? (await tree.listRaw(sourcePaths(model, await readSubmodules(tree))));
    const params = model.train.inputs.params.map(({ path }) => (0,_spec_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, path));
    const wanted = [...params, ...metadataFiles(model), ...dataPaths(model).filter((path) => path.endsWith(".dvc"))];
    const there = [...new Set(wanted)].filter((path) => (0,_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .findEntry */ .w4)(listed, path) !== undefined);
    return { tree, listing: listed, contents: await tree.read(there, _limits_js__WEBPACK_IMPORTED_MODULE_4__/* .maxDvcLockBytes */ .Sx), dataIds: new Map(), near };
}
const submodulesFile = ".gitmodules";
async function readSubmodules(tree) {
    return parseSubmodules((await tree.read([submodulesFile], _limits_js__WEBPACK_IMPORTED_MODULE_4__/* .maxParamsBytes */ .YQ)).get(submodulesFile));
}
/** Paths of the submodules that `.gitmodules` names. */
function parseSubmodules(gitmodules) {
    const lines = gitmodules?.toString().matchAll(/^[ \t]*path[ \t]*=[ \t]*"?([^"\n]*?)"?[ \t\r]*$/gm) ?? [];
    return [...lines].map(([, path]) => path ?? "").filter((path) => path !== "");
}
function dataPaths(model) {
    return [...model.train.inputs.data, model.evaluate.data].map((path) => (0,_spec_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, path));
}
function metadataFiles(model) {
    return [submodulesFile, ...dataPaths(model).flatMap(dvcFilesFor)];
}
/** The user's TF.js module, which is code whatever the globs say. */
function moduleFile(model) {
    const { trainer } = model.train;
    return trainer.kind === "tfjs" && "module" in trainer.how ? [(0,_spec_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, trainer.how.module)] : [];
}
/** Where DVC may say what a data path holds: its own `.dvc` file or that of a folder above it, and every pipeline on the way. */
function dvcFilesFor(path) {
    const names = [`${path}.dvc`];
    for (let folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(path);; folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(folder)) {
        if (folder !== ".")
            names.push(`${folder}.dvc`);
        names.push(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, "dvc.lock"), node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, "dvc.yaml"));
        if (folder === ".")
            return names;
    }
}


/***/ }),

/***/ 83177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ie: () => (/* binding */ commitTreeNear),
/* harmony export */   SC: () => (/* binding */ commitTree),
/* harmony export */   _E: () => (/* binding */ workTree),
/* harmony export */   w4: () => (/* binding */ findEntry)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _git_listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2810);


/** A listing is asked of git once: commits do not change, and two sides of a plan ask for the same. */
function commitTree(git, commit) {
    const listings = new Map();
    const listRaw = (paths) => {
        const key = paths.join("\0");
        const listing = listings.get(key) ?? git.listTreeRaw(commit, paths);
        listings.set(key, listing);
        return listing;
    };
    return {
        commit,
        listRaw,
        list: async (paths) => (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .parseListing */ ._S)(await listRaw(paths)),
        read: (paths, maxBytes) => (paths.length === 0 ? nothing : git.readMany(commit, paths, maxBytes)),
    };
}
/** The same tree as `commitTree`, listed as what differs from another commit's: cheap where most is the same. */
function commitTreeNear(git, commit, near) {
    const changes = git.diffTrees(near.commit, commit);
    changes.catch(() => { });
    const listRaw = async (paths) => {
        const [listing, changed] = await Promise.all([near.listRaw(paths), changes]);
        const wanted = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .below */ .Gz)(paths);
        return (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .patchListing */ .dT)(listing, new Map([...changed].filter(([path]) => wanted(path))));
    };
    return { ...commitTree(git, commit), listRaw, list: async (paths) => (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .parseListing */ ._S)(await listRaw(paths)) };
}
/** One moment of the work tree: what changed is asked once, while HEAD's own tree is listed. */
function workTree(git, files, known) {
    const status = known ? Promise.resolve(known.status) : git.status();
    // Nobody may have asked yet when git fails; whoever asks still gets the failure.
    status.catch(() => { });
    const listRaw = async (paths) => {
        if (!known)
            return git.listWorkTreeRaw(paths, await status);
        const wanted = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .below */ .Gz)(paths);
        const changes = known.status.changes.filter(({ path }) => wanted(path));
        const [listing, entries] = await Promise.all([
            known.head.listRaw(paths),
            changes.length > 0 ? git.hashChanges(changes) : undefined,
        ]);
        return entries ? (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .patchListing */ .dT)(listing, entries) : listing;
    };
    return {
        commit: null,
        listRaw,
        list: async (paths) => (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .parseListing */ ._S)(await listRaw(paths)),
        async read(paths, maxBytes) {
            const { head, changes } = await status;
            const changed = new Map(changes.map((change) => [change.path, change]));
            const committed = paths.filter((path) => !changed.has(path));
            const found = new Map(head && committed.length > 0 ? await git.readMany(head, committed, maxBytes) : []);
            for (const path of paths) {
                if (changed.get(path)?.kind !== "changed")
                    continue;
                const content = await readFromDisk(files, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(git.root, path), maxBytes);
                if (content)
                    found.set(path, content);
            }
            return found;
        },
    };
}
const nothing = Promise.resolve(new Map());
async function readFromDisk(files, path, maxBytes) {
    const link = await files.readLink(path);
    if (link !== undefined)
        return Buffer.from(link);
    const found = await files.stat(path);
    return found && !found.isFolder && found.bytes <= maxBytes ? files.readBytes(path, maxBytes) : undefined;
}
/** The entry of exactly that path in a listing. */
function findEntry(listing, path) {
    const at = (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .findRecord */ .Tq)(listing, path);
    return at === undefined ? undefined : (0,_git_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .entryAt */ ._f)(listing, at);
}


/***/ }),

/***/ 15312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ cancellation)
/* harmony export */ });
/** Aborted with the signal's name when the runner or the user cancels; listening keeps Node from ending at once. */
function cancellation() {
    const controller = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"])
        process.once(signal, () => controller.abort(signal));
    return controller.signal;
}


/***/ }),

/***/ 74080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ createNodeProcesses)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/src/processes/capture.js




const mebibyte = 1024 * 1024;
/** Error output is for a message: its end says what went wrong. */
const maxStderrBytes = mebibyte;
/**
 * Runs a program without a shell and collects what it writes.
 * @throws UsageError when the program or the folder is not there, or the output passes `maxBytes`
 */
function capture(file, args, options = {}) {
    const { cwd, env, input, maxBytes = 64 * mebibyte } = options;
    return new Promise((resolve, reject) => {
        const child = (0,external_node_child_process_.spawn)(file, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
        const stdout = [];
        let stdoutBytes = 0;
        const stderr = keepEnd(maxStderrBytes);
        child.stdout.on("data", (chunk) => {
            stdoutBytes += chunk.length;
            if (stdoutBytes <= maxBytes) {
                stdout.push(chunk);
                return;
            }
            child.kill("SIGKILL");
            reject(new errors/* UsageError */.eb(`${[file, ...args.slice(0, 1)].join(" ")} wrote more than ${maxBytes} bytes, which is the limit here. Ask it for less.`));
        });
        child.stderr.on("data", stderr.add);
        // A program that does not read its input closes the pipe; its exit code says whether that was a failure.
        child.stdin.on("error", () => { });
        child.stdin.end(input ?? "");
        child.on("error", (error) => reject(notStarted(file, cwd, error)));
        child.on("close", (code, signal) => {
            const exitCode = code ?? 128 + (signal ? external_node_os_.constants.signals[signal] : 0);
            resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: stderr.text() });
        });
    });
}
function notStarted(file, cwd, error) {
    if (cwd !== undefined && !isFolder(cwd))
        return new errors/* UsageError */.eb(`${file} was to run in ${cwd}, which is not a folder.`);
    if (error.code === "ENOENT")
        return new errors/* UsageError */.eb(`The program \`${file}\` was not found. Install it, or add its folder to PATH.`, { cause: error });
    return new errors/* UsageError */.eb(`The program \`${file}\` could not be started: ${error.message}.`, { cause: error });
}
function isFolder(path) {
    return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
/** Keeps about the last `maxBytes` of a stream. */
function keepEnd(maxBytes) {
    let chunks = [];
    let bytes = 0;
    const end = () => Buffer.concat(chunks).subarray(-maxBytes);
    return {
        add(chunk) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes <= 2 * maxBytes)
                return;
            chunks = [end()];
            bytes = maxBytes;
        },
        text: () => end().toString("utf8"),
    };
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(46193);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/src/processes/process-group.js


/** Sends a signal to a process and all that it started; on Windows, which has no signals, ends them. */
function signalGroup(leader, signal) {
    if (process.platform === "win32") {
        (0,external_node_child_process_.spawn)("taskkill", ["/pid", String(leader), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on("error", () => { });
        return;
    }
    try {
        process.kill(-leader, signal);
    }
    catch {
        // Nobody is left in the group.
    }
}
/** Whether a process of the group still runs. The group outlives its leader: a shell dies of SIGTERM before what it started does. */
function isGroupAlive(leader) {
    if (process.platform === "win32")
        return false;
    try {
        process.kill(-leader, 0);
    }
    catch {
        return false;
    }
    // In a container without an init process the dead stay in the group as zombies for ever.
    return process.platform !== "linux" || hasRunningMember(leader);
}
function hasRunningMember(group) {
    return (0,external_node_fs_.readdirSync)("/proc").some((name) => {
        if (!/^\d+$/.test(name))
            return false;
        try {
            // `pid (name) state ppid pgrp …`; the name may contain anything.
            const stat = (0,external_node_fs_.readFileSync)(`/proc/${name}/stat`, "utf8");
            const [state, , pgrp] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
            return Number(pgrp) === group && state !== "Z" && state !== "X";
        }
        catch {
            return false;
        }
    });
}

;// CONCATENATED MODULE: ./build/src/processes/shell.js






/** GitHub kills a cancelled step 10 s after SIGINT; what is left after this is for writing the record. */
const defaultGraceSeconds = 7.5;
/** How long output may still come after the command has ended: something that it left running may hold the pipe for ever. */
const drainMs = 500;
const pollMs = 20;
/** The longest time that a Node timer can wait. */
const maxTimerMs = 2 ** 31 - 1;
/** Runs a command line in a shell, in its own process group. Never throws for what the command does. */
async function shell(command, options) {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const cancelled = () => ({ outcome: "cancelled", signal: signalOf(options.signal), seconds: seconds() });
    if (options.signal.aborted)
        return cancelled();
    if (!isFolder(options.cwd))
        return { outcome: "not-started", message: `${options.cwd} is not a folder`, seconds: seconds() };
    const child = await start(command, options);
    if ("message" in child)
        return { outcome: "not-started", message: child.message, seconds: seconds() };
    const { pid, ended } = child;
    const killGroup = () => signalGroup(pid, "SIGKILL");
    process.once("exit", killGroup);
    try {
        const first = await Promise.race([ended, interruption(options, ended)]);
        if (first.kind === "ended") {
            await Promise.race([child.drained, pause(drainMs)]);
            if (first.exitCode !== null)
                return { outcome: "exited", exitCode: first.exitCode, seconds: seconds() };
            return { outcome: "signalled", signal: first.signal ?? "unknown", seconds: seconds() };
        }
        await stop(child, first.kind === "cancelled" ? signalOf(options.signal) : "SIGTERM", options.graceSeconds ?? defaultGraceSeconds);
        return first.kind === "cancelled" ? cancelled() : { outcome: "timed-out", seconds: seconds() };
    }
    finally {
        process.off("exit", killGroup);
        child.release();
    }
}
async function start(command, options) {
    const shells = process.platform === "win32" ? [undefined] : ["bash", "sh"];
    let failure = "no shell was found";
    for (const shellName of shells) {
        const child = spawnShell(shellName, command, options);
        if (child instanceof Error)
            return { message: child.message };
        const exited = (0,external_node_events_.once)(child, "exit");
        const closed = (0,external_node_events_.once)(child, "close");
        // Both also reject with the "error" event, which is awaited here through "spawn".
        exited.catch(() => { });
        closed.catch(() => { });
        try {
            await (0,external_node_events_.once)(child, "spawn");
        }
        catch (error) {
            failure = error instanceof Error ? error.message : String(error);
            continue;
        }
        const flush = forward(child, options.output);
        return {
            pid: child.pid ?? 0,
            ended: exited.then(([exitCode, signal]) => ({ kind: "ended", exitCode, signal })),
            drained: closed.then(() => { }),
            release() {
                flush();
                child.stdout.destroy();
                child.stderr.destroy();
                child.unref();
            },
        };
    }
    return { message: failure };
}
function spawnShell(name, command, { cwd, env }) {
    const stdio = ["ignore", "pipe", "pipe"];
    try {
        if (name === undefined)
            return (0,external_node_child_process_.spawn)(command, { cwd, env: { ...env }, stdio, windowsHide: true, shell: true });
        // A group of its own, so that a signal reaches what the shell started.
        return (0,external_node_child_process_.spawn)(name, ["-c", command], { cwd, env: { ...env }, stdio, detached: true });
    }
    catch (error) {
        // Text that no operating system takes, such as a NUL character.
        return error instanceof Error ? error : new Error(String(error));
    }
}
/** Passes output on as text; a character split over two chunks waits for its rest. */
function forward(child, output) {
    const flushes = [child.stdout, child.stderr].map((stream) => {
        const decoder = new external_node_string_decoder_.StringDecoder("utf8");
        const emit = (text) => {
            if (text)
                output(text);
        };
        const onData = (chunk) => emit(decoder.write(chunk));
        stream.on("data", onData);
        return () => {
            stream.off("data", onData);
            emit(decoder.end());
        };
    });
    return () => {
        for (const flush of flushes)
            flush();
    };
}
/** Resolves when the job is cancelled or the time is over; never after the command has ended. */
function interruption(options, ended) {
    return new Promise((resolve) => {
        const onAbort = () => resolve({ kind: "cancelled" });
        options.signal.addEventListener("abort", onAbort, { once: true });
        const timer = setTimeout(() => resolve({ kind: "timed-out" }), Math.min(options.timeoutMinutes * 60_000, maxTimerMs));
        ended.finally(() => {
            clearTimeout(timer);
            options.signal.removeEventListener("abort", onAbort);
        });
    });
}
/** Asks the whole group to stop, gives it time to save its work, then kills what is left. */
async function stop(child, signal, graceSeconds) {
    signalGroup(child.pid, signal);
    const deadline = performance.now() + graceSeconds * 1000;
    await Promise.race([child.ended, pause(graceSeconds * 1000)]);
    while (isGroupAlive(child.pid) && performance.now() < deadline)
        await (0,promises_.setTimeout)(pollMs);
    signalGroup(child.pid, "SIGKILL");
    await Promise.race([Promise.all([child.ended, child.drained]), pause(drainMs)]);
}
/** A limit on something that keeps the process alive itself; once that is there, the rest of the pause does not. */
function pause(milliseconds) {
    return (0,promises_.setTimeout)(Math.min(milliseconds, maxTimerMs), undefined, { ref: false });
}
/** The signal that the job was cancelled with; `abort()` without one of the two means SIGTERM. */
function signalOf(signal) {
    return signal.reason === "SIGINT" ? "SIGINT" : "SIGTERM";
}

;// CONCATENATED MODULE: ./build/src/processes/node-processes.js


/** Child processes of this machine. */
function createNodeProcesses() {
    return { capture: capture, shell: shell };
}


/***/ })

};
