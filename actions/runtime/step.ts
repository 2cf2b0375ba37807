/** What a step says to the runner: log lines, annotations, outputs. The rest of the actions knows the toolkit only from here. */
export { error, info, notice, setFailed, setOutput, warning } from "@actions/core";
