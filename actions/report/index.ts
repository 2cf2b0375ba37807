import { runAction } from "../runtime/run-action.ts";
import { loadInputs } from "./inputs.ts";
import { report } from "./report.ts";

await runAction(() => report(loadInputs()));
