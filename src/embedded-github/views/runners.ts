import type { Runner } from "../state.ts";

/** GitHub's `runner`. */
export function runnerView({ id, name, labels, online }: Runner) {
  return {
    id,
    name,
    os: "linux",
    status: online ? "online" : "offline",
    busy: false,
    labels: labels.map((label, index) => ({
      id: index + 1,
      name: label,
      type: ["self-hosted", "linux", "x64"].includes(label.toLowerCase()) ? "read-only" : "custom",
    })),
  };
}
