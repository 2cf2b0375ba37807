import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";

const root = join(import.meta.dirname, "..", "..");

export interface StepRequest {
  /** Lines of an ECMAScript module; `#/…` stands for Assay's own checkout. */
  code: string;
  /** Name and payload of the event. */
  event?: { name: string; payload: unknown };
  inputs?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
}

/** Runs code as a step of a job: a process of its own with the runner's environment and nothing else. */
export function runStep({ code, event, inputs = {}, env = {} }: StepRequest) {
  const folder = mkdtempSync(join(tmpdir(), "assay-step-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [eventPath, summary] = [join(folder, "event.json"), join(folder, "summary.md")];
  writeFileSync(eventPath, JSON.stringify(event?.payload ?? {}));
  writeFileSync(summary, "");
  const script = join(folder, "step.mjs");
  writeFileSync(
    script,
    code.replaceAll(/"#\/([^"]+)"/g, (_, path: string) => JSON.stringify(pathToFileURL(join(root, path)).href)),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      GITHUB_API_URL: "https://api.github.com",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "acme/models",
      GITHUB_RUN_ID: "17",
      GITHUB_RUN_ATTEMPT: "2",
      GITHUB_SHA: "c".repeat(40),
      GITHUB_WORKFLOW_REF: "acme/models/.github/workflows/models.yml@refs/heads/main",
      GITHUB_EVENT_NAME: event?.name ?? "workflow_dispatch",
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...env,
    },
  });
  return { status, stdout, stderr, commands: commandsIn(stdout), summary: readFileSync(summary, "utf8") };
}

export interface WorkflowCommand {
  name: string;
  properties: Readonly<Record<string, string>>;
  message: string;
}

/** `::error file=a,line=1::message` as the runner reads it. */
function commandsIn(stdout: string): WorkflowCommand[] {
  return [...stdout.matchAll(/^::(?<name>[\w-]+)(?: (?<properties>[^\n]*?))?::(?<message>[^\n]*)$/gm)].map(({ groups = {} }) => ({
    name: groups["name"] ?? "",
    properties: Object.fromEntries(
      (groups["properties"] ?? "").split(",").flatMap((pair) => {
        const [key = "", ...value] = pair.split("=");
        return key === "" ? [] : [[key, decode(value.join("=")).replaceAll("%2C", ",").replaceAll("%3A", ":")]];
      }),
    ),
    message: decode(groups["message"] ?? ""),
  }));
}

function decode(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
