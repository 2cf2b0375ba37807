/**
 * What a Ray job runs, in Python since every cluster has it. It works in a copy of the package's files, since the machines of a
 * cluster keep a package unpacked for all jobs that name it. What it leaves in the shared folder: `output/`, which is the
 * command's ASSAY_OUTPUT_DIR, and last of all `result.json`, which says what there is with digests, so that nothing half-written
 * is ever taken.
 */
export const jobScript = `import hashlib, json, os, shutil, signal, subprocess, sys, tempfile, time
from datetime import datetime, timezone

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "work.json"), encoding="utf-8") as file:
    work = json.load(file)
job = json.loads(os.environ.pop("ASSAY_JOB"))
output = os.path.join(job["folder"], "output")
started = time.monotonic()
started_at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def files_of(path):
    if not os.path.isdir(path):
        return [path] if os.path.isfile(path) else []
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)


def marks(path):
    return [(file, os.stat(file).st_mtime_ns, os.stat(file).st_size) for file in files_of(path) if os.path.exists(file)]


def copy(source, target):
    if os.path.isdir(source):
        shutil.copytree(source, target)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(source, target)


def record(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    name = os.path.relpath(path, output).replace(os.sep, "/")
    return {"path": name, "digest": "sha256:" + digest.hexdigest(), "bytes": os.path.getsize(path)}


def leave(end, files=()):
    result = {
        "schema": "assay.ray-result/v1",
        "job": job["id"],
        "startedAt": started_at,
        "seconds": round(time.monotonic() - started, 3),
        "files": list(files),
        **end,
    }
    beside = os.path.join(job["folder"], "result.json.new")
    with open(beside, "w", encoding="utf-8") as file:
        json.dump(result, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, os.path.join(job["folder"], "result.json"))


def run(command, cwd, env):
    shell = shutil.which("bash") or "sh"
    child = subprocess.Popen([shell, "-c", command], cwd=cwd, env=env)
    left = job["timeoutSeconds"] - (time.monotonic() - started)
    try:
        code = child.wait(max(left, 0))
    except subprocess.TimeoutExpired:
        # Everything that the command started is in this group, and so is this script.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            pass
        return None
    return code if code >= 0 else 128 - code


def train(tree):
    env = dict(os.environ)
    env["ASSAY_DATA"] = os.pathsep.join(os.path.join(tree, path) for path in work["data"])
    env["ASSAY_PARAMS"] = os.pathsep.join(os.path.join(tree, path) for path in work["params"])
    before = {path: marks(os.path.join(tree, path)) for path in work["outputs"]}
    commands = [*work["setup"], work["run"]]
    for number, command in enumerate(commands, 1):
        last = number == len(commands)
        if not last:
            print("Setup: " + command, flush=True)
        code = run(command, tree, env)
        which = {} if last else {"setupCommand": number}
        if code is None:
            leave({"outcome": "timed-out", **which})
            # What ends the group ends this script too.
            shutil.rmtree(os.path.dirname(tree), ignore_errors=True)
            os.killpg(os.getpgrp(), signal.SIGKILL)
        if code != 0:
            leave({"outcome": "exited", "exitCode": code, **which})
            return code
    for path in work["outputs"]:
        given, own = os.path.join(output, path), os.path.join(tree, path)
        now = marks(own)
        if not os.path.exists(given) and now and now != before[path]:
            copy(own, given)
    wanted = sorted({file for path in work["outputs"] for file in files_of(os.path.join(output, path))})
    leave({"outcome": "exited", "exitCode": 0}, [record(path) for path in wanted])
    return 0


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
shutil.rmtree(job["folder"], ignore_errors=True)
os.makedirs(output)
os.makedirs(os.environ["ASSAY_CHECKPOINT_DIR"], exist_ok=True)
with tempfile.TemporaryDirectory(prefix="assay-job-", ignore_cleanup_errors=True) as parent:
    tree = os.path.join(parent, "tree")
    shutil.copytree(os.path.dirname(here), tree, ignore=lambda folder, _: [".assay"] if folder == os.path.dirname(here) else [])
    for path, target in work["links"].items():
        os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
        os.symlink(target, os.path.join(tree, path))
    code = train(tree)
sys.exit(code)
`;
