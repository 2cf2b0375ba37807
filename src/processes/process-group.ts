import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Sends a signal to a process and all that it started; on Windows, which has no signals, ends them. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(leader), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on("error", () => {});
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/** Whether a process of the group still runs. The group outlives its leader: a shell dies of SIGTERM before what it started does. */
export function isGroupAlive(leader: number): boolean {
  if (process.platform === "win32") return false;
  try {
    process.kill(-leader, 0);
  } catch {
    return false;
  }
  // In a container without an init process the dead stay in the group as zombies for ever.
  return process.platform !== "linux" || hasRunningMember(leader);
}

function hasRunningMember(group: number): boolean {
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      // `pid (name) state ppid pgrp …`; the name may contain anything.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(pgrp) === group && state !== "Z" && state !== "X";
    } catch {
      return false;
    }
  });
}
