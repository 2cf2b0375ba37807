/** What a program needs to find its tools, its home and its GPU; nothing that GitHub or the workflow put there. */
const passedOn = new Set(
  [
    "PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "TMPDIR",
    "TERM",
    "USER",
    "LOGNAME",
    "SHELL",
    "TZ",
    "LD_LIBRARY_PATH",
    "VIRTUAL_ENV",
  ].concat(
    // Windows programs do not start without these.
    ["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMFILES"],
  ),
);
const passedOnPrefixes = /^(LC_|CUDA_|NVIDIA_|CONDA_|PYENV|PYTHON)/;
const secretLooking = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY$/;
/** The runner's own: with them a command could act as the job. Not passed on even when `assay.yml` names them. */
const runnersOwn = /^(GITHUB_|ACTIONS_|INPUT_|RUNNER_TRACKING_ID$)/;

/**
 * The whole environment of a user's command: what programs need from this machine, the declared variables, and those by which
 * Assay tells it things (`assay`, which win).
 */
export function commandEnvironment(request: {
  /** Environment of this process. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The variables that `train.env` names, with their values. */
  declared: Readonly<Record<string, string>>;
  /** Such as `ASSAY_SEED`. */
  assay?: Readonly<Record<string, string>>;
}): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.environment)) {
    const known = name.toUpperCase();
    const wanted = passedOn.has(known) || (passedOnPrefixes.test(known) && !secretLooking.test(known));
    if (value !== undefined && wanted) result[name] = value;
  }
  for (const [name, value] of Object.entries(request.declared)) {
    if (!runnersOwn.test(name.toUpperCase())) result[name] = value;
  }
  return { ...result, ...request.assay };
}
