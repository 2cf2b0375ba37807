import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { skipWithout } from "../../../requirements.ts";

const bin = resolve(".cache/ray/bin");

export function skipWithoutRay(what: string): boolean {
  return skipWithout(
    "ray",
    what,
    existsSync(join(bin, "ray")) ? undefined : "Ray is not in .cache/ray; run `bash .ci/python-tool.sh ray`",
  );
}

export interface RayCluster {
  /** What a submitter finds in its environment. */
  environment: Readonly<Record<string, string>>;
  /** Jobs by their names, as the cluster tells. */
  jobs(): Promise<Map<string, { status: string; entrypoint: string; runtime_env: { env_vars: Record<string, string> } }>>;
  stop(): Promise<void>;
}

/** A real cluster of this machine alone, behind a token; it ends with this process, however that ends. */
export async function startRayCluster(): Promise<RayCluster> {
  // Ray's sockets have paths of at most 107 characters.
  const folder = await mkdtemp(join(tmpdir(), "ray-"));
  const [dashboard, client, agent] = [await freePort(), await freePort(), await freePort()];
  const token = "a-token-that-only-the-tests-of-this-cluster-know";
  const options = [
    ...["--head", "--block", "--disable-usage-stats", "--include-dashboard=true", "--num-cpus=2", "--num-gpus=0"],
    ...["--node-ip-address=127.0.0.1", "--dashboard-host=127.0.0.1", `--dashboard-port=${dashboard}`, "--port=0"],
    ...[`--ray-client-server-port=${client}`, `--dashboard-agent-listen-port=${agent}`],
    ...["--min-worker-port=0", "--max-worker-port=0", "--object-store-memory=80000000", `--temp-dir=${folder}`],
  ];
  // Its input closes when this process ends.
  const guard = 'ray start "$@" & cat > /dev/null; kill -TERM $!; wait $!';
  const started = spawn("bash", ["-c", guard, "guard", ...options], {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...{ PATH: `${bin}:${process.env["PATH"]}`, HOME: folder, RAY_AUTH_MODE: "token", RAY_AUTH_TOKEN: token },
      // On a machine with much else to do it is not given up.
      RAY_health_check_failure_threshold: "100",
    },
  });
  let said = "";
  for (const stream of [started.stdout, started.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const url = `http://127.0.0.1:${dashboard}`;
  const list = () => fetch(`${url}/api/jobs/`, { headers: { Authorization: `Bearer ${token}` } });
  const stop = () => end(started, folder);
  try {
    await untilReady(started, list);
  } catch (error) {
    await stop();
    throw new Error(`Ray did not start: ${said.slice(-2_000)}`, { cause: error });
  }
  return {
    environment: { RAY_API_SERVER_ADDRESS: url, RAY_AUTH_TOKEN: token },
    async jobs() {
      const jobs = JSON.parse(await (await list()).text());
      return new Map(jobs.map((job: { submission_id: string }) => [job.submission_id, job]));
    },
    stop,
  };
}

async function untilReady(started: ChildProcess, list: () => Promise<Response>): Promise<void> {
  for (;;) {
    if (started.exitCode !== null) throw new Error(`it exited with ${started.exitCode}`);
    if (
      await list().then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(250);
  }
}

async function end(started: ChildProcess, folder: string): Promise<void> {
  started.stdin?.end();
  while (started.exitCode === null && started.signalCode === null) await wait(50);
  await endLeftovers(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Ray ends what it started; what it did not is known by the folder on its command line. */
async function endLeftovers(folder: string): Promise<void> {
  for (const pid of await readdir("/proc")) {
    const command = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "") : "";
    if (command.includes(folder)) process.kill(Number(pid), "SIGKILL");
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
