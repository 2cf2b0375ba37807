export const id = 928;
export const ids = [928];
export const modules = {

/***/ 45928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createOctokitGitHub: () => (/* binding */ createOctokitGitHub)
});

// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(13798);
;// CONCATENATED MODULE: ./build/src/github/octokit/request-error.js


const requestErrorSchema = schemas/* object */.Ikc({
    status: schemas/* number */.aig(),
    message: schemas/* string */.YjP(),
    response: schemas/* object */.Ikc({
        headers: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()]).optional()),
        data: schemas/* unknown */.L5J(),
    })
        .optional(),
});
const bodySchema = schemas/* object */.Ikc({
    message: schemas/* string */.YjP(),
    errors: schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* object */.Ikc({ code: schemas/* string */.YjP().optional(), message: schemas/* string */.YjP().optional() })])).optional(),
});
/** What Octokit threw, as our error: what was asked, GitHub's answer, and what to do about it. The token is never in it. */
function toGitHubError(error, asked, token) {
    if (error instanceof errors/* AssayError */.WV)
        return error;
    const parsed = requestErrorSchema.safeParse(error);
    // Octokit says status 500 also when there was no answer at all.
    const response = parsed.success ? parsed.data.response : undefined;
    if (!parsed.success || response === undefined) {
        const reason = error instanceof Error ? reasonOf(error) : String(error);
        const advice = "Check the network and https://www.githubstatus.com, then run it again.";
        return new errors/* GitHubError */.y_(hide(`No answer from GitHub on a request to ${asked.what}: ${reason}. ${advice}`, token));
    }
    const { status } = parsed.data;
    const said = sentence(answerOf(parsed.data));
    const message = `GitHub answered ${status} on a request to ${asked.what}: ${said} ${adviceFor(parsed.data, asked)}`;
    return new errors/* GitHubError */.y_(hide(message.trim(), token), { status });
}
/** The codes of GitHub's field errors, such as `already_exists`. */
function errorCodes(error) {
    const parsed = requestErrorSchema.safeParse(error);
    const body = bodySchema.safeParse(parsed.data?.response?.data);
    return (body.data?.errors ?? []).map((entry) => (typeof entry === "string" ? entry : (entry.code ?? entry.message ?? "")));
}
function statusOf(error) {
    const parsed = requestErrorSchema.safeParse(error);
    return parsed.success && parsed.data.response !== undefined ? parsed.data.status : undefined;
}
function answerOf(error) {
    const body = bodySchema.safeParse(error.response?.data);
    if (!body.success)
        return error.message.slice(0, 500);
    const details = (body.data.errors ?? []).map((entry) => typeof entry === "string" ? entry : [entry.code, entry.message].filter((part) => part !== undefined).join(" "));
    return [body.data.message, ...details].join("; ").slice(0, 500);
}
function adviceFor(error, asked) {
    const headers = error.response?.headers ?? {};
    const limited = error.status === 429 || headers["retry-after"] !== undefined || /rate limit/i.test(answerOf(error));
    if (error.status === 429 || error.status === 403) {
        if (String(headers["x-ratelimit-remaining"] ?? "") === "0") {
            const reset = Number(headers["x-ratelimit-reset"]);
            const until = Number.isFinite(reset) ? ` until ${new Date(reset * 1000).toISOString()}` : "";
            return `The token's rate limit is used up${until}; run it again then.`;
        }
        if (limited)
            return `GitHub asks for a pause of ${headers["retry-after"] ?? 60} seconds; run it again after that.`;
        return `Give the job "permissions: { ${asked.permission} }"; runs for forks and Dependabot have no write permission.`;
    }
    if (error.status === 401)
        return "The token is wrong or has expired; a workflow's own token ends with its job.";
    if (error.status === 404) {
        return `It does not exist, or the token may not see it: check the repository's name and that the job has "permissions: { ${asked.permission} }".`;
    }
    if (error.status === 410)
        return "It has expired or the feature is switched off in the repository's settings.";
    if (error.status >= 500)
        return "Check https://www.githubstatus.com and run it again.";
    return "";
}
function reasonOf(error) {
    const cause = error.cause instanceof Error ? error.cause.message : "";
    const reason = cause && !error.message.includes(cause) ? `${error.message} (${cause})` : error.message;
    return reason.slice(0, 500).replace(/\.$/, "");
}
function sentence(text) {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}
function hide(message, token) {
    return token === "" ? message : message.replaceAll(token, "***");
}

;// CONCATENATED MODULE: ./build/src/github/octokit/api.js


const pageSize = 100;
const maxPages = 1_000;
function createApi(octokit, repository, token) {
    const place = { owner: repository.owner, repo: repository.name };
    async function request(schema, route, parameters, asked) {
        const response = await explained(asked, () => octokit.request(route, { ...place, ...parameters }));
        return parse(schema, response.data, asked);
    }
    async function explained(asked, act) {
        try {
            return await act();
        }
        catch (error) {
            throw toGitHubError(error, asked, token);
        }
    }
    return {
        repository,
        send: request,
        once: (schema, route, parameters, asked) => request(schema, route, { ...parameters, request: { retries: 0 } }, asked),
        async find(schema, route, parameters, asked) {
            try {
                return await request(schema, route, parameters, asked);
            }
            catch (error) {
                if (error instanceof errors/* GitHubError */.y_ && error.status === 404)
                    return undefined;
                throw error;
            }
        },
        async list(schema, route, parameters, asked) {
            const entries = [];
            await explained(asked, async () => {
                let pages = 0;
                for await (const page of octokit.paginate.iterator(route, { ...place, ...parameters, per_page: pageSize })) {
                    if (++pages > maxPages)
                        throw new errors/* GitHubError */.y_(`More than ${maxPages} pages on a request to ${asked.what}; nothing is decided on part of a list.`);
                    for (const entry of page.data)
                        entries.push(parse(schema, entry, asked));
                }
            });
            return entries;
        },
        async graphql(schema, query, asked) {
            return parse(schema, await explained(asked, () => octokit.graphql(query)), asked);
        },
        async raw(route, parameters) {
            const response = await octokit.request(route, { ...place, ...parameters, request: { ...parameters.request, retries: 0 } });
            return { status: response.status, data: response.data };
        },
        explain: (error, asked) => toGitHubError(error, asked, token),
    };
}
function parse(schema, data, asked) {
    const parsed = schema.safeParse(data);
    if (parsed.success)
        return parsed.data;
    const issue = parsed.error.issues[0];
    const where = issue?.path.join(".") || "the answer";
    throw new errors/* GitHubError */.y_(`GitHub answered a request to ${asked.what} with something unexpected: ${where}: ${issue?.message}.`);
}

;// CONCATENATED MODULE: ./build/src/github/octokit/artifacts.js

const artifactSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    name: schemas/* string */.YjP(),
    size_in_bytes: schemas/* int */.Whr(),
    digest: schemas/* string */.YjP().nullish(),
    expired: schemas/* boolean */.zMY(),
    created_at: schemas/* string */.YjP().nullable(),
    workflow_run: schemas/* object */.Ikc({
        id: schemas/* int */.Whr().optional(),
        repository_id: schemas/* int */.Whr().optional(),
        head_repository_id: schemas/* int */.Whr().nullish(),
        head_branch: schemas/* string */.YjP().nullish(),
        head_sha: schemas/* string */.YjP().optional(),
    })
        .nullish(),
})
    .transform((artifact) => ({
    id: artifact.id,
    name: artifact.name,
    bytes: artifact.size_in_bytes,
    digest: artifact.digest ?? undefined,
    expired: artifact.expired,
    createdAt: artifact.created_at ?? "",
    run: originOf(artifact.workflow_run),
}));
/** Without all of it nobody can say how far to trust the artifact, so half of it is none. */
function originOf(run) {
    if (!run?.id || !run.repository_id || !run.head_repository_id || !run.head_sha)
        return undefined;
    return {
        id: run.id,
        repositoryId: run.repository_id,
        headRepositoryId: run.head_repository_id,
        headBranch: run.head_branch ?? undefined,
        headSha: run.head_sha,
    };
}
function createArtifacts(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const permission = "actions: read";
    return {
        async listByName(name) {
            const asked = { what: `list the artifacts named ${name} in ${place}`, permission };
            const artifacts = await api.list(artifactSchema, "GET /repos/{owner}/{repo}/actions/artifacts", { name }, asked);
            return artifacts.filter((artifact) => artifact.name === name).sort(newestFirst);
        },
        async listOfRun(runId) {
            const asked = { what: `list the artifacts of workflow run ${runId} in ${place}`, permission };
            const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
            return [...(await api.list(artifactSchema, route, { run_id: runId }, asked))].sort(newestFirst);
        },
    };
}
function newestFirst(a, b) {
    return b.createdAt.localeCompare(a.createdAt) || b.id - a.id;
}

;// CONCATENATED MODULE: ./build/src/github/octokit/checks.js

/** What GitHub takes in one request. */
const annotationsARequest = 50;
const checkRunSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    name: schemas/* string */.YjP(),
    head_sha: schemas/* string */.YjP(),
    external_id: schemas/* string */.YjP().nullish(),
    conclusion: schemas/* string */.YjP().nullable(),
    html_url: schemas/* string */.YjP().nullish(),
    details_url: schemas/* string */.YjP().nullish(),
    app: schemas/* object */.Ikc({ slug: schemas/* string */.YjP().nullish() }).nullish(),
    output: schemas/* object */.Ikc({
        title: schemas/* string */.YjP().nullish(),
        summary: schemas/* string */.YjP().nullish(),
        text: schemas/* string */.YjP().nullish(),
        annotations_count: schemas/* int */.Whr().nullish(),
    })
        .nullish(),
})
    .transform((run) => ({
    id: run.id,
    name: run.name,
    headSha: run.head_sha,
    externalId: run.external_id || undefined,
    appSlug: run.app?.slug ?? undefined,
    conclusion: run.conclusion ?? undefined,
    url: run.html_url ?? "",
    title: run.output?.title ?? undefined,
    summary: run.output?.summary ?? undefined,
    text: run.output?.text ?? undefined,
    detailsUrl: run.details_url ?? undefined,
    annotationCount: run.output?.annotations_count ?? 0,
}));
const annotationSchema = schemas/* object */.Ikc({
    path: schemas/* string */.YjP(),
    start_line: schemas/* int */.Whr(),
    end_line: schemas/* int */.Whr(),
    annotation_level: schemas/* enum */.k5n(["notice", "warning", "failure"]),
    title: schemas/* string */.YjP().nullish(),
    message: schemas/* string */.YjP().nullish(),
})
    .transform((annotation) => ({
    path: annotation.path,
    startLine: annotation.start_line,
    endLine: annotation.end_line,
    level: annotation.annotation_level,
    title: annotation.title ?? "",
    message: annotation.message ?? "",
}));
function createChecks(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const permission = "checks: write";
    /** One PATCH for each batch; only the last one completes the check. Adding annotations is not repeatable, so nothing is. */
    async function patch(id, content, batches) {
        const asked = { what: `update check run ${id} in ${place}`, permission };
        const [batch = [], ...rest] = batches;
        const body = { check_run_id: id, ...requestBody(content, batch, rest.length === 0) };
        const run = await api.once(checkRunSchema, "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", body, asked);
        return rest.length === 0 ? run : patch(id, content, rest);
    }
    return {
        async list(headSha, name) {
            const runs = await api.list(checkRunSchema, "GET /repos/{owner}/{repo}/commits/{ref}/check-runs", { ref: headSha, check_name: name, filter: "all" }, { what: `list the check runs of ${headSha} in ${place}`, permission: "checks: read" });
            return runs.filter((run) => run.name === name && run.headSha === headSha).sort((a, b) => a.id - b.id);
        },
        annotations: (id) => api.list(annotationSchema, "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", { check_run_id: id }, {
            what: `list the annotations of check run ${id} in ${place}`,
            permission: "checks: read",
        }),
        async create(content) {
            const [batch = [], ...rest] = batchesOf(content.annotations);
            const body = { head_sha: content.headSha, ...requestBody(content, batch, rest.length === 0) };
            const asked = { what: `create the check "${content.name}" on ${content.headSha} in ${place}`, permission };
            const run = await api.once(checkRunSchema, "POST /repos/{owner}/{repo}/check-runs", body, asked);
            return rest.length === 0 ? run : patch(run.id, content, rest);
        },
        update: (id, content) => patch(id, content, batchesOf(content.annotations)),
    };
}
function batchesOf(annotations) {
    const batches = [];
    for (let start = 0; start < annotations.length; start += annotationsARequest) {
        batches.push(annotations.slice(start, start + annotationsARequest));
    }
    return batches;
}
function requestBody(content, annotations, last) {
    return {
        name: content.name,
        external_id: content.externalId,
        details_url: content.detailsUrl,
        ...(content.conclusion !== undefined && last
            ? { status: "completed", conclusion: content.conclusion }
            : { status: "in_progress" }),
        output: {
            title: content.title,
            summary: content.summary,
            text: content.text,
            annotations: annotations.map((annotation) => ({
                path: annotation.path,
                start_line: annotation.startLine,
                end_line: annotation.endLine,
                annotation_level: annotation.level,
                title: annotation.title,
                message: annotation.message,
            })),
        },
    };
}

;// CONCATENATED MODULE: ./build/src/github/octokit/comments.js


const accountSchema = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), login: schemas/* string */.YjP() });
const commentSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    body: schemas/* string */.YjP().nullish(),
    // The account of a comment may be gone.
    user: accountSchema.nullable(),
    html_url: schemas/* string */.YjP(),
})
    .transform(({ id, body, user, html_url }) => ({
    id,
    body: body ?? "",
    author: user ? { id: user.id, login: user.login } : { id: 0, login: "ghost" },
    url: html_url,
}));
const viewerSchema = schemas/* object */.Ikc({ viewer: schemas/* object */.Ikc({ login: schemas/* string */.YjP(), databaseId: schemas/* int */.Whr().nullish() }) });
function createComments(api) {
    const permission = "pull-requests: write";
    const place = `${api.repository.owner}/${api.repository.name}`;
    let viewer;
    return {
        list: (number) => api.list(commentSchema, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", { issue_number: number }, {
            what: `list the comments of #${number} in ${place}`,
            permission: "pull-requests: read",
        }),
        get: (id) => api.find(commentSchema, "GET /repos/{owner}/{repo}/issues/comments/{comment_id}", { comment_id: id }, {
            what: `read comment ${id} in ${place}`,
            permission: "pull-requests: read",
        }),
        create: (number, body) => api.once(commentSchema, "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { issue_number: number, body }, {
            what: `create a comment on #${number} in ${place}`,
            permission,
        }),
        update: (id, body) => api.send(commentSchema, "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { comment_id: id, body }, {
            what: `update comment ${id} in ${place}`,
            permission,
        }),
        viewer() {
            viewer ??= findViewer(api).catch((error) => {
                viewer = undefined;
                throw error;
            });
            return viewer;
        },
    };
}
/** A workflow's token may not `GET /user`, but GraphQL answers it; a server without GraphQL knows a user's token by REST. */
async function findViewer(api) {
    const asked = { what: "say whose token this is", permission: "contents: read" };
    let graphqlError;
    try {
        const { viewer } = await api.graphql(viewerSchema, "query { viewer { login databaseId } }", asked);
        if (typeof viewer.databaseId === "number")
            return { id: viewer.databaseId, login: viewer.login };
        graphqlError = new errors/* GitHubError */.y_(`GitHub did not say the account id of ${viewer.login}.`);
    }
    catch (error) {
        if (!(error instanceof errors/* GitHubError */.y_) || error.status === 401)
            throw error;
        graphqlError = error;
    }
    try {
        return await api.send(accountSchema, "GET /user", {}, asked);
    }
    catch {
        throw graphqlError;
    }
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
;// CONCATENATED MODULE: ./build/src/github/octokit/contents.js



const maxBytes = 100 * 1024 * 1024;
const fileSchema = schemas/* object */.Ikc({
    type: schemas/* literal */.euz("file"),
    sha: schemas/* string */.YjP(),
    size: schemas/* int */.Whr(),
    encoding: schemas/* string */.YjP(),
    content: schemas/* string */.YjP(),
});
const objectSchema = schemas/* object */.Ikc({ sha: schemas/* string */.YjP() });
const refSchema = schemas/* object */.Ikc({ object: objectSchema });
const anything = schemas/* unknown */.L5J();
function createContents(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const read = "contents: read";
    const write = "contents: write";
    /** Past 1 MB the JSON answer leaves the content out. */
    async function readRaw(parameters, asked) {
        try {
            const { data } = await api.raw("GET /repos/{owner}/{repo}/contents/{path}", {
                ...parameters,
                headers: { accept: "application/vnd.github.raw+json" },
                // As bytes: Octokit takes the answer for text.
                request: { parseSuccessResponseBody: false },
            });
            if (!(data instanceof ReadableStream))
                throw new errors/* GitHubError */.y_(`GitHub sent nothing on a request to ${asked.what}.`);
            return await (0,consumers_.buffer)(data);
        }
        catch (error) {
            throw api.explain(error, asked);
        }
    }
    return {
        async read(path, ref) {
            const asked = { what: `read ${path} at ${ref} in ${place}`, permission: read };
            const file = await api.find(fileSchema, "GET /repos/{owner}/{repo}/contents/{path}", { path, ref }, asked);
            if (file === undefined)
                return undefined;
            if (file.encoding === "base64")
                return { bytes: Buffer.from(file.content, "base64"), blobSha: file.sha };
            if (file.size > maxBytes)
                throw new errors/* GitHubError */.y_(`${path} at ${ref} in ${place} has ${file.size} bytes; at most ${maxBytes} are read.`);
            return { bytes: await readRaw({ path, ref }, asked), blobSha: file.sha };
        },
        async create({ branch, path, content, message }) {
            const asked = { what: `add ${path} to branch ${branch} of ${place}`, permission: write };
            const body = { branch, path, message, content: Buffer.from(content).toString("base64") };
            try {
                await api.once(anything, "PUT /repos/{owner}/{repo}/contents/{path}", body, asked);
                return "created";
            }
            catch (error) {
                if (!(error instanceof errors/* GitHubError */.y_))
                    throw error;
                // A protected branch answers 409 too, every time.
                if (error.status === 409 && !/rule violation/i.test(error.message))
                    return "conflict";
                // Without the blob id of the file that it replaces, GitHub refuses to write over one.
                if (error.status === 422 && /"sha" wasn't supplied/.test(error.message))
                    return "exists";
                throw error;
            }
        },
        async createOrphanBranch({ branch, path, content, message }) {
            const asked = { what: `create branch ${branch} in ${place}`, permission: write };
            const tree = await api.send(objectSchema, "POST /repos/{owner}/{repo}/git/trees", { tree: [{ path, mode: "100644", type: "blob", content }] }, asked);
            const commit = await api.send(objectSchema, "POST /repos/{owner}/{repo}/git/commits", { message, tree: tree.sha, parents: [] }, asked);
            try {
                await api.once(anything, "POST /repos/{owner}/{repo}/git/refs", { ref: `refs/heads/${branch}`, sha: commit.sha }, asked);
                return "created";
            }
            catch (error) {
                if (error instanceof errors/* GitHubError */.y_ && error.status === 422 && /already exists/i.test(error.message))
                    return "exists";
                throw error;
            }
        },
        async branchTip(branch) {
            const asked = { what: `read branch ${branch} of ${place}`, permission: read };
            const ref = await api.find(refSchema, "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` }, asked);
            return ref?.object.sha;
        },
        async isAncestor(ancestor, ref) {
            const asked = { what: `compare ${ancestor} with ${ref} in ${place}`, permission: read };
            const comparison = await api.find(schemas/* object */.Ikc({ status: schemas/* enum */.k5n(["ahead", "behind", "diverged", "identical"]) }), "GET /repos/{owner}/{repo}/compare/{basehead}", { basehead: `${ancestor}...${ref}`, per_page: 1 }, asked);
            return comparison?.status === "ahead" || comparison?.status === "identical";
        },
        async defaultBranch() {
            const asked = { what: `read the repository ${place}`, permission: read };
            const repository = await api.send(schemas/* object */.Ikc({ default_branch: schemas/* string */.YjP() }), "GET /repos/{owner}/{repo}", {}, asked);
            return repository.default_branch;
        },
        async isProtected(branch) {
            const asked = { what: `read branch ${branch} of ${place}`, permission: read };
            const schema = schemas/* object */.Ikc({ protected: schemas/* boolean */.zMY() });
            const found = await api.find(schema, "GET /repos/{owner}/{repo}/branches/{branch}", { branch }, asked);
            return found?.protected ?? false;
        },
    };
}

;// CONCATENATED MODULE: ./build/src/github/octokit/pull-requests.js

const repositorySchema = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), full_name: schemas/* string */.YjP() });
const pullRequestSchema = schemas/* object */.Ikc({
    number: schemas/* int */.Whr(),
    title: schemas/* string */.YjP(),
    state: schemas/* enum */.k5n(["open", "closed"]),
    merged_at: schemas/* string */.YjP().nullish(),
    draft: schemas/* boolean */.zMY().optional(),
    user: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }).nullable(),
    // The repository of a fork may be gone.
    head: schemas/* object */.Ikc({ sha: schemas/* string */.YjP(), ref: schemas/* string */.YjP(), repo: repositorySchema.nullish() }),
    base: schemas/* object */.Ikc({ sha: schemas/* string */.YjP(), ref: schemas/* string */.YjP(), repo: repositorySchema }),
    merge_commit_sha: schemas/* string */.YjP().nullish(),
})
    .transform((pull) => ({
    number: pull.number,
    title: pull.title,
    state: pull.state,
    merged: typeof pull.merged_at === "string",
    draft: pull.draft ?? false,
    author: pull.user?.login ?? "ghost",
    head: { sha: pull.head.sha, ref: pull.head.ref, repositoryId: pull.head.repo?.id, repository: pull.head.repo?.full_name },
    base: { sha: pull.base.sha, ref: pull.base.ref, repositoryId: pull.base.repo.id },
    mergeCommitSha: pull.merge_commit_sha ?? undefined,
}));
function createPullRequests(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const permission = "pull-requests: read";
    return {
        get: (number) => api.send(pullRequestSchema, "GET /repos/{owner}/{repo}/pulls/{pull_number}", { pull_number: number }, {
            what: `read pull request #${number} of ${place}`,
            permission,
        }),
        listForCommit: (sha) => api.list(pullRequestSchema, "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", { commit_sha: sha }, {
            what: `list the pull requests with commit ${sha} in ${place}`,
            permission,
        }),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/src/files/byte-streams.js







/** The bytes of a file as a request's body, read from disk only while they are sent. */
async function openFile(file) {
    try {
        return await (0,external_node_fs_.openAsBlob)(file);
    }
    catch (error) {
        throw new errors/* UsageError */.eb(`${file} cannot be read: ${error instanceof Error ? error.message : error}. Check its path.`);
    }
}
async function digestOfBlob(blob) {
    const hash = (0,external_node_crypto_.createHash)("sha256");
    for await (const chunk of external_node_stream_.Readable.fromWeb(blob.stream()))
        hash.update(chunk);
    return `sha256:${hash.digest("hex")}`;
}
/** Writes a stream beside the file and renames it when it is complete and, if a digest is expected, has that one. */
async function saveStream(stream, file, expected) {
    const hash = (0,external_node_crypto_.createHash)("sha256");
    let bytes = 0;
    const count = new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            hash.update(chunk);
            bytes += chunk.length;
            done(null, chunk);
        },
    });
    const partial = `${file}.partial-${process.pid}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    try {
        await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.fromWeb(stream), count, (0,external_node_fs_.createWriteStream)(partial));
        const digest = `sha256:${hash.digest("hex")}`;
        if (expected === undefined || digest === expected)
            await (0,promises_.rename)(partial, file);
        return { digest, bytes };
    }
    finally {
        await (0,promises_.rm)(partial, { force: true });
    }
}

;// CONCATENATED MODULE: ./build/src/github/octokit/releases.js




/** GitHub's limit: an asset is smaller than 2 GiB. */
const assetLimit = 2 * 1024 ** 3;
const releaseSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    tag_name: schemas/* string */.YjP(),
    draft: schemas/* boolean */.zMY(),
    prerelease: schemas/* boolean */.zMY(),
    upload_url: schemas/* string */.YjP(),
    html_url: schemas/* string */.YjP(),
})
    .transform((release) => ({
    id: release.id,
    tag: release.tag_name,
    draft: release.draft,
    prerelease: release.prerelease,
    uploadUrl: release.upload_url,
    url: release.html_url,
}));
const assetSchema = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), name: schemas/* string */.YjP(), size: schemas/* int */.Whr(), state: schemas/* string */.YjP() })
    .transform(({ id, name, size, state }) => ({ id, name, bytes: size, state }));
function createReleases(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const permission = "contents: write";
    return {
        findByTag: (tag) => api.find(releaseSchema, "GET /repos/{owner}/{repo}/releases/tags/{tag}", { tag }, {
            what: `read release ${tag} of ${place}`,
            permission: "contents: read",
        }),
        create: ({ tag, name, body, prerelease, target }) => api.once(releaseSchema, "POST /repos/{owner}/{repo}/releases", {
            tag_name: tag,
            name,
            body,
            prerelease,
            draft: false,
            target_commitish: target,
            make_latest: prerelease ? "false" : "legacy",
        }, 
        // A workflow's token can never have the permission that a target with changed workflow files takes.
        { what: `create release ${tag} in ${place} (its target must not change .github/workflows/)`, permission }),
        assets: (releaseId) => api.list(assetSchema, "GET /repos/{owner}/{repo}/releases/{release_id}/assets", { release_id: releaseId }, {
            what: `list the assets of release ${releaseId} in ${place}`,
            permission: "contents: read",
        }),
        async uploadAsset(release, name, file, digest) {
            const asked = { what: `upload ${name} to release ${release.tag} of ${place}`, permission };
            const blob = await openFile(file);
            if (blob.size === 0)
                throw new errors/* UsageError */.eb(`${file} has no bytes, and GitHub takes no empty release asset. Leave the file out.`);
            if (blob.size >= assetLimit) {
                throw new errors/* UsageError */.eb(`${file} has ${blob.size} bytes; GitHub takes less than 2 GiB in a release asset. Keep files of this size in a folder that your runners share.`);
            }
            const actual = digest === undefined ? undefined : await digestOfBlob(blob);
            if (actual !== digest)
                throw new errors/* UsageError */.eb(`${file} should be ${digest}, but its bytes are ${actual}. It was changed or cut off.`);
            try {
                const { data } = await api.raw(`POST ${release.uploadUrl}`, {
                    name,
                    data: blob,
                    headers: { "content-type": "application/octet-stream", "content-length": String(blob.size) },
                });
                return assetSchema.parse(data);
            }
            catch (error) {
                if (statusOf(error) === 422 && errorCodes(error).includes("already_exists"))
                    return "exists";
                throw api.explain(error, asked);
            }
        },
        async downloadAsset(assetId, file, digest) {
            const asked = { what: `download release asset ${assetId} of ${place}`, permission: "contents: read" };
            try {
                const { data } = await api.raw("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
                    asset_id: assetId,
                    headers: { accept: "application/octet-stream" },
                    request: { parseSuccessResponseBody: false },
                });
                if (!(data instanceof ReadableStream))
                    throw new errors/* GitHubError */.y_(`GitHub sent nothing on a request to ${asked.what}.`);
                return await saveStream(data, file, digest);
            }
            catch (error) {
                throw api.explain(error, asked);
            }
        },
        async deleteAsset(assetId) {
            const asked = { what: `delete release asset ${assetId} of ${place}`, permission };
            await api.find(schemas/* unknown */.L5J(), "DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}", { asset_id: assetId }, asked);
        },
    };
}

;// CONCATENATED MODULE: ./build/src/github/octokit/runs.js

const runSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    run_attempt: schemas/* int */.Whr().optional(),
    event: schemas/* string */.YjP(),
    path: schemas/* string */.YjP(),
    head_sha: schemas/* string */.YjP(),
    head_branch: schemas/* string */.YjP().nullable(),
    repository: schemas/* object */.Ikc({ id: schemas/* int */.Whr() }),
    head_repository: schemas/* object */.Ikc({ id: schemas/* int */.Whr() }).nullish(),
    pull_requests: schemas/* array */.YOg(schemas/* object */.Ikc({ number: schemas/* int */.Whr() })).nullable(),
    html_url: schemas/* string */.YjP(),
})
    .transform((run) => ({
    id: run.id,
    attempt: run.run_attempt ?? 1,
    event: run.event,
    path: run.path,
    headSha: run.head_sha,
    headBranch: run.head_branch ?? undefined,
    repositoryId: run.repository.id,
    headRepositoryId: run.head_repository?.id,
    pullRequests: (run.pull_requests ?? []).map((pull) => pull.number),
    url: run.html_url,
}));
const jobSchema = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    name: schemas/* string */.YjP(),
    status: schemas/* enum */.k5n(["queued", "in_progress", "completed", "waiting", "requested", "pending"]),
    conclusion: schemas/* string */.YjP().nullable(),
    html_url: schemas/* string */.YjP().nullable(),
})
    .transform(({ id, name, status, conclusion, html_url }) => ({
    id,
    name,
    status,
    conclusion: conclusion ?? undefined,
    url: html_url ?? "",
}));
function createRuns(api) {
    const place = `${api.repository.owner}/${api.repository.name}`;
    const permission = "actions: read";
    return {
        get: (id) => api.find(runSchema, "GET /repos/{owner}/{repo}/actions/runs/{run_id}", { run_id: id }, {
            what: `read workflow run ${id} of ${place}`,
            permission,
        }),
        jobs: (runId) => api.list(jobSchema, "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", { run_id: runId }, {
            what: `list the jobs of workflow run ${runId} in ${place}`,
            permission,
        }),
    };
}

;// CONCATENATED MODULE: ./build/src/github/octokit/octokit-github.js








/** A pause that GitHub asks for is waited for when it is short; a job that sleeps for an hour helps nobody. */
const longestPauseSeconds = 60;
const answerWithinMs = 60_000;
const transferWithinMs = 60 * 60_000;
/** One repository on GitHub through Octokit: reads are repeated after 5xx, writes are spaced as GitHub asks. */
async function createOctokitGitHub(options) {
    const { Octokit } = await Promise.all(/* import() */[__webpack_require__.e(269), __webpack_require__.e(667)]).then(__webpack_require__.bind(__webpack_require__, 98048));
    const pause = (retryAfter, _options, _octokit, retryCount) => retryAfter <= longestPauseSeconds && retryCount < 2;
    const apiUrl = (options.apiUrl ?? "https://api.github.com").replace(/\/+$/, "");
    const octokit = new Octokit({
        auth: options.token,
        baseUrl: apiUrl,
        userAgent: "assay",
        request: { fetch: fetchWithTimeLimit },
        throttle: { enabled: !isLoopback(apiUrl), onRateLimit: pause, onSecondaryRateLimit: pause },
        log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    const repository = { owner: options.owner, name: options.name };
    const api = createApi(octokit, repository, options.token);
    return {
        repository,
        checks: createChecks(api),
        comments: createComments(api),
        contents: createContents(api),
        pullRequests: createPullRequests(api),
        releases: createReleases(api),
        runs: createRuns(api),
        artifacts: createArtifacts(api),
    };
}
/** A GitHub on this machine counts no requests, so writes to it need not be a second or three apart. */
function isLoopback(apiUrl) {
    return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(apiUrl).hostname);
}
/** Each attempt has its own limit; file transfers a longer one. */
function fetchWithTimeLimit(url, init = {}) {
    const isTransfer = init.body instanceof Blob || new Headers(init.headers).get("accept") === "application/octet-stream";
    const limit = AbortSignal.timeout(isTransfer ? transferWithinMs : answerWithinMs);
    return fetch(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
}
/** What matters of it comes as errors. */
function silent() { }


/***/ })

};
