import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { skipWithout } from "../requirements.ts";

const bin = resolve(".cache/mlflow/bin");

export function skipWithoutMlflow(what: string): boolean {
  return skipWithout(
    "mlflow",
    what,
    existsSync(join(bin, "mlflow")) ? undefined : "MLflow is not in .cache/mlflow; run `bash .ci/python-tool.sh mlflow`",
  );
}

export interface MlflowServer {
  url: string;
  /** Has MLflow's own client run a program in Python. @returns what it prints */
  client(program: string, ...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A real server in a folder of its own; it ends with this process, however that ends. */
export async function startMlflow(): Promise<MlflowServer> {
  const folder = await mkdtemp(join(tmpdir(), "assay-mlflow-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = [
    ...["--backend-store-uri", `sqlite:///${folder}/mlflow.db`, "--artifacts-destination", join(folder, "artifacts")],
    ...["--host", "127.0.0.1", "--port", String(port), "--workers", "1"],
  ];
  const env = {
    ...{ PATH: `${bin}:${process.env["PATH"]}`, HOME: folder },
    ...{ MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true", MLFLOW_TRACKING_URI: url },
  };
  // Its input closes when this process ends; what the server starts is in its group.
  const guard = 'setsid mlflow server "$@" & cat > /dev/null; kill -TERM -$!; wait $!';
  const started = spawn("bash", ["-c", guard, "guard", ...options], { stdio: ["pipe", "pipe", "pipe"], cwd: folder, env });
  let said = "";
  for (const stream of [started.stdout, started.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const stop = async () => {
    started.stdin.end();
    while (started.exitCode === null && started.signalCode === null) await wait(50);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilHealthy(started, url);
  } catch (error) {
    await stop();
    throw new Error(`MLflow did not start: ${said.slice(-2_000)}`, { cause: error });
  }
  return {
    url,
    client: async (program, ...args) =>
      (await promisify(execFile)(join(bin, "python"), ["-c", program, ...args], { env, cwd: folder })).stdout.trim(),
    stop,
  };
}

async function untilHealthy(started: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (started.exitCode !== null) throw new Error(`it exited with ${started.exitCode}`);
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await wait(250);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
